import type { AuthorityDesk, AuthorityQuestion } from '@counterfoil/core/authority'
import type {
  AddressedDocument,
  AggregateKind,
  AggregateReference,
  AggregateState,
  BusinessCalendar,
  CalendarDate,
  Connector,
  Decision,
  DecisionContext,
  DocumentReader,
  DomainEvent,
  Envelope,
  MachineStamp,
  Message,
  MessageData,
  OutwardIntent,
  PolicyScope,
  PolicySource,
  SupplierStanding,
  TradeDocument,
  WriteAnswer,
} from '@counterfoil/core'
import type { Master } from '@counterfoil/core/masters'
import type { SystemOfRecordContract } from '@counterfoil/core/system-of-record'
import type { Command, CommandAnswer } from './act/command.ts'
import type { AuditSettings, UnsignedTenant } from './audit/sign-heads.ts'
import type { Clock } from './clock/clock.ts'
import type { RuntimeHealth } from './health.ts'
import type { OlderMachine } from './machines/older-machine.ts'
import type { RebuildReport } from './machines/rebuild.ts'
import type { Forgotten, ForgetRequest } from './people/forget.ts'
import type { PersonalSettings } from './people/names-apart.ts'
import type { Queries } from './queries/queries.ts'
import type { ReceiveAnswer } from './receive/document-answer.ts'
import type { Store } from './store/store.ts'
import type { ViewRow } from './store/stored-records.ts'
import type { Telemetry } from './watch/telemetry.ts'

/**
 * An aggregate, and what the runtime must know to conduct it. Written as methods because a state that was stored under
 * a kind is always one of that kind, which the type of a list of different kinds cannot say.
 */
export type ConductedAggregate = {
  readonly kind: AggregateKind
  /** What new states are made with. */
  readonly machine: MachineStamp
  /** How states are taken that other machines made; what is not listed is refused by `STATE_NOT_TAKEN`. */
  readonly older?: readonly OlderMachine[]
  decide(
    state: AggregateState | null,
    message: Message,
    context: DecisionContext,
  ): Decision<AggregateState | null>
  /** The state that stored events add up to, from the first on, all but its `auditHead`. */
  replay(key: string, events: readonly DomainEvent[]): AggregateState
  /** What the host is asked about who says a message, before it is decided. Absent: only who says what. */
  askAuthority?(state: AggregateState | null, message: Message): AuthorityQuestion | null
  /** What a state would decide at its next message by itself; absent where nothing is derived. */
  outstanding?(
    state: AggregateState,
    tenant: Message['tenant'],
    context: DecisionContext,
  ): Pick<Decision<AggregateState>, 'events' | 'intents'>
  /** Which rule sets apply to a decision, and the business date they are picked for. */
  scopeOf(state: AggregateState | null, message: Message): BusinessScope
  /** What the work queues show of a state. A function of the state alone. */
  rowsOf(state: AggregateState): readonly ViewRow[]
  /** What the aggregate is told when a system answered an intent of its; null for nothing. */
  answerOf?(
    intent: OutwardIntent,
    answer: WriteAnswer,
  ): { readonly type: string; readonly data: MessageData } | null
}

/** Where a decision belongs, and the day its rules are picked for. */
export type BusinessScope = {
  readonly scope: PolicyScope
  readonly businessDate: CalendarDate
}

