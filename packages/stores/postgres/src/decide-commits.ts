import { joinKey, type Message } from '@counterfoil/core'
import {
  type AggregateChange,
  type Commit,
  type CommitAnswer,
  type ConnectorCursor,
  type DeadLetter,
  type Effect,
  type EffectResult,
  type KnownDocument,
  type NewEvent,
  type OriginalText,
  type QuarantinedDocument,
  type RegisterEntry,
  type RowsChange,
  type SettledAside,
  settledAside,
  type SettledMessage,
  type StoredAuditEntry,
  type Timer,
  type TimerReference,
} from '@counterfoil/runtime'
import {
  asideKey,
  documentContentKey,
  type EffectFate,
  type KnownFacts,
  messageKey,
  ownerKey,
  type WaitingMessage,
} from './known-facts.ts'

type Part<Name extends keyof Commit> = NonNullable<Commit[Name]>[number]

/** A record and its place in the order of arrival. */
export type Placed<Record> = { readonly position: number; readonly record: Record }

/** A message as it waits from now on, or null when it waits no more. */
export type MessageChange = {
  readonly message: Message
  readonly waiting: (WaitingMessage & { readonly reason: string; readonly sentence: string }) | null
}

/** What becomes of one timer. */
export type TimerChange =
  | { readonly kind: 'armed'; readonly timer: Timer }
  | { readonly kind: 'gone'; readonly timer: TimerReference }
  | { readonly kind: 'cancelled'; readonly timer: TimerReference; readonly armedVersions: number[] }

/** An effect that is new, with what became of it within the same commits. */
export type NewEffect = { readonly position: number; readonly effect: Effect; readonly key: string }

/** Everything some commits make true together, each thing as it is after the last of them. */
export type Changes = {
  readonly aggregates: Map<string, Part<'aggregates'>>
  readonly purged: Part<'purged'>[]
  readonly rows: Map<string, RowsChange>
  readonly events: Placed<NewEvent>[]
  readonly audit: StoredAuditEntry[]
  readonly links: Part<'links'>[]
  readonly messages: Map<string, MessageChange>
  readonly timers: Map<string, TimerChange>
  readonly effects: NewEffect[]
  /** Effects of before whose fate changed. */
  readonly settledEffects: Map<string, EffectResult>
  readonly deliveries: Map<string, Part<'deliveries'>>
  readonly documents: Placed<KnownDocument>[]
  readonly commands: Map<string, Part<'commands'>>
  readonly quarantined: Map<string, Placed<QuarantinedDocument>>
  readonly deadLetters: Map<string, Placed<DeadLetter>>
  readonly register: Map<string, Placed<RegisterEntry>>
  readonly cursors: Map<string, ConnectorCursor>
  readonly originals: Map<string, OriginalText>
}

/** The answer to each commit, and what those that are committed change. */
export type DecidedCommits = {
  readonly answers: readonly CommitAnswer[]
  readonly changes: Changes
}

/** Decides on commits one after another, each seeing what the ones before it changed. */
export function decideCommits(commits: readonly Commit[], facts: KnownFacts): DecidedCommits {
  const changes = noChanges()
  const answers = commits.map((commit): CommitAnswer => {
    const conflict = conflictOf(facts, commit)
    if (conflict !== null) return conflict
    changeBy(changes, facts, commit)
    return { kind: 'committed' }
  })
  return { answers, changes }
}

/** The states that a commit changes, tombstones among them. */
export const changesIn = ({ aggregates = [], purged = [] }: Commit): readonly AggregateChange[] => [
  ...aggregates,
  ...purged,
]

function noChanges(): Changes {
  return {
    aggregates: new Map(),
    purged: [],
    rows: new Map(),
    events: [],
    audit: [],
    links: [],
    messages: new Map(),
    timers: new Map(),
    effects: [],
    settledEffects: new Map(),
    deliveries: new Map(),
    documents: [],
    commands: new Map(),
    quarantined: new Map(),
    deadLetters: new Map(),
    register: new Map(),
    cursors: new Map(),
    originals: new Map(),
  }
}

