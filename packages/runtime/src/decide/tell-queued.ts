import { type Message, systemActor, TenantId } from '@counterfoil/core'
import { stageDeadMessage } from '../dispatch/stage-dead-letter.ts'
import type { ParkedMessage, Timer } from '../store/stored-records.ts'
import type { Conductor } from './conduct.ts'
import { timerMessageId } from './derived-id.ts'
import {
  absorbFork,
  type Draft,
  type DraftedAggregate,
  forkDraft,
  loadInDraft,
  putInDraft,
} from './draft.ts'
import { failureSentence } from './failure-sentence.ts'
import { outOfTimeBy } from './parked-message.ts'
import { answerRegisterQuestion, isRegisterQuestion } from './register-question.ts'
import { tellAggregate } from './tell-aggregate.ts'

/** Tells a queued message, unless somebody else did meanwhile. What cannot be decided is set aside as a dead letter. */
export async function tellQueued(
  conductor: Conductor,
  draft: Draft,
  message: Message,
): Promise<void> {
  const { known } = await loadInDraft(draft, {
    tenant: message.tenant,
    reference: message.aggregate,
    messageId: message.id,
  })
  if (known !== 'queued') return
  const told = isRegisterQuestion(message) ? await answerRegisterQuestion(draft, message) : message
  await tellOrLetDie(conductor, draft, told)
}

/** Turns a due timer into a message, unless it was moved or cancelled meanwhile. */
export async function fireTimer(conductor: Conductor, draft: Draft, timer: Timer): Promise<void> {
  const message = timerMessage(timer)
  const { aggregate } = await loadInDraft(draft, {
    tenant: timer.tenant,
    reference: timer.aggregate,
    messageId: message.id,
  })
  const armed = aggregate.timers.get(timer.timerId)
  if (armed?.armedVersion !== timer.armedVersion) return
  const timers = new Map(aggregate.timers)
  timers.delete(timer.timerId)
  const rung = { ...aggregate, timers }
  const parked = outOfTimeBy(timer, aggregate)
  if (parked !== null && parked !== undefined) return letRunOut(conductor, draft, rung, parked)
  putInDraft(draft, rung)
  if (parked === undefined) return
  await tellOrLetDie(conductor, draft, { ...message, receivedAt: conductor.now() })
}

/** Sets a message aside that waited too long. What it waited for may still come: then a person tells it again. */
function letRunOut(
  conductor: Conductor,
  draft: Draft,
  aggregate: DraftedAggregate,
  { message, sentence, parkedAt }: ParkedMessage,
): void {
  const waited = `${sentence}; it has waited since ${parkedAt}`
  stageDeadMessage(conductor, draft, { aggregate, message, sentence: waited })
}

/** Sets a message aside whose decision could not be stored. */
export async function letMessageDie(
  conductor: Conductor,
  draft: Draft,
  message: Message,
  sentence: string,
): Promise<void> {
  const { aggregate } = await loadInDraft(draft, {
    tenant: message.tenant,
    reference: message.aggregate,
    messageId: message.id,
  })
  stageDeadMessage(conductor, draft, { aggregate, message, sentence })
}

async function tellOrLetDie(conductor: Conductor, draft: Draft, message: Message): Promise<void> {
  const fork = forkDraft(draft)
  const failure = await failureOf(conductor, fork, message)
  if (failure === null) return absorbFork(draft, fork)
  await letMessageDie(conductor, draft, message, failure)
}

async function failureOf(
  conductor: Conductor,
  fork: Draft,
  message: Message,
): Promise<string | null> {
  try {
    const { outcome } = await tellAggregate(conductor, fork, message)
    return outcome.kind === 'refused' ? outcome.sentence : null
  } catch (error) {
    return failureSentence(error)
  }
}

/** The message a timer becomes when it runs out. */
export function timerMessage(timer: Timer): Message {
  const { tenant, aggregate, dueAt, type, data, causedBy } = timer
  return {
    id: timerMessageId(aggregate.key, timer),
    tenant: TenantId.parse(tenant),
    aggregate,
    type,
    schemaVersion: 1,
    occurredAt: dueAt,
    receivedAt: dueAt,
    actor: systemActor,
    causedBy,
    data,
  }
}
