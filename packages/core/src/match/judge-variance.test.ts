import { describe, expect, it } from 'vitest'
import { aTolerance } from '../policy/policy.examples.ts'
import { decimal } from '../decimal/decimal.ts'
import { anInvoice, anInvoiceLine } from '../invoice/invoice.examples.ts'
import {
  aCheckMade,
  aMatchOf,
  anOrderMatchView,
  aReceiptFact,
  type ExampleCheck,
} from './match.examples.ts'
import { CheckParameters } from './check-parameters.ts'
import type { CheckQuestion, Measured } from './check.ts'
import { readFigure } from './figure.ts'
import { judgeVariance } from './judge-variance.ts'

/** Whether an invoice line of that amount is accepted, where the order says 124.00. */
const accepts = (
  amount: string,
  tolerance: NonNullable<ExampleCheck['tolerance']>,
  parameters: NonNullable<ExampleCheck['parameters']> = {},
) => {
  const invoice = anInvoice({ lines: [anInvoiceLine({ amount })] })
  return aCheckMade('price-amount', { invoice, tolerance, parameters }).within
}
const over = (abs: string | null, pct: string | null) => ({ upper: { abs, pct } })
const under = (abs: string | null, pct: string | null) => ({
  upper: { abs: null, pct: null },
  lower: { abs, pct },
})

describe('limits', () => {
  it.each([
    ['inclusive in value', '125.00', over('1', null), true],
    ['a cent past a value', '125.01', over('1', null), false],
    ['inclusive in percent', '130.20', over(null, '5'), true],
    ['a cent past a percentage', '130.21', over(null, '5'), false],
    [
      'a percentage that never ends is not rounded before it is compared',
      '124.42',
      over(null, '0.3387096774'),
      false,
    ],
    [
      'either: the value is passed',
      '127.00',
      { ...over('2', '5'), combine: 'either' as const },
      false,
    ],
    [
      'either: the percentage is passed',
      '132.00',
      { ...over('20', '5'), combine: 'either' as const },
      false,
    ],
    [
      'both: only the value is passed',
      '127.00',
      { ...over('2', '5'), combine: 'both' as const },
      true,
    ],
    [
      'both: only the percentage is passed',
      '132.00',
      { ...over('20', '5'), combine: 'both' as const },
      true,
    ],
    ['both are passed', '145.00', { ...over('20', '5'), combine: 'both' as const }, false],
    [
      'both, of which one is not checked',
      '132.00',
      { ...over(null, '5'), combine: 'both' as const },
      false,
    ],
    ['null is not checked', '9999.00', over(null, null), true],
    ['zero is checked against zero', '124.01', over('0', null), false],
    ['zero accepts what is equal', '124.00', over('0', '0'), true],
    ['a lower value inside', '123.00', under('1', null), true],
    ['a lower value past its limit', '122.99', under('1', null), false],
    ['a lower percentage inside', '117.80', under(null, '5'), true],
    ['a lower percentage past its limit', '117.79', under(null, '5'), false],
    [
      'a lower limit that is ignored',
      '1.00',
      { ...under('0', '0'), lowerEffect: 'ignore' as const },
      true,
    ],
    [
      'both lower limits, one passed',
      '117.00',
      { ...under('10', '5'), combine: 'both' as const },
      true,
    ],
    [
      'both lower limits passed',
      '110.00',
      { ...under('10', '5'), combine: 'both' as const },
      false,
    ],
  ])('%s: %s is accepted: %o', (_name, amount, tolerance, expected) => {
    expect(accepts(amount, tolerance)).toBe(expected)
  })

  it('never confuse not checked with checked against zero', () => {
    expect(accepts('200.00', over(null, null))).toBe(true)
    expect(accepts('200.00', over('0', null))).toBe(false)
    expect(accepts('200.00', over(null, '0'))).toBe(false)
  })

  it.each([
    ['hold', 'hold', 'reject'],
    ['warn', 'warn', 'reject'],
    ['same', 'reject', 'reject'],
    ['ignore', null, 'reject'],
  ] as const)('below with the effect %s lead to %s, above to %s', (lowerEffect, below, above) => {
    const effectOf = (amount: string) =>
      aCheckMade('price-amount', {
        invoice: anInvoice({ lines: [anInvoiceLine({ amount })] }),
        tolerance: { ...over('0', null), lower: { abs: '0', pct: null }, lowerEffect },
        planned: { onExceed: 'reject' },
      }).effect
    expect(effectOf('100.00')).toBe(below)
    expect(effectOf('150.00')).toBe(above)
  })

  it('are inside for no variance on a base of zero, and outside for any', () => {
    const price = {
      amount: '0',
      perQuantity: '1',
      perUnitOfMeasure: 'EA',
      priceType: 'firm' as const,
    }
    const [line] = anOrderMatchView().lines
    if (line === undefined) throw new Error('no line')
    const orders = [anOrderMatchView({ lines: [{ ...line, price }] })]
    const within = (amount: string) =>
      aCheckMade('price-amount', {
        invoice: anInvoice({ lines: [anInvoiceLine({ amount })] }),
        orders,
        tolerance: { upper: { abs: '25', pct: '500' } },
      })
    expect(within('0.00')).toMatchObject({ within: true, percent: null })
    expect(within('15.00')).toMatchObject({ within: false, percent: null })
  })

  it('may be rounded to cents before they are compared', () => {
    // 0.01 % of 124.00 is 0.0124, as an amount one cent.
    expect(accepts('124.01', over(null, '0.01'))).toBe(true)
    expect(accepts('124.02', over(null, '0.014'))).toBe(false)
    expect(accepts('124.02', over(null, '0.014'), { limitDecimals: 2 })).toBe(true)
  })

  it('may let a share of the expected pass besides', () => {
    const tolerance = { upper: { abs: '1', pct: null }, combine: 'both' as const }
    expect(accepts('126.00', tolerance)).toBe(false)
    expect(accepts('126.00', tolerance, { percentOf: '105' })).toBe(true)
    expect(accepts('131.00', tolerance, { percentOf: '105' })).toBe(false)
    expect(accepts('131.00', over(null, null), { percentOf: '105' })).toBe(false)
    expect(accepts('130.20', over(null, null), { percentOf: '105' })).toBe(true)
    expect(accepts('126.00', over('1', null), { percentOf: '105' })).toBe(false)
  })

  it('may be kept in the accounting currency', () => {
    const invoice = anInvoice({ lines: [anInvoiceLine({ amount: '125.00' })], exchangeRate: '1.2' })
    const within = (amountCurrency: 'transaction' | 'accounting', abs: string) =>
      aCheckMade('price-amount', { invoice, tolerance: { ...over(abs, null), amountCurrency } })
        .within
    expect(within('transaction', '1')).toBe(true)
    expect(within('accounting', '1')).toBe(false)
    expect(within('accounting', '1.2')).toBe(true)
    const line = anInvoice({ lines: [anInvoiceLine({ quantity: '11' })], exchangeRate: '1.2' })
    const quantity = (abs: string, absoluteLimit: string) =>
      aCheckMade('quantity-open-received', {
        invoice: line,
        tolerance: { ...over(abs, null), amountCurrency: 'accounting' },
        parameters: { absoluteLimit },
      }).within
    expect(quantity('14.88', 'value')).toBe(true)
    expect(quantity('14.87', 'value')).toBe(false)
    expect(quantity('1', 'quantity')).toBe(true)
  })
})

