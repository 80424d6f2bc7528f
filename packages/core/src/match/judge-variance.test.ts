import { describe, expect, it } from 'vitest'
import { anInvoice, anInvoiceLine } from '../invoice/invoice.examples.ts'
import {
  aCheckMade,
  aMatchOf,
  anOrderMatchView,
  aReceiptFact,
  type ExampleCheck,
} from './match.examples.ts'

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
