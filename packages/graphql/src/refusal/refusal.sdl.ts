/** Why a command was not carried out. */
export const refusalSdl = `
"""
Why a command was not carried out. Nothing was changed.
"""
interface Refusal {
  """
  The reason as a code programs can branch on.
  """
  code: String!
  """
  The reason in words.
  """
  sentence: String!
}

"""
Somebody released the hold before, or its condition was gone.
"""
type AlreadyReleased implements Refusal {
  """
  The reason as a code programs can branch on.
  """
  code: String!
  """
  The reason in words.
  """
  sentence: String!
  """
  The hold, with who ended it and why.
  """
  hold: Hold!
}

"""
Somebody settled the case before, or its reason was gone.
"""
type AlreadyResolved implements Refusal {
  """
  The reason as a code programs can branch on.
  """
  code: String!
  """
  The reason in words.
  """
  sentence: String!
  """
  The case, with how it was settled.
  """
  exception: ExceptionCase!
}

"""
Somebody dealt with it before.
"""
type AlreadySettled implements Refusal {
  """
  The reason as a code programs can branch on.
  """
  code: String!
  """
  The reason in words.
  """
  sentence: String!
}

"""
It cannot be done where things stand, or not by whoever asks.
"""
type NotAllowed implements Refusal {
  """
  The reason as a code programs can branch on.
  """
  code: String!
  """
  The reason in words.
  """
  sentence: String!
}

"""
There is no such thing in the books of this tenant.
"""
type NotFound implements Refusal {
  """
  The reason as a code programs can branch on.
  """
  code: String!
  """
  The reason in words.
  """
  sentence: String!
}

"""
It was changed since it was looked at. Look again and decide again; the same idempotency key may be used.
"""
type VersionConflict implements Refusal {
  """
  The reason as a code programs can branch on.
  """
  code: String!
  """
  The reason in words.
  """
  sentence: String!
  """
  The version that was looked at.
  """
  expectedVersion: Int!
  """
  The version that is stored.
  """
  currentVersion: Int!
}

"""
The idempotency key was used for another command.
"""
type IdempotencyKeyReused implements Refusal {
  """
  The reason as a code programs can branch on.
  """
  code: String!
  """
  The reason in words.
  """
  sentence: String!
}

"""
The command says something that cannot be: a text that is too long, an unknown line.
"""
type InputRefused implements Refusal {
  """
  The reason as a code programs can branch on.
  """
  code: String!
  """
  The reason in words.
  """
  sentence: String!
}

"""
It cannot be done yet. It is kept, and done when what it waits for has come.
"""
type Parked implements Refusal {
  """
  The reason as a code programs can branch on.
  """
  code: String!
  """
  The reason in words.
  """
  sentence: String!
}
`