describe('room left under a ceiling', () => {
  it('is no variance, where the rules say so, and still on record', () => {
    const invoice = anInvoice({ lines: [anInvoiceLine({ quantity: '6' })] })
    const result = (ceiling: boolean, billed = invoice) =>
      aMatchOf('quantity-cumulative-ordered', { invoice: billed, parameters: { ceiling } })
    expect(result(false).decision).toBe('match-within-tolerance')
    expect(result(true)).toMatchObject({
      decision: 'match',
      checks: [{ variance: '-4', discrepancy: null }],
    })
    const over = anInvoice({ lines: [anInvoiceLine({ quantity: '11' })] })
    expect(result(true, over).decision).toBe('hold')
  })
})

describe('what a percentage is of', () => {
  const billed = anInvoice({ lines: [anInvoiceLine({ quantity: '6' })] })
  const orders = [anOrderMatchView({ receipts: [aReceiptFact({ quantity: '5' })] })]
  it.each([
    ['open', '20'],
    ['cumulative', '20'],
    ['line', '10'],
  ] as const)(
    '%s: one piece over five received of ten ordered is %s percent',
    (percentBase, percent) => {
      const tolerance = { ...over(null, '0'), percentBase }
      const made = aCheckMade('quantity-open-received', { invoice: billed, orders, tolerance })
      expect(made.percent).toBe(percent)
    },
  )

  it('is the whole line for a price too, where it is told so', () => {
    const invoice = anInvoice({ lines: [anInvoiceLine({ quantity: '5', amount: '65.10' })] })
    const percent = (percentBase: 'line' | 'cumulative') =>
      aCheckMade('price-amount', { invoice, tolerance: { ...over(null, '50'), percentBase } })
        .percent
    expect(percent('line')).toBe('5')
    expect(percent('cumulative')).toBe('2.5')
  })
})

const figure = (text: string) => readFigure(decimal(text))

