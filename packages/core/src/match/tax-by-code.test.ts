import { describe, expect, it } from 'vitest'
import { anInvoice, anInvoiceLine } from '../invoice/invoice.examples.ts'
import { anOrderLine, aPurchaseOrder } from '../purchase-order/purchase-order.examples.ts'
import { determineTaxes } from './determine-taxes.ts'
import { TaxTable } from './tax-table.ts'
import { aMatchInput, aMatchPolicy, anOrderMatchView, aPlannedCheck } from './match.examples.ts'
import { matchInvoice } from './match-invoice.ts'

type JsonTable = NonNullable<NonNullable<Parameters<typeof aPlannedCheck>[1]>['parameters']>

const tableOf = (rounding: 'line' | 'document', chargesCode: string | null = null) =>
  withCharges(chargesCode, {
    taxes: [
      { code: 'S', ratePercent: '19', treatment: 'charged' },
      { code: 'R', ratePercent: '7', treatment: 'charged' },
      { code: 'AE', ratePercent: '19', treatment: 'reverse-charge' },
      { code: 'U', ratePercent: '8.25', treatment: 'self-assess' },
    ],
    rounding,
  })

function withCharges(chargesCode: string | null, table: JsonTable): JsonTable {
  return chargesCode === null ? table : { ...table, chargesCode }
}

type Billed = readonly (readonly [taxCode: string, amount: string])[]
type Taxes = Readonly<Record<string, string>>

const papers = (billed: Billed, taxes: Taxes, more: Parameters<typeof anInvoice>[0] = {}) => ({
  lines: billed.map(([taxCode], index) =>
    anOrderLine({ orderLineNumber: String(index + 1), taxCode }),
  ),
  invoice: anInvoice({
    lines: billed.map(([, amount], index) =>
      anInvoiceLine({
        documentLineNumber: String(index + 1),
        orderLineNumber: String(index + 1),
        amount,
      }),
    ),
    taxes: Object.entries(taxes).map(([code, amount]) => ({ code, amount })),
    ...more,
  }),
})

/** What the check says of each code: expected, billed, and the case. */
function checked({ lines, invoice }: ReturnType<typeof papers>, table = tableOf('document')) {
  const policy = aMatchPolicy({
    header: [aPlannedCheck('tax-by-code', { holdCode: 'TAX', parameters: { taxTable: table } })],
    tolerances: {
      'tax-by-code': {
        upper: { abs: '0', pct: null },
        lower: { abs: '0', pct: null },
        lowerEffect: 'hold',
      },
    },
  })
  const result = matchInvoice(
    aMatchInput({ invoice, orders: [anOrderMatchView({ lines })], policy }),
  )
  return {
    checks: result.checks.map(({ code, expected, actual, exceptionCode }) => [
      code,
      expected,
      actual,
      exceptionCode,
    ]),
    holds: result.holds.map(({ text }) => text),
  }
}

function determined({ lines, invoice }: ReturnType<typeof papers>, table = tableOf('document')) {
  return determineTaxes({
    invoice,
    orders: [aPurchaseOrder({ lines })],
    table: TaxTable.parse(table),
  }).map(({ code, taxableAmount, expectedAmount, selfAssessedAmount }) => [
    code,
    taxableAmount,
    expectedAmount,
    selfAssessedAmount,
  ])
}

describe('a tax looked at code by code', () => {
  it('agrees where each is right: 100.00 at 19 % and 50.00 at 7 %', () => {
    const right = papers(
      [
        ['S', '100.00'],
        ['R', '50.00'],
      ],
      { S: '19.00', R: '3.50' },
    )
    expect(checked(right)).toEqual({
      checks: [
        ['R', '3.50', '3.50', null],
        ['S', '19.00', '19.00', null],
      ],
      holds: [],
    })
  })

  it('finds what a right total hides: 22.50 of one code instead of 19.00 and 3.50', () => {
    const mixed = papers(
      [
        ['S', '100.00'],
        ['R', '50.00'],
      ],
      { S: '22.50' },
    )
    expect(checked(mixed)).toEqual({
      checks: [
        ['R', '3.50', '0.00', 'TAX_MISSING'],
        ['S', '19.00', '22.50', 'TAX_OVER'],
      ],
      holds: ['TAX:R', 'TAX:S'],
    })
  })

  it('is rounded line by line or once, as the rules say: three times 33.33 at 19 %', () => {
    const thirds: Billed = [
      ['S', '33.33'],
      ['S', '33.33'],
      ['S', '33.33'],
    ]
    // 6.3327 three times is 18.99; 99.99 x 19 % is 18.9981
    expect(checked(papers(thirds, { S: '18.99' }), tableOf('line')).holds).toEqual([])
    expect(checked(papers(thirds, { S: '18.99' }), tableOf('document')).checks).toEqual([
      ['S', '19.00', '18.99', 'TAX_UNDER'],
    ])
    expect(checked(papers(thirds, { S: '19.00' }), tableOf('line')).checks).toEqual([
      ['S', '18.99', '19.00', 'TAX_OVER'],
    ])
  })

  it('is on freight too where the rules say so: 110.00 at 19 %', () => {
    const freight = papers(
      [['S', '100.00']],
      { S: '20.90' },
      {
        charges: [{ code: 'freight', amount: '10.00' }],
      },
    )
    expect(checked(freight, tableOf('document', 'S')).holds).toEqual([])
    expect(checked(freight).checks).toEqual([['S', '19.00', '20.90', 'TAX_OVER']])
  })

  it('is nothing for a code nobody knows', () => {
    expect(checked(papers([['S', '100.00']], { S: '19.00', X: '1.00' })).holds).toEqual(['TAX:X'])
  })
})

describe('a tax the buyer declares', () => {
  it('is not billed under reverse charge: of 200.00 the buyer declares 38.00', () => {
    const clean = papers([['AE', '200.00']], {})
    expect(checked(clean).holds).toEqual([])
    expect(determined(clean)).toEqual([['AE', '200.00', '0.00', '38.00']])
    const billed = papers([['AE', '200.00']], { AE: '38.00' })
    expect(checked(billed).checks).toEqual([['AE', '0.00', '38.00', 'TAX_OVER']])
    // It is declared all the same: the supplier had no right to bill it.
    expect(determined(billed)).toEqual([['AE', '200.00', '0.00', '38.00']])
  })

  it('is declared where the supplier leaves it out, and billed where it does not: 80.00 at 8.25 %', () => {
    expect(checked(papers([['U', '80.00']], {})).holds).toEqual([])
    expect(determined(papers([['U', '80.00']], {}))).toEqual([['U', '80.00', '0.00', '6.60']])
    expect(determined(papers([['U', '80.00']], { U: '6.60' }))).toEqual([
      ['U', '80.00', '6.60', '0.00'],
    ])
    expect(checked(papers([['U', '80.00']], { U: '6.00' })).checks).toEqual([
      ['U', '6.60', '6.00', 'TAX_UNDER'],
    ])
  })
})
