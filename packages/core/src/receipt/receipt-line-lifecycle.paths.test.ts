import { describe, expect, it } from 'vitest'
import { decimal } from '../decimal/decimal.ts'
import { beginLifecycle, moveLifecycle } from '../lifecycle/move-lifecycle.ts'
import { reachedBy, unreached } from '../lifecycle/walk-lifecycle.examples.ts'
import { type ReceiptLineFacts, receiptLineLifecycle } from './receipt-line-lifecycle.machine.ts'

const zero = decimal('0')
const half = decimal('5')
const all = decimal('10')

const announced: ReceiptLineFacts = {
  quantityCounted: zero,
  quantityAccepted: zero,
  quantityRejected: zero,
  quantityPending: zero,
  quantityReturned: zero,
  isBlocked: false,
  isInspected: false,
  isPutAway: false,
}
const good = { quantityCounted: all, quantityAccepted: all }
const inInspection = { quantityCounted: all, quantityPending: all, isInspected: true }

const situations: readonly (readonly [string, Partial<ReceiptLineFacts>])[] = [
  ['expected', {}],
  ['accepted-to-stock', good],
  ['in-inspection', inInspection],
  ['in-inspection', { ...inInspection, quantityPending: half, quantityAccepted: half }],
  ['blocked', { quantityCounted: all, quantityPending: all, isBlocked: true }],
  ['accepted', { ...good, isInspected: true }],
  [
    'partially-accepted',
    { quantityCounted: all, quantityAccepted: half, quantityRejected: half, isInspected: true },
  ],
  ['rejected', { quantityCounted: all, quantityRejected: all }],
  ['put-away', { ...good, isPutAway: true }],
  ['put-away', { ...good, quantityReturned: half, isPutAway: true }],
  ['returned', { ...good, quantityReturned: all, isPutAway: true }],
  ['reversed', { quantityCounted: all }],
]
const facts = situations.map(([, situation]) => ({ ...announced, ...situation }))

describe('the paths of a receipt line', () => {
  it('reach every state and every transition', () => {
    const events = facts.map((one) => ({ type: 'facts.changed' as const, facts: one }))
    const reached = reachedBy(receiptLineLifecycle, { input: announced, events })
    expect(unreached(receiptLineLifecycle, reached)).toEqual({ states: [], transitions: [] })
  })

  it('lead to the same state from wherever they come: only the facts count', () => {
    for (const from of facts) {
      for (const [state, situation] of situations) {
        const to = { ...announced, ...situation }
        const begun = beginLifecycle(receiptLineLifecycle, from)
        const event = { type: 'facts.changed' as const, facts: to }
        expect(moveLifecycle(receiptLineLifecycle, begun, event).value).toBe(state)
      }
    }
  })
})