/** A variance of that much on that base, in pieces or in money. */
const aVariance = (
  variance: string,
  base: string | null,
  unit: Measured['unit'] = { kind: 'quantity', unitOfMeasure: 'EA' },
): Measured => ({
  kind: 'measured',
  concern: 'received',
  unit,
  expected: figure(base ?? '0'),
  actual: figure(variance),
  variance: figure(variance),
  base: base === null ? null : figure(base),
  limited: figure(variance),
  varianceAmount: null,
  isWithin: null,
  associated: null,
  isShared: false,
})

const aQuestion = (
  tolerance: Parameters<typeof aTolerance>[0],
  parameters: Parameters<typeof CheckParameters.parse>[0] = {},
): CheckQuestion => ({
  planned: { name: 'q', check: 'q', holdCode: 'Q', onExceed: 'hold', parameters: {} },
  parameters: CheckParameters.parse(parameters),
  tolerance: aTolerance(tolerance),
})

const money: Measured['unit'] = { kind: 'money', currency: 'EUR', places: 2 }
const fivePercentUp = aQuestion({ upper: { abs: null, pct: '5' } })
const fivePercentDown = aQuestion({
  upper: { abs: null, pct: null },
  lower: { abs: null, pct: '5' },
  lowerEffect: 'hold',
})

describe('a measured variance', () => {
  it.each([
    ['over', '0.01'],
    ['under', '-0.01'],
    ['even', '0.00'],
  ])('leans %s by %s', (direction, variance) => {
    expect(judgeVariance(aVariance(variance, '10'), fivePercentUp, null).direction).toBe(direction)
  })

  it('of a check without a tolerance is what the check says, whatever the limits', () => {
    const outside = { ...aVariance('0', '10'), isWithin: false }
    const inside = { ...aVariance('99', '10'), isWithin: true }
    expect(judgeVariance(outside, fivePercentUp, null)).toEqual({
      isWithin: false,
      direction: 'even',
    })
    expect(judgeVariance(inside, fivePercentUp, null)).toEqual({
      isWithin: true,
      direction: 'over',
    })
  })

  it.each([
    ['0.50', '10', true],
    ['0.51', '10', false],
    ['0.01', '0', false],
    ['0', '0', true],
    ['-0.01', '0', true],
    // Nothing is left that a percentage could be of.
    ['0.01', '-10', false],
    ['0', '-10', true],
    ['-0.01', '-10', true],
    ['999', null, true],
  ])('of %s on a base of %s is within five percent over: %s', (variance, base, isWithin) => {
    expect(judgeVariance(aVariance(variance, base), fivePercentUp, null).isWithin).toBe(isWithin)
  })

  it('of money is within any percentage of an amount expected below zero', () => {
    expect(judgeVariance(aVariance('0.01', '-10', money), fivePercentUp, null).isWithin).toBe(true)
  })

  it.each([
    ['-0.50', '10', true],
    ['-0.51', '10', false],
    ['0.51', '10', true],
    ['-0.01', '0', false],
    ['0', '0', true],
  ])('of %s on a base of %s is within five percent under: %s', (variance, base, isWithin) => {
    expect(judgeVariance(aVariance(variance, base), fivePercentDown, null).isWithin).toBe(isWithin)
  })

  it('is held against a percentage with its slack, and against a rounded limit without', () => {
    const pct = { upper: { abs: null, pct: '5' } }
    const within = (variance: string, parameters: Parameters<typeof aQuestion>[1]) =>
      judgeVariance(aVariance(variance, '10'), aQuestion(pct, parameters), null).isWithin
    expect(within('0.505', { percentSlack: '0.05' })).toBe(true)
    expect(within('0.506', { percentSlack: '0.05' })).toBe(false)
    expect(within('0.54', { limitDecimals: 1 })).toBe(false)
    expect(within('0.5', { limitDecimals: 1 })).toBe(true)
    expect(within('1', { limitDecimals: 0 })).toBe(true)
    expect(within('1.01', { limitDecimals: 0 })).toBe(false)
  })

  it('over is past no lower limit, though its value is below zero as the price is', () => {
    const lower = { abs: '1', pct: null }
    const question = aQuestion({ upper: { abs: null, pct: null }, lower, lowerEffect: 'hold' })
    const over = { ...aVariance('1', '10'), limited: figure('-5') }
    expect(judgeVariance(over, question, null)).toEqual({ isWithin: true, direction: 'over' })
    const under = { ...aVariance('-1', '10'), limited: figure('-5') }
    expect(judgeVariance(under, question, null)).toEqual({ isWithin: false, direction: 'under' })
  })

  it('that stands beside no order line is held against its limits as it is', () => {
    const question = aQuestion({ upper: { abs: '1', pct: null }, amountCurrency: 'accounting' })
    expect(judgeVariance(aVariance('1', '10', money), question, null).isWithin).toBe(true)
    expect(judgeVariance(aVariance('1.01', '10', money), question, null).isWithin).toBe(false)
  })
})
