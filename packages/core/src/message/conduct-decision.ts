import { chainAudit } from '../audit/audit-chain.ts'
import type { AuditRecord } from '../audit/audit-entry.ts'
import { instant } from '../calendar/instant.ts'
import { CounterfoilError } from '../errors/counterfoil-error.ts'
import { hashOf, sha256Hex } from '../hash/content-hash.ts'
import type { AggregateKind } from '../identity/identity.ts'
import { systemActor } from './actor.ts'
import type { AggregateState, Decision, DecisionContext } from './decision.ts'
import type { Intent } from './intent.ts'
import type { DomainEvent, Message, MessageData } from './message.ts'

/** One event with what it did to the state. */
export type DecidedEvent<State> = {
  readonly before: State
  readonly after: State
  readonly event: DomainEvent
}

/** What is being derived: the id of what it opens, and, as the first thing asked after it, the event that was told. */
export type Deriving = { readonly recordId: string; readonly told: DomainEvent | null }

/** How an aggregate that is made of events decides: what one event does, what follows, and what the world is told. */
export type Conducting<State extends AggregateState> = {
  readonly kind: AggregateKind
  /** Adds one event to the state. */
  readonly record: (state: State, event: DomainEvent) => State
  /** The next thing that follows from the state without anybody asking; null when nothing does. */
  readonly derive: (
    state: State,
    context: DecisionContext,
    deriving: Deriving,
  ) => { readonly type: string; readonly data: MessageData } | null
  /** What the world is told or asked because of one event. */
  readonly intentsOf: (decided: DecidedEvent<State>, context: DecisionContext) => readonly Intent[]
  /** Where the aggregate stands, in one word for the audit trail; null before it began. */
  readonly statusOf: (state: State) => string | null
}

/** The most events one message may lead to; more would be a rule that never comes to rest. */
export const derivedEventsMax = 20_000

/**
 * Carries a message that was found valid through to all its consequences: the message as an event, everything derived
 * from it one by one, the intents of each, and one audit entry for each. Pure; the ids are `message id#ordinal`.
 */
export function conductDecision<State extends AggregateState>(
  conducting: Conducting<State>,
  state: State,
  message: Message,
  context: DecisionContext,
): Decision<State> {
  const decided: DecidedEvent<State>[] = []
  const add = (after: State, event: DomainEvent): State => {
    const recorded = { ...conducting.record(after, event), sequence: event.sequence }
    decided.push({ before: after, after: recorded, event })
    return recorded
  }
  const told = add(state, {
    ...message,
    id: eventId(message.id, 0),
    sequence: state.sequence + 1,
  })
  const current = deriveAll({ conducting, message, context, add }, told, decided[0]?.event ?? null)
  const inputHash = hashOf(message)
  const audit = chainAudit(
    decided.map((one) => auditRecord(conducting, one, { context, inputHash })),
    { aggregate: aggregateName(message), sequence: state.sequence, previousHash: state.auditHead },
  )
  return {
    outcome: { kind: 'applied' },
    state: { ...current, auditHead: audit.at(-1)?.hash ?? state.auditHead },
    events: decided.map((one) => one.event),
    intents: decided.flatMap((one) => conducting.intentsOf(one, context)),
    audit,
  }
}

/**
 * What a state would decide at the next message by itself, whatever that message is: what follows from it and was not decided
 * yet. Nothing for a state as a decision left it; something for one that was taken over from other lifecycles or is
 * looked at under other rules. The ids in it stand for those that the message will give.
 */
export function outstandingDecisions<State extends AggregateState>(
  conducting: Conducting<State>,
  state: State,
  tenant: Message['tenant'],
  context: DecisionContext,
): Pick<Decision<State>, 'events' | 'intents'> {
  const now = instant(context.now)
  const message: Message = {
    id: 'next-message',
    tenant,
    aggregate: { kind: conducting.kind, key: state.key },
    type: 'nothing.said',
    schemaVersion: 1,
    occurredAt: now,
    receivedAt: now,
    actor: systemActor,
    causedBy: null,
    data: {},
  }
  const decided: DecidedEvent<State>[] = []
  const add = (before: State, event: DomainEvent): State => {
    const after = { ...conducting.record(before, event), sequence: event.sequence }
    decided.push({ before, after, event })
    return after
  }
  deriveAll({ conducting, message, context, add }, state, null)
  return {
    events: decided.map(({ event }) => event),
    intents: decided.flatMap((one) => conducting.intentsOf(one, context)),
  }
}

