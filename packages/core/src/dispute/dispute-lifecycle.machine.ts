import { setup } from 'xstate'

/** What can happen to a dispute, in the order people say it. */
export type DisputeEvent = {
  readonly type:
    | 'dispute.sent'
    | 'dispute.acknowledged'
    | 'dispute.answered'
    | 'dispute.countered'
    | 'dispute.agreed'
    | 'dispute.settled'
    | 'dispute.withdrawn'
    | 'dispute.expired'
    | 'dispute.closed'
}

const talking = {
  'dispute.answered': 'supplier-responded',
  'dispute.agreed': 'agreed',
  'dispute.withdrawn': 'withdrawn',
  'dispute.expired': 'expired',
} as const

/**
 * The talk with a supplier about a difference (MODEL 3.9). People say one thing after another, so events move states here;
 * a counter-proposal sends the talk back to the supplier. What a state does not take is refused with a reason.
 */
export const disputeLifecycle = setup({
  types: { events: {} as DisputeEvent },
}).createMachine({
  id: 'dispute-lifecycle',
  initial: 'opened',
  states: {
    opened: { on: { 'dispute.sent': 'sent', ...talking } },
    sent: { on: { 'dispute.acknowledged': 'acknowledged', ...talking } },
    acknowledged: { on: talking },
    'supplier-responded': {
      on: {
        'dispute.countered': 'sent',
        'dispute.agreed': 'agreed',
        'dispute.withdrawn': 'withdrawn',
        'dispute.expired': 'expired',
      },
    },
    agreed: { on: { 'dispute.settled': 'settled', 'dispute.withdrawn': 'withdrawn' } },
    settled: { on: { 'dispute.closed': 'closed' } },
    closed: { type: 'final' },
    withdrawn: { type: 'final' },
    expired: { type: 'final' },
  },
})
