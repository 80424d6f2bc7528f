import { setup } from 'xstate'

/**
 * What can happen to a request for approval. `approval.approved`: its last step agreed. `approval.asked`: the next step is
 * asked. `approval.superseded`: what it was asked for changed, or it is asked for anew.
 */
export type ApprovalEvent = {
  readonly type:
    | 'approval.approved'
    | 'approval.rejected'
    | 'approval.returned'
    | 'approval.asked'
    | 'approval.delegated'
    | 'approval.escalated'
    | 'approval.expired'
    | 'approval.recalled'
    | 'approval.superseded'
}

/** A request for a decision by somebody with authority (MODEL 3.10), from asking to its end. */
export const approvalLifecycle = setup({
  types: { events: {} as ApprovalEvent },
}).createMachine({
  id: 'approval-lifecycle',
  initial: 'requested',
  states: {
    requested: {
      on: {
        'approval.approved': 'approved',
        'approval.rejected': 'rejected',
        'approval.returned': 'returned',
        'approval.delegated': 'delegated',
        'approval.escalated': 'escalated',
        'approval.expired': 'expired',
        'approval.recalled': 'recalled',
        'approval.superseded': 'superseded',
      },
    },
    delegated: {
      on: {
        'approval.approved': 'approved',
        'approval.rejected': 'rejected',
        'approval.returned': 'returned',
        'approval.asked': 'requested',
        'approval.escalated': 'escalated',
        'approval.expired': 'expired',
        'approval.recalled': 'recalled',
        'approval.superseded': 'superseded',
      },
    },
    escalated: {
      on: {
        'approval.approved': 'approved',
        'approval.rejected': 'rejected',
        'approval.returned': 'returned',
        'approval.asked': 'requested',
        'approval.delegated': 'delegated',
        'approval.expired': 'expired',
        'approval.recalled': 'recalled',
        'approval.superseded': 'superseded',
      },
    },
    approved: { on: { 'approval.superseded': 'superseded' } },
    rejected: { on: { 'approval.superseded': 'superseded' } },
    returned: { on: { 'approval.superseded': 'superseded' } },
    expired: { on: { 'approval.superseded': 'superseded' } },
    recalled: { on: { 'approval.superseded': 'superseded' } },
    superseded: { type: 'final' },
  },
})
