import { connectionSdl, pageArguments } from '../paging/connection.sdl.ts'

/** Orders. */
export const orderSdl = `
"""
What the buyer ordered, with everything that came of it.
"""
type Order implements Node {
  """
  Opaque id.
  """
  id: ID!
  """
  Tenant, buyer organisation and number, joined by slashes.
  """
  orderKey: String!
  """
  The legal entity or business unit that buys.
  """
  buyerOrganisation: String!
  """
  The buyer's number; for goods nobody ordered the supplier they came from.
  """
  orderNumber: String!
  """
  The supplier's number in the buyer's ERP; null before it is known.
  """
  supplier: String
  """
  Where it stands, in one word.
  """
  state: OrderState!
  """
  Something is left to do.
  """
  open: Boolean!
  """
  The current version of the order; null before the order itself came.
  """
  orderVersion: Int
  """
  Number of events so far, to give as \`expectedVersion\`.
  """
  version: Int
  """
  ISO 4217 code; null before the order itself came.
  """
  currency: String
  """
  What the order is for.
  """
  orderType: OrderType
  """
  When the current version was issued.
  """
  issuedAt: Instant
  """
  Approvals given in the system it comes from.
  """
  approvals: [OrderApproval!]
  """
  When payment is due and what paying early earns.
  """
  paymentTerms: PaymentTerms
  """
  Where the goods go, unless a schedule says otherwise.
  """
  shipTo: String
  """
  How many of its cases are open.
  """
  openExceptions: Int!
  """
  The first day anything still open is wanted.
  """
  nextRequestedDate: CalendarDate
  """
  Where each of its independent sides stands; null before anything is known.
  """
  states: OrderStates
  """
  Its versions, oldest first. At most the last 250.
  """
  versions: [OrderVersion!]!
  """
  Its lines, as they stand.
  """
  lines(${pageArguments}
  ): OrderLineConnection!
  """
  What was counted of it at the dock, oldest first, and what is announced and not counted yet.
  """
  receiptLines(${pageArguments}
  ): ReceiptLineConnection!
  """
  Changes somebody wished for, oldest first.
  """
  changes(
    """
    Only those somebody still has to decide.
    """
    pendingDecision: Boolean = false${pageArguments}
  ): ChangeConnection!
  """
  Its own cases, oldest first. Cases of its shipments and invoices are theirs; those of what could not be sent for it are
  among \`exceptions(filter: { about })\`.
  """
  exceptions(
    """
    Open ones, or settled ones; both when absent.
    """
    open: Boolean${pageArguments}
  ): ExceptionCaseConnection!
  """
  Shipments that announced goods for it.
  """
  shipments(${pageArguments}
  ): ShipmentConnection!
  """
  Invoices that bill it.
  """
  invoices(${pageArguments}
  ): InvoiceConnection!
  """
  Everything that happened to it, its shipments and its invoices, in the order in which it was decided, with why.
  """
  timeline(${pageArguments}
  ): TimelineEntryConnection!
  """
  What was compared for it, its shipments and its invoices: why something was opened, or why nothing was.
  """
  comparisons(
    """
    Only comparisons inside tolerance, or only those outside.
    """
    withinTolerance: Boolean${pageArguments}
  ): ComparisonConnection!
  """
  Its audit trail, in the order of its hash chain.
  """
  auditTrail(${pageArguments}
  ): AuditEntryConnection!
  """
  What people wrote down, oldest first. At most the last 250.
  """
  notes: [Note!]!
}

"""
Where each independent side of an order stands.
"""
type OrderStates {
  """
  Whether it was sent.
  """
  issuing: OrderIssuing!
  """
  What the supplier answered.
  """
  acknowledgment: OrderAcknowledgment!
  """
  How far delivery is.
  """
  fulfilment: OrderFulfilment!
  """
  How much is invoiced.
  """
  billing: BillingState!
  """
  Whether somebody stopped it.
  """
  control: OrderControl!
  """
  Whether it is to be cancelled.
  """
  cancellation: OrderCancellation!
  """
  Whether anything is left to do.
  """
  completion: OrderCompletion!
}

"""
A version of an order.
"""
type OrderVersion {
  """
  1 for the first issue.
  """
  version: Int!
  """
  When it was issued or agreed.
  """
  issuedAt: Instant!
  """
  Where it comes from.
  """
  source: OrderVersionSource!
  """
  The change that made an agreed version.
  """
  changeId: String
}

"""
Something a person wrote down, a phone call for instance.
"""
type Note {
  """
  When.
  """
  at: Instant!
  """
  Who.
  """
  by: String!
  """
  In their own words.
  """
  text: String!
}

"""
Selects orders. What is left out lets everything pass.
"""
input OrderFilter {
  """
  Orders that stand there.
  """
  state: OrderState
  """
  Orders with something left to do, or those without.
  """
  open: Boolean
  """
  Orders to this supplier.
  """
  supplier: String
  """
  Orders of this buyer organisation.
  """
  buyerOrganisation: String
}

"""
Names an order: by its id, or as people do.
"""
input OrderReference @oneOf {
  """
  The id this schema gave it.
  """
  id: ID
  """
  Buyer organisation and number.
  """
  number: OrderNumberInput
}

"""
An order as people name it.
"""
input OrderNumberInput {
  """
  The legal entity or business unit that buys.
  """
  buyerOrganisation: String!
  """
  The buyer's order number.
  """
  orderNumber: String!
}
${connectionSdl('Order', 'orders')}`
