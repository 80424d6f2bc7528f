import { setup } from 'xstate'

/** What can happen to a request for approval. `approval.superseded`: what it was asked for changed. */
export type ApprovalEvent = {
  readonly type:
    | 'approval.approved'
    | 'approval.rejected'
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
        'approval.recalled': 'recalled',
        'approval.superseded': 'superseded',
      },
    },
    approved: { on: { 'approval.superseded': 'superseded' } },
    rejected: { on: { 'approval.superseded': 'superseded' } },
    recalled: { type: 'final' },
    superseded: { type: 'final' },
  },
})
