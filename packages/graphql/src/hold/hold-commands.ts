import { readNodeIdOf } from '../node/node-id.ts'
import { carryOut, type CommandInput } from '../refusal/command.ts'
import { notFound, refusalIn } from '../refusal/refusal.ts'
import type { CounterfoilContext } from '../request/context.ts'
import type { DeskOf } from '../request/desk.ts'
import type { ObjectResolvers } from '../request/resolver.ts'
import { findHold } from './hold-node.ts'

type ReleaseHoldInput = CommandInput & {
  readonly id: string
  readonly code: string
  readonly reason: string
}

/** Has holds released. */
export function createHoldCommands(deskOf: DeskOf): ObjectResolvers {
  return {
    Mutation: {
      releaseHold: async (
        _: unknown,
        { input }: { readonly input: ReleaseHoldInput },
        context: CounterfoilContext,
      ) => {
        const desk = deskOf(context)
        desk.actor()
        const holdId = readNodeIdOf('Hold', input.id)
        const hold = await findHold(desk, holdId)
        if (hold === null) return notFound('there is no such hold')
        const answer = await carryOut(desk, input, {
          aggregate: { kind: 'invoice', key: hold.invoiceKey },
          type: 'hold.released',
          data: { holdId, code: input.code, reason: input.reason },
        })
        const refusal = refusalIn(answer)
        if (answer.outcome === 'refused' && answer.reason === 'already-released') {
          return { ...refusal, __typename: 'AlreadyReleased', hold: await findHold(desk, holdId) }
        }
        return refusal ?? findHold(desk, holdId)
      },
    },
  }
}
