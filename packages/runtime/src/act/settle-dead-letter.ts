import type { Instant } from '@counterfoil/core'
import type { Conductor } from '../decide/conduct.ts'
import type { Draft, DraftedPiece } from '../decide/draft.ts'
import { closeOwnCase } from '../decide/open-own-case.ts'
import type { DeadLetter } from '../dispatch/dead-letter.ts'
import { deadLetterPiece } from '../dispatch/stage-dead-letter.ts'
import type { CommandAnswer, DiscardDeadLetter, RedriveDeadLetter } from './command.ts'

/** Tries a dead letter again under its old key, or gives it up; a case of its own is closed either way. */
export async function settleDeadLetter(
  conductor: Conductor,
  draft: Draft,
  command: RedriveDeadLetter | DiscardDeadLetter,
): Promise<CommandAnswer> {
  const { tenant, deadLetterId } = command
  const deadLetter =
    draftedLetter(draft, tenant, deadLetterId) ??
    (await draft.store.deadLetters({ tenant, deadLetterId, limit: 1 })).rows[0]
  if (deadLetter === undefined) {
    const sentence = `there is no dead letter \`${deadLetterId}\``
    return { outcome: 'refused', reason: 'NOT_FOUND', sentence }
  }
  if (deadLetter.state !== 'waiting') {
    const sentence = `dead letter \`${deadLetterId}\` was ${deadLetter.state} before`
    return { outcome: 'refused', reason: 'ALREADY_SETTLED', sentence }
  }
  const at = conductor.now()
  draft.pieces.push(
    consequenceOf(deadLetter, command, at),
    deadLetterPiece(settledLetter(deadLetter, command, at)),
  )
  return { outcome: 'applied', version: null, eventIds: [], documents: [] }
}

function draftedLetter(draft: Draft, tenant: string, deadLetterId: string): DeadLetter | undefined {
  const own = draft.pieces
    .flatMap((piece) => piece.deadLetters ?? [])
    .findLast((one) => one.tenant === tenant && one.deadLetterId === deadLetterId)
  if (own !== undefined || draft.parent === null) return own
  return draftedLetter(draft.parent, tenant, deadLetterId)
}

function consequenceOf(
  { tenant, content }: DeadLetter,
  { type, note }: RedriveDeadLetter | DiscardDeadLetter,
  at: Instant,
): DraftedPiece {
  const isRedriven = type === 'dead-letter.redriven'
  if (content.kind === 'message') return isRedriven ? { requeue: [content.message] } : {}
  const { key } = content.effect
  return isRedriven
    ? { effectResults: [{ kind: 'redrive', tenant, key, at }] }
    : { effectResults: [{ kind: 'discarded', tenant, key, at, sentence: note }] }
}

function settledLetter(
  deadLetter: DeadLetter,
  { type, actor, note }: RedriveDeadLetter | DiscardDeadLetter,
  at: Instant,
): DeadLetter {
  const isRedriven = type === 'dead-letter.redriven'
  const { exception } = deadLetter
  const resolution = {
    isRepaired: isRedriven,
    by: actor.id,
    at,
    note,
    rootCause: 'system',
  } as const
  return {
    ...deadLetter,
    state: isRedriven ? 'redriven' : 'discarded',
    exception: exception === null ? null : closeOwnCase(exception, resolution),
    settled: { at, by: actor, note },
  }
}
