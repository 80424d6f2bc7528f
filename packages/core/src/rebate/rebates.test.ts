import { describe, expect, it } from 'vitest'
import type { CalendarDate } from '../calendar/calendar-date.ts'
import { anInvoice, anInvoiceLine } from '../invoice/invoice.examples.ts'
import { accrueRebate } from './accrue-rebate.ts'
import { RebateAgreement } from './rebate-agreement.ts'
import { claimRebate } from './rebate-claim.ts'
import { rebatePeriodOf } from './rebate-period.ts'
import { settleClaim } from './settle-claim.ts'

const day = (text: string) => text as CalendarDate

type Terms = Parameters<typeof RebateAgreement.parse>[0] extends unknown
  ? Partial<Record<keyof RebateAgreement, unknown>>
  : never

const agreed = (more: Terms = {}) =>
  RebateAgreement.parse({
    tenant: 'acme',
    agreementNumber: 'R-7',
    supplier: 'S100',
    currency: 'EUR',
    validFrom: '2026-01-01',
    validTo: '2026-12-31',
    period: 'quarter',
    terms: { kind: 'percent', percent: '2' },
    ...more,
  })

const steps = [
  { turnoverFrom: '0', percent: '1' },
  { turnoverFrom: '10000', percent: '2' },
  { turnoverFrom: '25000', percent: '3' },
]
const scale = (retroactive: boolean) => agreed({ terms: { kind: 'scale', retroactive, steps } })

const billed = (
  documentNumber: string,
  invoiceDate: string,
  amount: string,
  more: Parameters<typeof anInvoice>[0] = {},
) => anInvoice({ documentNumber, invoiceDate, lines: [anInvoiceLine({ amount })], ...more })

const january = billed('A-1', '2026-01-20', '8000.00')
const february = billed('A-2', '2026-02-10', '12000.00')
const march = billed('A-3', '2026-03-31', '10000.00')
const credit = billed('C-1', '2026-03-31', '6000.00', { invoiceType: 'credit' })

const amountsOf = (agreement: RebateAgreement, ...invoices: ReturnType<typeof anInvoice>[]) =>
  accrueRebate(agreement, invoices).accruals.map(({ invoiceNumber, amount, amountToDate }) => [
    invoiceNumber,
    amount,
    amountToDate,
  ])

describe('a rebate of 2 %', () => {
  it('is accrued with every invoice, and a credit takes its part off', () => {
    const back = billed('C-1', '2026-02-01', '1234.50', { invoiceType: 'credit' })
    // 10,000.00 x 2 % = 200.00; 1,234.50 x 2 % = 24.69; 8,765.50 x 2 % = 175.31
    expect(amountsOf(agreed(), billed('A-1', '2026-01-20', '10000.00'), back)).toEqual([
      ['A-1', '200.00', '200.00'],
      ['C-1', '-24.69', '175.31'],
    ])
  })

  it('is of the net amount: without charges and taxes, less the discount', () => {
    const line = anInvoiceLine({
      amount: '100.00',
      discountAmount: '10.00',
      chargesAmount: '5.00',
    })
    const taxed = billed('A-1', '2026-01-20', '0', {
      lines: [line],
      taxes: [{ code: 'S', amount: '17.10' }],
      charges: [{ code: 'freight', amount: '50.00' }],
    })
    // 90.00 x 2 %
    expect(amountsOf(agreed(), taxed)).toEqual([['A-1', '1.80', '1.80']])
  })

  it('is of the articles it was agreed for', () => {
    const lines = [
      anInvoiceLine({ amount: '100.00' }),
      anInvoiceLine({ documentLineNumber: '2', amount: '900.00', item: { buyerItem: 'SKU-2' } }),
    ]
    const mixed = billed('A-1', '2026-01-20', '0', { lines })
    expect(amountsOf(agreed({ items: ['SKU-2'] }), mixed)).toEqual([['A-1', '18.00', '18.00']])
  })

  it('adds up to the cent: three times 0.49995 are 1.50', () => {
    const small = ['A-1', 'A-2', 'A-3'].map((number) => billed(number, '2026-01-20', '33.33'))
    // 33.33 x 1.5 % = 0.49995, 66.66 = 0.9999, 99.99 = 1.49985
    const found = amountsOf(agreed({ terms: { kind: 'percent', percent: '1.5' } }), ...small)
    expect(found.map(([, amount]) => amount)).toEqual(['0.50', '0.50', '0.50'])
    expect(found.at(-1)?.[2]).toBe('1.50')
  })

  it.each([
    ['another supplier', { supplier: 'S200' }, 'other-supplier'],
    ['another currency', { currency: 'USD' }, 'other-currency'],
    ['a day before it began', { invoiceDate: '2025-12-31' }, 'outside-validity'],
    ['an advance', { invoiceType: 'prepayment' as const }, 'no-turnover'],
  ])('is none on %s', (_what, more, reason) => {
    const { accruals, leftOut } = accrueRebate(agreed(), [
      billed('A-1', '2026-01-20', '100.00', more),
    ])
    expect(accruals).toEqual([])
    expect(leftOut).toEqual([{ invoiceNumber: 'A-1', reason }])
  })

  it('is accrued once of an invoice that is given twice, and the same in any order', () => {
    expect(accrueRebate(agreed(), [january, january]).leftOut).toEqual([
      { invoiceNumber: 'A-1', reason: 'known' },
    ])
    expect(amountsOf(agreed(), march, january, february)).toEqual(
      amountsOf(agreed(), january, february, march),
    )
  })
})

