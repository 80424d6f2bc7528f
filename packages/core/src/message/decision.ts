import type { AuthorityQuestion } from '../authority/authority-question.ts'
import type { AuditEntry } from '../audit/audit-entry.ts'
import type { AggregateKind } from '../identity/identity.ts'
import type { Policy } from '../policy/policy.ts'
import type { Intent } from './intent.ts'
import type { DomainEvent, Message } from './message.ts'

/**
 * What became of a message. `applied`: it changed the state. `duplicate`: already known, no effect. `parked`: nothing can
 * be done with it yet; kept and tried again after every later message of the aggregate. `refused`: an invalid command,
 * with the reason.
 */
export type DecisionOutcome =
  | { readonly kind: 'applied' }
  | { readonly kind: 'duplicate'; readonly sentence: string }
  | { readonly kind: 'parked'; readonly reason: string; readonly sentence: string }
  | { readonly kind: 'refused'; readonly reason: string; readonly sentence: string }

/** Everything that follows from one message. `state` is the unchanged old one unless the outcome is `applied`. */
export type Decision<State> = {
  readonly outcome: DecisionOutcome
  readonly state: State
  /** First the message itself as an event, then what was derived from it, numbered on from the state's sequence. */
  readonly events: readonly DomainEvent[]
  readonly intents: readonly Intent[]
  /** One for each event, of its number, chained on from the state's `auditHead`. */
  readonly audit: readonly AuditEntry[]
}

/** What a decision may look at besides the state and the message: the pinned policy and the clock value. */
export type DecisionContext = {
  readonly policy: Policy
  /** ISO instant; the only time there is. */
  readonly now: string
}

/** A pure aggregate: `decide` is a function of its arguments alone. A missing state is null. */
export type Aggregate<State extends AggregateState> = {
  readonly kind: AggregateKind
  /** What new states are made with. */
  readonly machine: MachineStamp
  readonly decide: (
    state: State | null,
    message: Message,
    context: DecisionContext,
  ) => Decision<State | null>
  /**
   * The state that stored events add up to, from the first on, as the last decision among them left it: no rule is asked
   * and no clock read. All but `auditHead`, which the audit chain tells and is null here.
   */
  readonly replay: (key: string, events: readonly DomainEvent[]) => State
  /** What a host is asked about who says a message, before it is decided; null where it is not asked. */
  readonly askAuthority?: (state: State | null, message: Message) => AuthorityQuestion | null
  /** What a state would decide at its next message by itself: see `outstandingDecisions`. */
  readonly outstanding: (
    state: State,
    tenant: Message['tenant'],
    context: DecisionContext,
  ) => Pick<Decision<State>, 'events' | 'intents'>
}

/** Which lifecycle a state was made with. */
export type MachineStamp = {
  readonly name: string
  /** Raised by whoever changes what a guard, an assign or a stored field means. */
  readonly version: number
  /**
   * sha-256 of its states, regions, events and the names of its guards and actions, by `lifecycleShape`. Absent in states
   * of before shapes were kept.
   */
  readonly shape?: string
  /** Where the state was taken over from another machine as it stood, and not from its events: which, and at which version. */
  readonly mappedFrom?: MachineStamp & { readonly sequence: number }
}

/** What every aggregate's state has, so that a runtime can store it without knowing more. Plain JSON. */
export type AggregateState = {
  readonly key: string
  /** Number of events so far. */
  readonly sequence: number
  /** Hash of the last audit entry, `null` before the first. */
  readonly auditHead: string | null
  readonly machine: MachineStamp
}