function conflictOf(facts: KnownFacts, commit: Commit): CommitAnswer | null {
  for (const { tenant, reference, version, parked } of commit.basis ?? []) {
    const key = ownerKey(tenant, reference)
    const nowParked = facts.parked.get(key) ?? new Set()
    const isSame =
      (facts.versions.get(key) ?? 0) === version &&
      nowParked.size === parked.length &&
      parked.every((id) => nowParked.has(id))
    if (!isSame) return taken('aggregate', reference.key)
  }
  for (const { tenant, reference, versionBefore } of changesIn(commit)) {
    const version = facts.versions.get(ownerKey(tenant, reference)) ?? 0
    if (version !== versionBefore) return taken('aggregate', reference.key)
  }
  for (const { tenant, reference, deadLetters } of commit.purged ?? []) {
    const isUnfinished = facts.unfinished.has(ownerKey(tenant, reference))
    if (isUnfinished) return taken('aggregate', reference.key)
    const changed = deadLetters.find(
      ({ deadLetterId, contentHash }) =>
        facts.letters.get(joinKey([tenant, deadLetterId])) !== contentHash,
    )
    if (changed !== undefined) return taken('dead-letter', changed.deadLetterId)
  }
  for (const { tenant, deliveryKey } of commit.deliveries ?? []) {
    if (facts.deliveries.has(joinKey([tenant, deliveryKey]))) return taken('delivery', deliveryKey)
  }
  for (const document of commit.documents ?? []) {
    if (facts.documents.has(documentContentKey(document))) {
      return taken('document', document.documentKey)
    }
  }
  for (const { tenant, idempotencyKey } of commit.commands ?? []) {
    if (facts.commands.has(joinKey([tenant, idempotencyKey]))) {
      return taken('command', idempotencyKey)
    }
  }
  for (const aside of settledAside(commit)) {
    if (facts.settledAside.has(asideKey(aside))) return taken(aside.kind, aside.id)
  }
  return null
}

function taken(
  on: Extract<CommitAnswer, { readonly kind: 'conflict' }>['on'],
  key: string,
): CommitAnswer {
  return { kind: 'conflict', on, key }
}

function changeBy(changes: Changes, facts: KnownFacts, commit: Commit): void {
  changeDecisions(changes, facts, commit)
  changeMessages(changes, facts, commit)
  changeTimers(changes, commit)
  changeEffects(changes, facts, commit)
  changeIntake(changes, facts, commit)
}

function changeDecisions(changes: Changes, facts: KnownFacts, commit: Commit): void {
  changes.purged.push(...(commit.purged ?? []))
  for (const change of changesIn(commit)) {
    const key = ownerKey(change.tenant, change.reference)
    changes.aggregates.set(key, change)
    facts.versions.set(key, change.state.sequence)
  }
  for (const change of commit.rows ?? []) {
    changes.rows.set(joinKey([change.tenant, change.source]), change)
  }
  for (const added of commit.events ?? []) {
    changes.events.push({ position: nextPosition(facts), record: added })
    const { tenant, aggregate } = added.event
    if (added.messageId !== null) {
      facts.applied.add(messageKey(tenant, aggregate, added.messageId))
    }
  }
  changes.audit.push(...(commit.audit ?? []))
  changes.links.push(...(commit.links ?? []))
}

function changeMessages(changes: Changes, facts: KnownFacts, commit: Commit): void {
  const wait = (message: Message, waiting: MessageChange['waiting']): void => {
    const key = messageKey(message.tenant, message.aggregate, message.id)
    changes.messages.set(key, { message, waiting })
    const owner = ownerKey(message.tenant, message.aggregate)
    const parked = facts.parked.get(owner) ?? new Set()
    if (waiting?.status === 'parked') parked.add(message.id)
    else parked.delete(message.id)
    facts.parked.set(owner, parked)
    if (waiting === null) facts.messages.delete(key)
    else facts.messages.set(key, waiting)
  }
  const queue = (message: Message): void =>
    wait(message, {
      status: 'queued',
      position: nextPosition(facts),
      reason: '',
      sentence: '',
      parkedAt: '',
    })
  const statusOf = ({ tenant, aggregate, id }: Message): string | null => {
    const key = messageKey(tenant, aggregate, id)
    return facts.applied.has(key) ? 'applied' : (facts.messages.get(key)?.status ?? null)
  }
  for (const settled of commit.settled ?? []) wait(settled.message, waitingAfter(facts, settled))
  for (const message of commit.queue ?? []) if (statusOf(message) === null) queue(message)
  for (const message of commit.requeue ?? []) if (statusOf(message) === 'dead') queue(message)
}

function waitingAfter(
  facts: KnownFacts,
  { message, outcome, at }: SettledMessage,
): MessageChange['waiting'] {
  if (outcome.kind === 'applied' || outcome.kind === 'duplicate') return null
  const before = facts.messages.get(messageKey(message.tenant, message.aggregate, message.id))
  const parked = before?.status === 'parked' ? before : null
  return {
    status: outcome.kind,
    position: parked?.position ?? nextPosition(facts),
    reason: outcome.kind === 'parked' ? outcome.reason : '',
    sentence: outcome.kind === 'parked' ? outcome.sentence : '',
    parkedAt: parked?.parkedAt ?? at,
  }
}