/** Bounds of a runtime; each has a default. */
export type RuntimeLimits = {
  /** Attempts at an effect that fail, by an answer or by none in time, before it is a dead letter. */
  readonly effectAttemptsMax: number
  /**
   * Leases of an effect that run out in a row because the process ended, before it is a dead letter: it may be what ends
   * the process.
   */
  readonly leasesLostMax: number
  /** Wait before the second attempt; doubles with every attempt up to `retryDelaySecondsMax`. */
  readonly retryDelaySeconds: number
  readonly retryDelaySecondsMax: number
  /** How long a claimed effect is left alone before it is claimed again, and the most a connector is waited for. */
  readonly leaseSeconds: number
  /** Effects carried out at the same time. */
  readonly effectsInFlightMax: number
  /** How many of them at one destination of one tenant, so that one that is slow does not take them all. */
  readonly effectsPerDestinationMax: number
  /** Messages, timers and effects taken from the store at once. */
  readonly batchMax: number
  /** Rounds of one `tick`; what is left waits for the next. */
  readonly roundsMax: number
  /** Deliveries of one page read from a connector. */
  readonly readPageMax: number
  /** Pages read from one connector in one `tick`. */
  readonly readPagesMax: number
  /** Characters of one delivery; a longer one is quarantined without being read. */
  readonly bodyCharactersMax: number
  /** Decisions taken again after another writer was faster. */
  readonly conflictRetriesMax: number
  /** Longest wait of `run` between two ticks when nothing is due. */
  readonly idleSecondsMax: number
  /** How long a message waits for what it needs before it is set aside, with a case for somebody to look at it. */
  readonly parkedHoursMax: number
  /** Documents offered to this process and not answered yet; more are put off. */
  readonly undecidedDocumentsMax: number
  /** Characters of those documents; more are put off, but for one that is alone. */
  readonly undecidedCharactersMax: number
  /** Messages between aggregates that wait in the store; from so many on, every document is put off. */
  readonly queuedMessagesMax: number
  /** Effects of one tenant that wait for one destination; from so many on, that tenant's documents are put off. */
  readonly unsentEffectsMax: number
  /** Seconds after which a document that was put off may be offered again. */
  readonly laterSeconds: number
}

/** Looks up the calendars that the clocks of a document run on, as it comes in. */
export type CalendarDirectory = (owner: {
  readonly tenant: string
  readonly buyerOrganisation: string
  readonly supplier: string
}) => { readonly supplier?: BusinessCalendar; readonly buyer?: BusinessCalendar }

/**
 * Looks up how a supplier stands in the master of partners as a document of it comes in: blocked, or on hold for payment
 * or posting, and paid to which accounts. Undefined where nothing is known of it.
 */
export type SupplierDirectory = (owner: {
  readonly tenant: string
  readonly buyerOrganisation: string
  readonly supplier: string
}) => SupplierStanding | undefined

/**
 * The master data of a buyer as it stands: suppliers, articles, units, prices, terms and taxes. Asked as a document comes
 * in; what was looked up is recorded with the document. Undefined where there is none.
 */
export type MasterDirectory = (owner: {
  readonly tenant: string
  readonly buyerOrganisation: string
}) => Master | undefined

/**
 * The contract on who owns which field, in force on a day; `pickContract` chooses among versions. Asked as a document comes
 * in, a command is given or a record is written. Undefined where there is none.
 */
export type ContractDirectory = (asked: {
  readonly tenant: string
  readonly buyerOrganisation: string
  /** `YYYY-MM-DD`, where the buyer is: on the clock of the buyer's calendar, else in UTC. */
  readonly on: string
}) => SystemOfRecordContract | undefined

/**
 * Says whether a connection may speak for a supplier, from the master of partners and their channels. Asked for every
 * document, those of the buyer's own systems too.
 */
export type SenderDirectory = (sender: {
  readonly tenant: string
  readonly buyerOrganisation: string
  readonly supplier: string
  readonly connection: string
  readonly kind: TradeDocument['kind']
}) => boolean

/** What `createRuntime` is given. Nothing is read, opened or started before the first call. */
export type RuntimeSettings = {
  readonly store: Store
  readonly policies: PolicySource
  readonly connectors: readonly Connector[]
  readonly clock?: Clock
  /** Asked in this order; the first that recognises a text reads it. */
  readonly readers?: readonly DocumentReader[]
  /** The order, shipment, invoice and agreement of core when absent. */
  readonly aggregates?: readonly ConductedAggregate[]
  /** Says which aggregates a document concerns; `addressDocument` of core when absent. */
  readonly address?: (document: TradeDocument) => readonly AddressedDocument[]
  /** The working hours of a buyer and a supplier, recorded with what they send; office hours when absent. */
  readonly calendars?: CalendarDirectory
  /** The master of suppliers, looked up and recorded with each invoice; nobody is blocked when absent. */
  readonly suppliers?: SupplierDirectory
  /** Master data that documents are held against before they are passed on; none are when absent. */
  readonly masters?: MasterDirectory
  /** Which system owns which field; any may say and be asked to write anything when absent. */
  readonly contracts?: ContractDirectory
  /** Who may send what; any connection may speak for any supplier when absent, unless it belongs to one. */
  readonly senders?: SenderDirectory
  /**
   * Says who may do what, and why not: asked before every command of a person of the buyer, and its answer is recorded with what
   * is done. When absent, whoever the host lets call `act` may, within the separation of duties.
   */
  readonly authority?: AuthorityDesk
  /** Signs heads over the audit chains as time goes by; nothing is signed when absent. */
  readonly audit?: AuditSettings
  /**
   * Keeps the names of people, and the texts documents came as, apart from the books, so that `forget` can erase them.
   * Absent: names stand in the books for ever, and texts are not kept.
   */
  readonly personal?: PersonalSettings
  readonly limits?: Partial<RuntimeLimits>
  /** Is told what the runtime does; `createTelemetry` of `@counterfoil/runtime/telemetry`. Nobody is when absent. */
  readonly telemetry?: Telemetry
}