describe('an invoice that came in several revisions', () => {
  const first = billed('A-1', '2026-01-20', '10000.00')
  // `A-1` and `a -1` are one number: blanks and capitals do not make another.
  const spelled = billed('a -1', '2026-01-20', '9000.00', { revision: 1 })

  it('counts as its newest: 9,000.00 x 2 % = 180.00, whichever comes first and however it is spelled', () => {
    for (const invoices of [
      [first, spelled],
      [spelled, first],
    ]) {
      expect(amountsOf(agreed(), ...invoices)).toEqual([['a -1', '180.00', '180.00']])
      expect(accrueRebate(agreed(), invoices).leftOut).toEqual([
        { invoiceNumber: 'A-1', reason: 'known' },
      ])
    }
  })

  it('is another one where another supplier or tenant numbers alike', () => {
    const other = billed('A-1', '2026-01-19', '500.00', { supplier: 'S200', revision: 3 })
    const foreign = billed('A-1', '2026-01-19', '500.00', { tenant: 'other', revision: 3 })
    expect(amountsOf(agreed(), other, foreign, first)).toEqual([['A-1', '200.00', '200.00']])
  })
})

describe('a rebate by scale: 1 %, from 10,000 2 %, from 25,000 3 %', () => {
  it('grants each step on what lies in it', () => {
    expect(amountsOf(scale(false), january, february, march)).toEqual([
      // 8,000 x 1 %
      ['A-1', '80.00', '80.00'],
      // 10,000 x 1 % + 10,000 x 2 %
      ['A-2', '220.00', '300.00'],
      // 10,000 x 1 % + 15,000 x 2 % + 5,000 x 3 %
      ['A-3', '250.00', '550.00'],
    ])
  })

  it('or, retroactive, the step reached on everything, and takes it back when a credit falls below', () => {
    expect(amountsOf(scale(true), january, february, march, credit)).toEqual([
      ['A-1', '80.00', '80.00'],
      // 20,000 x 2 % = 400
      ['A-2', '320.00', '400.00'],
      // 30,000 x 3 % = 900
      ['A-3', '500.00', '900.00'],
      // 24,000 x 2 % = 480
      ['C-1', '-420.00', '480.00'],
    ])
  })

  it('reaches a step exactly at its turnover', () => {
    const whole = billed('A-1', '2026-01-20', '10000.00')
    const cent = billed('A-1', '2026-01-20', '9999.99')
    expect(amountsOf(scale(true), whole)).toEqual([['A-1', '200.00', '200.00']])
    // 99.9999
    expect(amountsOf(scale(true), cent)).toEqual([['A-1', '100.00', '100.00']])
  })

  it('begins anew with each quarter', () => {
    const april = billed('A-4', '2026-04-01', '8000.00')
    expect(amountsOf(scale(true), january, february, march, april).at(-1)).toEqual([
      'A-4',
      '80.00',
      '80.00',
    ])
  })

  it('is refused where its steps do not rise', () => {
    const same = [steps[1], steps[1]]
    expect(() => agreed({ terms: { kind: 'scale', retroactive: true, steps: same } })).toThrow(
      /each step begins above the one before/,
    )
  })
})

