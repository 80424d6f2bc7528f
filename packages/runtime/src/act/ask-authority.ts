import { type Actor, instant, localDateOf, type Message } from '@counterfoil/core'
import type { AuthorityAnswer, AuthorityDesk, AuthorityQuestion } from '@counterfoil/core/authority'
import { loadInDraft, startDraft } from '../decide/draft.ts'
import type { Machines } from '../machines/machines.ts'
import type { NamesApart } from '../people/names-apart.ts'
import type { Clock } from '../clock/clock.ts'
import { isTombstone } from '../retention/tombstone.ts'
import type { Store } from '../store/store.ts'
import { messageOfCommand } from './act-on-aggregate.ts'
import type { Command } from './command.ts'

/** Whom to ask who may do what, and what the question is made of. */
export type Asking = {
  /** Absent: nobody is asked. */
  readonly desk: AuthorityDesk | undefined
  readonly machines: Machines
  readonly store: Store
  readonly names: NamesApart
  readonly clock: Clock
}

/**
 * Asks the host whether a person of the buyer may do what they want, before it is decided; null where nobody is asked. The
 * question is about the state as it is now. What changes until the decision is seen by the decision itself, which holds the
 * answer against what is at stake by then. People go by the names the host knows, and by what stands for them in the books.
 */
export async function askAuthority(
  asking: Asking,
  command: Command,
  actor: Actor,
): Promise<AuthorityAnswer | null> {
  const { desk, names } = asking
  if (desk === undefined || command.actor.kind !== 'user') return null
  const question = await questionOf(asking, command)
  const { tenant } = command
  const asked = await names.reveal(tenant, { ...question, actor: command.actor })
  const answer = await desk({ ...asked, actor })
  if (answer.kind === 'refused') return answer
  return { kind: 'allowed', authority: await names.authority(tenant, answer.authority) }
}

async function questionOf(asking: Asking, command: Command): Promise<AuthorityQuestion> {
  const at = instant(asking.clock.now())
  if (!('aggregate' in command)) return plainQuestion(command, at)
  const message: Message = messageOfCommand(command, at)
  const { aggregate } = await loadInDraft(startDraft(asking.store), {
    tenant: command.tenant,
    reference: command.aggregate,
    messageId: message.id,
  })
  const { state } = aggregate
  if (isTombstone(state)) return plainQuestion(command, at)
  const conducted = asking.machines.conductedOf(command.aggregate, state)
  return conducted.askAuthority?.(state, message) ?? plainQuestion(command, at)
}

/** Who wants to do what, where nothing is at stake that can be counted. */
function plainQuestion(command: Command, at: Message['receivedAt']): AuthorityQuestion {
  return {
    tenant: command.tenant,
    actor: command.actor,
    action: command.type,
    decisionType: null,
    asRoles: null,
    scope: {},
    exposure: null,
    at,
    businessDate: localDateOf(at, 'UTC'),
    duty: null,
    duties: [],
  }
}
