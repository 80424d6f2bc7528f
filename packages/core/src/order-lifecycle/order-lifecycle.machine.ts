import { assign, not, setup } from 'xstate'

/** What the state of a whole order follows from: what people decided, and how far its schedules are. */
export type OrderLifecycleFacts = {
  readonly isSubmitted: boolean
  readonly isApproved: boolean
  readonly isIssued: boolean
  /** The supplier's system is known to have taken in the current version. */
  readonly isDelivered: boolean
  /** Schedules that are not cancelled. */
  readonly schedules: number
  /** Of them, answered in any way. */
  readonly answered: number
  /** Answered otherwise than ordered. */
  readonly changed: number
  /** Refused. */
  readonly rejected: number
  /** Anything was shipped or received. */
  readonly isUnderWay: boolean
  /** Schedules of which nothing more is expected. */
  readonly delivered: number
  /** Schedules of which anything is invoiced, and of which all is. */
  readonly partInvoiced: number
  readonly invoiced: number
  /** Schedules with nothing left to do. */
  readonly closed: number
  readonly openCases: number
  /** Invoices that count against the order and may not be paid yet: on hold, or waiting for an approval. */
  readonly heldInvoices: number
  readonly isHeld: boolean
  readonly isCancelRequested: boolean
  /** The supplier agreed to the cancellation, or had not committed to anything. */
  readonly isCancelConsented: boolean
  readonly isCancelRefused: boolean
  readonly isArchived: boolean
}

/** The facts of the order changed. */
export type OrderLifecycleEvent = {
  readonly type: 'facts.changed'
  readonly facts: OrderLifecycleFacts
}

type Facts = { readonly context: OrderLifecycleFacts }

function isAnswered({ context }: Facts): boolean {
  return context.answered > 0
}

function isAllAnswered({ context }: Facts): boolean {
  return context.schedules > 0 && context.answered >= context.schedules
}

function isPartlyAcknowledged(facts: Facts): boolean {
  return isAnswered(facts) && !isAllAnswered(facts)
}

function isRejected(facts: Facts): boolean {
  return isAllAnswered(facts) && facts.context.rejected >= facts.context.schedules
}

function isAcknowledgedWithChanges(facts: Facts): boolean {
  return isAllAnswered(facts) && !isRejected(facts) && facts.context.changed > 0
}

function isAcknowledged(facts: Facts): boolean {
  return isAllAnswered(facts) && !isRejected(facts) && facts.context.changed === 0
}

function isFulfilled({ context }: Facts): boolean {
  return context.isUnderWay && context.schedules > 0 && context.delivered >= context.schedules
}

function isAllInvoiced({ context }: Facts): boolean {
  return context.schedules > 0 && context.invoiced >= context.schedules
}

function isCancelled({ context }: Facts): boolean {
  return context.isCancelRequested && context.isCancelConsented
}

function isCancelRefused({ context }: Facts): boolean {
  return context.isCancelRequested && context.isCancelRefused && !context.isCancelConsented
}

function isCancelPending({ context }: Facts): boolean {
  return context.isCancelRequested && !context.isCancelConsented && !context.isCancelRefused
}

/** Everything is delivered and billed, neither the order nor an invoice is on hold, and nobody has anything to settle. */
function isCompleted(facts: Facts): boolean {
  const { context } = facts
  return (
    context.schedules > 0 &&
    context.closed >= context.schedules &&
    context.openCases === 0 &&
    context.heldInvoices === 0 &&
    !context.isHeld &&
    !context.isArchived
  )
}

/**
 * The life of an order as a whole (MODEL §3.1). What is not the buyer's own decision follows from its schedules. Documents
 * only change the facts; every region follows by `always`, so documents in any order lead to the same states.
 */
