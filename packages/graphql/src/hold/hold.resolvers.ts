import { isOpenHold } from '@counterfoil/core'
import { asException } from '../exception/exception-node.ts'
import { openIn } from '../exception/exception.resolvers.ts'
import { invoiceAt } from '../invoice-lifecycle/find-invoice.ts'
import { aggregateKeyOf, nodeId, readNodeIdOf } from '../node/node-id.ts'
import { connectPage, type PageArguments } from '../paging/paging.ts'
import type { CounterfoilContext } from '../request/context.ts'
import type { Desk, DeskOf } from '../request/desk.ts'
import type { ObjectResolvers } from '../request/resolver.ts'
import { invoiceStanding, versionOf } from '../request/standing.ts'
import { asHold, findHold, type HoldNode } from './hold-node.ts'

type HoldFilter = {
  readonly open?: boolean | null
  readonly includeClosed?: boolean | null
  readonly ownerRole?: string | null
  readonly supplier?: string | null
  readonly buyerOrganisation?: string | null
  readonly placedBefore?: string | null
  readonly invoice?: string | null
}
type ListArguments = PageArguments & { readonly filter?: HoldFilter | null }

/** Gives holds and what they stop. */
export function createHoldResolvers(deskOf: DeskOf): ObjectResolvers {
  return {
    Query: {
      holds: async (_: unknown, args: ListArguments, context: CounterfoilContext) => {
        const desk = deskOf(context)
        const selection = selectionOf(desk, args.filter ?? {})
        return connectPage({
          args,
          read: (paging) => desk.queries.holds({ tenant: desk.tenant, ...selection, ...paging }),
          idOf: ({ holdId }) => holdId,
          nodeOf: asHold,
        })
      },
      hold: async (_: unknown, { id }: { readonly id: string }, context: CounterfoilContext) =>
        findHold(deskOf(context), readNodeIdOf('Hold', id)),
      holdCounts: async (_: unknown, _args: object, context: CounterfoilContext) => {
        const { tenant, queries } = deskOf(context)
        return queries.holdsByOwner({ tenant })
      },
    },
    Hold: {
      id: ({ holdId }: HoldNode) => nodeId({ type: 'Hold', key: holdId }),
      open: isOpenHold,
      version: ({ invoiceKey: key }: HoldNode, _: object, context: CounterfoilContext) =>
        versionOf(deskOf(context), { kind: 'invoice', key }),
      invoice: ({ invoiceKey: key }: HoldNode, _: object, context: CounterfoilContext) =>
        invoiceAt(deskOf(context), key),
      exception: async (hold: HoldNode, _: object, context: CounterfoilContext) => {
        const state = await invoiceStanding(deskOf(context), hold.invoiceKey)
        const found = state?.facts.cases.find(({ exceptionId }) => exceptionId === hold.exceptionId)
        return found === undefined ? null : asException(found)
      },
    },
  }
}

function selectionOf({ tenant }: Desk, filter: HoldFilter) {
  const { ownerRole, supplier, buyerOrganisation, placedBefore, invoice } = filter
  return {
    open: openIn(filter),
    ownerRole: ownerRole ?? undefined,
    supplier: supplier ?? undefined,
    buyerOrganisation: buyerOrganisation ?? undefined,
    openedBefore: placedBefore ?? undefined,
    aggregate:
      invoice === undefined || invoice === null
        ? undefined
        : {
            kind: 'invoice' as const,
            key: aggregateKeyOf(tenant, readNodeIdOf('Invoice', invoice)),
          },
  }
}
