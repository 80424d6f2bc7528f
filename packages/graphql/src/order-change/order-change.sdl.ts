import { defineEnum } from '../enum/define-enum.ts'
import { connectionSdl } from '../paging/connection.sdl.ts'

/** Words about changes. */
export const orderChangeEnums = [
  defineEnum('ChangeState', 'How far a wish to change an order is.', [
    'draft',
    'submitted',
    'pending-impact',
    'pending-decision',
    'auto-accepted',
    'accepted',
    'rejected',
    'countered',
    'withdrawn',
    'expired',
    'superseded',
    'apply-failed',
    'applied-in-erp',
    'closed',
  ]),
  defineEnum('ChangeInitiator', 'Who wishes for a change.', ['buyer', 'supplier']),
  defineEnum('ChangeDecision', 'What a buyer decides about a change.', {
    accept: 'The order becomes what is wished for.',
    reject: 'The order stays as it is.',
    counter: 'The buyer wants something else instead.',
  }),
]

/** Changes of orders. */
export const orderChangeSdl = `
"""
A change of an order somebody wishes for: a change document, or an answer that differs from the order.
"""
type Change {
  """
  Its own id, inside the order.
  """
  changeId: String!
  """
  Who wishes for it.
  """
  initiator: ChangeInitiator!
  """
  The document it is in.
  """
  documentNumber: String!
  """
  The line it is about; null for the order as a whole.
  """
  orderLineNumber: String
  """
  The schedule it is about.
  """
  scheduleNumber: String
  """
  The version of the order it is a change of.
  """
  basedOnVersion: Int!
  """
  What would become different. At most 250.
  """
  differences: [OrderDifference!]!
  """
  How far it is.
  """
  state: ChangeState!
}

"""
One field of an order that changes.
"""
type OrderDifference {
  """
  The field, such as lines/10/schedules/1/requestedDate.
  """
  path: String!
  """
  What it is.
  """
  from: String
  """
  What it would be.
  """
  to: String
}

"""
One field of an order that should change.
"""
input OrderDifferenceInput {
  """
  The field, such as lines/10/schedules/1/requestedDate.
  """
  path: String!
  """
  What it is; null where it is not there.
  """
  from: String
  """
  What it should be; null where it should go.
  """
  to: String
}
${connectionSdl('Change', 'changes', { counted: true })}`