export const orderLifecycle = setup({
  types: {
    context: {} as OrderLifecycleFacts,
    events: {} as OrderLifecycleEvent,
    input: {} as OrderLifecycleFacts,
  },
  guards: {
    isSubmitted: ({ context }) => context.isSubmitted,
    isApproved: ({ context }) => context.isApproved || context.isIssued,
    isIssued: ({ context }) => context.isIssued,
    isDelivered: ({ context }) => context.isDelivered,
    isPartlyAcknowledged,
    isRejected,
    isAcknowledgedWithChanges,
    isAcknowledged,
    isUnderWay: ({ context }) => context.isUnderWay,
    isFulfilled,
    isPartlyInvoiced: ({ context }) => context.partInvoiced > 0,
    isAllInvoiced,
    isHeld: ({ context }) => context.isHeld,
    isCancelled,
    isCancelRefused,
    isCancelPending,
    isCompleted,
    isArchived: ({ context }) => context.isArchived,
  },
  actions: { takeFacts: assign(({ event }) => event.facts) },
}).createMachine({
  id: 'order',
  context: ({ input }) => input,
  type: 'parallel',
  on: { 'facts.changed': { actions: 'takeFacts' } },
  states: {
    issuing: {
      initial: 'draft',
      states: {
        draft: {
          always: [
            { guard: 'isApproved', target: 'approved' },
            { guard: 'isSubmitted', target: 'pending-approval' },
          ],
        },
        'pending-approval': {
          always: [
            { guard: 'isApproved', target: 'approved' },
            { guard: not('isSubmitted'), target: 'draft' },
          ],
        },
        approved: {
          always: [
            { guard: 'isIssued', target: 'sent' },
            { guard: not('isApproved'), target: 'draft' },
          ],
        },
        sent: { always: { guard: 'isDelivered', target: 'delivered' } },
        delivered: { always: { guard: not('isDelivered'), target: 'sent' } },
      },
    },
    acknowledgment: {
      initial: 'unacknowledged',
      states: {
        unacknowledged: {
          always: [
            { guard: 'isPartlyAcknowledged', target: 'partially-acknowledged' },
            { guard: 'isRejected', target: 'rejected' },
            { guard: 'isAcknowledgedWithChanges', target: 'acknowledged-with-changes' },
            { guard: 'isAcknowledged', target: 'acknowledged' },
          ],
        },
        'partially-acknowledged': {
          always: { guard: not('isPartlyAcknowledged'), target: 'unacknowledged' },
        },
        acknowledged: { always: { guard: not('isAcknowledged'), target: 'unacknowledged' } },
        'acknowledged-with-changes': {
          always: { guard: not('isAcknowledgedWithChanges'), target: 'unacknowledged' },
        },
        rejected: { always: { guard: not('isRejected'), target: 'unacknowledged' } },
      },
    },
    fulfilment: {
      initial: 'awaiting-shipment',
      states: {
        'awaiting-shipment': { always: { guard: 'isUnderWay', target: 'in-fulfilment' } },
        'in-fulfilment': {
          always: [
            { guard: 'isFulfilled', target: 'fulfilled' },
            { guard: not('isUnderWay'), target: 'awaiting-shipment' },
          ],
        },
        fulfilled: { always: { guard: not('isFulfilled'), target: 'in-fulfilment' } },
      },
    },
    billing: {
      initial: 'not-invoiced',
      states: {
        'not-invoiced': { always: { guard: 'isPartlyInvoiced', target: 'part-invoiced' } },
        'part-invoiced': {
          always: [
            { guard: 'isAllInvoiced', target: 'invoiced' },
            { guard: not('isPartlyInvoiced'), target: 'not-invoiced' },
          ],
        },
        invoiced: { always: { guard: not('isAllInvoiced'), target: 'part-invoiced' } },
      },
    },
    control: {
      initial: 'active',
      states: {
        active: { always: { guard: 'isHeld', target: 'on-hold' } },
        'on-hold': { always: { guard: not('isHeld'), target: 'active' } },
      },
    },
    cancellation: {
      initial: 'not-cancelled',
      states: {
        'not-cancelled': {
          always: [
            { guard: 'isCancelled', target: 'cancelled' },
            { guard: 'isCancelRefused', target: 'cancel-refused' },
            { guard: 'isCancelPending', target: 'cancel-pending' },
          ],
        },
        'cancel-pending': { always: { guard: not('isCancelPending'), target: 'not-cancelled' } },
        'cancel-refused': { always: { guard: not('isCancelRefused'), target: 'not-cancelled' } },
        cancelled: { always: { guard: not('isCancelled'), target: 'not-cancelled' } },
      },
    },
    completion: {
      initial: 'open',
      states: {
        open: {
          always: [
            { guard: 'isArchived', target: 'archived' },
            { guard: 'isCompleted', target: 'completed' },
          ],
        },
        completed: { always: { guard: not('isCompleted'), target: 'open' } },
        archived: { always: { guard: not('isArchived'), target: 'open' } },
      },
    },
  },
})
