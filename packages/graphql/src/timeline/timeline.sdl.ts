import { connectionSdl } from '../paging/connection.sdl.ts'

/** Timelines and comparisons. */
export const timelineSdl = `
"""
One step in the life of an order, a shipment or an invoice, with why.
"""
type TimelineEntry {
  """
  What it happened to.
  """
  aggregate: AggregateReference!
  """
  The step's number in the life of that aggregate, from 1.
  """
  sequence: Int!
  """
  Id of the event.
  """
  eventId: String!
  """
  What happened, such as acknowledgment.received or invoice.held.
  """
  type: String!
  """
  When it happened in the world.
  """
  occurredAt: Instant!
  """
  When this installation learned of it.
  """
  receivedAt: Instant!
  """
  Who or what did it.
  """
  actor: Actor!
  """
  Id of the event it follows from; null for what came from outside.
  """
  causedBy: String
  """
  What happened, in a few words.
  """
  headline: String!
  """
  Why, in words. Empty where a document simply came in.
  """
  explanation: [String!]!
  """
  Every rule set that was asked, as rule set@version.
  """
  ruleSets: [String!]!
  """
  Its entries in the audit trail.
  """
  audit: [AuditEntry!]!
  """
  Everything the event says, as JSON.
  """
  data: Json!
}

"""
Something that was compared for an order, its shipments or its invoices, and how it came out.
"""
type Comparison {
  """
  Where it was compared.
  """
  aggregate: AggregateReference!
  """
  The event that recorded it.
  """
  eventId: String!
  """
  When.
  """
  at: Instant!
  """
  What was compared, such as price.amount or quantity-change.
  """
  subject: String!
  """
  The difference, if there was any, is inside what is accepted.
  """
  withinTolerance: Boolean!
  """
  What was compared with what, and how it came out, in words.
  """
  sentence: String!
  """
  The rule sets that say how much is accepted, as rule set@version.
  """
  ruleSets: [String!]!
}
${connectionSdl('TimelineEntry', 'steps')}${connectionSdl('Comparison', 'comparisons')}`
