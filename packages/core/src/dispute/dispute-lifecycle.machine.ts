import { setup } from 'xstate'

/** What can happen to a dispute, in the order people say it. */
export type DisputeEvent = {
  readonly type:
    | 'dispute.sent'
    | 'dispute.acknowledged'
    | 'dispute.answered'
    | 'dispute.countered'
    | 'dispute.agreed'
    | 'dispute.settling'
    | 'dispute.settled'
    | 'dispute.withdrawn'
    | 'dispute.expired'
    | 'dispute.escalated'
    | 'dispute.closed'
}

const ending = {
  'dispute.agreed': 'agreed',
  'dispute.withdrawn': 'withdrawn',
  'dispute.expired': 'expired',
} as const
const answered = { 'dispute.answered': 'supplier-responded' } as const
const countered = { 'dispute.countered': 'sent' } as const
const called = { 'dispute.escalated': 'escalated' } as const

/**
 * The talk with a supplier about a difference (MODEL 3.9). People say one thing after another, so events move states here;
 * a counter-proposal sends the talk back to the supplier. Once a settlement is chosen it is `settling` until what was
 * promised has come. What a state does not take is refused with a reason.
 */
export const disputeLifecycle = setup({
  types: { events: {} as DisputeEvent },
}).createMachine({
  id: 'dispute-lifecycle',
  initial: 'opened',
  states: {
    opened: { on: { 'dispute.sent': 'sent', ...answered, ...countered, ...called, ...ending } },
    sent: { on: { 'dispute.acknowledged': 'acknowledged', ...answered, ...called, ...ending } },
    acknowledged: { on: { ...answered, ...countered, ...called, ...ending } },
    'supplier-responded': { on: { ...countered, ...called, ...ending } },
    // Called for by a superior, the talk goes on from where it was.
    escalated: { on: { ...answered, ...countered, ...ending } },
    agreed: {
      on: {
        'dispute.settling': 'settling',
        'dispute.settled': 'settled',
        'dispute.withdrawn': 'withdrawn',
      },
    },
    settling: { on: { 'dispute.settled': 'settled', 'dispute.withdrawn': 'withdrawn' } },
    settled: { on: { 'dispute.closed': 'closed' } },
    closed: { type: 'final' },
    withdrawn: { type: 'final' },
    // Nobody answered in time; where the rules settle it then, its settlement is under way.
    expired: { on: { 'dispute.settling': 'settling' } },
  },
})