/** Everything that follows from a state, one by one, until nothing does. */
function deriveAll<State extends AggregateState>(
  {
    conducting,
    message,
    context,
    add,
  }: {
    readonly conducting: Conducting<State>
    readonly message: Message
    readonly context: DecisionContext
    readonly add: (state: State, event: DomainEvent) => State
  },
  state: State,
  told: DomainEvent | null,
): State {
  const envelope = derivedEnvelope(message, context)
  let current = state
  for (let ordinal = 1; ; ordinal += 1) {
    const id = eventId(message.id, ordinal)
    const deriving = { recordId: recordId(id), told: ordinal === 1 ? told : null }
    const next = conducting.derive(current, context, deriving)
    if (next === null) return current
    if (ordinal > derivedEventsMax) throw neverAtRest(message, next.type)
    current = add(current, { ...envelope, id, ...next, sequence: current.sequence + 1 })
  }
}

/** An answer that changes nothing: a repetition, something to keep for later, or a command that is not allowed. */
export function unchanged<State>(
  state: State,
  outcome: Exclude<Decision<State>['outcome'], { readonly kind: 'applied' }>,
): Decision<State> {
  return { outcome, state, events: [], intents: [], audit: [] }
}

/** The id of the event of that ordinal that a message leads to. */
export function eventId(messageId: string, ordinal: number): string {
  return `${messageId}#${ordinal}`
}

/** The ids of the messages among stored events, in order; the other events followed from them. */
export function messageIdsIn(events: readonly DomainEvent[]): readonly string[] {
  const end = eventId('', 0)
  return events.flatMap(({ id }) => (id.endsWith(end) ? [id.slice(0, -end.length)] : []))
}

/** The id of what an event opens: the event's own, or its hash where that is too long to be an id. */
export function recordId(id: string): string {
  return id.length <= recordIdLengthMax ? id : sha256Hex(id)
}

const recordIdLengthMax = 300

function derivedEnvelope(
  message: Message,
  context: DecisionContext,
): Omit<DomainEvent, 'id' | 'type' | 'data' | 'sequence'> {
  return {
    tenant: message.tenant,
    aggregate: message.aggregate,
    schemaVersion: 1,
    occurredAt: instant(context.now),
    receivedAt: instant(context.now),
    actor: systemActor,
    causedBy: eventId(message.id, 0),
  }
}

function auditRecord<State extends AggregateState>(
  conducting: Conducting<State>,
  { before, after, event }: DecidedEvent<State>,
  { context, inputHash }: { readonly context: DecisionContext; readonly inputHash: string },
): AuditRecord {
  return {
    at: instant(context.now),
    actor: event.actor,
    object: aggregateName(event),
    event: event.type,
    eventId: event.id,
    from: conducting.statusOf(before),
    to: conducting.statusOf(after),
    reason: reasonOf(event.data),
    policy: [...context.policy.references],
    inputHash,
    eventHash: hashOf(event),
  }
}

function aggregateName(message: Pick<Message, 'aggregate'>): string {
  return `${message.aggregate.kind}:${message.aggregate.key}`
}

/** The reason an event gives in its data, whoever gave it. */
function reasonOf(data: MessageData): string | null {
  const said = data['reason'] ?? data['because'] ?? data['sentence'] ?? null
  return typeof said === 'string' ? said.slice(0, 2000) : null
}

function neverAtRest(message: Message, type: string): CounterfoilError {
  return new CounterfoilError(
    'LIMIT_EXCEEDED',
    `message \`${message.id}\` leads to more than ${derivedEventsMax} events, the last of them \`${type}\`: its consequences never come to rest`,
    { details: { messageId: message.id, type, derivedEventsMax } },
  )
}
