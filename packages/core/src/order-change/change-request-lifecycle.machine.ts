import { assign, not, setup } from 'xstate'

/** What the state of a change follows from. */
export type ChangeLifecycleFacts = {
  /** It was sent to who has to decide; false while somebody still writes it. */
  readonly isSubmitted: boolean
  /** It is inside tolerance, or the buyer's own wish, so that nobody has to decide. */
  readonly isAutoAccepted: boolean
  /** Delays, decreases and cancellations can hurt an order downstream; other changes cannot. */
  readonly canHaveImpact: boolean
  readonly isImpactKnown: boolean
  readonly decision: 'none' | 'accept' | 'reject' | 'counter'
  readonly isWithdrawn: boolean
  readonly isExpired: boolean
  /** Another version of the order was made in the meantime. */
  readonly isSuperseded: boolean
  /** What the ERP made of the accepted change. */
  readonly written: 'no' | 'applied' | 'failed'
  /** Nothing about it is open any more: the order went on, or was closed. */
  readonly isClosed: boolean
}

/** The facts of a change became others. */
export type ChangeLifecycleEvent = {
  readonly type: 'facts.changed'
  readonly facts: ChangeLifecycleFacts
}

/** The states of a change. */
export type ChangeLifecycleState =
  | 'draft'
  | 'submitted'
  | 'pending-impact'
  | 'pending-decision'
  | 'auto-accepted'
  | 'accepted'
  | 'rejected'
  | 'countered'
  | 'withdrawn'
  | 'expired'
  | 'superseded'
  | 'apply-failed'
  | 'applied-in-erp'
  | 'closed'

type Facts = { readonly context: ChangeLifecycleFacts }

/** Nobody has ended it: it was not taken back, overtaken or left to fall. */
function isAlive({ context }: Facts): boolean {
  return (
    context.isSubmitted &&
    !context.isClosed &&
    !context.isSuperseded &&
    !context.isWithdrawn &&
    (!context.isExpired || context.decision !== 'none')
  )
}

function isUndecided(facts: Facts): boolean {
  return isAlive(facts) && facts.context.decision === 'none' && !facts.context.isAutoAccepted
}

function isAgreed(facts: Facts): boolean {
  const { isAutoAccepted, decision } = facts.context
  return isAlive(facts) && (decision === 'accept' || (decision === 'none' && isAutoAccepted))
}

/**
 * The life of a change of an order (MODEL §3.3). It applies only to the version it is based on; overtaken by another
 * version it is superseded. Facts lead on from `submitted`, and back to it where they no longer hold.
 */
export const changeRequestLifecycle = setup({
  types: {
    context: {} as ChangeLifecycleFacts,
    events: {} as ChangeLifecycleEvent,
    input: {} as ChangeLifecycleFacts,
  },
  guards: {
    isSubmitted: ({ context }) => context.isSubmitted,
    isClosed: ({ context }) => context.isSubmitted && context.isClosed,
    isSuperseded: ({ context }) => context.isSubmitted && context.isSuperseded && !context.isClosed,
    isWithdrawn: ({ context }) =>
      context.isSubmitted && context.isWithdrawn && !context.isSuperseded && !context.isClosed,
    isExpired: (facts) => {
      const { isSubmitted, isExpired, isWithdrawn, isSuperseded, isClosed, decision } =
        facts.context
      return (
        isSubmitted &&
        isExpired &&
        decision === 'none' &&
        !isWithdrawn &&
        !isSuperseded &&
        !isClosed
      )
    },
    isAwaitingImpact: (facts) =>
      isUndecided(facts) && facts.context.canHaveImpact && !facts.context.isImpactKnown,
    isAwaitingDecision: (facts) =>
      isUndecided(facts) && (!facts.context.canHaveImpact || facts.context.isImpactKnown),
    isRejected: (facts) => isAlive(facts) && facts.context.decision === 'reject',
    isCountered: (facts) => isAlive(facts) && facts.context.decision === 'counter',
    isApplied: (facts) => isAgreed(facts) && facts.context.written === 'applied',
    isApplyFailed: (facts) => isAgreed(facts) && facts.context.written === 'failed',
    isAccepted: (facts) =>
      isAgreed(facts) && facts.context.decision === 'accept' && facts.context.written === 'no',
    isAutoAccepted: (facts) =>
      isAgreed(facts) && facts.context.decision === 'none' && facts.context.written === 'no',
  },
  actions: { takeFacts: assign(({ event }) => event.facts) },
}).createMachine({
  id: 'change-request',
  context: ({ input }) => input,
  on: { 'facts.changed': { actions: 'takeFacts' } },
  initial: 'draft',
  states: {
    draft: { always: { guard: 'isSubmitted', target: 'submitted' } },
    submitted: {
      always: [
        { guard: not('isSubmitted'), target: 'draft' },
        { guard: 'isClosed', target: 'closed' },
        { guard: 'isSuperseded', target: 'superseded' },
        { guard: 'isWithdrawn', target: 'withdrawn' },
        { guard: 'isExpired', target: 'expired' },
        { guard: 'isRejected', target: 'rejected' },
        { guard: 'isCountered', target: 'countered' },
        { guard: 'isApplied', target: 'applied-in-erp' },
        { guard: 'isApplyFailed', target: 'apply-failed' },
        { guard: 'isAccepted', target: 'accepted' },
        { guard: 'isAutoAccepted', target: 'auto-accepted' },
        { guard: 'isAwaitingImpact', target: 'pending-impact' },
        { guard: 'isAwaitingDecision', target: 'pending-decision' },
      ],
    },
    'pending-impact': { always: { guard: not('isAwaitingImpact'), target: 'submitted' } },
    'pending-decision': { always: { guard: not('isAwaitingDecision'), target: 'submitted' } },
    'auto-accepted': { always: { guard: not('isAutoAccepted'), target: 'submitted' } },
    accepted: { always: { guard: not('isAccepted'), target: 'submitted' } },
    rejected: { always: { guard: not('isRejected'), target: 'submitted' } },
    countered: { always: { guard: not('isCountered'), target: 'submitted' } },
    withdrawn: { always: { guard: not('isWithdrawn'), target: 'submitted' } },
    expired: { always: { guard: not('isExpired'), target: 'submitted' } },
    superseded: { always: { guard: not('isSuperseded'), target: 'submitted' } },
    'apply-failed': { always: { guard: not('isApplyFailed'), target: 'submitted' } },
    'applied-in-erp': { always: { guard: not('isApplied'), target: 'submitted' } },
    closed: { always: { guard: not('isClosed'), target: 'submitted' } },
  },
})
