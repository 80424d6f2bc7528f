import {
  CalendarDate,
  instant,
  invoiceKey,
  matchInvoice,
  OrderMatchView,
  type Policy,
  type RecordedMatch,
} from '@counterfoil/core'
import { anInvoice, anInvoiceLine, anOrderLine } from '@counterfoil/core/examples'
import { createPolicy } from '../policy/create-policy.ts'
import type { LoadedRuleSet } from '../rule-set/loaded-rule-set.ts'
import {
  aCheckEvent,
  aLoadedRuleSet,
  aRule,
  aToleranceEvent,
  type ExampleJson,
} from '../rule-set/rule-set.examples.ts'

/** Plans one check: the price of a line, held where it is out of tolerance. */
export const priceMatching: LoadedRuleSet = aLoadedRuleSet({
  id: 'price-matching',
  kind: 'matching',
  effectiveFrom: '2026-01-01',
  rules: [
    {
      name: 'price',
      conditions: { all: [{ fact: 'line', operator: 'is-present', value: true }] },
      event: aCheckEvent(),
    },
  ],
})

/** A version of the price tolerance that lets so many percent pass. */
export const priceTolerance = (
  version: string,
  pct: string,
  envelope: ExampleJson = {},
): LoadedRuleSet =>
  aLoadedRuleSet({
    id: 'price-tolerance',
    version,
    effectiveFrom: '2026-01-01',
    rules: [
      aRule({
        conditions: { all: [{ fact: 'check', path: '$.name', operator: 'equal', value: 'price' }] },
        event: aToleranceEvent({ upper: { abs: null, pct }, lowerEffect: 'hold' }),
      }),
    ],
    ...envelope,
  })

/** What is matched: ten pieces ordered at 12.40 and received, billed at some price. */
export type BilledPiece = {
  readonly price: string
  readonly number?: string
  readonly supplier?: string
  readonly currency?: string
  readonly date?: string
  readonly attempt?: number
}

/** The match of an invoice over ten pieces, as it was made under some rule sets. */
export const aMatch = (billed: BilledPiece, ruleSets: readonly LoadedRuleSet[]): RecordedMatch =>
  matchUnder(billed, createPolicy({ ruleSets }))

const matchUnder = (billed: BilledPiece, policy: Policy): RecordedMatch => {
  const { price, number = 'INV-1', supplier = 'S100', currency = 'EUR', attempt = 1 } = billed
  const piece = {
    amount: price,
    perQuantity: '1',
    perUnitOfMeasure: 'EA',
    priceType: 'firm',
  } as const
  const invoice = anInvoice({
    documentNumber: number,
    supplier,
    currency,
    invoiceDate: CalendarDate.parse(billed.date ?? '2026-12-01'),
    lines: [anInvoiceLine({ price: piece, amount: String(Number(price) * 10) })],
  })
  const order = OrderMatchView.parse({
    orderNumber: '4711',
    orderVersion: 1,
    supplier,
    orderType: 'standard',
    currency,
    exchangeRate: null,
    attributes: {},
    lines: [anOrderLine()],
    charges: [],
    plannedCosts: [],
    expectedTotals: null,
    receipts: [],
    billings: [],
    allocations: [],
    awaitingResolution: [],
  })
  const documents = {
    invoice,
    invoiceKey: invoiceKey(invoice),
    attempt,
    orders: [order],
    register: [],
    now: instant('2026-12-02T08:00:00Z'),
  }
  return { documents, result: matchInvoice({ ...documents, policy }) }
}
