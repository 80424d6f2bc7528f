import { assign, not, setup } from 'xstate'
import type { Decimal } from '../decimal/decimal.ts'
import {
  compareDecimals,
  isPositiveDecimal,
  subtractDecimals,
  sumDecimals,
} from '../decimal/decimal-arithmetic.ts'

/** What the state of a schedule follows from. Quantities are in the order line's unit of measure. */
export type ScheduleLifecycleFacts = {
  readonly quantityOrdered: Decimal
  readonly quantityConfirmed: Decimal
  readonly quantityBackordered: Decimal
  readonly quantityRejected: Decimal
  readonly quantityShipped: Decimal
  /** Receipts less reversals and less returns the supplier still has to replace. */
  readonly quantityReceived: Decimal
  /** Invoiced less credited. */
  readonly quantityInvoiced: Decimal
  /** What is to be invoiced once nothing more is expected. */
  readonly quantityToInvoice: Decimal
  /** The supplier's answer differs from the order by more than is accepted, and nobody decided yet. */
  readonly isChangeOpen: boolean
  /** The buyer answered with something else, and the supplier has not. */
  readonly isCounterOpen: boolean
  /** The supplier has to say again what it promised: its change was turned down, or the day is near. */
  readonly isReconfirmationDue: boolean
  /** The receiver said nothing more will come, or so little is missing that it does not matter. */
  readonly isDeliveryClosed: boolean
  /** The buyer took the supplier's refusal of `quantityRejected`: it is not waited for. */
  readonly isRefusalTaken: boolean
  readonly isShortClosed: boolean
  readonly isCancelled: boolean
  readonly isHeld: boolean
  /** A receiving case is open that invoices have to wait for. */
  readonly isAwaitingResolution: boolean
}

/** The facts of a schedule changed: a document, a decision or a clock added to them. */
export type ScheduleLifecycleEvent = {
  readonly type: 'facts.changed'
  readonly facts: ScheduleLifecycleFacts
}

type Facts = { readonly context: ScheduleLifecycleFacts }

function isUndecided({ context }: Facts): boolean {
  return context.isChangeOpen || context.isCounterOpen || context.isReconfirmationDue
}

function isChangeProposed({ context }: Facts): boolean {
  return context.isChangeOpen
}

function isCounterProposed({ context }: Facts): boolean {
  return context.isCounterOpen && !context.isChangeOpen
}

function isReconfirmRequired({ context }: Facts): boolean {
  return context.isReconfirmationDue && !context.isChangeOpen && !context.isCounterOpen
}

function isRejected(facts: Facts): boolean {
  const { quantityConfirmed, quantityBackordered, quantityRejected } = facts.context
  return (
    !isUndecided(facts) &&
    isPositiveDecimal(quantityRejected) &&
    !isPositiveDecimal(quantityConfirmed) &&
    !isPositiveDecimal(quantityBackordered)
  )
}

function isBackordered(facts: Facts): boolean {
  const { quantityConfirmed, quantityBackordered } = facts.context
  return (
    !isUndecided(facts) &&
    isPositiveDecimal(quantityBackordered) &&
    !isPositiveDecimal(quantityConfirmed)
  )
}

function isPartBackordered(facts: Facts): boolean {
  const { quantityConfirmed, quantityBackordered } = facts.context
  return (
    !isUndecided(facts) &&
    isPositiveDecimal(quantityBackordered) &&
    isPositiveDecimal(quantityConfirmed)
  )
}

function isConfirmed(facts: Facts): boolean {
  const { quantityConfirmed, quantityBackordered } = facts.context
  return (
    !isUndecided(facts) &&
    isPositiveDecimal(quantityConfirmed) &&
    !isPositiveDecimal(quantityBackordered)
  )
}

function isAnythingShipped({ context }: Facts): boolean {
  return isPositiveDecimal(context.quantityShipped)
}

/** Announced is as much as the supplier promised, now or later; as much as is ordered while it promised nothing. */
function isAllShipped({ context }: Facts): boolean {
  const { quantityShipped, quantityConfirmed, quantityBackordered } = context
  const promised = sumDecimals([quantityConfirmed, quantityBackordered])
  const toShip = isPositiveDecimal(promised) ? promised : quantityToDeliver(context)
  return isPositiveDecimal(quantityShipped) && compareDecimals(quantityShipped, toShip) >= 0
}