describe('the period of a rebate', () => {
  it.each([
    ['month', '2028-02-11', '2028-02-01', '2028-02-29'],
    ['month', '2026-02-11', '2026-02-01', '2026-02-28'],
    ['quarter', '2026-05-31', '2026-04-01', '2026-06-30'],
    ['quarter', '2026-12-31', '2026-10-01', '2026-12-31'],
    ['year', '2026-05-31', '2026-01-01', '2026-12-31'],
  ])('of a %s around %s is %s to %s', (period, of, from, to) => {
    const whole = agreed({ period, validFrom: '2020-01-01', validTo: '2030-12-31' })
    expect(rebatePeriodOf(whole, day(of))).toEqual({ from, to })
  })

  it('is cut to what was agreed', () => {
    const late = agreed({ validFrom: '2026-02-15', validTo: '2026-05-10' })
    expect(rebatePeriodOf(late, day('2026-03-01'))).toEqual({
      from: '2026-02-15',
      to: '2026-03-31',
    })
    expect(rebatePeriodOf(late, day('2026-05-01'))).toEqual({
      from: '2026-04-01',
      to: '2026-05-10',
    })
    expect(rebatePeriodOf(late, day('2026-05-11'))).toBeNull()
    const whole = { ...late, period: 'whole-term' as const }
    expect(rebatePeriodOf(whole, day('2026-05-01'))).toEqual({
      from: '2026-02-15',
      to: '2026-05-10',
    })
  })
})

describe('a claim for a rebate', () => {
  const invoices = [january, february, march]
  const ask = (today: string, agreement = scale(false), on = '2026-02-02') =>
    claimRebate({ agreement, invoices, day: day(on), today: day(today) })

  it('is made when the period is over, of all that was accrued: 80 + 220 + 250 = 550.00', () => {
    const claimed = ask('2026-04-01')
    expect(claimed).toMatchObject({
      kind: 'claimed',
      claim: {
        claimNumber: 'R-7/2026-01-01',
        period: { from: '2026-01-01', to: '2026-03-31' },
        turnover: '30000.00',
        amount: '550.00',
      },
    })
  })

  it.each([
    ['on its last day', '2026-03-31', '2026-02-02', 'period-not-over'],
    ['of another year', '2026-04-01', '2027-02-02', 'outside-validity'],
    ['of a quarter without turnover', '2026-10-01', '2026-08-02', 'nothing-due'],
  ])('is not made %s', (_when, today, on, reason) => {
    expect(ask(today, scale(false), on)).toMatchObject({ kind: 'not-claimed', reason })
  })

  it('is settled by the credits that name it: 300.00 and 250.00 of 550.00', () => {
    const claimed = ask('2026-04-01')
    if (claimed.kind !== 'claimed') throw new Error(claimed.sentence)
    const { claim } = claimed
    const creditOf = (documentNumber: string, amount: string, more: object = {}) =>
      billed(documentNumber, '2026-04-10', amount, {
        invoiceType: 'credit',
        correctsInvoiceNumber: claim.claimNumber,
        taxes: [{ code: 'S', amount: '9.99' }],
        ...more,
      })
    const first = creditOf('RC-1', '300.00')
    expect(settleClaim(claim, [])).toMatchObject({ state: 'open', amountOpen: '550.00' })
    expect(settleClaim(claim, [first, first])).toMatchObject({
      state: 'part-settled',
      amountSettled: '300.00',
      amountOpen: '250.00',
      refused: [{ invoiceNumber: 'RC-1', reason: 'known' }],
    })
    expect(settleClaim(claim, [first, creditOf('RC-2', '250.00')])).toMatchObject({
      state: 'settled',
      amountOpen: '0.00',
    })
    expect(settleClaim(claim, [first, creditOf('RC-2', '300.00')])).toMatchObject({
      state: 'over-settled',
      amountOpen: '-50.00',
    })
    // Revision 1 of RC-1 gives 320.00: 550.00 - 320.00 = 230.00, and 300.00 are not counted beside it.
    const again = creditOf('rc-1 ', '320.00', { revision: 1 })
    for (const credits of [
      [first, again],
      [again, first],
    ]) {
      expect(settleClaim(claim, credits)).toMatchObject({
        amountSettled: '320.00',
        amountOpen: '230.00',
        refused: [{ invoiceNumber: 'RC-1', reason: 'known' }],
      })
    }
    expect(settleClaim(claim, [creditOf('RC-1', '550.00', { tenant: 'other' })])).toMatchObject({
      state: 'open',
      refused: [{ reason: 'other-supplier' }],
    })
    expect(
      settleClaim(claim, [
        creditOf('RC-3', '550.00', { currency: 'USD' }),
        creditOf('RC-4', '550.00', { supplier: 'S200' }),
        creditOf('RC-5', '550.00', { invoiceType: 'standard' }),
      ]),
    ).toMatchObject({
      state: 'open',
      refused: [
        { reason: 'other-currency' },
        { reason: 'other-supplier' },
        { reason: 'not-a-credit' },
      ],
    })
  })
})