/** An aggregate whose messages and timers wait for a process that knows the machine of its state. */
export type LeftWork = {
  readonly tenant: string
  readonly aggregate: AggregateReference
  readonly sentence: string
}

/** What one `tick` did. */
export type TickReport = {
  /** Deliveries taken in from connectors. */
  readonly deliveriesRead: number
  readonly timersFired: number
  /** Messages between aggregates told, whatever their outcome. */
  readonly messages: number
  readonly effectsDelivered: number
  /** Effects that failed and will be tried again. */
  readonly effectsRetried: number
  readonly deadLetters: number
  /** Connectors that could not be read this time, with why. */
  readonly connectorsUnavailable: readonly {
    readonly connector: string
    readonly sentence: string
  }[]
  /** Heads signed over the audit chains of tenants. */
  readonly headsSigned: number
  /** Tenants whose audit chains could not be signed, with why. */
  readonly headsRefused: readonly UnsignedTenant[]
  /** Work left to other processes, and why: the states were made by machines that are not known here. */
  readonly left: readonly LeftWork[]
  /** False when `roundsMax` ended the tick before everything due was done. */
  readonly finished: boolean
}

/** The shell around the decisions: takes documents and commands in, decides, stores, carries out. */
export type Runtime = {
  /**
   * Takes one delivery in. Whatever the document, it is answered and never thrown; only an envelope without tenant,
   * buyer organisation, connection or time zone throws (`COMMAND_INVALID`), and where nothing can be taken in now, a
   * retryable error says so: `LIMIT_EXCEEDED` where too much waits, with `retryAfterSeconds` in its details.
   */
  readonly receive: (envelope: Envelope) => Promise<ReceiveAnswer>
  /** Carries out a decision of a person or program. A malformed command throws `COMMAND_INVALID`. */
  readonly act: (command: Command) => Promise<CommandAnswer>
  /**
   * Does what is due whenever something is, until `signal` is aborted. A system that is slow to answer holds up what waits
   * for it, and nothing else.
   */
  readonly run: (options: { readonly signal: AbortSignal }) => Promise<void>
  /** Does everything that is due now, and waits for what it asked of other systems. */
  readonly tick: () => Promise<TickReport>
  /** How it stands, also while it drains and after it was closed. Never throws. */
  readonly health: () => Promise<RuntimeHealth>
  readonly queries: Queries
  /**
   * Works all states and lists of the store out again from the stored events while everything else goes on, and takes states
   * of older machines over. Decides nothing, and changes no event.
   */
  readonly rebuild: () => Promise<RebuildReport>
  /** Erases what is kept of a person; nothing else changes. */
  readonly forget: (request: ForgetRequest) => Promise<Forgotten>
  /**
   * Drains and closes the store. Nothing new is taken: what is offered is refused with `RUNTIME_CLOSED`, retryable until
   * the end, and the part of background work that was this process's goes to the others at once. What is being decided
   * is stored. Effects that are under way are waited for `patienceSeconds`, 0 unless said otherwise; then their leases
   * are given back, so that another process asks at once, under the same keys. A second call may cut the first one's
   * waiting short.
   */
  readonly close: (options?: { readonly patienceSeconds?: number }) => Promise<void>
}
