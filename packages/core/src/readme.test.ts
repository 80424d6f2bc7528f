import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

// #region readme
import {
  addressDocument,
  compareDecimals,
  compareReceipt,
  decimal,
  decideOrder,
  describeDiscrepancy,
  instant,
  invoiceKey,
  matchInvoice,
  Message,
  orderStatus,
  viewOrder,
} from '@counterfoil/core'
import {
  anInvoice,
  aPolicy,
  aPurchaseOrder,
  aReceipt,
  aReceiptLine,
  aTolerance,
} from '@counterfoil/core/examples'

// Arithmetic: every amount is a decimal kept as text, and exact.
const less = compareDecimals(decimal('9.50'), decimal('10.00')) // -1

// Documents. Yours come from `PurchaseOrder.parse(json)` and its like; these are builders of examples.
const order = aPurchaseOrder() // ten bolts at 12.40 EUR
const lines = [aReceiptLine({ quantity: '8' })]
const receipt = aReceipt({ lines, receivedDate: '2026-11-30' })
const invoice = anInvoice() // bills all ten

// What is checked and how far is data; `@counterfoil/rules` makes a policy of rule sets.
const check = { name: 'received', check: 'quantity-open-received', holdCode: 'QTY' } as const
const policy = aPolicy({
  matching: ({ line }) => ({
    checks: line === null ? [] : [{ ...check, onExceed: 'hold', parameters: {} }],
  }),
  tolerance: () => aTolerance({ upper: { abs: null, pct: '5' } }),
})
const now = instant('2026-12-01T09:00:00Z')

// Comparison: what differs between two documents, in words.
const differs = compareReceipt({ order, receipt }).map(describeDiscrepancy)

// Matching, on its own: one invoice, the orders it bills, what was received and billed before.
const result = matchInvoice({
  invoice,
  invoiceKey: invoiceKey(invoice),
  attempt: 1,
  orders: [viewOrder({ order, receipts: [receipt] })],
  register: [],
  policy,
  now,
})
const why = result.checks.map(({ sentence }) => sentence)

// Lifecycles: a message and the state in; state, events, intents and audit entries out.
const actor = { kind: 'connector', id: 'erp', roles: [] }
const told = addressDocument(order).map((addressed) =>
  Message.parse({
    ...addressed,
    id: 'erp-1',
    tenant: order.tenant,
    schemaVersion: 1,
    occurredAt: order.issuedAt,
    receivedAt: now,
    actor,
    causedBy: null,
  }),
)
const decisions = told.map((message) => decideOrder(null, message, { policy, now }))
// #endregion

const read = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8')
const readme = read('../README.md')

describe('the README of core', () => {
  it('shows the example that is run here', () => {
    const [, example = ''] = read('readme.test.ts').split(/^\/\/ #(?:end)?region.*\n/m)
    expect(example).not.toBe('')
    expect(readme).toContain(`\`\`\`ts\n${example}\`\`\``)
  })

  it('shows what the example gives (R-102)', () => {
    expect(less).toBe(-1)
    expect(result.decision).toBe('hold')
    expect(differs).toHaveLength(1)
    const [decision] = decisions
    expect(decision?.outcome).toEqual({ kind: 'applied' })
    const kinds = new Set(decision?.intents.map(({ kind }) => kind))
    const state = decision?.state ?? null
    const status = state === null ? '' : orderStatus(state)
    const lines = [
      ...differs,
      ...why,
      `the order is ${status}; the host is asked to ${[...kinds].join(', ')}`,
    ]
    expect(readme).toContain(`\`\`\`\n${lines.join('\n')}\n\`\`\``)
  })
})
