import { pageArguments } from './paging/connection.sdl.ts'

/** What can be asked. */
export const querySdl = `
"""
What can be asked. Everything is of the tenant the host says whoever asks belongs to.
"""
type Query {
  """
  Whatever has this id; null when there is nothing of this tenant under it.
  """
  node(
    """
    An id this schema gave.
    """
    id: ID!
  ): Node
  """
  Orders, by key.
  """
  orders(
    """
    Which ones; all when absent.
    """
    filter: OrderFilter${pageArguments}
  ): OrderConnection!
  """
  One order; null when there is none.
  """
  order(
    """
    Which one.
    """
    reference: OrderReference!
  ): Order
  """
  How many orders stand where.
  """
  orderCounts: [StateCount!]!
  """
  Shipments, by the day they are expected.
  """
  shipments(
    """
    Which ones; all when absent.
    """
    filter: ShipmentFilter${pageArguments}
  ): ShipmentConnection!
  """
  One shipment; null when there is none.
  """
  shipment(
    """
    Which one.
    """
    reference: ShipmentReference!
  ): Shipment
  """
  How many shipments are where.
  """
  shipmentCounts: [StateCount!]!
  """
  Invoices, by the day they have to be paid.
  """
  invoices(
    """
    Which ones; all when absent.
    """
    filter: InvoiceFilter${pageArguments}
  ): InvoiceConnection!
  """
  One invoice; null when there is none.
  """
  invoice(
    """
    Which one.
    """
    reference: InvoiceReference!
  ): Invoice
  """
  How many invoices are where.
  """
  invoiceCounts: [StateCount!]!
  """
  Cases, by due time. Open ones unless asked otherwise.
  """
  exceptions(
    """
    Which ones; all open ones when absent.
    """
    filter: ExceptionFilter${pageArguments}
  ): ExceptionCaseConnection!
  """
  One case; null when there is none.
  """
  exception(
    """
    Its id.
    """
    id: ID!
  ): ExceptionCase
  """
  How many cases are whose, and how far they are.
  """
  exceptionCounts: [OwnerCount!]!
  """
  Holds, oldest first. Those that stand unless asked otherwise.
  """
  holds(
    """
    Which ones; all that stand when absent.
    """
    filter: HoldFilter${pageArguments}
  ): HoldConnection!
  """
  One hold; null when there is none.
  """
  hold(
    """
    Its id.
    """
    id: ID!
  ): Hold
  """
  How many holds wait for whom.
  """
  holdCounts: [OwnerCount!]!
  """
  Messages nothing can be done with yet, longest parked first.
  """
  parkedMessages(${pageArguments}
  ): ParkedMessageConnection!
  """
  Documents that could not be used, in order of arrival.
  """
  quarantinedDocuments(
    """
    Those of which this became; all when absent.
    """
    state: QuarantineState${pageArguments}
  ): QuarantinedDocumentConnection!
  """
  One document that could not be used; null when there is none.
  """
  quarantinedDocument(
    """
    What it is known by here.
    """
    quarantineId: ID!
  ): QuarantinedDocument
  """
  What could not be carried out, in the order in which it failed for good.
  """
  deadLetters(
    """
    Those of which this became; all when absent.
    """
    state: DeadLetterState${pageArguments}
  ): DeadLetterConnection!
  """
  The whole audit log, chain by chain.
  """
  auditTrail(${pageArguments}
  ): AuditEntryConnection!
}
`
