// acknowledgment
export {
  Acknowledgment,
  AcknowledgmentAction,
  AcknowledgmentLine,
  AcknowledgmentResponse,
} from './acknowledgment/acknowledgment.ts'
// approval
export { Approval } from './approval/approval.ts'
// audit
export { AuditEntry, AuditRecord } from './audit/audit-entry.ts'
// connector
export {
  capabilityFor,
  type Connector,
  type ConnectorCapabilities,
  type OutwardIntent,
  type ReadPage,
  type ReadRequest,
  type WriteAnswer,
  type WriteCapability,
  type WriteRequest,
} from './connector/connector.ts'
export type { DocumentReader, ReadContext, ReadDocument } from './connector/document-reader.ts'
export type {
  DocumentEnvelope,
  Envelope,
  EnvelopeHeader,
  TextEnvelope,
  TradeDocumentInput,
} from './connector/envelope.ts'
// discrepancy
export { Discrepancy, type DiscrepancyKind } from './discrepancy/discrepancy.ts'
// dispute
export { Dispute } from './dispute/dispute.ts'
// document
export { TradeDocument, type TradeDocumentKind } from './document/document.ts'
export { Channel, documentKey, Origin } from './document/document-header.ts'
// exception
export {
  ExceptionCase,
  ExceptionCode,
  ExceptionState,
  ExceptionSubject,
  RootCause,
} from './exception/exception.ts'
// finding
export { Finding, FindingPosition } from './finding/finding.ts'
// hold
export { Hold } from './hold/hold.ts'
// identity
export {
  AggregateKind,
  AggregateReference,
  BuyerOrganisationId,
  DocumentNumber,
  invoiceKey,
  ItemNumber,
  joinKey,
  LineNumber,
  LocationId,
  normaliseInvoiceNumber,
  orderKey,
  OrderNumber,
  shipmentKey,
  splitKey,
  SupplierId,
  TenantId,
} from './identity/identity.ts'
// invoice
export { Invoice, InvoiceLine, InvoiceTax, InvoiceType } from './invoice/invoice.ts'
// item
export { Item, ItemIdentifiers, Substitute } from './item/item.ts'
// match
export {
  BillingFact,
  OrderMatchView,
  ReceiptAllocation,
  ReceiptFact,
  RegisteredInvoice,
} from './match/match-input.ts'
export { MatchLevel } from './match/match-level.ts'
export {
  CheckResult,
  MatchDecision,
  MatchResult,
  ProposedResolution,
  WantedException,
  WantedHold,
} from './match/match-result.ts'
// message
export { Actor, systemActor } from './message/actor.ts'
export type {
  Aggregate,
  AggregateState,
  Decision,
  DecisionContext,
  DecisionOutcome,
} from './message/decision.ts'
export {
  ArmTimerIntent,
  CancelTimerIntent,
  Intent,
  NotifyIntent,
  SendDocumentIntent,
  SupplierNoticeIntent,
  TellIntent,
  WriteBackIntent,
} from './message/intent.ts'
export { DomainEvent, Message, MessageData } from './message/message.ts'
// milestone
export { Milestone } from './milestone/milestone.ts'
// order-change
export { ChangeRequest, OrderDifference } from './order-change/order-change.ts'
// policy
export {
  Conduct,
  ExceedEffect,
  PlannedCheck,
  PolicyDecision,
  PolicyReference,
  PolicyScope,
  Route,
  Timing,
  type MatchPlan,
  type Policy,
  type PolicyAnswer,
  type PolicyFacts,
  type PolicySource,
} from './policy/policy.ts'
export { Limit, LimitPair, Tolerance } from './policy/tolerance.ts'
// purchase-order
export {
  Charge,
  DeliveryTolerance,
  LinePrice,
  OrderLine,
  PlannedCost,
  PriceType,
} from './purchase-order/order-line.ts'
export { OrderSchedule } from './purchase-order/order-schedule.ts'
export { ExpectedTotals, PaymentTerms, PurchaseOrder } from './purchase-order/purchase-order.ts'
// receipt
export {
  ConditionCount,
  Inspection,
  Receipt,
  ReceiptCondition,
  ReceiptLine,
} from './receipt/receipt.ts'
// ship-notice
export { LotOrSerial, Pack, ShipNotice, ShipNoticeLine } from './ship-notice/ship-notice.ts'
// trading-partner
export { Location, Party, PartyIdentifier, PartyRole } from './trading-partner/trading-partner.ts'
