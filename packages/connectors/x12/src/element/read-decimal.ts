import { type Decimal, decimal, decimalDigitsMax, isNegativeDecimal } from '@counterfoil/core'
import { quoted } from '../finding/finding-log.ts'
import { type ElementAt, note, type SetReading } from '../set/set-reading.ts'
import { elementText } from '../syntax/segment.ts'

/**
 * A number with an explicit point (X12 type R): quantities, prices, tax amounts. Null where the element is
 * empty or is no number, which is reported. `.5`, `5.`, `+5` and a minus behind the digits are understood.
 */
export const readDecimal = (reading: SetReading, at: ElementAt): Decimal | null => {
  const text = elementText(at.segment, at.element)
  if (text === '') return null
  const read = parseDecimal(text)
  if (read === null) noteInvalid(reading, at, text)
  return read
}

/** As `readDecimal`, for numbers that have no meaning below zero; a negative one is reported and dropped. */
export const readNonNegative = (reading: SetReading, at: ElementAt): Decimal | null => {
  const read = readDecimal(reading, at)
  if (read === null || !isNegativeDecimal(read)) return read
  note(reading, 'x12-number-negative', at, {
    severity: 'warning',
    sentence: `${quoted(read)} is below zero where only zero or more makes sense: it is left out`,
  })
  return null
}

/**
 * An amount with two implied decimals (X12 type N2): `12345` is 123.45. Some senders write the point all
 * the same; the number is then taken as written, and said.
 */
export const readImpliedAmount = (reading: SetReading, at: ElementAt): Decimal | null => {
  const text = elementText(at.segment, at.element)
  if (text === '') return null
  const read = text.includes('.') ? parseDecimal(text) : parseImplied(text)
  if (read === null) {
    noteInvalid(reading, at, text)
  } else if (text.includes('.')) {
    note(reading, 'x12-implied-point', at, {
      severity: 'warning',
      sentence: `${quoted(text)} has a decimal point in an element that counts in cents: it is taken as ${quoted(read)}`,
    })
  }
  return read
}

const noteInvalid = (reading: SetReading, at: ElementAt, text: string): void =>
  note(reading, 'x12-number-invalid', at, {
    severity: 'warning',
    sentence: `${quoted(text)} is not a number: write digits with at most one point, as in 12.40`,
  })

const numberPattern = /^([+-]?)(\d*)(?:\.(\d*))?(-?)$/

/** The number a text stands for in the spelling of `Decimal`; null for anything else. */
export const parseDecimal = (text: string): Decimal | null => {
  const match = numberPattern.exec(text)
  if (match === null) return null
  const [, sign = '', whole = '', fraction = '', signBehind = ''] = match
  if (whole === '' && fraction === '') return null
  if (sign !== '' && signBehind !== '') return null
  const digits = whole.replace(/^0+/, '') || '0'
  if (digits.length + fraction.length > decimalDigitsMax) return null
  const minus = sign === '-' || signBehind === '-' ? '-' : ''
  return decimal(`${minus}${digits}${fraction === '' ? '' : `.${fraction}`}`)
}

const parseImplied = (text: string): Decimal | null => {
  const match = /^(-?)(\d+)(-?)$/.exec(text)
  if (match === null) return null
  const [, sign = '', digits = '', signBehind = ''] = match
  const padded = digits.padStart(3, '0')
  return parseDecimal(`${sign}${padded.slice(0, -2)}.${padded.slice(-2)}${signBehind}`)
}
