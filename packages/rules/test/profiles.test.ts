import {
  BillingFact,
  instant,
  Invoice,
  type MatchResult,
  matchInvoice,
  type OrderMatchView,
  PurchaseOrder,
  Receipt,
  viewOrder,
} from '@counterfoil/core'
import { createPolicy, createPolicySource } from '@counterfoil/rules'
import { loadRuleSetFolder } from '@counterfoil/rules/node'
import { describe, expect, it } from 'vitest'
import { ruleSetsFolder } from '../scripts/rule-set-folders.ts'

const loaded = loadRuleSetFolder(ruleSetsFolder)
const setsOf = (profile: string) =>
  ['matching', 'tolerance', 'routing'].map((kind) => {
    const set = loaded.find(({ ruleSet }) => ruleSet.id === `${profile}-${kind}`)
    if (set === undefined) throw new Error(`no ${kind} rules in the profile ${profile}`)
    return set
  })
const policies = new Map(
  loaded
    .filter(({ ruleSet }) => ruleSet.id.endsWith('-matching'))
    .map(({ ruleSet }) => ruleSet.id.replace('-matching', ''))
    .map((profile) => [profile, createPolicy({ ruleSets: setsOf(profile) })]),
)

type Papers = {
  readonly ordered?: string
  readonly received?: readonly string[]
  readonly billed?: string
  readonly amount?: string
  readonly before?: readonly (readonly [quantity: string, amount: string])[]
  readonly line?: Readonly<Record<string, unknown>>
  readonly orderLine?: Readonly<Record<string, unknown>>
  readonly invoice?: Readonly<Record<string, unknown>>
  readonly receipt?: Readonly<Record<string, unknown>>
}

const header = {
  tenant: 'acme',
  buyerOrganisation: '0001',
  supplier: 'S100',
  revision: 0,
  issuedAt: '2026-11-20T08:00:00Z',
}
const unit = { unitOfMeasure: 'EA' }

/** Order 4711 of 100 pieces at 10.00. */
function orderView(papers: Papers): OrderMatchView {
  const quantityOrdered = papers.ordered ?? '100'
  const order = PurchaseOrder.parse({
    kind: 'purchase-order',
    ...header,
    documentNumber: '4711',
    orderNumber: '4711',
    version: 1,
    orderType: 'standard',
    currency: 'EUR',
    shipTo: null,
    lines: [
      {
        orderLineNumber: '1',
        lineType: 'item',
        item: { buyerItem: 'SKU-1' },
        description: 'hex bolt',
        ...unit,
        quantityOrdered,
        price: { amount: '10.00', perQuantity: '1', perUnitOfMeasure: 'EA', priceType: 'firm' },
        discountAmount: '0',
        chargesAmount: '0',
        matchTo: 'order',
        deliveryTolerance: { overPercent: '0', underPercent: '0', overUnlimited: false },
        unitConversions: [],
        schedules: [
          {
            scheduleNumber: '1',
            quantityOrdered,
            deliverNotBefore: null,
            requestedDate: '2026-11-27',
            shipTo: null,
          },
        ],
        ...papers.orderLine,
      },
    ],
    charges: [],
    plannedCosts: [],
  })
  const receipts = (papers.received ?? ['100']).map((quantity, index) =>
    Receipt.parse({
      kind: 'receipt',
      ...header,
      documentNumber: `GR-${index + 1}`,
      receiptType: 'receipt',
      receivedDate: '2026-11-27',
      location: null,
      lines: [
        {
          documentLineNumber: '1',
          orderNumber: '4711',
          orderLineNumber: '1',
          item: {},
          quantity,
          ...unit,
          quantityAccepted: null,
          quantityRejected: null,
          conditions: [],
          lots: [],
          disposition: 'stock',
          final: false,
          ...papers.receipt,
        },
      ],
    }),
  )
  const billings = (papers.before ?? []).map(([quantity, amount], index) =>
    BillingFact.parse({
      invoiceNumber: `INV-0${index}`,
      invoiceType: 'standard',
      orderLineNumber: '1',
      quantity,
      ...unit,
      amount,
      chargesAmount: '0',
      discountAmount: '0',
    }),
  )
  return viewOrder({ order, receipts, billings })
}