function changeTimers({ timers }: Changes, commit: Commit): void {
  for (const timer of commit.timersCancelled ?? []) {
    const key = messageKey(timer.tenant, timer.aggregate, timer.timerId)
    const before = timers.get(key)
    if (before?.kind === 'gone') continue
    if (before?.kind === 'armed') {
      if (before.timer.armedVersion === timer.armedVersion) timers.set(key, { kind: 'gone', timer })
      continue
    }
    const armedVersions = [...(before?.armedVersions ?? []), timer.armedVersion]
    timers.set(key, { kind: 'cancelled', timer, armedVersions })
  }
  for (const timer of commit.timersArmed ?? []) {
    timers.set(messageKey(timer.tenant, timer.aggregate, timer.timerId), { kind: 'armed', timer })
  }
}

const newFate: EffectFate = {
  state: 'waiting',
  attempts: 0,
  attemptsFailed: 0,
  leasesLost: 0,
  isLeased: false,
  notBefore: null,
  settledAt: null,
  connector: null,
  reference: null,
  sentence: null,
}

function changeEffects(changes: Changes, facts: KnownFacts, commit: Commit): void {
  for (const effect of commit.effects ?? []) {
    const key = joinKey([effect.tenant, effect.key])
    changes.effects.push({ position: nextPosition(facts), effect, key })
    facts.fates.set(key, newFate)
  }
  for (const result of commit.effectResults ?? []) {
    const key = joinKey([result.tenant, result.key])
    const before = facts.fates.get(key)
    if (before === undefined || !mayFollow(before, result)) continue
    facts.fates.set(key, fateAfter(before, result))
    changes.settledEffects.set(key, result)
  }
}

// Two processes may have asked at once after a lease ran out: what was done stays done, whatever the slower one says.
function mayFollow({ state, attempts }: EffectFate, result: EffectResult): boolean {
  if (result.kind === 'retry' || result.kind === 'given-back') {
    return state === 'waiting' && attempts === result.attempt
  }
  if (result.kind === 'delivered' || result.kind === 'dead') return state === 'waiting'
  return state === 'waiting' || state === 'dead'
}

function fateAfter(before: EffectFate, result: EffectResult): EffectFate {
  const ended = { ...before, isLeased: false, notBefore: null }
  const settled = { ...ended, settledAt: result.at }
  switch (result.kind) {
    case 'delivered': {
      const { connector, reference } = result
      return { ...settled, state: 'delivered', connector, reference, sentence: null }
    }
    case 'dead':
    case 'discarded':
      return { ...settled, state: result.kind, sentence: result.sentence }
    case 'redrive':
      return { ...ended, state: 'waiting', attemptsFailed: 0, leasesLost: 0, settledAt: null }
    case 'given-back':
      return { ...ended, notBefore: result.notBefore }
    case 'retry': {
      const { notBefore, sentence } = result
      const attemptsFailed = before.attemptsFailed + 1
      return { ...ended, notBefore, sentence, attemptsFailed, leasesLost: 0 }
    }
  }
}

function changeIntake(changes: Changes, facts: KnownFacts, commit: Commit): void {
  for (const delivery of commit.deliveries ?? []) {
    const key = joinKey([delivery.tenant, delivery.deliveryKey])
    changes.deliveries.set(key, delivery)
    facts.deliveries.add(key)
  }
  for (const record of commit.documents ?? []) {
    changes.documents.push({ position: nextPosition(facts), record })
    facts.documents.add(documentContentKey(record))
  }
  for (const command of commit.commands ?? []) {
    const key = joinKey([command.tenant, command.idempotencyKey])
    changes.commands.set(key, command)
    facts.commands.add(key)
  }
  for (const record of commit.quarantined ?? []) {
    const { tenant, quarantineId: id, state } = record
    noteAside(facts, { kind: 'quarantine', tenant, id }, state !== 'quarantined')
    keepInPlace(facts, changes.quarantined, joinKey([tenant, id]), record)
  }
  for (const record of commit.deadLetters ?? []) {
    const { tenant, deadLetterId: id, state } = record
    noteAside(facts, { kind: 'dead-letter', tenant, id }, state !== 'waiting')
    keepInPlace(facts, changes.deadLetters, joinKey([tenant, id]), record)
  }
  for (const record of commit.register ?? []) {
    keepInPlace(facts, changes.register, joinKey([record.tenant, record.invoiceKey]), record)
  }
  for (const record of commit.originals ?? []) {
    changes.originals.set(joinKey([record.tenant, record.deliveryKey]), record)
  }
  for (const cursor of commit.cursors ?? []) changes.cursors.set(cursor.connector, cursor)
}

function noteAside(facts: KnownFacts, aside: SettledAside, isSettled: boolean): void {
  if (isSettled) facts.settledAside.add(asideKey(aside))
  else facts.settledAside.delete(asideKey(aside))
}

function keepInPlace<Record>(
  facts: KnownFacts,
  records: Map<string, Placed<Record>>,
  key: string,
  record: Record,
): void {
  const position = records.get(key)?.position ?? nextPosition(facts)
  records.set(key, { position, record })
}

function nextPosition(facts: KnownFacts): number {
  facts.last += 1
  return facts.last
}
