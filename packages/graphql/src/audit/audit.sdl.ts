import { connectionSdl } from '../paging/connection.sdl.ts'

/** The audit trail. */
export const auditSdl = `
"""
What an auditor needs to know of one change, in its aggregate's hash chain.
"""
type AuditEntry {
  """
  The aggregate whose chain it is in, as kind:key.
  """
  aggregate: String!
  """
  Its number in that chain, from 1.
  """
  sequence: Int!
  """
  When.
  """
  at: Instant!
  """
  By whom or what.
  """
  actor: Actor!
  """
  What changed.
  """
  object: String!
  """
  What happened, as the type of its event.
  """
  event: String!
  """
  Id of that event.
  """
  eventId: String!
  """
  Where the object stood before.
  """
  from: String
  """
  Where it stands since.
  """
  to: String
  """
  Why, where somebody or something gave a reason.
  """
  reason: String
  """
  The rule-set versions in force.
  """
  policy: [PolicyReference!]!
  """
  sha-256 of the message that led to it.
  """
  inputHash: String!
  """
  sha-256 of the event it is about; null in entries of releases that did not write it.
  """
  eventHash: String
  """
  Hash of the entry before it; null for the first.
  """
  previousHash: String
  """
  Hash over this entry, its number and the hash before it.
  """
  hash: String!
}
${connectionSdl('AuditEntry', 'audit entries')}`
