import { commonRefusals } from '../refusal/refusal.ts'
import { commandFields, resultSdl } from '../refusal/result.sdl.ts'

/** Commands about cases. */
export const exceptionCommandsSdl = `
"""
What can be decided. Needs an actor in the host's context.
"""
type Mutation {
  """
  Settles a case. A code that begins with accept- lets the difference pass and its hold go.
  """
  resolveException(
    """
    Which case, and how it is settled.
    """
    input: ResolveExceptionInput!
  ): ResolveExceptionResult!
  """
  Takes a case: whoever asks works on it from now on.
  """
  takeException(
    """
    Which case.
    """
    input: TakeExceptionInput!
  ): TakeExceptionResult!
  """
  Gives a case to a person, to nobody in particular, or to another role.
  """
  assignException(
    """
    Which case, and to whom it goes.
    """
    input: AssignExceptionInput!
  ): AssignExceptionResult!
  """
  Sets a case aside unsolved, where its routing rules allow that.
  """
  bypassException(
    """
    Which case, and why.
    """
    input: BypassExceptionInput!
  ): BypassExceptionResult!
  """
  Takes a settled case up again.
  """
  reopenException(
    """
    Which case, and why.
    """
    input: ReopenExceptionInput!
  ): ReopenExceptionResult!
  """
  Takes a difference of an invoice up with the supplier.
  """
  disputeException(
    """
    Which case, and what is claimed.
    """
    input: DisputeExceptionInput!
  ): DisputeExceptionResult!
}

"""
How a case is settled.
"""
input ResolveExceptionInput {
  """
  Id of the case.
  """
  id: ID!
  """
  The way, such as accept-as-is, credit-request or short-close.
  """
  code: String!
  """
  In your own words.
  """
  note: String
  """
  Why it had happened.
  """
  rootCause: RootCause${commandFields}
}

"""
Which case is taken.
"""
input TakeExceptionInput {
  """
  Id of the case.
  """
  id: ID!${commandFields}
}

"""
To whom a case goes.
"""
input AssignExceptionInput {
  """
  Id of the case.
  """
  id: ID!
  """
  The person; nobody in particular when absent.
  """
  person: String
  """
  Another role; the same when absent.
  """
  role: String${commandFields}
}

"""
Which case is set aside, and why.
"""
input BypassExceptionInput {
  """
  Id of the case.
  """
  id: ID!
  """
  Why.
  """
  reason: String!${commandFields}
}

"""
Which case is taken up again, and why.
"""
input ReopenExceptionInput {
  """
  Id of the case.
  """
  id: ID!
  """
  Why.
  """
  reason: String!${commandFields}
}

"""
What is claimed from the supplier.
"""
input DisputeExceptionInput {
  """
  Id of the case; it has to be about an invoice.
  """
  id: ID!
  """
  How much is claimed; absent when it is not about money.
  """
  claim: MoneyInput
  """
  What the supplier is told.
  """
  text: String!${commandFields}
}
${[
  'ResolveExceptionResult',
  'TakeExceptionResult',
  'AssignExceptionResult',
  'BypassExceptionResult',
  'ReopenExceptionResult',
]
  .map((name) => resultSdl(name, 'ExceptionCase', ['AlreadyResolved', ...commonRefusals]))
  .join(
    '',
  )}${resultSdl('DisputeExceptionResult', 'Invoice', ['AlreadyResolved', ...commonRefusals])}`
