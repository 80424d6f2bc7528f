import { Dispute } from '@counterfoil/core'
import { defineEnum } from '../enum/define-enum.ts'

/** Words about disputes. */
export const disputeEnums = [
  defineEnum('DisputeState', 'How far the talk with a supplier is.', Dispute.shape.state.options),
  defineEnum(
    'DisputeSettlement',
    'What a dispute was settled with.',
    Dispute.shape.settlement.unwrap().options,
  ),
]

/** Disputes. */
export const disputeSdl = `
"""
The talk with a supplier about a difference. Separate from the case and the hold it is linked to.
"""
type Dispute {
  """
  Its own id, inside the invoice.
  """
  disputeId: String!
  """
  The case it is about.
  """
  exceptionId: String!
  """
  How far it is.
  """
  state: DisputeState!
  """
  When it was opened.
  """
  openedAt: Instant!
  """
  Who opened it.
  """
  openedBy: String!
  """
  What is claimed.
  """
  claim: Money
  """
  What it was settled with.
  """
  settlement: DisputeSettlement
  """
  What was said, oldest first. At most the last 250.
  """
  messages: [DisputeMessage!]!
}

"""
One thing said in a dispute.
"""
type DisputeMessage {
  """
  When.
  """
  at: Instant!
  """
  By whom.
  """
  from: String!
  """
  In their own words.
  """
  text: String!
}
`
