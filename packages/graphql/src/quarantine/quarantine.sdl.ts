import type { Finding } from '@counterfoil/core'
import type { QuarantinedDocument } from '@counterfoil/runtime'
import { defineEnum } from '../enum/define-enum.ts'
import { connectionSdl } from '../paging/connection.sdl.ts'

/** Words about documents in trouble. */
export const quarantineEnums = [
  defineEnum('QuarantineState', 'What became of a document that could not be used.', {
    quarantined: 'It waits for a person.',
    repaired: 'It was mended and sent again.',
    discarded: 'It was given up, and stays on record.',
  } satisfies Record<QuarantinedDocument['state'], string>),
  defineEnum('FindingSeverity', 'How bad a finding is.', {
    error: 'The document cannot be used.',
    warning: 'It can be used, but somebody should know.',
    info: 'A liberty the reader took.',
  } satisfies Record<Finding['severity'], string>),
]

/** Documents that could not be used, and messages that wait. */
export const quarantineSdl = `
"""
A document that could not be used, kept whole until a person repairs or discards it.
"""
type QuarantinedDocument {
  """
  What it is known by here.
  """
  quarantineId: ID!
  """
  The legal entity or business unit it came in for.
  """
  buyerOrganisation: String!
  """
  The connection it came in by.
  """
  connection: String!
  """
  Recognises the same delivery sent twice.
  """
  deliveryKey: String!
  """
  sha-256 of its text.
  """
  contentHash: String!
  """
  Its untouched text, or the beginning of it.
  """
  raw(
    """
    So many characters of it, 1 to 100000.
    """
    charactersMax: Int = 10000
  ): String!
  """
  How many characters its text has.
  """
  rawCharacters: Int!
  """
  What is wrong with it, with the place. At most 250.
  """
  findings: [Finding!]!
  """
  Why it cannot be used, as a code.
  """
  reason: String!
  """
  Why it cannot be used, in words.
  """
  sentence: String!
  """
  When it came in.
  """
  receivedAt: Instant!
  """
  What became of it.
  """
  state: QuarantineState!
  """
  Who repaired or discarded it, when, and their note.
  """
  settled: Settlement
}

"""
Something a reader noticed in a document.
"""
type Finding {
  """
  Stable name of the rule.
  """
  rule: String!
  """
  How bad it is.
  """
  severity: FindingSeverity!
  """
  Where it is.
  """
  position: FindingPosition!
  """
  The text found there, cut to 200 characters.
  """
  excerpt: String!
  """
  What is wrong and what would mend it.
  """
  sentence: String!
}

"""
A place in a text.
"""
type FindingPosition {
  """
  UTF-16 units from the beginning.
  """
  offset: Int!
  """
  Line, from 1.
  """
  line: Int!
  """
  Column, from 1.
  """
  column: Int!
  """
  The place in the standard's own words.
  """
  path: String!
}

"""
Who dealt with something that was in trouble.
"""
type Settlement {
  """
  When.
  """
  at: Instant!
  """
  Who.
  """
  by: Actor!
  """
  In their own words.
  """
  note: String!
}

"""
A message nothing can be done with yet: an invoice's payment before the invoice, a report before its ship notice. It is
tried again after every later message of its aggregate.
"""
type ParkedMessage {
  """
  What it is known by here.
  """
  messageId: ID!
  """
  What it was told to.
  """
  aggregate: AggregateReference!
  """
  What it says.
  """
  type: String!
  """
  Why it waits, as a code.
  """
  reason: String!
  """
  Why it waits, in words.
  """
  sentence: String!
  """
  When it was first parked.
  """
  parkedAt: Instant!
  """
  When what it says happened.
  """
  occurredAt: Instant!
  """
  Who or what said it.
  """
  actor: Actor!
}
${connectionSdl('QuarantinedDocument', 'documents')}${connectionSdl('ParkedMessage', 'messages')}`
