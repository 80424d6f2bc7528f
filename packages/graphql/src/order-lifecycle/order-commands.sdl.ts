import { commonRefusals } from '../refusal/refusal.ts'
import { commandFields, resultSdl } from '../refusal/result.sdl.ts'

/** Commands about orders. */
export const orderCommandsSdl = `
extend type Mutation {
  """
  Decides a change somebody wishes for. An accepted change makes the next version of the order and is written back to the
  ERP.
  """
  decideChange(
    """
    Which change, and what is decided.
    """
    input: DecideChangeInput!
  ): DecideChangeResult!
  """
  Writes down what was said, on the telephone for instance.
  """
  recordNote(
    """
    Of which order, and what was said.
    """
    input: RecordNoteInput!
  ): RecordNoteResult!
}

"""
What is decided about a change.
"""
input DecideChangeInput {
  """
  The order.
  """
  order: OrderReference!
  """
  Its change.
  """
  changeId: String!
  """
  Accept, reject, or want something else.
  """
  decision: ChangeDecision!
  """
  Why.
  """
  reason: String
  """
  What is wanted instead, with the decision COUNTER.
  """
  counter: [OrderDifferenceInput!]${commandFields}
}

"""
What is written down of an order.
"""
input RecordNoteInput {
  """
  The order.
  """
  order: OrderReference!
  """
  What was said.
  """
  text: String!${commandFields}
}
${resultSdl('DecideChangeResult', 'Order', commonRefusals)}${resultSdl('RecordNoteResult', 'Order', commonRefusals)}`