function match(profile: string, papers: Papers = {}): MatchResult {
  const policy = policies.get(profile)
  if (policy === undefined) throw new Error(`no profile ${profile}`)
  const quantity = papers.billed ?? '100'
  const invoice = Invoice.parse({
    kind: 'invoice',
    ...header,
    documentNumber: 'INV-1',
    invoiceType: 'standard',
    invoiceDate: '2026-12-01',
    entryDate: null,
    dueDate: null,
    currency: 'EUR',
    lines: [
      {
        documentLineNumber: '1',
        orderNumber: '4711',
        orderLineNumber: '1',
        receiptNumbers: [],
        item: {},
        quantity,
        ...unit,
        amount: papers.amount ?? `${quantity}0.00`,
        chargesAmount: '0',
        discountAmount: '0',
        ...papers.line,
      },
    ],
    charges: [],
    taxes: [],
    allowancesAmount: '0',
    totalAmount: null,
    ...papers.invoice,
  })
  return matchInvoice({
    invoice,
    invoiceKey: 'acme/0001/S100/INV-1/standard',
    attempt: 1,
    orders: [orderView(papers)],
    register: [],
    policy,
    now: instant('2026-12-02T12:00:00Z'),
  })
}

/** The decision, the holds and who gets the cases. */
const outcome = (profile: string, papers: Papers) => {
  const { decision, holds, exceptions } = match(profile, papers)
  return [
    decision,
    holds.map(({ text }) => text).join(' '),
    exceptions.map(({ code, route }) => `${code} ${route.ownerRole}`).join(', '),
  ]
}

describe('every profile', () => {
  it.each([...policies.keys()])(
    '%s matches an invoice that agrees with order and receipt',
    (profile) => {
      const result = match(profile)
      expect(result).toMatchObject({ decision: 'match', holds: [], exceptions: [] })
      expect(result.checks.length).toBeGreaterThan(0)
      expect(result.references.map(({ ruleSet }) => ruleSet)).toEqual([
        `${profile}-matching`,
        `${profile}-routing`,
        `${profile}-tolerance`,
      ])
    },
  )

  it.each([...policies.keys()])(
    '%s does not pass a price a fifth too high, and somebody gets the case',
    (profile) => {
      const { decision, exceptions } = match(profile, { amount: '1200.00' })
      expect(['hold', 'reject', 'route-approval']).toContain(decision)
      for (const { route } of exceptions) expect(route.dueBusinessHours).toBeGreaterThan(0)
      expect(exceptions.length).toBeGreaterThan(0)
    },
  )

  it.each([...policies.keys()])(
    '%s stands in the place of the canonical sets it builds on',
    (profile) => {
      const source = createPolicySource(
        profile === 'canonical'
          ? setsOf('canonical')
          : [...setsOf('canonical'), ...setsOf(profile)],
      )
      const { references } = source.pick(
        { tenant: 'acme' },
        Invoice.shape.invoiceDate.parse('2026-12-01'),
      )
      expect(references.map(({ ruleSet }) => ruleSet)).toEqual([
        `${profile}-matching`,
        `${profile}-routing`,
        `${profile}-tolerance`,
      ])
    },
  )
})

