import type { ChangeStanding } from '@counterfoil/core'
import { defineEnum } from '../enum/define-enum.ts'
import { connectionSdl } from '../paging/connection.sdl.ts'

/** Words about changes. */
export const orderChangeEnums = [
  defineEnum('ChangeState', 'How far a wish to change an order is.', {
    draft: 'Somebody writes it.',
    submitted: 'It was sent.',
    'pending-impact': 'Planning is to say whether it hurts anything downstream.',
    'pending-decision': 'Somebody is to decide it.',
    'auto-accepted': 'Inside tolerance, so that nobody had to decide.',
    accepted: 'Agreed to; the ERP has not been told.',
    rejected: 'Refused.',
    countered: 'The buyer wants something else instead.',
    withdrawn: 'Taken back.',
    expired: 'Nobody decided it in time.',
    superseded: 'Another version or change overtook it.',
    'apply-failed': 'Agreed to, and the ERP did not take it.',
    'applied-in-erp': 'Agreed to, and in the ERP.',
    closed: 'Nothing about it is open any more.',
  } satisfies Record<ChangeStanding['state'], string>),
  defineEnum('ChangeInitiator', 'Who wishes for a change.', {
    buyer: 'The buyer.',
    supplier: 'The supplier.',
  } satisfies Record<ChangeStanding['initiator'], string>),
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
