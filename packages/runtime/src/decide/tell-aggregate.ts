import type { DecisionOutcome, Message } from '@counterfoil/core'
import { stageDeadMessage } from '../dispatch/stage-dead-letter.ts'
import { isTombstone, purgedSentence } from '../retention/tombstone.ts'
import type { ParkedMessage } from '../store/stored-records.ts'
import type { Conductor } from './conduct.ts'
import { type Draft, type DraftedAggregate, loadInDraft, putInDraft } from './draft.ts'
import { park, unpark } from './parked-message.ts'
import { stageDecision } from './stage-decision.ts'

/** What became of a message that was told. */
export type Told = {
  readonly outcome: DecisionOutcome
  /** The aggregate's version afterwards. */
  readonly version: number
  /** Ids of the events it led to, the message itself first. */
  readonly eventIds: readonly string[]
}

/**
 * Tells a message to its aggregate and puts what follows into the draft. An applied message makes the parked ones of
 * the aggregate be tried again; one known already has no effect. A refused message leaves no trace: whoever told it
 * says what to do. Throws what the decision throws.
 */
export async function tellAggregate(
  conductor: Conductor,
  draft: Draft,
  message: Message,
): Promise<Told> {
  const { aggregate, known } = await loadInDraft(draft, {
    tenant: message.tenant,
    reference: message.aggregate,
    messageId: message.id,
  })
  const version = aggregate.state?.sequence ?? 0
  if (known === 'applied' || known === 'dead') {
    return { outcome: knownOutcome(known), version, eventIds: [] }
  }
  if (isTombstone(aggregate.state)) {
    const sentence = purgedSentence(message.aggregate, aggregate.state)
    return { outcome: { kind: 'refused', reason: 'purged', sentence }, version, eventIds: [] }
  }
  const decision = conductor.decide(aggregate.state, message)
  if (decision.outcome.kind === 'parked') {
    const { reason, sentence } = decision.outcome
    parkMessage(conductor, draft, aggregate, {
      message,
      reason,
      sentence,
      parkedAt: conductor.now(),
    })
  }
  if (decision.outcome.kind === 'duplicate' && known !== null) {
    settleDuplicate(draft, aggregate, message, conductor)
  }
  if (decision.outcome.kind !== 'applied' || decision.state === null) {
    return { outcome: decision.outcome, version, eventIds: [] }
  }
  const applied = stageDecision(draft, {
    before: aggregate,
    message,
    decision: { ...decision, state: decision.state },
    now: conductor.now(),
  })
  retryParked(conductor, draft, applied)
  return {
    outcome: decision.outcome,
    version: decision.state.sequence,
    eventIds: decision.events.map(({ id }) => id),
  }
}

function knownOutcome(known: 'applied' | 'dead'): DecisionOutcome {
  const sentence =
    known === 'applied'
      ? 'the message was applied before'
      : 'the message waits as a dead letter for somebody to repair it'
  return { kind: 'duplicate', sentence }
}

function parkMessage(
  { parkedHoursMax }: Conductor,
  draft: Draft,
  aggregate: DraftedAggregate,
  parked: ParkedMessage,
): void {
  const { message, reason, sentence, parkedAt } = parked
  putInDraft(draft, park(aggregate, parked, parkedHoursMax))
  draft.pieces.push({
    settled: [{ message, outcome: { kind: 'parked', reason, sentence }, at: parkedAt }],
  })
}

function settleDuplicate(
  draft: Draft,
  aggregate: DraftedAggregate,
  message: Message,
  conductor: Conductor,
): void {
  putInDraft(draft, {
    ...unpark(aggregate, message.id),
    known: new Map(aggregate.known).set(message.id, null),
  })
  draft.pieces.push({
    settled: [{ message, outcome: { kind: 'duplicate' }, at: conductor.now() }],
  })
}

/** Tries the parked messages of an aggregate, oldest first, until a whole round applies none. */
function retryParked(conductor: Conductor, draft: Draft, applied: DraftedAggregate): void {
  let aggregate = applied
  let next = 0
  // Every applied or settled message leaves the list and every other moves `next` on, so this ends.
  for (;;) {
    const parked = aggregate.parked[next]
    if (parked === undefined) return
    const retried = retryOne(conductor, draft, aggregate, parked.message)
    const isApplied = retried.state !== aggregate.state
    const isGone = retried.parked.length < aggregate.parked.length
    aggregate = retried
    next = isApplied ? 0 : isGone ? next : next + 1
  }
}

function retryOne(
  conductor: Conductor,
  draft: Draft,
  aggregate: DraftedAggregate,
  message: Message,
): DraftedAggregate {
  const { state } = aggregate
  const decision = decideOrFail(conductor, state, message)
  if (decision.failure !== null) return letDie(decision.failure)
  const { outcome, ...decided } = decision.decided
  if (outcome.kind === 'parked') return aggregate
  if (outcome.kind === 'refused') return letDie(outcome.sentence)
  if (outcome.kind === 'applied' && decided.state !== null) {
    return stageDecision(draft, {
      before: aggregate,
      message,
      decision: { ...decided, outcome, state: decided.state },
      now: conductor.now(),
    })
  }
  settleDuplicate(draft, aggregate, message, conductor)
  return unpark(aggregate, message.id)

  function letDie(sentence: string): DraftedAggregate {
    return stageDeadMessage(conductor, draft, { aggregate, message, sentence })
  }
}

function decideOrFail(
  conductor: Conductor,
  state: DraftedAggregate['state'],
  message: Message,
):
  | { readonly failure: null; readonly decided: ReturnType<Conductor['decide']> }
  | { readonly failure: string } {
  try {
    return { failure: null, decided: conductor.decide(state, message) }
  } catch (error) {
    return { failure: error instanceof Error ? error.message : String(error) }
  }
}
