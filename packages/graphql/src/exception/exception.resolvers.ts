import { type AggregateReference, isOpenCase } from '@counterfoil/core'
import { summariseHolds } from '@counterfoil/runtime'
import { asHold } from '../hold/hold-node.ts'
import { invoiceAt } from '../invoice-lifecycle/find-invoice.ts'
import { aggregateKeyOf, nodeId, readNodeId, readNodeIdOf } from '../node/node-id.ts'
import { orderAt } from '../order-lifecycle/find-order.ts'
import { connectPage, type PageArguments } from '../paging/paging.ts'
import type { CounterfoilContext } from '../request/context.ts'
import type { Desk, DeskOf } from '../request/desk.ts'
import { listMax } from '../request/list-max.ts'
import { requestError } from '../request/request-error.ts'
import type { ObjectResolvers } from '../request/resolver.ts'
import { invoiceStanding, versionOf } from '../request/standing.ts'
import { shipmentAt } from '../shipment-lifecycle/find-shipment.ts'
import { asException, type ExceptionNode, findException } from './exception-node.ts'

type ExceptionFilter = {
  readonly open?: boolean | null
  readonly includeClosed?: boolean | null
  readonly state?: string | null
  readonly ownerRole?: string | null
  readonly supplier?: string | null
  readonly buyerOrganisation?: string | null
  readonly dueBefore?: string | null
  readonly openedBefore?: string | null
  readonly about?: string | null
}
type ListArguments = PageArguments & { readonly filter?: ExceptionFilter | null }

/** Gives cases and what they are linked with. */
export function createExceptionResolvers(deskOf: DeskOf): ObjectResolvers {
  return {
    Query: {
      exceptions: async (_: unknown, args: ListArguments, context: CounterfoilContext) => {
        const desk = deskOf(context)
        const selection = selectionOf(desk, args.filter ?? {})
        return connectPage({
          args,
          read: (paging) =>
            desk.queries.exceptions({ tenant: desk.tenant, ...selection, ...paging }),
          idOf: ({ exceptionId }) => exceptionId,
          nodeOf: asException,
        })
      },
      exception: async (_: unknown, { id }: { readonly id: string }, context: CounterfoilContext) =>
        findException(deskOf(context), readNodeIdOf('ExceptionCase', id)),
      exceptionCounts: async (_: unknown, _args: object, context: CounterfoilContext) => {
        const { tenant, queries } = deskOf(context)
        return queries.exceptionsByOwner({ tenant })
      },
    },
    ExceptionCase: { ...caseFields(deskOf), ...caseLinks(deskOf) },
  }
}

function selectionOf(desk: Desk, filter: ExceptionFilter) {
  const { state, ownerRole, supplier, buyerOrganisation, dueBefore, openedBefore, about } = filter
  return {
    open: openIn(filter),
    state: state ?? undefined,
    ownerRole: ownerRole ?? undefined,
    supplier: supplier ?? undefined,
    buyerOrganisation: buyerOrganisation ?? undefined,
    dueBefore: dueBefore ?? undefined,
    openedBefore: openedBefore ?? undefined,
    aggregate: about === undefined || about === null ? undefined : aggregateIn(desk, about),
  }
}

/** Whether open rows, closed rows or both are asked for. */
export function openIn({
  open,
  includeClosed,
  state,
}: Pick<ExceptionFilter, 'open' | 'includeClosed' | 'state'>): boolean | 'both' {
  if (open !== undefined && open !== null) return open
  return includeClosed === true || (state !== undefined && state !== null) ? 'both' : true
}

function aggregateIn({ tenant }: Desk, id: string): AggregateReference {
  const { type, key } = readNodeId(id)
  switch (type) {
    case 'Order':
      return { kind: 'order', key: aggregateKeyOf(tenant, key) }
    case 'Shipment':
      return { kind: 'shipment', key: aggregateKeyOf(tenant, key) }
    case 'Invoice':
      return { kind: 'invoice', key: aggregateKeyOf(tenant, key) }
    case 'ExceptionCase':
    case 'Hold':
      throw requestError(
        'ID_INVALID',
        `cases are not about ${type}: give the id of an order, a shipment or an invoice`,
      )
  }
}

function caseFields(deskOf: DeskOf): ObjectResolvers[string] {
  return {
    id: ({ exceptionId }: ExceptionNode) => nodeId({ type: 'ExceptionCase', key: exceptionId }),
    open: isOpenCase,
    explanation: ({ sentence, policy }: ExceptionNode) => [sentence, ...policy.because],
    version: ({ subject }: ExceptionNode, _: object, context: CounterfoilContext) =>
      subject.aggregate === 'document'
        ? null
        : versionOf(deskOf(context), { kind: subject.aggregate, key: subject.key }),
    ageHours: (one: ExceptionNode, { at }: MomentArgument, context: CounterfoilContext) => {
      const until = at ?? one.resolution?.at ?? deskOf(context).now()
      const milliseconds = Date.parse(until) - Date.parse(one.openedAt)
      return Math.max(0, Math.floor(milliseconds / millisecondsAnHour))
    },
    overdue: (one: ExceptionNode, { at }: MomentArgument, context: CounterfoilContext) => {
      const moment = at ?? deskOf(context).now()
      const runs = one.pausedAt === undefined
      return isOpenCase(one) && runs && Date.parse(one.dueAt) < Date.parse(moment)
    },
  }
}

type MomentArgument = { readonly at?: string | null }
const millisecondsAnHour = 3_600_000

function caseLinks(deskOf: DeskOf): ObjectResolvers[string] {
  return {
    order: ({ subject }: ExceptionNode, _: object, context: CounterfoilContext) =>
      subject.aggregate === 'order' ? orderAt(deskOf(context), subject.key) : null,
    shipment: ({ subject }: ExceptionNode, _: object, context: CounterfoilContext) =>
      subject.aggregate === 'shipment' ? shipmentAt(deskOf(context), subject.key) : null,
    invoice: ({ subject }: ExceptionNode, _: object, context: CounterfoilContext) =>
      subject.aggregate === 'invoice' ? invoiceAt(deskOf(context), subject.key) : null,
    holds: async (one: ExceptionNode, _: object, context: CounterfoilContext) => {
      const facts = await invoiceFactsOf(deskOf(context), one)
      if (facts === null) return []
      const holds = summariseHolds(facts).filter(
        ({ holdId, exceptionId }) =>
          exceptionId === one.exceptionId || one.holdIds.includes(holdId),
      )
      return holds.slice(0, listMax).map(asHold)
    },
    disputes: async (one: ExceptionNode, _: object, context: CounterfoilContext) => {
      const facts = await invoiceFactsOf(deskOf(context), one)
      const disputes = facts?.disputes ?? []
      return disputes.filter(({ exceptionId }) => exceptionId === one.exceptionId).slice(0, listMax)
    },
  }
}

async function invoiceFactsOf(desk: Desk, { subject }: ExceptionNode) {
  if (subject.aggregate !== 'invoice') return null
  return (await invoiceStanding(desk, subject.key))?.facts ?? null
}
