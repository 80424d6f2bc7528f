import type { ParkedMessage, QuarantinedDocument } from '@counterfoil/runtime'
import { connectPage, type PageArguments } from '../paging/paging.ts'
import type { CounterfoilContext } from '../request/context.ts'
import type { Desk, DeskOf } from '../request/desk.ts'
import { listMax } from '../request/list-max.ts'
import { requestError } from '../request/request-error.ts'
import type { ObjectResolvers } from '../request/resolver.ts'

type State = QuarantinedDocument['state']

/** Gives documents that could not be used, and messages that wait. */
export function createQuarantineResolvers(deskOf: DeskOf): ObjectResolvers {
  return {
    Query: {
      quarantinedDocuments: async (
        _: unknown,
        args: PageArguments & { readonly state?: State | null },
        context: CounterfoilContext,
      ) => {
        const { tenant, queries } = deskOf(context)
        const state = args.state ?? undefined
        return connectPage({
          args,
          read: (paging) => queries.quarantined({ tenant, state, ...paging }),
          idOf: ({ quarantineId }) => quarantineId,
          nodeOf: asQuarantined,
        })
      },
      quarantinedDocument: async (
        _: unknown,
        { quarantineId }: { readonly quarantineId: string },
        context: CounterfoilContext,
      ) => findQuarantined(deskOf(context), quarantineId),
      parkedMessages: async (_: unknown, args: PageArguments, context: CounterfoilContext) => {
        const { tenant, queries } = deskOf(context)
        return connectPage({
          args,
          read: (paging) => queries.parked({ tenant, ...paging }),
          idOf: ({ message }) => `${message.aggregate.kind}:${message.aggregate.key} ${message.id}`,
          nodeOf: asParked,
        })
      },
    },
    QuarantinedDocument: quarantinedFields,
  }
}

/** A quarantined document as the schema shows it. */
export type QuarantinedNode = QuarantinedDocument & { readonly __typename: 'QuarantinedDocument' }

/** The quarantined document with an id; null where there is none. */
export async function findQuarantined(
  { tenant, queries }: Desk,
  quarantineId: string,
): Promise<QuarantinedNode | null> {
  const { rows } = await queries.quarantined({ tenant, quarantineId, limit: 1 })
  return rows[0] === undefined ? null : asQuarantined(rows[0])
}

function asQuarantined(document: QuarantinedDocument): QuarantinedNode {
  return { __typename: 'QuarantinedDocument', ...document }
}

function asParked({ message, ...parked }: ParkedMessage) {
  const { id: messageId, aggregate, type, occurredAt, actor } = message
  return { messageId, aggregate, type, occurredAt, actor, ...parked }
}

const quarantinedFields: ObjectResolvers[string] = {
  buyerOrganisation: ({ envelope }: QuarantinedNode) => envelope.buyerOrganisation,
  connection: ({ envelope }: QuarantinedNode) => envelope.connection,
  raw: ({ raw }: QuarantinedNode, args: { readonly charactersMax?: number | null }) => {
    const charactersMax = args.charactersMax ?? charactersDefault
    if (charactersMax >= 1 && charactersMax <= charactersLimit) return raw.slice(0, charactersMax)
    throw requestError(
      'PAGE_INVALID',
      `cannot give \`${charactersMax}\` characters: ask for 1 to ${charactersLimit} with \`charactersMax\``,
    )
  },
  rawCharacters: ({ raw }: QuarantinedNode) => raw.length,
  findings: ({ findings }: QuarantinedNode) => findings.slice(0, listMax),
}

const charactersDefault = 10_000
const charactersLimit = 100_000
