import { describe, expect, it } from 'vitest'
import { decimal } from '../decimal/decimal.ts'
import { reachedBy, unreached } from '../lifecycle/walk-lifecycle.examples.ts'
import { beginLifecycle, moveLifecycle } from '../lifecycle/move-lifecycle.ts'
import { scheduleLifecycle, type ScheduleLifecycleFacts } from './schedule-lifecycle.machine.ts'

const zero = decimal('0')
const half = decimal('5')
const all = decimal('10')

const ordered: ScheduleLifecycleFacts = {
  quantityOrdered: all,
  quantityConfirmed: zero,
  quantityBackordered: zero,
  quantityRejected: zero,
  quantityShipped: zero,
  quantityReceived: zero,
  quantityInvoiced: zero,
  quantityToInvoice: all,
  isChangeOpen: false,
  isCounterOpen: false,
  isReconfirmationDue: false,
  isDeliveryClosed: false,
  isRefusalTaken: false,
  isShortClosed: false,
  isCancelled: false,
  isHeld: false,
  isAwaitingResolution: false,
}

const situations: readonly Partial<ScheduleLifecycleFacts>[] = [
  {},
  { isChangeOpen: true },
  { isCounterOpen: true },
  { isReconfirmationDue: true },
  { quantityRejected: all },
  { quantityRejected: all, isRefusalTaken: true },
  { quantityBackordered: all },
  { quantityConfirmed: half, quantityBackordered: half },
  { quantityConfirmed: all },
  { quantityShipped: half, quantityReceived: half, quantityInvoiced: half },
  { quantityShipped: all, quantityReceived: all, quantityInvoiced: half },
  { quantityShipped: all, quantityReceived: all, quantityInvoiced: all },
  { quantityReceived: half, isShortClosed: true },
  { quantityReceived: half, isDeliveryClosed: true },
  { isCancelled: true },
  { isHeld: true, isAwaitingResolution: true },
]
const facts = situations.map((situation) => ({ ...ordered, ...situation }))

describe('the paths of a schedule', () => {
  it('reach every state and every transition', () => {
    const events = facts.map((one) => ({ type: 'facts.changed' as const, facts: one }))
    const reached = reachedBy(scheduleLifecycle, { input: ordered, events })
    expect(unreached(scheduleLifecycle, reached)).toEqual({ states: [], transitions: [] })
  })

  it('lead to the same states from wherever they come: only the facts count', () => {
    for (const from of facts) {
      for (const to of facts) {
        const event = { type: 'facts.changed' as const, facts: to }
        const moved = moveLifecycle(
          scheduleLifecycle,
          beginLifecycle(scheduleLifecycle, from),
          event,
        )
        expect(moved.value).toEqual(beginLifecycle(scheduleLifecycle, to).value)
      }
    }
  })

  it.each<[string, Partial<ScheduleLifecycleFacts>, object]>([
    [
      'a refusal beats nothing promised',
      { quantityRejected: half },
      { acknowledgment: 'rejected' },
    ],
    [
      'part promised and part refused is confirmed',
      { quantityConfirmed: half, quantityRejected: half },
      { acknowledgment: 'confirmed' },
    ],
    [
      'a change that is open comes before a counter',
      { isChangeOpen: true, isCounterOpen: true },
      { acknowledgment: 'change-proposed' },
    ],
    [
      'a refusal the buyer took leaves nothing to wait for',
      { quantityRejected: all, quantityToInvoice: zero, isRefusalTaken: true },
      { acknowledgment: 'rejected', closure: 'refused', delivery: 'not-received' },
    ],
    [
      'what came of refused goods after all is delivered as far as it came',
      { quantityRejected: all, quantityReceived: half, isRefusalTaken: true },
      { closure: 'delivery-complete', delivery: 'received' },
    ],
    [
      'the half that was promised is all there is when the other half was refused for good',
      {
        quantityConfirmed: half,
        quantityRejected: half,
        isRefusalTaken: true,
        quantityShipped: half,
        quantityReceived: half,
        quantityInvoiced: half,
        quantityToInvoice: half,
      },
      { shipping: 'shipped', delivery: 'received', billing: 'invoiced', closure: 'closed' },
    ],
    [
      'announced is all of it once the promised quantity is, were it less than ordered',
      { quantityConfirmed: half, quantityShipped: half },
      { shipping: 'shipped', closure: 'open' },
    ],
    [
      'what comes on backorder is still to be announced',
      { quantityConfirmed: half, quantityBackordered: half, quantityShipped: half },
      { shipping: 'part-shipped' },
    ],
    [
      'one piece short of everything is not received',
      { quantityReceived: decimal('9.999') },
      { delivery: 'part-received', closure: 'open' },
    ],
    [
      'everything received and billed is closed',
      { quantityReceived: all, quantityInvoiced: all },
      { delivery: 'received', billing: 'invoiced', closure: 'closed' },
    ],
    [
      'an open receiving case keeps it from closing (R-97)',
      { quantityReceived: all, quantityInvoiced: all, isAwaitingResolution: true },
      { closure: 'delivery-complete', resolution: 'awaiting-resolution' },
    ],
    [
      'given up with nothing to bill is closed',
      { isShortClosed: true, quantityToInvoice: zero },
      { closure: 'closed' },
    ],
  ])('%s', (_name, situation, states) => {
    const { value } = beginLifecycle(scheduleLifecycle, { ...ordered, ...situation })
    expect(value).toMatchObject(states)
  })
})
