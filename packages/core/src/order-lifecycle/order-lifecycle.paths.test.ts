import { describe, expect, it } from 'vitest'
import { beginLifecycle, moveLifecycle } from '../lifecycle/move-lifecycle.ts'
import { reachedBy, unreached } from '../lifecycle/walk-lifecycle.examples.ts'
import { orderLifecycle, type OrderLifecycleFacts } from './order-lifecycle.machine.ts'
import { nothingKnown } from './order-state.ts'

const issued = { isIssued: true, schedules: 2 }
const situations: readonly Partial<OrderLifecycleFacts>[] = [
  {},
  { isSubmitted: true },
  { isSubmitted: true, isApproved: true },
  issued,
  { ...issued, isDelivered: true },
  { ...issued, answered: 1 },
  { ...issued, answered: 2 },
  { ...issued, answered: 2, changed: 1 },
  { ...issued, answered: 2, rejected: 2 },
  { ...issued, isUnderWay: true },
  { ...issued, isUnderWay: true, delivered: 2, partInvoiced: 1 },
  { ...issued, isUnderWay: true, delivered: 2, partInvoiced: 2, invoiced: 2 },
  { ...issued, isUnderWay: true, delivered: 2, partInvoiced: 2, invoiced: 2, closed: 2 },
  { ...issued, isHeld: true },
  { ...issued, isCancelRequested: true },
  { ...issued, isCancelRequested: true, isCancelRefused: true },
  { ...issued, isCancelRequested: true, isCancelConsented: true },
  { ...issued, isArchived: true },
]
const facts = situations.map((situation) => ({ ...nothingKnown, ...situation }))

describe('the paths of an order', () => {
  it('reach every state and every transition', () => {
    const events = facts.map((one) => ({ type: 'facts.changed' as const, facts: one }))
    const reached = reachedBy(orderLifecycle, { input: nothingKnown, events })
    expect(unreached(orderLifecycle, reached)).toEqual({ states: [], transitions: [] })
  })

  it('lead to the same states from wherever they come: only the facts count', () => {
    for (const from of facts) {
      // An approved order is not given back to its writer once it is out.
      for (const to of facts.filter(({ isIssued }) => isIssued >= from.isIssued)) {
        const event = { type: 'facts.changed' as const, facts: to }
        const moved = moveLifecycle(orderLifecycle, beginLifecycle(orderLifecycle, from), event)
        expect(moved.value).toEqual(beginLifecycle(orderLifecycle, to).value)
      }
    }
  })

  it('do not call an order completed while a case is open', () => {
    const closed = { ...issued, isUnderWay: true, delivered: 2, closed: 2 }
    const stateOf = (openCases: number) =>
      beginLifecycle(orderLifecycle, { ...nothingKnown, ...closed, openCases }).value
    expect(stateOf(1)).toMatchObject({ completion: 'open', fulfilment: 'fulfilled' })
    expect(stateOf(0)).toMatchObject({ completion: 'completed' })
  })

  it('do not call an order completed while one of its invoices is on hold', () => {
    const closed = { ...issued, isUnderWay: true, delivered: 2, closed: 2 }
    const stateOf = (heldInvoices: number) =>
      beginLifecycle(orderLifecycle, { ...nothingKnown, ...closed, heldInvoices }).value
    expect(stateOf(1)).toMatchObject({ completion: 'open', fulfilment: 'fulfilled' })
    expect(stateOf(0)).toMatchObject({ completion: 'completed' })
  })

  it('do not call an order completed while a buyer has it on hold', () => {
    const closed = { ...issued, isUnderWay: true, delivered: 2, closed: 2 }
    const stateOf = (isHeld: boolean) =>
      beginLifecycle(orderLifecycle, { ...nothingKnown, ...closed, isHeld }).value
    expect(stateOf(true)).toMatchObject({ completion: 'open', control: 'on-hold' })
    expect(stateOf(false)).toMatchObject({ completion: 'completed' })
  })
})
