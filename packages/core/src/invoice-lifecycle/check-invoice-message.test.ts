import { describe, expect, it } from 'vitest'
import { anInvoice } from '../invoice/invoice.examples.ts'
import { aPolicy } from '../policy/policy.examples.ts'
import { invoiceAggregateWith } from './decide-invoice.ts'
import { aMatcher, anInvoiceMessage } from './invoice-lifecycle.examples.ts'

const invoice = anInvoice()
const supplier = { kind: 'supplier-user' as const, id: 'sue', roles: [] }
const { decide } = invoiceAggregateWith(aMatcher({}))
const context = { policy: aPolicy(), now: '2026-12-01T09:00:00Z' }
const { state } = decide(
  null,
  anInvoiceMessage(invoice, 'invoice.received', { document: invoice }, { by: supplier }),
  context,
)
const reason = 'as agreed'

function answerTo(type: string, data: object) {
  const { outcome } = decide(
    state,
    anInvoiceMessage(invoice, type, data, { by: supplier }),
    context,
  )
  return outcome.kind === 'refused' ? outcome.reason : outcome.kind
}

describe('a supplier', () => {
  it.each([
    ['hold.placed', { code: 'MANUAL', blocks: 'payment', reason }],
    ['rematch.requested', { reason }],
    ['invoice.rejected', { reason }],
    ['invoice.posted', { postingNumber: 'P-1', postedOn: '2026-12-01' }],
    ['payment.cleared', { paymentReference: 'B-1', paidOn: '2026-12-01', amount: '124.00' }],
    ['duplicate.decided', { decision: 'cleared', reason }],
    ['supplier.changed', { supplier: { status: 'active', holds: [] } }],
  ])('does not say `%s` to its invoice', (type, data) => {
    expect(answerTo(type, data)).toBe('not-a-buyer')
  })

  it('sends its invoice and takes it back', () => {
    expect(state).not.toBeNull()
    expect(answerTo('invoice.cancelled', { reason })).toBe('applied')
  })
})
