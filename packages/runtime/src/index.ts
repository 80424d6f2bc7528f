// act
export type {
  AggregateCommand,
  Command,
  CommandAnswer,
  DiscardDeadLetter,
  DiscardQuarantined,
  RedriveDeadLetter,
  RepairQuarantined,
} from './act/command.ts'
// clock
export type { Clock } from './clock/clock.ts'
// dispatch
export type { DeadLetter } from './dispatch/dead-letter.ts'
// queries
export type {
  AggregateDetail,
  ComparisonSummary,
  HoldSummary,
  InvoiceSummary,
  OrderSummary,
  Paging,
  Queries,
  TimelineEntry,
} from './queries/queries.ts'
// receive
export type { AnsweredDocument, DocumentAnswer, ReceiveAnswer } from './receive/document-answer.ts'
export type { QuarantinedDocument } from './receive/quarantine.ts'
// runtime
export type {
  BusinessScope,
  ConductedAggregate,
  Runtime,
  RuntimeLimits,
  RuntimeSettings,
  TickReport,
} from './runtime.ts'
// store
export type {
  AggregateChange,
  AggregateLink,
  AnsweredCommand,
  AnsweredDelivery,
  ClaimedEffect,
  Commit,
  CommitAnswer,
  ConnectorCursor,
  Effect,
  EffectRecord,
  EffectResult,
  KnownDocument,
  LoadedAggregate,
  MessageOutcome,
  Page,
  PageRequest,
  ParkedMessage,
  QueuedMessage,
  RegisterEntry,
  RegisterRequest,
  SettledMessage,
  Store,
  StoredViewRow,
  Timer,
  TimerReference,
  View,
  ViewCount,
  ViewRequest,
  ViewRow,
} from './store/store.ts'
