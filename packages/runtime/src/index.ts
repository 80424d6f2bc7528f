// act
export type {
  AggregateCommand,
  Command,
  CommandAnswer,
  CommandHeader,
  DiscardDeadLetter,
  DiscardQuarantined,
  RedriveDeadLetter,
  RepairQuarantined,
} from './act/command.ts'
// audit
export { type BooksCheckRequest, type BooksVerdict, checkBooks } from './audit/check-books.ts'
export { exportAudit, readHeads, streamAudit } from './audit/export-audit.ts'
export {
  type AuditSettings,
  type HeadSigner,
  type SignedHeads,
  signHeads,
  type UnsignedTenant,
} from './audit/sign-heads.ts'
// clock
export type { Clock } from './clock/clock.ts'
export { createSystemClock } from './clock/system-clock.ts'
export { createVirtualClock, type VirtualClock } from './clock/virtual-clock.ts'
// closing
export type { RuntimePhase } from './closing.ts'
// create-runtime
export { createRuntime, defaultLimits } from './create-runtime.ts'
// dispatch
export type { DeadLetter } from './dispatch/dead-letter.ts'
// health
export type { RuntimeHealth } from './health.ts'
// machines
export type { OlderMachine, StateSchema, TakePolicy } from './machines/older-machine.ts'
export type { RebuildReport } from './machines/rebuild.ts'
// people
export type { Forgotten, ForgetRequest } from './people/forget.ts'
export { type PersonalSettings, randomSalt } from './people/names-apart.ts'
// queries
export { explainEvent } from './queries/explain-event.ts'
export { headEvent } from './queries/head-event.ts'
export { pageRowsDefault, pageRowsMax } from './queries/create-queries.ts'
export type {
  AggregateDetail,
  AggregateMoment,
  AggregateStanding,
  ComparisonSummary,
  DeskRequest,
  OrderMoment,
  Paging,
  Queries,
  TimelineEntry,
} from './queries/queries.ts'
// receive
export type { IntakeStanding } from './receive/admission.ts'
export type { AnsweredDocument, DocumentAnswer, ReceiveAnswer } from './receive/document-answer.ts'
export { contentHashOf, knownDocumentKey } from './receive/known-document-key.ts'
export type { QuarantinedDocument } from './receive/quarantine.ts'
// runtime
export type {
  BusinessScope,
  CalendarDirectory,
  ConductedAggregate,
  ContractDirectory,
  LeftWork,
  MasterDirectory,
  Runtime,
  RuntimeLimits,
  RuntimeSettings,
  SenderDirectory,
  SupplierDirectory,
  TickReport,
} from './runtime.ts'
// memory-store
export { createMemoryStore } from './memory-store/memory-store.ts'
// store
export {
  type Backlog,
  type StoreStanding,
  takenOftenMin,
  type Waiting,
  type WaitingEffects,
} from './store/backlog.ts'
export { aggregateText } from './store/aggregate-text.ts'
export { type HeadLedger, type NewHead, ownerOfChain } from './store/head-ledger.ts'
export { pagesOf, readAll } from './store/pages-of.ts'
export { createRecentStates, type RecentState, type RecentStates } from './store/recent-states.ts'
export type { OriginalText, PeopleLedger, Person } from './store/people-ledger.ts'
export { registerNumber, registerTotal } from './store/register-search.ts'
export { type SettledAside, settledAside } from './store/settled-aside.ts'
export type {
  AggregateChange,
  ArchivedLetter,
  Commit,
  CommitAnswer,
  DecisionBasis,
  PurgedAggregate,
  RowsChange,
} from './store/commit.ts'
export type {
  ClaimRequest,
  Page,
  PageRequest,
  RegisterRequest,
  Store,
  ViewCount,
  ViewRequest,
} from './store/store.ts'
export type {
  AggregateLink,
  AnsweredCommand,
  AnsweredDelivery,
  ChainOwner,
  ClaimedEffect,
  ConnectorCursor,
  Effect,
  EffectRecord,
  EffectResult,
  KnownDocument,
  KnownMessage,
  LoadedAggregate,
  MachineCount,
  MessageOutcome,
  NewEvent,
  ParkedMessage,
  QueuedMessage,
  RegisterEntry,
  SettledMessage,
  StoredAuditEntry,
  RowSubject,
  StoredState,
  StoredViewRow,
  Timer,
  TimerReference,
  TracedMessage,
  Unfinished,
  View,
  ViewRow,
} from './store/stored-records.ts'
// watch
export type { Telemetry, Watch, WatchedStep, WatchedWork, WorkFacts } from './watch/telemetry.ts'
// views
export { agreementRows, summariseAgreement } from './views/agreement-rows.ts'
export { caseRow } from './views/case-row.ts'
export { disputeRow, summariseDisputes } from './views/dispute-row.ts'
export { holdRow } from './views/hold-row.ts'
export { invoiceRows, summariseHolds, summariseInvoice } from './views/invoice-rows.ts'
export { orderRows, summariseOrder } from './views/order-rows.ts'
export { shipmentRows, summariseShipment } from './views/shipment-rows.ts'
export {
  AgreementSummary,
  DisputeSummary,
  DriftSummary,
  HoldSummary,
  InvoiceSummary,
  OrderSummary,
  ShipmentSummary,
} from './views/summaries.ts'
export { taskRow } from './views/task-row.ts'
