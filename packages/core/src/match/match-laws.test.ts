import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decimal } from '../decimal/decimal.ts'
import { canonicalJson } from '../hash/canonical-json.ts'
import { anInvoice, anInvoiceLine } from '../invoice/invoice.examples.ts'
import type { Tolerance } from '../policy/tolerance.ts'
import { anOrderLine } from '../purchase-order/purchase-order.examples.ts'
import { checkOf, matchCheckNames } from './match-checks.ts'
import {
  aBillingFact,
  aMatchInput,
  aMatchPolicy,
  anOrderMatchView,
  aPlannedCheck,
  aReceiptFact,
  type ExamplePlan,
} from './match.examples.ts'
import { hashMatchInput, type MatchInput, matchInvoice } from './match-invoice.ts'

const quantities = fc.integer({ min: 1, max: 30 }).map(String)
const amounts = fc.integer({ min: 0, max: 40_000 }).map((cents) => (cents / 100).toFixed(2))
const receipts = fc.array(
  fc.record({
    line: fc.constantFrom('1', '2'),
    quantity: quantities,
    receiptType: fc.constantFrom('receipt' as const, 'receipt' as const, 'return' as const),
    inspection: fc.constantFrom('none' as const, 'none' as const, 'pending' as const),
  }),
  { maxLength: 5 },
)
const billings = fc.array(
  fc.record({
    line: fc.constantFrom('1', '2'),
    quantity: quantities,
    amount: amounts,
    invoiceType: fc.constantFrom(
      'standard' as const,
      'credit' as const,
      'subsequent-debit' as const,
    ),
  }),
  { maxLength: 3 },
)
const lines = fc.array(
  fc.record({ line: fc.constantFrom('1', '2', '9'), quantity: quantities, amount: amounts }),
  { minLength: 1, maxLength: 5 },
)
const papers = fc.record({ receipts, billings, lines })

// Every check there is, under one name each.
const names = matchCheckNames.filter((name) => name !== 'item-amount')
const planned = names.map((name) => aPlannedCheck(name, { holdCode: name.toUpperCase() }))
const plan = {
  line: planned.filter((one) => checkOf(one).scope !== 'invoice'),
  header: planned.filter((one) => checkOf(one).scope === 'invoice'),
}

type Papers = Parameters<Parameters<typeof papers.map>[0]>[0]
const input = (
  drawn: Papers,
  tolerances: NonNullable<ExamplePlan['tolerances']> = {},
): MatchInput =>
  aMatchInput({
    invoice: anInvoice({
      totalAmount: '500.00',
      lines: drawn.lines.map((one, index) =>
        anInvoiceLine({
          documentLineNumber: String(index + 1),
          orderLineNumber: one.line,
          quantity: one.quantity,
          amount: one.amount,
        }),
      ),
    }),
    orders: [
      anOrderMatchView({
        lines: [anOrderLine(), anOrderLine({ orderLineNumber: '2', quantityOrdered: '20' })],
        receipts: drawn.receipts.map((one, index) =>
          aReceiptFact({
            receiptNumber: `GR-${index + 1}`,
            orderLineNumber: one.line,
            quantity: one.quantity,
            receiptType: one.receiptType,
            inspection: one.inspection,
          }),
        ),
        billings: drawn.billings.map((one) =>
          aBillingFact({
            orderLineNumber: one.line,
            quantity: one.quantity,
            amount: one.amount,
            invoiceType: one.invoiceType,
          }),
        ),
      }),
    ],
    policy: aMatchPolicy({ ...plan, tolerances }),
  })

describe('whatever is ordered, received and billed', () => {
  it('gives the same bytes for the same input (INV-18, R-131)', () => {
    fc.assert(
      fc.property(papers, (drawn) => {
        const [first, second] = [
          matchInvoice(input(drawn)),
          matchInvoice(input(structuredClone(drawn))),
        ]
        expect(JSON.stringify(second)).toBe(JSON.stringify(first))
        expect(first.inputHash).toBe(hashMatchInput(input(drawn)))
      }),
      { numRuns: 40 },
    )
  })

  it('is not changed by the order of invoice lines, receipts or billings', () => {
    const bySentence = (list: readonly unknown[]) =>
      list.map((one) => canonicalJson(one)).toSorted()
    fc.assert(
      fc.property(papers, (drawn) => {
        const straight = input(drawn)
        const turned: MatchInput = {
          ...straight,
          invoice: { ...straight.invoice, lines: straight.invoice.lines.toReversed() },
          orders: straight.orders.map((order) => ({
            ...order,
            lines: order.lines.toReversed(),
            receipts: order.receipts.toReversed(),
            billings: order.billings.toReversed(),
          })),
        }
        const [a, b] = [matchInvoice(straight), matchInvoice(turned)]
        expect(b.decision).toBe(a.decision)
        expect(bySentence(b.checks)).toEqual(bySentence(a.checks))
        expect(bySentence(b.holds)).toEqual(bySentence(a.holds))
        expect(bySentence(b.exceptions)).toEqual(bySentence(a.exceptions))
        expect(bySentence(b.allocations)).toEqual(bySentence(a.allocations))
        expect(bySentence(b.resolutions)).toEqual(bySentence(a.resolutions))
        expect(b.payableAmount).toBe(a.payableAmount)
      }),
      { numRuns: 60 },
    )
  })

  it('is changed by what it looks at: another count is another hash', () => {
    const drawn: Papers = {
      receipts: [],
      billings: [],
      lines: [{ line: '1', quantity: '1', amount: '1' }],
    }
    const other: Papers = { ...drawn, lines: [{ line: '1', quantity: '2', amount: '1' }] }
    expect(hashMatchInput(input(other))).not.toBe(hashMatchInput(input(drawn)))
  })
})

