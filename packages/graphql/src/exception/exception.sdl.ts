import { type ExceptionState, type ExceptionSubject, RootCause } from '@counterfoil/core'
import { defineEnum } from '../enum/define-enum.ts'
import { connectionSdl } from '../paging/connection.sdl.ts'
import { exceptionCodes } from './exception-codes.ts'

/** Codes, states and causes of cases. */
export const exceptionEnums = [
  defineEnum('ExceptionCode', 'What can need a person.', exceptionCodes),
  defineEnum('ExceptionSubjectKind', 'What a case can be about.', {
    order: 'An order with its lines and schedules.',
    shipment: 'A shipment with its ship notice and milestones.',
    invoice: 'An invoice with its match, holds and payments.',
    agreement: 'An agreement with its lines and releases.',
    document: 'A document that could not be used and is quarantined.',
  } satisfies Record<ExceptionSubject['aggregate'], string>),
  defineEnum('ExceptionState', 'How far a case is.', {
    detected: 'Opened, and nobody has looked.',
    classified: 'Somebody said what its cause looks like.',
    assigned: 'A person was named.',
    'in-progress': 'A person took it.',
    'waiting-supplier': 'The supplier is to answer.',
    'waiting-internal': 'Another desk is to answer.',
    'waiting-approval': 'Somebody with authority is to agree.',
    'resolution-proposed': 'A way to settle it was proposed.',
    approved: 'Somebody else agreed to the proposal.',
    executing: 'What was agreed is being done.',
    resolved: 'Settled by a person.',
    verified: 'Settled, and somebody looked whether it helped.',
    closed: 'Over.',
    'auto-resolved': 'Its reason is gone: cured by a later document.',
    bypassed: 'Set aside unsolved, with a reason.',
    merged: 'Goes on in another case.',
  } satisfies Record<ExceptionState, string>),
  defineEnum('RootCause', 'Why it happened, set when a case is settled.', RootCause.options),
]

/** Cases. */
export const exceptionSdl = `
"""
A case opened for a person, because a difference is out of tolerance or something expected did not come.
"""
type ExceptionCase implements Node {
  """
  Opaque id.
  """
  id: ID!
  """
  What kind of trouble.
  """
  code: ExceptionCode!
  """
  How far it is.
  """
  state: ExceptionState!
  """
  It still wants somebody.
  """
  open: Boolean!
  """
  What it is about.
  """
  subject: ExceptionSubject!
  """
  The order it is about; null for a case of a shipment or an invoice.
  """
  order: Order
  """
  The shipment it is about; null for a case of an order or an invoice.
  """
  shipment: Shipment
  """
  The invoice it is about; null for a case of an order or a shipment.
  """
  invoice: Invoice
  """
  Version of the order, shipment or invoice it belongs to, to give as \`expectedVersion\`; null for a quarantined document.
  """
  version: Int
  """
  When it was opened.
  """
  openedAt: Instant!
  """
  Whole hours since it was opened, nights and weekends too, up to now or to when it was settled. Never pauses.
  """
  ageHours(
    """
    Counts up to this moment instead of now.
    """
    at: Instant
  ): Int!
  """
  When it should be settled.
  """
  dueAt: Instant!
  """
  It is open and its due time has passed. Its clock stands still while \`pausedAt\` is set.
  """
  overdue(
    """
    Asks for this moment instead of now.
    """
    at: Instant
  ): Boolean!
  """
  Since when the clock stands still because the supplier is to answer.
  """
  pausedAt: Instant
  """
  Who answers for it. Never nobody.
  """
  owner: CaseOwner!
  """
  How often somebody higher was called.
  """
  escalationLevel: Int!
  """
  Owner, clock and escalation as the routing rules gave them.
  """
  route: Route!
  """
  What is wrong, in words for the owner.
  """
  sentence: String!
  """
  Why it is a case and why it is theirs: what is wrong, then what the rules gave as their reason.
  """
  explanation: [String!]!
  """
  Rule set, version, rules that fired and the facts they saw.
  """
  policy: PolicyDecision!
  """
  The measured difference that opened it; null when something did not come.
  """
  discrepancy: Discrepancy
  """
  Money at stake; null where it cannot be said.
  """
  exposure: Money
  """
  What its cause looks like before anybody worked on it.
  """
  classification: CaseClassification
  """
  How somebody would settle it; waits to be agreed to.
  """
  proposal: CaseProposal
  """
  How it was settled; null while it is open.
  """
  resolution: CaseResolution
  """
  Holds that stand because of it. At most 250.
  """
  holds: [Hold!]!
  """
  Disputes with the supplier about it. At most 250.
  """
  disputes: [Dispute!]!
}

"""
What a case is about.
"""
type ExceptionSubject {
  """
  An order, a shipment, an invoice, or a document that could not be used.
  """
  aggregate: ExceptionSubjectKind!
  """
  Its key.
  """
  key: String!
  """
  The line of it.
  """
  line: String
  """
  The schedule of that line.
  """
  schedule: String
  """
  The charge, by its code.
  """
  charge: String
  """
  The field, for what is wrong with one.
  """
  field: String
}

"""
Who answers for a case.
"""
type CaseOwner {
  """
  The role from the route, or the one it was given to.
  """
  role: String!
  """
  The person who took it or was named.
  """
  person: String
}

"""
What the cause of a case looks like before anybody worked on it.
"""
type CaseClassification {
  """
  The cause; it stands in the settlement where that names none.
  """
  rootCause: RootCause!
  """
  Who said so.
  """
  by: String!
  """
  When.
  """
  at: Instant!
  """
  In their own words.
  """
  note: String
}

"""
How somebody would settle a case.
"""
type CaseProposal {
  """
  The way, such as accept-as-is or credit-request.
  """
  code: String!
  """
  Who proposed it.
  """
  by: String!
  """
  When.
  """
  at: Instant!
  """
  In their own words.
  """
  note: String
}

"""
How a case was settled.
"""
type CaseResolution {
  """
  The way, such as accept-as-is; \`cured\` when a later document took its reason away.
  """
  code: String!
  """
  Who settled it.
  """
  by: String!
  """
  When.
  """
  at: Instant!
  """
  In their own words.
  """
  note: String
  """
  Why it had happened.
  """
  rootCause: RootCause
}

"""
Selects cases. What is left out lets everything pass.
"""
input ExceptionFilter {
  """
  Open cases, or closed ones; open ones when absent, unless a state is asked for.
  """
  open: Boolean
  """
  Closed cases too.
  """
  includeClosed: Boolean
  """
  Cases in this state.
  """
  state: ExceptionState
  """
  Cases of this role.
  """
  ownerRole: String
  """
  Cases of this supplier.
  """
  supplier: String
  """
  Cases of this buyer organisation.
  """
  buyerOrganisation: String
  """
  Due at or before this moment.
  """
  dueBefore: Instant
  """
  Opened at or before this moment.
  """
  openedBefore: Instant
  """
  Cases of the order, shipment or invoice with this id.
  """
  about: ID
}
${connectionSdl('ExceptionCase', 'cases')}`
