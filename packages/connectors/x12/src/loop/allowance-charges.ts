import {
  absoluteDecimal,
  type Charge,
  type Currency,
  type Decimal,
  divideDecimals,
  isNegativeDecimal,
  isZeroDecimal,
  minorUnitsOf,
  multiplyDecimals,
  NonNegativeDecimal,
  roundDecimal,
  sumDecimals,
} from '@counterfoil/core'
import type * as z from 'zod'
import { parseDecimal, readDecimal, readImpliedAmount } from '../element/read-decimal.ts'
import { cutText, quoted } from '../finding/finding-log.ts'
import { note, type SetReading, takeAll } from '../set/set-reading.ts'
import { elementText, type Segment } from '../syntax/segment.ts'
import { chargeCodesByX12Code, chargeNames, isTaxCode } from './charge-codes.ts'

/** A SAC: money on top of the goods or off them. */
export type AllowanceCharge = {
  readonly segment: Segment
  readonly effect: 'allowance' | 'charge' | 'tax'
  /** SAC02, else SAC04, as sent. */
  readonly x12Code: string
  /** The same in the codes that all formats share, where there is one. */
  readonly code: string
  readonly amount: NonNegativeDecimal
  /** True where the sender wrote the amount below zero, which turned the effect around. */
  readonly isNegative: boolean
  /** The amount if SAC05, which has no point, counts whole units as some senders have it; null where it cannot. */
  readonly amountInUnits: NonNegativeDecimal | null
  /** SAC07, when it is a percentage. */
  readonly percent: Decimal | null
  readonly description: string
}

/** What a percentage or a rate is taken of, when a SAC names no amount. */
export type ChargeBase = {
  readonly currency: Currency
  /** The amount of the line, or of all lines; null where it is not known. */
  readonly amount: Decimal | null
  /** The line's quantity; null for the whole document. */
  readonly quantity: Decimal | null
}

/** The SACs among these segments that change what is paid. */
export const readAllowanceCharges = (
  reading: SetReading,
  segments: readonly Segment[],
  base: ChargeBase,
): readonly AllowanceCharge[] =>
  takeAll(reading, segments, 'SAC').flatMap((segment) => {
    const read = readAllowanceCharge(reading, segment, base)
    return read === null ? [] : [read]
  })

const readAllowanceCharge = (
  reading: SetReading,
  segment: Segment,
  base: ChargeBase,
): AllowanceCharge | null => {
  const indicator = elementText(segment, 1)
  if (indicator === 'N' || isOutsideTotal(reading, segment)) return null
  const signed = readAmount(reading, segment, base)
  if (signed === null) return noAmount(reading, segment)
  const x12Code = elementText(segment, 2) || elementText(segment, 4) || 'ZZZZ'
  const lowers = (indicator === 'A' || indicator === 'P') !== isNegativeDecimal(signed)
  const { chargeCodes } = reading.settings
  const own = Object.hasOwn(chargeCodes, x12Code) ? chargeCodes[x12Code] : undefined
  return {
    segment,
    effect: lowers ? 'allowance' : isTaxCode(x12Code) ? 'tax' : 'charge',
    x12Code,
    code: own ?? chargeCodesByX12Code.get(x12Code) ?? x12Code,
    amount: absoluteDecimal(signed),
    isNegative: isNegativeDecimal(signed),
    amountInUnits: inUnits(segment),
    percent: readDecimal(reading, { segment, element: 7 }),
    description: elementText(segment, 15) || (chargeNames.get(x12Code) ?? ''),
  }
}

const inUnits = (segment: Segment): NonNegativeDecimal | null => {
  const text = elementText(segment, 5)
  const written = text.includes('.') ? null : parseDecimal(text)
  return written === null ? null : absoluteDecimal(written)
}

/** The same SAC read the other way round: a charge of an invoice is taken off where the document gives back. */
export const turnAround = (charge: AllowanceCharge): AllowanceCharge => {
  if (charge.effect !== 'allowance') return { ...charge, effect: 'allowance' }
  return { ...charge, effect: isTaxCode(charge.x12Code) ? 'tax' : 'charge' }
}

/** SAC12: settled by another way than this invoice. */
const settledElsewhere: ReadonlyMap<string, string> = new Map([
  ['01', 'billed back later'],
  ['03', 'paid by cheque'],
  ['04', 'credited to the account'],
  ['05', 'paid by the supplier'],
])

const isOutsideTotal = (reading: SetReading, segment: Segment): boolean => {
  const how = settledElsewhere.get(elementText(segment, 12))
  if (how === undefined) return false
  note(
    reading,
    'x12-charge-settled-elsewhere',
    { segment, element: 12 },
    {
      severity: 'info',
      sentence: `the allowance or charge ${quoted(elementText(segment, 2))} is ${how} and does not change this document's total`,
    },
  )
  return true
}

/** SAC05, else a percentage (07) of the base, else a rate (08) times a quantity (10, or the line's). */
const readAmount = (reading: SetReading, segment: Segment, base: ChargeBase): Decimal | null => {
  const stated = readImpliedAmount(reading, { segment, element: 5 })
  if (stated !== null) return stated
  const places = minorUnitsOf(base.currency)
  const percent = readDecimal(reading, { segment, element: 7 })
  const rate = readDecimal(reading, { segment, element: 8 })
  if (percent !== null && base.amount !== null) {
    const product = multiplyDecimals(base.amount, percent)
    return computed(reading, segment, divideDecimals(product, hundred, places))
  }
  const quantity = readDecimal(reading, { segment, element: 10 }) ?? base.quantity
  if (rate === null || quantity === null) return null
  return computed(reading, segment, roundDecimal(multiplyDecimals(rate, quantity), places))
}

const hundred = NonNegativeDecimal.parse('100')

const computed = (reading: SetReading, segment: Segment, amount: Decimal): Decimal => {
  note(
    reading,
    'x12-charge-computed',
    { segment },
    {
      severity: 'info',
      sentence: `the allowance or charge names a rate and no amount: ${quoted(amount)} is computed from it`,
    },
  )
  return amount
}

const noAmount = (reading: SetReading, segment: Segment): null => {
  note(
    reading,
    'x12-charge-without-amount',
    { segment },
    {
      severity: 'warning',
      sentence: `the allowance or charge ${quoted(elementText(segment, 2))} has no amount that can be told: it is left out`,
    },
  )
  return null
}

/** The sum of the SACs of one effect. */
export const sumOf = (
  charges: readonly AllowanceCharge[],
  effect: AllowanceCharge['effect'],
): NonNegativeDecimal =>
  sumDecimals(charges.filter((one) => one.effect === effect).map((one) => one.amount))

const codeCharactersMax = 80
const descriptionCharactersMax = 400

/** The charges as a document carries them; zero charges say nothing and are left out. */
export const chargesOf = (charges: readonly AllowanceCharge[]): z.input<typeof Charge>[] =>
  charges
    .filter((one) => one.effect === 'charge' && !isZeroDecimal(one.amount))
    .map((one) => ({
      code: cutText(one.code, codeCharactersMax),
      amount: one.amount,
      ...(one.description === ''
        ? {}
        : { description: cutText(one.description, descriptionCharactersMax) }),
    }))