describe('a wider tolerance', () => {
  const limit = fc.integer({ min: 0, max: 60 }).map(String)
  const limits = fc.record({
    upper: fc.record({ abs: fc.option(limit), pct: fc.option(limit) }),
    lower: fc.record({ abs: fc.option(limit), pct: fc.option(limit) }),
    combine: fc.constantFrom('either' as const, 'both' as const),
    lowerEffect: fc.constantFrom(
      'warn' as const,
      'hold' as const,
      'ignore' as const,
      'same' as const,
    ),
    percentBase: fc.constantFrom(
      'open' as const,
      'cumulative' as const,
      'line' as const,
      'unit' as const,
    ),
  })
  const more = fc.record({
    upper: fc.record({ abs: fc.option(fc.nat(30)), pct: fc.option(fc.nat(30)) }),
    lower: fc.record({ abs: fc.option(fc.nat(30)), pct: fc.option(fc.nat(30)) }),
  })
  type Limits = Parameters<Parameters<typeof limits.map>[0]>[0]

  // Where both limits must be passed, one that is no longer checked takes a condition away: that is not wider.
  const widen = (value: string | null, by: number | null, combine: Tolerance['combine']) =>
    value === null
      ? null
      : by === null && combine === 'either'
        ? null
        : String(Number(value) + (by ?? 0))
  const widened = (
    tolerance: Limits,
    by: Parameters<Parameters<typeof more.map>[0]>[0],
  ): Limits => {
    const { upper, lower, combine } = tolerance
    return {
      ...tolerance,
      upper: {
        abs: widen(upper.abs, by.upper.abs, combine),
        pct: widen(upper.pct, by.upper.pct, combine),
      },
      lower: {
        abs: widen(lower.abs, by.lower.abs, combine),
        pct: widen(lower.pct, by.lower.pct, combine),
      },
    }
  }
  const opened = (drawn: Papers, tolerance: Limits): ReadonlySet<string> => {
    const tolerances = Object.fromEntries(names.map((name) => [name, tolerance]))
    const { checks, exceptions, holds } = matchInvoice(input(drawn, tolerances))
    return new Set([
      ...checks
        .filter(({ within }) => !within)
        .map((one) => `${one.name} ${one.invoiceLineNumber} ${one.code ?? one.field}`),
      ...exceptions.map(
        (one) => `${one.code} ${one.invoiceLineNumber} ${one.chargeCode} ${one.field}`,
      ),
      ...holds.map(({ text }) => text),
    ])
  }

  it('never opens an exception, fails a check or places a hold that a narrower one did not', () => {
    fc.assert(
      fc.property(papers, limits, more, (drawn, tolerance, by) => {
        const narrow = opened(drawn, tolerance)
        for (const one of opened(drawn, widened(tolerance, by))) expect(narrow).toContain(one)
      }),
      { numRuns: 80 },
    )
  })
})

describe('an amount on the limit', () => {
  it('is inside to the last cent and outside beyond it, for any price and percentage', () => {
    const price = fc.integer({ min: 1, max: 99_999 })
    const percent = fc.integer({ min: 0, max: 100 })
    fc.assert(
      fc.property(price, percent, (cents, pct) => {
        const ordered = (cents / 100).toFixed(2)
        // Ten pieces, so that the amount is the price with the point moved; the limit is exact in tenths of a cent.
        const limitTenths = cents * pct
        const amountOf = (tenths: number) => decimal((cents / 10 + tenths / 1000).toFixed(3))
        const within = (tenths: number) => {
          const at = amountOf(tenths)
          const orders = [
            anOrderMatchView({
              lines: [
                anOrderLine({
                  price: {
                    amount: ordered,
                    perQuantity: '1',
                    perUnitOfMeasure: 'EA',
                    priceType: 'firm',
                  },
                }),
              ],
            }),
          ]
          const invoice = anInvoice({ lines: [anInvoiceLine({ amount: at })] })
          const policy = aMatchPolicy({
            line: [aPlannedCheck('price-amount')],
            tolerances: { 'price-amount': { upper: { abs: null, pct: String(pct) } } },
          })
          return matchInvoice(aMatchInput({ invoice, orders, policy })).checks[0]?.within
        }
        expect(within(limitTenths)).toBe(true)
        expect(within(limitTenths + 1)).toBe(false)
      }),
      { numRuns: 60 },
    )
  })
})
