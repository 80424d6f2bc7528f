import { resultSdl } from '../refusal/result.sdl.ts'

const refusals = [
  'AlreadySettled',
  'NotFound',
  'IdempotencyKeyReused',
  'InputRefused',
  'NotAllowed',
]

const keyField = `
  """
  Chosen by the client, 1 to 200 characters: the same command under the same key has one effect and the same answer.
  """
  idempotencyKey: String!`

/** Commands about documents and letters in trouble. */
export const repairCommandsSdl = `
extend type Mutation {
  """
  Sends a quarantined document again with a mended text. If it still cannot be used, nothing changes.
  """
  repairQuarantined(
    """
    Which document, and its mended text.
    """
    input: RepairQuarantinedInput!
  ): RepairQuarantinedResult!
  """
  Gives a quarantined document up. It stays on record.
  """
  discardQuarantined(
    """
    Which document, and why.
    """
    input: DiscardQuarantinedInput!
  ): DiscardQuarantinedResult!
  """
  Tries a dead letter again, under its old key.
  """
  redriveDeadLetter(
    """
    Which letter, and what was mended.
    """
    input: SettleDeadLetterInput!
  ): RedriveDeadLetterResult!
  """
  Gives a dead letter up. It stays on record.
  """
  discardDeadLetter(
    """
    Which letter, and why.
    """
    input: SettleDeadLetterInput!
  ): DiscardDeadLetterResult!
}

"""
A mended document.
"""
input RepairQuarantinedInput {
  """
  The document.
  """
  quarantineId: ID!
  """
  Its mended text, whole.
  """
  body: String!
  """
  What was mended.
  """
  note: String!${keyField}
}

"""
A document to give up.
"""
input DiscardQuarantinedInput {
  """
  The document.
  """
  quarantineId: ID!
  """
  Why.
  """
  note: String!${keyField}
}

"""
A dead letter to deal with.
"""
input SettleDeadLetterInput {
  """
  The letter.
  """
  deadLetterId: ID!
  """
  What was mended, or why it is given up.
  """
  note: String!${keyField}
}
${['RepairQuarantinedResult', 'DiscardQuarantinedResult']
  .map((name) => resultSdl(name, 'QuarantinedDocument', refusals))
  .join('')}${['RedriveDeadLetterResult', 'DiscardDeadLetterResult']
  .map((name) => resultSdl(name, 'DeadLetter', refusals))
  .join('')}`