describe('a profile does as its system does', () => {
  it.each<[string, string, Papers, readonly string[]]>([
    [
      'sap',
      'warns of a lower price and pays it',
      { amount: '800.00' },
      ['match-with-warning', '', 'PRICE_UNDER ap'],
    ],
    [
      'sap',
      'blocks a quantity by its value',
      { billed: '103' },
      ['hold', 'QTY_RECEIVED', 'QTY_OVER_RECEIVED receiving'],
    ],
    [
      'sap',
      'takes a quantity inside value and percentage',
      { billed: '102' },
      ['match-within-tolerance', '', ''],
    ],
    [
      'sap',
      'blocks what is billed before anything arrives, once',
      { received: [] },
      ['hold', 'NO_RECEIPT', 'INVOICE_BEFORE_RECEIPT receiving'],
    ],
    [
      'sap',
      'refuses to post an invoice verified against receipts before one',
      { received: [], orderLine: { matchTo: 'receipt' } },
      ['reject', 'NO_RECEIPT', 'INVOICE_BEFORE_RECEIPT receiving'],
    ],
    [
      'sap',
      'stops a large amount although everything agrees',
      {
        amount: '10001.00',
        orderLine: {
          price: { amount: '100.01', perQuantity: '1', perUnitOfMeasure: 'EA', priceType: 'firm' },
        },
      },
      ['hold', 'ITEM_AMOUNT', 'ITEM_AMOUNT_REVIEW ap-manager'],
    ],
    [
      'd365',
      'pays a lower price without a word',
      { amount: '800.00' },
      ['match-within-tolerance', '', ''],
    ],
    [
      'd365',
      'adds up all invoices of a line',
      { billed: '60', amount: '600.00', before: [['95', '950.00']], received: ['155'] },
      ['hold', 'PRICE_TOTAL', 'AMOUNT_OVER_ORDERED buyer'],
    ],
    [
      'd365',
      'wants the receipts to equal the invoice',
      { billed: '101' },
      ['hold', 'QTY_RECEIVED', 'QTY_OVER_RECEIVED receiving'],
    ],
    [
      'oracle',
      'measures against everything received',
      { billed: '65', received: ['60'] },
      ['hold', 'QTY_RECEIVED', 'QTY_OVER_RECEIVED receiving'],
    ],
    [
      'oracle',
      'does not pay an accepted excess',
      { billed: '110', received: ['110'] },
      ['hold', 'QTY_ORDERED AMOUNT_ORDERED', 'QTY_OVER_ORDERED buyer, AMOUNT_OVER_ORDERED buyer'],
    ],
    [
      'netsuite',
      'sends a smaller quantity to the supervisor too',
      { billed: '97' },
      ['route-approval', '', 'QTY_UNDER_ORDERED supervisor'],
    ],
    [
      'erpnext',
      'refuses what is billed over the order',
      { amount: '1001.00' },
      ['reject', '', 'AMOUNT_OVER_ORDERED buyer'],
    ],
    [
      'erpnext',
      'lets a hundredth of a percent pass',
      { amount: '1000.10' },
      ['match-within-tolerance', '', ''],
    ],
    [
      'odoo',
      'says no before anything arrives',
      { received: [] },
      ['hold', 'NO_RECEIPT', 'INVOICE_BEFORE_RECEIPT receiving'],
    ],
    [
      'odoo',
      'takes any other price for an exception',
      { amount: '1000.01' },
      ['hold', 'PRICE', 'PRICE_OVER buyer'],
    ],
    [
      'idempiere',
      'measures a lower price like a higher one',
      { amount: '949.99' },
      ['hold', 'PRICE', 'PRICE_UNDER buyer'],
    ],
    [
      'peoplesoft',
      'sums receivers up to the voucher',
      { received: ['70', '30'] },
      ['match', '', ''],
    ],
    [
      'peoplesoft',
      'holds what they do not come to',
      { received: ['60', '30'] },
      ['hold', 'QTY_RECEIVED', 'QTY_OVER_RECEIVED receiving'],
    ],
    [
      'ariba',
      'lets either limit pass a quantity',
      { billed: '105', received: ['105'] },
      ['match-within-tolerance', '', ''],
    ],
    [
      'ariba',
      'disputes what neither lets pass',
      { billed: '106', received: ['106'] },
      ['hold', 'QTY_ORDERED', 'QTY_OVER_ORDERED buyer'],
    ],
    [
      'canonical',
      'warns of a lower price and pays it',
      { amount: '800.00' },
      ['match-with-warning', '', 'PRICE_UNDER ap'],
    ],
  ])('%s %s', (profile, _sentence, papers, expected) => {
    expect(outcome(profile, papers)).toEqual(expected)
  })
})