/** What is ordered, less what the supplier refused and the buyer no longer waits for. */
function quantityToDeliver(facts: ScheduleLifecycleFacts): Decimal {
  const { quantityOrdered, quantityRejected, isRefusalTaken } = facts
  return isRefusalTaken ? subtractDecimals(quantityOrdered, quantityRejected) : quantityOrdered
}

/** The supplier refuses all of it, the buyer took that, and nothing came after all. */
function isRefused(facts: Facts): boolean {
  const { context } = facts
  return (
    context.isRefusalTaken &&
    !context.isCancelled &&
    !context.isShortClosed &&
    !isAnythingReceived(facts) &&
    !isPositiveDecimal(quantityToDeliver(context))
  )
}

function isAnythingReceived({ context }: Facts): boolean {
  return isPositiveDecimal(context.quantityReceived)
}

function isAllReceived({ context }: Facts): boolean {
  const { quantityReceived } = context
  return (
    isPositiveDecimal(quantityReceived) &&
    compareDecimals(quantityReceived, quantityToDeliver(context)) >= 0
  )
}

function isAnythingInvoiced({ context }: Facts): boolean {
  return isPositiveDecimal(context.quantityInvoiced)
}

function isAllInvoiced({ context }: Facts): boolean {
  const { quantityInvoiced, quantityToInvoice } = context
  return (
    isPositiveDecimal(quantityInvoiced) && compareDecimals(quantityInvoiced, quantityToInvoice) >= 0
  )
}

function isCancelled({ context }: Facts): boolean {
  return context.isCancelled
}

function isDeliveryEnded(facts: Facts): boolean {
  const { isDeliveryClosed, isShortClosed } = facts.context
  return isShortClosed || isDeliveryClosed || isAllReceived(facts)
}

/** Nothing more to deliver, to bill or to settle. */
function isClosed(facts: Facts): boolean {
  const { context } = facts
  return (
    !context.isCancelled &&
    !isRefused(facts) &&
    !context.isAwaitingResolution &&
    isDeliveryEnded(facts) &&
    compareDecimals(context.quantityInvoiced, context.quantityToInvoice) >= 0
  )
}

function isShortClosed(facts: Facts): boolean {
  return facts.context.isShortClosed && !facts.context.isCancelled && !isClosed(facts)
}

function isDeliveryComplete(facts: Facts): boolean {
  const { isCancelled: cancelled, isShortClosed: shortClosed } = facts.context
  if (cancelled || shortClosed || isRefused(facts)) return false
  return isDeliveryEnded(facts) && !isClosed(facts)
}

/**
 * The life of one schedule (MODEL §3.2), the unit in which orders are worked. Documents only change the facts; every
 * region follows by `always`, so documents in any order lead to the same states. A state that no longer fits falls back
 * to the first of its region, from where the facts lead on.
 */
