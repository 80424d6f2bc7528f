import type { DeadLetter } from '@counterfoil/runtime'
import { asException } from '../exception/exception-node.ts'
import { connectPage, type PageArguments } from '../paging/paging.ts'
import type { CounterfoilContext } from '../request/context.ts'
import type { Desk, DeskOf } from '../request/desk.ts'
import type { ObjectResolvers } from '../request/resolver.ts'

type ListArguments = PageArguments & { readonly state?: DeadLetter['state'] | null }

/** Gives what could not be carried out. */
export function createDeadLetterResolvers(deskOf: DeskOf): ObjectResolvers {
  return {
    Query: {
      deadLetters: async (_: unknown, args: ListArguments, context: CounterfoilContext) => {
        const { tenant, queries } = deskOf(context)
        const state = args.state ?? undefined
        return connectPage({
          args,
          read: (paging) => queries.deadLetters({ tenant, state, ...paging }),
          idOf: ({ deadLetterId }) => deadLetterId,
          nodeOf: asDeadLetter,
        })
      },
    },
    DeadLetter: {
      kind: ({ content }: DeadLetterNode) => content.kind,
      aggregate: ({ content }: DeadLetterNode) =>
        content.kind === 'effect' ? content.effect.aggregate : content.message.aggregate,
      destination: ({ content }: DeadLetterNode) =>
        content.kind === 'effect' ? content.effect.destination : null,
      subject: ({ content }: DeadLetterNode) =>
        content.kind === 'effect' ? content.effect.intent.kind : content.message.type,
      content: ({ content }: DeadLetterNode) =>
        content.kind === 'effect' ? content.effect.intent : content.message.data,
      exception: ({ exception }: DeadLetterNode) =>
        exception === null ? null : asException(exception),
    },
  }
}

/** A dead letter as the schema shows it. */
export type DeadLetterNode = DeadLetter & { readonly __typename: 'DeadLetter' }

/** The dead letter with an id; null where there is none. */
export async function findDeadLetter(
  { tenant, queries }: Desk,
  deadLetterId: string,
): Promise<DeadLetterNode | null> {
  const { rows } = await queries.deadLetters({ tenant, deadLetterId, limit: 1 })
  return rows[0] === undefined ? null : asDeadLetter(rows[0])
}

function asDeadLetter(deadLetter: DeadLetter): DeadLetterNode {
  return { __typename: 'DeadLetter', ...deadLetter }
}
