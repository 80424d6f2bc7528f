import { type Authority, hashOf } from '@counterfoil/core'
import { commandInDraft, type Draft } from '../decide/draft.ts'
import type { WatchedJob, Watcher } from '../watch/watcher.ts'
import { actOnAggregate } from './act-on-aggregate.ts'
import { type Asking, askAuthority } from './ask-authority.ts'
import { checkCommand } from './check-command.ts'
import type { Command, CommandAnswer } from './command.ts'
import { settleDeadLetter } from './settle-dead-letter.ts'
import { discardQuarantined, type Repair, repairQuarantined } from './settle-quarantined.ts'

/** Carries a command out once: a repeat under the same key gets the answer the first one got. */
export async function act(
  {
    repair,
    watcher,
    asking,
  }: { readonly repair: Repair; readonly watcher: Watcher; readonly asking: Asking },
  given: Command,
): Promise<CommandAnswer> {
  const command = await repair.intake.names.command(checkCommand(given))
  const authority = await askAuthority(asking, command, given.actor)
  const contentHash = hashOf(command)
  const { tenant, idempotencyKey } = command
  const carryOutOnce: WatchedJob<CommandAnswer> = async (draft, conductor) => {
    const first = await commandInDraft(draft, { tenant, idempotencyKey })
    if (first !== null) {
      return first.contentHash === contentHash ? first.answer : keyReused(idempotencyKey)
    }
    // It may be asked again under the same key: somebody may be given the authority in the meantime.
    if (authority?.kind === 'refused') {
      const { reason, sentence } = authority
      return { outcome: 'refused', reason, sentence }
    }
    const watched = { ...repair, intake: { ...repair.intake, conductor } }
    const answer = await carryOut(watched, draft, command, authority?.authority ?? null)
    // Whoever saw an older version looks again and asks again, under the same key if they like.
    if (answer.outcome !== 'version-conflict') {
      const at = repair.intake.conductor.now()
      draft.pieces.push({ commands: [{ tenant, idempotencyKey, contentHash, at, answer }] })
    }
    return answer
  }
  const about = 'aggregate' in command ? [command.aggregate] : []
  return watcher.submit(
    () => ({
      kind: 'command',
      facts: { tenant, messageType: command.type, messageId: idempotencyKey },
    }),
    carryOutOnce,
    ({ outcome }) => ({ outcome, aggregates: about, order: about[0]?.key ?? '' }),
  )
}

function carryOut(
  repair: Repair,
  draft: Draft,
  command: Command,
  authority: Authority | null,
): Promise<CommandAnswer> {
  if ('aggregate' in command) {
    return actOnAggregate(repair.intake, draft, command, authority)
  }
  if (command.actor.kind === 'supplier-user') return Promise.resolve(notABuyer())
  switch (command.type) {
    case 'quarantine.repaired':
      return repairQuarantined(repair, draft, command)
    case 'quarantine.discarded':
      return discardQuarantined(repair, draft, command)
    case 'dead-letter.redriven':
    case 'dead-letter.discarded':
      return settleDeadLetter(repair.intake.conductor, draft, command)
  }
}

/** A supplier repairs and gives up its own documents by sending others; it does not decide what is taken in. */
function notABuyer(): CommandAnswer {
  const sentence = 'only the buyer settles what could not be used or carried out'
  return { outcome: 'refused', reason: 'NOT_A_BUYER', sentence }
}

function keyReused(idempotencyKey: string): CommandAnswer {
  return {
    outcome: 'refused',
    reason: 'IDEMPOTENCY_KEY_REUSED',
    sentence: `key \`${idempotencyKey}\` was used for another command: choose a new one`,
  }
}