export const scheduleLifecycle = setup({
  types: {
    context: {} as ScheduleLifecycleFacts,
    events: {} as ScheduleLifecycleEvent,
    input: {} as ScheduleLifecycleFacts,
  },
  guards: {
    isChangeProposed,
    isCounterProposed,
    isReconfirmRequired,
    isRejected,
    isBackordered,
    isPartBackordered,
    isConfirmed,
    isAnythingShipped,
    isAllShipped,
    isAnythingReceived,
    isAllReceived,
    isAnythingInvoiced,
    isAllInvoiced,
    isCancelled,
    isRefused,
    isClosed,
    isShortClosed,
    isDeliveryComplete,
    isHeld: ({ context }) => context.isHeld,
    isAwaitingResolution: ({ context }) => context.isAwaitingResolution,
  },
  actions: { takeFacts: assign(({ event }) => event.facts) },
}).createMachine({
  id: 'schedule',
  context: ({ input }) => input,
  type: 'parallel',
  on: { 'facts.changed': { actions: 'takeFacts' } },
  states: {
    acknowledgment: {
      initial: 'awaiting-acknowledgment',
      states: {
        'awaiting-acknowledgment': {
          always: [
            { guard: 'isChangeProposed', target: 'change-proposed' },
            { guard: 'isCounterProposed', target: 'counter-proposed' },
            { guard: 'isReconfirmRequired', target: 'reconfirm-required' },
            { guard: 'isRejected', target: 'rejected' },
            { guard: 'isBackordered', target: 'backordered' },
            { guard: 'isPartBackordered', target: 'part-backordered' },
            { guard: 'isConfirmed', target: 'confirmed' },
          ],
        },
        'change-proposed': {
          always: { guard: not('isChangeProposed'), target: 'awaiting-acknowledgment' },
        },
        'counter-proposed': {
          always: { guard: not('isCounterProposed'), target: 'awaiting-acknowledgment' },
        },
        'reconfirm-required': {
          always: { guard: not('isReconfirmRequired'), target: 'awaiting-acknowledgment' },
        },
        rejected: { always: { guard: not('isRejected'), target: 'awaiting-acknowledgment' } },
        backordered: { always: { guard: not('isBackordered'), target: 'awaiting-acknowledgment' } },
        'part-backordered': {
          always: { guard: not('isPartBackordered'), target: 'awaiting-acknowledgment' },
        },
        confirmed: { always: { guard: not('isConfirmed'), target: 'awaiting-acknowledgment' } },
      },
    },
    shipping: {
      initial: 'not-shipped',
      states: {
        'not-shipped': { always: { guard: 'isAnythingShipped', target: 'part-shipped' } },
        'part-shipped': {
          always: [
            { guard: 'isAllShipped', target: 'shipped' },
            { guard: not('isAnythingShipped'), target: 'not-shipped' },
          ],
        },
        shipped: { always: { guard: not('isAllShipped'), target: 'part-shipped' } },
      },
    },
    delivery: {
      initial: 'not-received',
      states: {
        'not-received': { always: { guard: 'isAnythingReceived', target: 'part-received' } },
        'part-received': {
          always: [
            { guard: 'isAllReceived', target: 'received' },
            { guard: not('isAnythingReceived'), target: 'not-received' },
          ],
        },
        received: { always: { guard: not('isAllReceived'), target: 'part-received' } },
      },
    },
    billing: {
      initial: 'not-invoiced',
      states: {
        'not-invoiced': { always: { guard: 'isAnythingInvoiced', target: 'part-invoiced' } },
        'part-invoiced': {
          always: [
            { guard: 'isAllInvoiced', target: 'invoiced' },
            { guard: not('isAnythingInvoiced'), target: 'not-invoiced' },
          ],
        },
        invoiced: { always: { guard: not('isAllInvoiced'), target: 'part-invoiced' } },
      },
    },
    closure: {
      initial: 'open',
      states: {
        open: {
          always: [
            { guard: 'isCancelled', target: 'cancelled' },
            { guard: 'isRefused', target: 'refused' },
            { guard: 'isClosed', target: 'closed' },
            { guard: 'isShortClosed', target: 'short-closed' },
            { guard: 'isDeliveryComplete', target: 'delivery-complete' },
          ],
        },
        'delivery-complete': { always: { guard: not('isDeliveryComplete'), target: 'open' } },
        'short-closed': { always: { guard: not('isShortClosed'), target: 'open' } },
        cancelled: { always: { guard: not('isCancelled'), target: 'open' } },
        refused: { always: { guard: not('isRefused'), target: 'open' } },
        closed: { always: { guard: not('isClosed'), target: 'open' } },
      },
    },
    control: {
      initial: 'released',
      states: {
        released: { always: { guard: 'isHeld', target: 'held' } },
        held: { always: { guard: not('isHeld'), target: 'released' } },
      },
    },
    resolution: {
      initial: 'clear',
      states: {
        clear: { always: { guard: 'isAwaitingResolution', target: 'awaiting-resolution' } },
        'awaiting-resolution': { always: { guard: not('isAwaitingResolution'), target: 'clear' } },
      },
    },
  },
})
