// acknowledgment
export {
  Acknowledgment,
  AcknowledgmentAction,
  AcknowledgmentLine,
  AcknowledgmentResponse,
  WholeLineAnswer,
} from './acknowledgment/acknowledgment.ts'
export { compareAcknowledgment } from './acknowledgment/compare-acknowledgment.ts'
// approval
export {
  ApprovalDecisionType,
  ApprovalRequirement,
  ApprovalStep,
} from './approval/approval-requirement.ts'
export { ApprovalAnswer, ApprovalHandover, ApprovalProgress } from './approval/approval-progress.ts'
export { Approval } from './approval/approval.ts'
export { exposureOfChange, exposureOfPriceUpdate } from './approval/exposure.ts'
export { askedRoles, currentStep, isOpenApproval } from './approval/run-approval.ts'
// authority
export { Authority, ConvertedExposure } from './authority/authority-answer.ts'
export type { AuthorityQuestion } from './authority/authority-question.ts'
export { DutyCompensation } from './authority/duty-compensation.ts'
export { Duty, DutyDone } from './authority/duty.ts'
// audit
export {
  type AuditBreak,
  type AuditChainEnd,
  chainAudit,
  verifyAuditChain,
} from './audit/audit-chain.ts'
export { AuditEntry, AuditRecord } from './audit/audit-entry.ts'
// calendar
export { BusinessCalendar } from './calendar/business-calendar.ts'
export {
  addBusinessDays,
  businessDateOf,
  isBusinessDay,
  nextBusinessDay,
} from './calendar/business-days.ts'
export {
  addBusinessHours,
  businessHoursBetween,
  businessMillisecondsBetween,
  isOpen,
  nextBusinessOpening,
} from './calendar/business-hours.ts'
export { addDays, CalendarDate, calendarDate, compareDates } from './calendar/calendar-date.ts'
export { daysBetween, isCalendarDate, weekdayOf } from './calendar/calendar-days.ts'
export { DateWindow, positionInWindow, type WindowPosition } from './calendar/date-window.ts'
export {
  addMilliseconds,
  compareInstants,
  epochMillisecondsOf,
  Instant,
  instant,
  instantOfEpochMilliseconds,
  millisecondsBetween,
} from './calendar/instant.ts'
export {
  instantOf,
  isTimeZone,
  localDateOf,
  localTimeOf,
  TimeOfDay,
  TimeZone,
} from './calendar/time-zone.ts'
export { officeHours } from './calendar/office-hours.ts'
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
// correlate
export {
  addressDocument,
  type AddressedDocument,
  unorderedGoodsKey,
} from './correlate/address-document.ts'
export { addressMoved, type DocumentText, type MovedDocument } from './correlate/address-moved.ts'
// decimal
export {
  absoluteDecimal,
  addDecimals,
  compareDecimals,
  divideDecimals,
  equalDecimals,
  isNegativeDecimal,
  isPositiveDecimal,
  isZeroDecimal,
  maxDecimal,
  minDecimal,
  multiplyDecimals,
  negateDecimal,
  roundDecimal,
  subtractDecimals,
  sumDecimals,
  trimDecimal,
} from './decimal/decimal-arithmetic.ts'
export { Decimal, decimal, NonNegativeDecimal, PositiveDecimal } from './decimal/decimal.ts'
export { decimalDigitsMax, isDecimal } from './decimal/decimal-text.ts'
export {
  absoluteExact,
  addExact,
  compareExact,
  divideExact,
  type Exact,
  exactZero,
  formatExact,
  isZeroExact,
  multiplyExact,
  negateExact,
  parseExact,
  roundExact,
  signOfExact,
  subtractExact,
} from './decimal/exact.ts'
export { Percent } from './decimal/percent.ts'
export {
  compareRatios,
  type ExactRatio,
  isWithinPercent,
  multiplyByRatio,
  percentOf,
  ratio,
  Ratio,
  reduceRatio,
  roundRatio,
} from './decimal/ratio.ts'
export { RoundingMode } from './decimal/rounding-mode.ts'
// discrepancy
export { describeDiscrepancy } from './discrepancy/describe-discrepancy.ts'
export { Discrepancy, type DiscrepancyKind } from './discrepancy/discrepancy.ts'
export { type Judgement, judgeDiscrepancy } from './discrepancy/judge-discrepancy.ts'
export { discrepancyIdentity } from './discrepancy/measure-discrepancy.ts'
// dispute
export {
  Dispute,
  DisputeDocuments,
  DisputeLapse,
  DisputeOffer,
  DisputeSettlement,
} from './dispute/dispute.ts'
export { isOpenDispute, offerOnTable } from './dispute/change-dispute.ts'
// document
export { TradeDocument, type TradeDocumentKind } from './document/document.ts'
export { Channel, documentKey, Origin } from './document/document-header.ts'
export { DocumentReference } from './document/document-reference.ts'
// errors
export { CounterfoilError, type CounterfoilErrorOptions } from './errors/counterfoil-error.ts'
export { type ErrorCode, errorCodes } from './errors/error-codes.ts'
// exception
export {
  ExceptionCase,
  ExceptionCode,
  ExceptionState,
  ExceptionSubject,
  RootCause,
} from './exception/exception.ts'
export { isOpenCase, openCase, type NewCase } from './exception/open-case.ts'
export { isOpenTask } from './exception/change-task.ts'
export { Task } from './exception/task.ts'
// finding
export { Finding, FindingPosition } from './finding/finding.ts'
// hash
export { canonicalJson } from './hash/canonical-json.ts'
export { hashBy, hashOf, Sha256, sha256Hex } from './hash/content-hash.ts'
export { stableBucket } from './hash/stable-bucket.ts'
// hold
export { isOpenHold } from './hold/change-hold.ts'
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
export {
  ClearedPrepayment,
  Invoice,
  InvoiceLine,
  InvoiceTax,
  InvoiceType,
} from './invoice/invoice.ts'
export { invoiceTotal } from './invoice/invoice-total.ts'
// invoice-lifecycle
export type { MatchDocuments, MatchInvoice } from './invoice-lifecycle/match-attempt.ts'
export { currentInvoice } from './invoice-lifecycle/current-invoice.ts'
export { invoiceAggregate, invoiceAggregateWith } from './invoice-lifecycle/decide-invoice.ts'
export { disputeBalance, type DisputeBalance } from './invoice-lifecycle/dispute-balance.ts'
export { disputeTimer } from './invoice-lifecycle/wanted-desk-waits.ts'
export { dutiesOfCase } from './invoice-lifecycle/invoice-duties.ts'
export { type RecordedMatch, recordedMatches } from './invoice-lifecycle/recorded-matches.ts'
export {
  type CashDiscount,
  cashDiscountOf,
  clearedBy,
  describePayable,
  type PayableDescription,
} from './invoice-lifecycle/describe-payable.ts'
export { invoiceStatus, type InvoiceStatus } from './invoice-lifecycle/invoice-regions.ts'
export type {
  InvoiceClosing,
  InvoiceConflict,
  InvoiceFacts,
  InvoicePayment,
  InvoiceState,
  InvoiceVersion,
  InvoiceWait,
  MatchAttempt,
  PostedDebit,
} from './invoice-lifecycle/invoice-state.ts'
// invariants
export { checkInvariants, invariants } from './invariants/check-invariants.ts'
export type { Breach, Invariant, Violation } from './invariants/invariant.ts'
// item
export { Item, ItemControl, ItemIdentifiers, Substitute } from './item/item.ts'
// match
export type { Figure } from './match/figure.ts'
export {
  allocateReceipts,
  allocationPlaces,
  type AllocationQuestion,
  type ReceiptAllocations,
} from './match/allocate-receipts.ts'
export { CheckParameters, Reading, SimilarityPattern } from './match/check-parameters.ts'
export { matchCheckNames, type MatchCheckName } from './match/match-checks.ts'
export {
  AllocationRemainder,
  BillingFact,
  OrderMatchView,
  OrderPrepayment,
  ReceiptAllocation,
  ReceiptFact,
  RegisteredInvoice,
} from './match/match-input.ts'
export {
  hashMatchInput,
  matchInvoice,
  matchInvoiceUnhashed,
  type MatchInput,
  type UnhashedMatchResult,
} from './match/match-invoice.ts'
export { MatchLevel, MatchLevelTable } from './match/match-level.ts'
export {
  CheckResult,
  MatchDecision,
  MatchResult,
  ProposedResolution,
  WantedException,
  WantedHold,
} from './match/match-result.ts'
export {
  eventInFull,
  KeptCheckResult,
  KeptMatchResult,
  keepMatchResult,
  matchResultOf,
} from './match/kept-match-result.ts'
export {
  matchLevelDefault,
  resolveMatchLevel,
  type MatchLevelSettings,
} from './match/resolve-match-level.ts'
export { determineTaxes, type DeterminedTax } from './match/determine-taxes.ts'
export { TaxRule, TaxTable } from './match/tax-table.ts'
export { type OrderPapers, viewOrder } from './match/view-order.ts'
// message
export { Actor, systemActor } from './message/actor.ts'
export type {
  Aggregate,
  AggregateState,
  Decision,
  DecisionContext,
  DecisionOutcome,
  MachineStamp,
} from './message/decision.ts'
export {
  ArmTimerIntent,
  CancelTimerIntent,
  Intent,
  LookUpRegisterIntent,
  NotifyIntent,
  RegisterInvoiceIntent,
  SendDocumentIntent,
  SupplierNoticeIntent,
  TellIntent,
  WriteBackIntent,
} from './message/intent.ts'
export { DomainEvent, Message, MessageData, messageData } from './message/message.ts'
export { Reason } from './message/reason.ts'
// milestone
export { Milestone } from './milestone/milestone.ts'
// money
export { allocateMoney } from './money/allocate-money.ts'
export { Currency, currency, currencyCodes, isCurrency, minorUnitsOf } from './money/currency.ts'
export {
  addMoney,
  compareMoney,
  Money,
  money,
  negateMoney,
  roundMoney,
  roundToCurrency,
  subtractMoney,
  sumMoney,
} from './money/money.ts'
export { extendPrice, type Extension, UnitPrice } from './money/unit-price.ts'
// order-change
export type {
  ChangeLifecycleFacts,
  ChangeLifecycleState,
} from './order-change/change-request-lifecycle.machine.ts'
export { type AppliedDifferences, applyDifferences } from './order-change/apply-differences.ts'
export { ChangeRequest, OrderDifference } from './order-change/order-change.ts'
// order-lifecycle
export {
  AllocationRequested,
  BillingRecorded,
  ImportedOpening,
  OrderCalendars,
} from './order-lifecycle/order-events.ts'
export type { OrderLifecycleFacts } from './order-lifecycle/order-lifecycle.machine.ts'
export type {
  AcknowledgmentFact,
  AllocationEntry,
  AnnouncedFact,
  AnswerFact,
  BillingEntry,
  ChangeDecision,
  ChangeFact,
  ChangeNews,
  DocumentStamp,
  FailedWrite,
  InspectionFact,
  LineControl,
  LateNotice,
  LineFacts,
  OrderControl,
  OrderFacts,
  OrderVersion,
  OutlineLine,
  OverdueFacts,
  ReceivedFact,
  SaidFact,
  ShippedFact,
  CancelAsked,
} from './order-lifecycle/order-facts.ts'
export type { ScheduleLifecycleFacts } from './order-lifecycle/schedule-lifecycle.machine.ts'
export type { SupplierPromise } from './order-lifecycle/stand-answers.ts'
export { decideOrder, orderAggregate } from './order-lifecycle/decide-order.ts'
export {
  isOrderMessageType,
  type OrderMessage,
  orderMessages,
  type OrderMessageType,
} from './order-lifecycle/order-events.ts'
export { replayOrder } from './order-lifecycle/replay-order.ts'
export type {
  ChangeStanding,
  JudgedDifference,
  LineStanding,
  MeasuredDifference,
  OrderDesk,
  OrderStanding,
  OrderState,
  OrderStates,
  Proposal,
  RunningClock,
  ScheduleQuantities,
  ScheduleStanding,
  ScheduleStates,
} from './order-lifecycle/order-state.ts'
export { receiptLinesOf, type ReceiptLineStanding } from './order-lifecycle/stand-receipts.ts'
export { type LotSearch, traceLot, type TracedGoods } from './order-lifecycle/trace-lot.ts'
export { orderStatus, orderStatuses, type OrderStatus } from './order-lifecycle/order-status.ts'
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
  Discount,
  LinePrice,
  OrderLine,
  PlannedCost,
  PriceType,
} from './purchase-order/order-line.ts'
export { OrderSchedule } from './purchase-order/order-schedule.ts'
export {
  ExpectedTotals,
  OrderApproval,
  PaymentTerms,
  PrepaymentTerms,
  PurchaseOrder,
} from './purchase-order/purchase-order.ts'
export { withItemControl } from './purchase-order/with-item-control.ts'
// quantity
export {
  type ConvertedQuantity,
  convertQuantity,
  roundConverted,
} from './quantity/convert-quantity.ts'
export {
  addQuantities,
  CatchQuantity,
  compareQuantities,
  Quantity,
  quantity,
  subtractQuantities,
} from './quantity/quantity.ts'
export {
  type ConversionSearch,
  type ConversionStep,
  findConversion,
  UnitConversion,
} from './quantity/unit-conversion.ts'
export {
  isRec20Code,
  nameOfUnit,
  rec20Names,
  resolveUnitAlias,
  UnitAlias,
  UnitOfMeasure,
} from './quantity/unit-of-measure.ts'
// receipt
export type {
  ReceiptLineFacts,
  ReceiptLineState,
} from './receipt/receipt-line-lifecycle.machine.ts'
export { compareReceipt, type DeliveryWindow } from './receipt/compare-receipt.ts'
export {
  ConditionCount,
  Inspection,
  Receipt,
  ReceiptCondition,
  ReceiptLine,
} from './receipt/receipt.ts'
// recommendation
export { Recommendation } from './recommendation/recommendation.ts'
// resolution
export { Remedy } from './resolution/remedy.ts'
export { type ExceptionStandard, resolutionCatalogue } from './resolution/resolution-catalogue.ts'
export { ResolutionCode } from './resolution/resolution-code.ts'
export { type ResolutionEffect, resolutionEffects } from './resolution/resolution-effects.ts'
// ship-notice
export {
  type AnnouncedShipment,
  compareShipNotice,
  type LineProgress,
} from './ship-notice/compare-ship-notice.ts'
export { LotOrSerial, Pack, ShipNotice, ShipNoticeLine } from './ship-notice/ship-notice.ts'
// agreement
export { agreementKey } from './identity/identity.ts'
export { AgreementLine, PriceScale, PurchaseAgreement } from './agreement/purchase-agreement.ts'
export { AgreementAnswered } from './agreement/agreement-answer.ts'
export {
  type AgreementMessage,
  agreementMessages,
  type AgreementMessageType,
  CountedNotice,
  CumulativeReset,
  DatedQuantity,
  ReleaseCounted,
  ReleaseLine,
} from './agreement/agreement-messages.ts'
export {
  type AgreementDecision,
  agreementEvents,
  type AgreementFact,
  agreementDecisions,
} from './agreement/agreement-events.ts'
export {
  type AgreementFacts,
  type AgreementState,
  type AgreementVersion,
  type AgreementWait,
  currentAgreement,
} from './agreement/agreement-state.ts'
export { agreementLifecycle } from './agreement/agreement-lifecycle.machine.ts'
export {
  agreementStatus,
  type AgreementStatus,
  termsState,
} from './agreement/agreement-standing.ts'
export {
  type AgreementLineSums,
  type AgreementSums,
  sumAgreement,
} from './agreement/count-releases.ts'
export {
  agreementAggregate,
  decideAgreement,
  newAgreementState,
  recordAgreementEvent,
} from './agreement/decide-agreement.ts'
export { firmPart, isFirm } from './purchase-order/firm-part.ts'
export { isSubstitute, substitutesFor } from './item/substitutes.ts'
export { GoodsBilled, OwnBilling } from './order-lifecycle/own-billing.ts'

