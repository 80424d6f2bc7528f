import {
  absoluteDecimal,
  type Charge,
  type Currency,
  type Decimal,
  isNegativeDecimal,
  isZeroDecimal,
  negateDecimal,
  sumDecimals,
} from '@counterfoil/core'
import type * as z from 'zod'
import { cutText } from '../finding/cut-text.ts'
import type { XmlElement } from '../xml/xml-element.ts'
import { childrenOf, find } from './find-element.ts'
import { amountAt } from './read-amount.ts'
import { textAt } from './read-text.ts'
import { note, type UblReading } from './ubl-reading.ts'

/** An AllowanceCharge: money on top of the goods (positive) or off them (negative). */
export type AllowanceCharge = {
  readonly element: XmlElement
  /** What it adds to the total; below zero for an allowance. */
  readonly effect: Decimal
  /** As ChargeIndicator says; the effect of a charge below zero is that of an allowance. */
  readonly isCharge: boolean
  readonly code: string
  readonly description: string | undefined
}

/**
 * The allowances and charges directly below an element. Charge codes are UNTDID 7161 and allowance codes UNTDID 5189,
 * kept as they are unless the settings name others; without a code the reason in words stands in.
 */
export const allowanceChargesOf = (
  reading: UblReading,
  element: XmlElement,
  currency: Currency | null,
): readonly AllowanceCharge[] =>
  childrenOf(element, 'AllowanceCharge').flatMap((one) => readOne(reading, one, currency) ?? [])

const readOne = (
  reading: UblReading,
  element: XmlElement,
  currency: Currency | null,
): AllowanceCharge | undefined => {
  const amount = amountAt(reading, element, ['Amount'], currency)
  const indicator = textAt(reading, element, 'ChargeIndicator')?.toLowerCase()
  const reason = textAt(reading, element, 'AllowanceChargeReason')
  const code = textAt(reading, element, 'AllowanceChargeReasonCode')
  if (amount === undefined || !isIndicator(indicator)) return incomplete(reading, element)
  markBasis(reading, element)
  const isCharge = indicator === 'true' || indicator === '1'
  return {
    element,
    isCharge,
    effect: isCharge ? amount : negateDecimal(amount),
    code: codeOf(reading, code, reason),
    description: reason === undefined ? undefined : cutText(reason, descriptionCharactersMax),
  }
}

const isIndicator = (text: string | undefined): boolean =>
  text === 'true' || text === 'false' || text === '1' || text === '0'

const incomplete = (reading: UblReading, element: XmlElement): undefined => {
  const isReported = find(element, 'Amount')?.text && find(element, 'ChargeIndicator')?.text
  if (isReported && isIndicator(find(element, 'ChargeIndicator')?.text.toLowerCase())) return
  note(reading, 'ubl-allowance-charge', element, {
    severity: 'error',
    sentence:
      'the allowance or charge does not say how much it is, or which of the two: ask for ChargeIndicator and Amount',
  })
}

/** The amount stands; what it was computed from is read over. */
const markBasis = (reading: UblReading, element: XmlElement): void => {
  for (const name of ['MultiplierFactorNumeric', 'BaseAmount']) {
    const found = find(element, name)
    if (found !== undefined) reading.used.add(found)
  }
}

const codeCharactersMax = 80
const descriptionCharactersMax = 400

const codeOf = (
  { settings: { chargeCodes } }: UblReading,
  code: string | undefined,
  reason: string | undefined,
): string => {
  const own = code !== undefined && Object.hasOwn(chargeCodes, code) ? chargeCodes[code] : undefined
  return own ?? cutText(code ?? reason ?? 'other', codeCharactersMax)
}

/** The sum of what is charged; an allowance below zero is a charge. */
export const chargesAmount = (all: readonly AllowanceCharge[]): Decimal =>
  sumDecimals(all.map(({ effect }) => effect).filter((effect) => !isNegativeDecimal(effect)))

/** The sum of what is allowed, as a positive amount; a charge below zero is an allowance. */
export const allowancesAmount = (all: readonly AllowanceCharge[]): Decimal =>
  absoluteDecimal(sumDecimals(all.map(({ effect }) => effect).filter(isNegativeDecimal)))

/** What ChargeTotalAmount and AllowanceTotalAmount are totals of: the amounts as stated, signs and all. */
export const statedSums = (
  all: readonly AllowanceCharge[],
): { readonly charges: Decimal; readonly allowances: Decimal } => ({
  charges: sumDecimals(all.filter(({ isCharge }) => isCharge).map(({ effect }) => effect)),
  allowances: negateDecimal(
    sumDecimals(all.filter(({ isCharge }) => !isCharge).map(({ effect }) => effect)),
  ),
})

/** The charges as a document carries them; a charge of zero says nothing. */
export const chargeFields = (all: readonly AllowanceCharge[]): z.input<typeof Charge>[] =>
  all
    .filter(({ effect }) => !isNegativeDecimal(effect) && !isZeroDecimal(effect))
    .map(({ code, effect, description }) => ({ code, amount: effect, description }))

/** The same with every sign turned, for a document that is read the other way round. */
export const turnAll = (all: readonly AllowanceCharge[]): readonly AllowanceCharge[] =>
  all.map((one) => ({ ...one, effect: negateDecimal(one.effect) }))
