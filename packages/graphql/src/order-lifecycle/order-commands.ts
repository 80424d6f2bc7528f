import { carryOut, type CommandInput } from '../refusal/command.ts'
import { notFound, refusalIn } from '../refusal/refusal.ts'
import type { CounterfoilContext } from '../request/context.ts'
import type { Desk, DeskOf } from '../request/desk.ts'
import type { ObjectResolvers } from '../request/resolver.ts'
import { findOrder, orderKeyIn, type OrderReference } from './find-order.ts'

type OrderInput = CommandInput & { readonly order: OrderReference }
type DecideChangeInput = OrderInput & {
  readonly changeId: string
  readonly decision: string
  readonly reason?: string | null
  readonly counter?:
    | readonly {
        readonly path: string
        readonly from?: string | null
        readonly to?: string | null
      }[]
    | null
}
type RecordNoteInput = OrderInput & { readonly text: string }

/** Has changes decided and notes written down. */
export function createOrderCommands(deskOf: DeskOf): ObjectResolvers {
  return {
    Mutation: {
      decideChange: async (
        _: unknown,
        { input }: { readonly input: DecideChangeInput },
        context: CounterfoilContext,
      ) => {
        const { changeId, decision } = input
        const counter = input.counter?.map(({ path, from, to }) => ({
          path,
          from: from ?? null,
          to: to ?? null,
        }))
        const reason = input.reason ?? undefined
        const data = { changeId, decision, reason, counter }
        return tellOrder(deskOf(context), input, { type: 'change.decided', data })
      },
      recordNote: async (
        _: unknown,
        { input }: { readonly input: RecordNoteInput },
        context: CounterfoilContext,
      ) => {
        const { text } = input
        return tellOrder(deskOf(context), input, { type: 'note.recorded', data: { text } })
      },
    },
  }
}

async function tellOrder(
  desk: Desk,
  input: OrderInput,
  said: { readonly type: string; readonly data: { readonly [name: string]: unknown } },
) {
  desk.actor()
  const key = orderKeyIn(desk, input.order)
  if ((await findOrder(desk, key)) === null) return notFound('there is no such order')
  const answer = await carryOut(desk, input, { aggregate: { kind: 'order', key }, ...said })
  return refusalIn(answer) ?? findOrder(desk, key)
}
