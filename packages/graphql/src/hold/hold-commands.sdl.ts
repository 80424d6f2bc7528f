import { commonRefusals } from '../refusal/refusal.ts'
import { commandFields, resultSdl } from '../refusal/result.sdl.ts'

/** Commands about holds. */
export const holdCommandsSdl = `
extend type Mutation {
  """
  Lets a hold go. Whoever entered the invoice may not, and only a person may. With the last hold the invoice is released.
  """
  releaseHold(
    """
    Which hold, and why it goes.
    """
    input: ReleaseHoldInput!
  ): ReleaseHoldResult!
}

"""
Which hold is released, and why.
"""
input ReleaseHoldInput {
  """
  Id of the hold.
  """
  id: ID!
  """
  Reason code of your own list.
  """
  code: String!
  """
  In your own words.
  """
  reason: String!${commandFields}
}
${resultSdl('ReleaseHoldResult', 'Hold', ['AlreadyReleased', ...commonRefusals])}`
