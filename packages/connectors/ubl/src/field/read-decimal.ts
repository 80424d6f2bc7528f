import { type Decimal, decimal } from '@counterfoil/core'
import { quoted } from '../finding/cut-text.ts'
import type { XmlElement } from '../xml/xml-element.ts'
import { find } from './find-element.ts'
import { note, type UblReading } from './ubl-reading.ts'

/**
 * The most digits before the point, and after it. No trade document needs more, and so thousands of numbers can be
 * added up without passing the digits a `Decimal` may have.
 */
const digitsMax = 18

/** A number as XML Schema writes decimals: an optional sign, digits, at most one point. */
const numberPattern = /^([+-]?)(\d*)(?:\.(\d*))?$/

/**
 * An element's number, spelled as the sender spelled it but for what `Decimal` does not allow: `+1`, `.5` and `5.`
 * become `1`, `0.5` and `5`. Undefined where there is none; a text that is no number is an error.
 */
export const decimalOf = (
  reading: UblReading,
  element: XmlElement | undefined,
): Decimal | undefined => {
  if (element === undefined) return undefined
  reading.used.add(element)
  if (element.text === '') return undefined
  const match = numberPattern.exec(element.text)
  const [, sign = '', whole = '', fraction = ''] = match ?? []
  if (match === null || whole + fraction === '') return notANumber(reading, element)
  if (withoutZeros(whole) > digitsMax || fraction.length > digitsMax)
    return tooLong(reading, element)
  const digits = whole.length > digitsMax ? whole.slice(-digitsMax) : whole || '0'
  return decimal(`${sign === '-' ? '-' : ''}${digits}${fraction === '' ? '' : `.${fraction}`}`)
}

const withoutZeros = (whole: string): number => whole.replace(/^0+/, '').length

/** The number at the end of a way down. */
export const decimalAt = (
  reading: UblReading,
  element: XmlElement | undefined,
  ...names: readonly string[]
): Decimal | undefined => decimalOf(reading, find(element, ...names))

const notANumber = (reading: UblReading, element: XmlElement): undefined => {
  note(reading, 'ubl-number', element, {
    severity: 'error',
    sentence: `${quoted(element.text)} is not a number: write digits with at most one point, as in 12.40`,
  })
}

const tooLong = (reading: UblReading, element: XmlElement): undefined => {
  note(reading, 'ubl-number-too-long', element, {
    severity: 'error',
    sentence: `${quoted(element.text)} has more than ${digitsMax} digits before or after its point: round it`,
  })
}

/** Zero, where a document names no charge or allowance. */
export const zero: Decimal = decimal('0')

/** One: what a price is for when the document does not say. */
export const one: Decimal = decimal('1')