// shipment-lifecycle
export type { ShipmentFact } from './shipment-lifecycle/shipment-fact.ts'
export { ValidationStep } from './shipment-lifecycle/validation-step.ts'
export {
  announcedOrders,
  arrivedAt,
  currentMilestones,
  currentNotice,
  expectedDate,
} from './shipment-lifecycle/current-shipment.ts'
export {
  decideShipment,
  newShipmentState,
  recordShipmentEvent,
  shipmentAggregate,
} from './shipment-lifecycle/decide-shipment.ts'
export {
  type ShipmentMilestone,
  shipmentMilestones,
  type ValidatedStep,
  validatedSteps,
} from './shipment-lifecycle/describe-shipment.ts'
export {
  type ShipmentDecision,
  shipmentDecisions,
  type ShipmentDecisionType,
  shipmentEvents,
} from './shipment-lifecycle/shipment-events.ts'
export { shipmentLifecycle } from './shipment-lifecycle/shipment-lifecycle.machine.ts'
export {
  GoodsReceived,
  GoodsReceivedLine,
  isShipmentMessageType,
  MilestoneReported,
  ShipNoticeCompared,
  ShipNoticeReceived,
  type ShipmentMessage,
  type ShipmentMessageType,
  shipmentMessages,
} from './shipment-lifecycle/shipment-messages.ts'
export { type ShipmentStatus, shipmentStatus } from './shipment-lifecycle/shipment-regions.ts'
export type {
  AssessedFinding,
  MilestoneVersion,
  NoticeVersion,
  OrderComparison,
  ShipmentClosing,
  ShipmentFacts,
  ShipmentFinding,
  ShipmentState,
  ShipmentWait,
} from './shipment-lifecycle/shipment-state.ts'
// trading-partner
export {
  BankAccount,
  Location,
  Party,
  PartyIdentifier,
  PartyRole,
  SupplierStanding,
} from './trading-partner/trading-partner.ts'
// world
export { passTime } from './world/pass-time.ts'
export { tellWorld, type ToldWorld } from './world/tell-world.ts'
export {
  type EffectInWorld,
  emptyWorld,
  type ParkedInWorld,
  type TimerInWorld,
  type World,
} from './world/world.ts'
// lifecycle
export type { LifecycleValue } from './lifecycle/state-tree.ts'
// what states hold of masters and of who owns what; the rest is in the entries of those names
export type { MasterFinding } from './masters/master-check.ts'
export type { MasterFacts } from './masters/record-master-check.ts'
export type { ContractReference } from './system-of-record/contract.ts'
export type { DriftFacts, FieldDrift, StandingDrift } from './system-of-record/drift.ts'
