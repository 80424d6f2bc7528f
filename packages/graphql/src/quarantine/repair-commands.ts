import type { Command } from '@counterfoil/runtime'
import { findDeadLetter } from '../dead-letter/dead-letter.resolvers.ts'
import { refusalIn } from '../refusal/refusal.ts'
import type { CounterfoilContext } from '../request/context.ts'
import type { Desk, DeskOf } from '../request/desk.ts'
import type { ObjectResolvers } from '../request/resolver.ts'
import { findQuarantined } from './quarantine.resolvers.ts'

type Settling = { readonly note: string; readonly idempotencyKey: string }
type OfDocument = Settling & { readonly quarantineId: string }
type OfLetter = Settling & { readonly deadLetterId: string }
type InputOf<Said> = { readonly input: Said }

/** Has quarantined documents mended and dead letters tried again, or given up. */
export function createRepairCommands(deskOf: DeskOf): ObjectResolvers {
  return {
    Mutation: {
      repairQuarantined: async (
        _: unknown,
        { input }: InputOf<OfDocument & { readonly body: string }>,
        context: CounterfoilContext,
      ) => {
        const desk = deskOf(context)
        const { quarantineId, body } = input
        const said = { type: 'quarantine.repaired' as const, quarantineId, body }
        const refusal = await settle(desk, { ...headerOf(desk, input), ...said })
        return refusal ?? findQuarantined(desk, quarantineId)
      },
      discardQuarantined: async (
        _: unknown,
        { input }: InputOf<OfDocument>,
        context: CounterfoilContext,
      ) => {
        const desk = deskOf(context)
        const { quarantineId } = input
        const said = { type: 'quarantine.discarded' as const, quarantineId }
        const refusal = await settle(desk, { ...headerOf(desk, input), ...said })
        return refusal ?? findQuarantined(desk, quarantineId)
      },
      redriveDeadLetter: letterCommand(deskOf, (letter) => ({
        type: 'dead-letter.redriven',
        ...letter,
      })),
      discardDeadLetter: letterCommand(deskOf, (letter) => ({
        type: 'dead-letter.discarded',
        ...letter,
      })),
    },
  }
}

function letterCommand(
  deskOf: DeskOf,
  commandOf: (letter: CommandHeader & { readonly deadLetterId: string }) => Command,
) {
  return async (_: unknown, { input }: InputOf<OfLetter>, context: CounterfoilContext) => {
    const desk = deskOf(context)
    const { deadLetterId } = input
    const refusal = await settle(desk, commandOf({ ...headerOf(desk, input), deadLetterId }))
    return refusal ?? findDeadLetter(desk, deadLetterId)
  }
}

type CommandHeader = Pick<Command, 'tenant' | 'actor' | 'idempotencyKey'> & {
  readonly note: string
}

function headerOf(desk: Desk, { note, idempotencyKey }: Settling): CommandHeader {
  return { tenant: desk.tenant, actor: desk.actor(), idempotencyKey, note }
}

async function settle(desk: Desk, command: Command) {
  return refusalIn(await desk.act(command))
}
