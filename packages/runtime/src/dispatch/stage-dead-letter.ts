import type { AggregateReference, AggregateState, Message } from '@counterfoil/core'
import type { Conductor } from '../decide/conduct.ts'
import {
  type Draft,
  type DraftedAggregate,
  type DraftedPiece,
  putInDraft,
} from '../decide/draft.ts'
import { openOwnCase } from '../decide/open-own-case.ts'
import { unpark } from '../decide/parked-message.ts'
import type { BusinessScope } from '../runtime.ts'
import { caseRow } from '../views/case-row.ts'
import type { ClaimedEffect } from '../store/stored-records.ts'
import type { DeadLetter } from './dead-letter.ts'

/** Sets a message aside that its aggregate cannot decide, with a case for whoever repairs it. */
export function stageDeadMessage(
  conductor: Conductor,
  draft: Draft,
  {
    aggregate,
    message,
    sentence,
  }: {
    readonly aggregate: DraftedAggregate
    readonly message: Message
    readonly sentence: string
  },
): DraftedAggregate {
  const after: DraftedAggregate = {
    ...unpark(aggregate, message.id),
    known: new Map(aggregate.known).set(message.id, 'dead'),
  }
  putInDraft(draft, after)
  const deadLetterId = `message:${message.aggregate.kind}:${message.aggregate.key}:${message.id}`
  const exception = openOwnCase(conductor, {
    exceptionId: deadLetterId.slice(0, 400),
    code: 'DEAD_LETTER',
    subject: { aggregate: message.aggregate.kind, key: message.aggregate.key },
    place: placeOf(conductor, aggregate.state, message),
    sentence: `message \`${message.type}\` could not be decided: ${sentence}`,
  })
  draft.pieces.push({
    settled: [{ message, outcome: { kind: 'dead' }, at: conductor.now() }],
    ...deadLetterPiece({
      tenant: message.tenant,
      deadLetterId,
      content: { kind: 'message', message },
      at: conductor.now(),
      attempts: 1,
      sentence,
      state: 'waiting',
      exception,
      settled: null,
    }),
  })
  return after
}

/**
 * Sets an effect aside that nobody took, with a case for whoever repairs it. Where its aggregate is told of the refusal,
 * the case is the aggregate's own: one case for one cause.
 */
export function deadEffectPiece(
  conductor: Conductor,
  {
    effect,
    place,
    sentence,
    attempts,
    isTold,
  }: {
    readonly effect: ClaimedEffect
    readonly place: BusinessScope | null
    readonly sentence: string
    readonly attempts: number
    readonly isTold: boolean
  },
): DraftedPiece {
  const { attempts: _attempts, attemptsFailed: _failed, leasesLost: _lost, ...undelivered } = effect
  const deadLetterId = `effect:${effect.key}`
  const at = conductor.now()
  const { aggregate, intent, destination } = effect
  const exception = isTold
    ? null
    : openOwnCase(conductor, {
        exceptionId: deadLetterId,
        code: 'DEAD_LETTER',
        subject: { aggregate: aggregate.kind, key: aggregate.key },
        place,
        sentence: `\`${intent.kind}\` to ${destination} was not carried out: ${sentence}`,
      })
  return {
    effectResults: [{ kind: 'dead', tenant: effect.tenant, key: effect.key, at, sentence }],
    ...deadLetterPiece({
      tenant: effect.tenant,
      deadLetterId,
      content: { kind: 'effect', effect: undelivered },
      at,
      attempts,
      sentence,
      state: 'waiting',
      exception,
      settled: null,
    }),
  }
}

/** A dead letter and the row of its case, where it has one. */
export function deadLetterPiece(deadLetter: DeadLetter): DraftedPiece {
  const aggregate = aggregateOf(deadLetter)
  return {
    deadLetters: [deadLetter],
    rows: [
      {
        tenant: deadLetter.tenant,
        source: `dead-letter:${deadLetter.deadLetterId}`,
        aggregate,
        rows: deadLetter.exception === null ? [] : [caseRow(deadLetter.exception, null)],
      },
    ],
  }
}

function aggregateOf({ content }: DeadLetter): AggregateReference {
  return content.kind === 'effect' ? content.effect.aggregate : content.message.aggregate
}

function placeOf(
  conductor: Conductor,
  state: AggregateState | null,
  message: Message,
): BusinessScope | null {
  try {
    return conductor.scopeOf(state, message)
  } catch {
    return null
  }
}
