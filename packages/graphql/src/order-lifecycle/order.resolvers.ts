import {
  type LineStanding,
  type OrderLine,
  type OrderState,
  receiptLinesOf,
  type ScheduleStanding,
} from '@counterfoil/core'
import { asException, type CaseArguments, selectCases } from '../exception/exception-node.ts'
import { invoicesOf } from '../invoice-lifecycle/find-invoice.ts'
import { aggregateNodeId } from '../node/node-id.ts'
import { connectList, connectPage, type PageArguments } from '../paging/paging.ts'
import type { CounterfoilContext } from '../request/context.ts'
import type { DeskOf } from '../request/desk.ts'
import { lastOf, listMax } from '../request/list-max.ts'
import type { ObjectResolvers } from '../request/resolver.ts'
import { orderStanding, versionOf } from '../request/standing.ts'
import { shipmentsOf } from '../shipment-lifecycle/find-shipment.ts'
import {
  asOrder,
  findOrder,
  orderKeyIn,
  type OrderNode,
  type OrderReference,
} from './find-order.ts'

type OrderFilter = {
  readonly state?: string | null
  readonly open?: boolean | null
  readonly supplier?: string | null
  readonly buyerOrganisation?: string | null
}

/** Gives orders and what they are made of. */
export function createOrderResolvers(deskOf: DeskOf): ObjectResolvers {
  return {
    Query: {
      orders: async (_: unknown, args: ListArguments, context: CounterfoilContext) => {
        const { tenant, queries } = deskOf(context)
        const { state, open, supplier, buyerOrganisation } = args.filter ?? {}
        return connectPage({
          args,
          read: (paging) =>
            queries.orders({
              tenant,
              ...paging,
              state: state ?? undefined,
              open: open ?? undefined,
              supplier: supplier ?? undefined,
              buyerOrganisation: buyerOrganisation ?? undefined,
            }),
          idOf: (order) => order.orderKey,
          nodeOf: asOrder,
        })
      },
      order: async (_: unknown, args: { reference: OrderReference }, context: CounterfoilContext) =>
        findOrder(deskOf(context), orderKeyIn(deskOf(context), args.reference)),
      orderCounts: async (_: unknown, _args: object, context: CounterfoilContext) => {
        const { tenant, queries } = deskOf(context)
        return queries.ordersByState({ tenant })
      },
    },
    Order: orderFields(deskOf),
    OrderLine: {
      schedules: ({ standing }: LineNode, args: PageArguments) =>
        connectList(standing.schedules, args, (schedule) => schedule),
    },
    Schedule: {
      promises: ({ promises }: ScheduleStanding, args: PageArguments) =>
        connectList(promises, args, (promise) => ({
          ...promise,
          deliveries: promise.deliveries.slice(0, listMax),
        })),
    },
    Change: {
      differences: ({ differences }: { readonly differences: readonly unknown[] }) =>
        differences.slice(0, listMax),
    },
  }
}

type ListArguments = PageArguments & { readonly filter?: OrderFilter | null }

function orderFields(deskOf: DeskOf): ObjectResolvers[string] {
  type Read<Value> = (state: OrderState) => Value
  const whenKnown =
    <Value>(read: Read<Value>) =>
    async (order: OrderNode, _: object, context: CounterfoilContext): Promise<Value | null> => {
      const state = await orderStanding(deskOf(context), order.orderKey)
      return state === null ? null : read(state)
    }
  return {
    id: ({ orderKey: key }: OrderNode) => aggregateNodeId('Order', key),
    version: ({ orderKey: key }: OrderNode, _: object, context: CounterfoilContext) =>
      versionOf(deskOf(context), { kind: 'order', key }),
    orderType: whenKnown(({ standing }) => standing.order?.orderType ?? null),
    issuedAt: whenKnown(({ standing }) => standing.order?.issuedAt ?? null),
    approvals: whenKnown(
      ({ standing, facts }) => (standing.order ?? facts.draft)?.approvals ?? null,
    ),
    paymentTerms: whenKnown(({ standing }) => standing.order?.paymentTerms ?? null),
    shipTo: whenKnown(({ standing }) => standing.order?.shipTo ?? null),
    states: whenKnown(({ standing }) => standing.states),
    versions: async (order: OrderNode, _: object, context: CounterfoilContext) =>
      lastOf((await orderStanding(deskOf(context), order.orderKey))?.standing.versions ?? []),
    notes: async (order: OrderNode, _: object, context: CounterfoilContext) =>
      lastOf((await orderStanding(deskOf(context), order.orderKey))?.facts.notes ?? []),
    ...orderLists(deskOf),
    ...orderStory(deskOf),
  }
}

function orderLists(deskOf: DeskOf): ObjectResolvers[string] {
  const stateOf = ({ orderKey: key }: OrderNode, context: CounterfoilContext) =>
    orderStanding(deskOf(context), key)
  return {
    lines: async (order: OrderNode, args: PageArguments, context: CounterfoilContext) =>
      connectList(linesOf(await stateOf(order, context)), args, (line) => line),
    receiptLines: async (order: OrderNode, args: PageArguments, context: CounterfoilContext) => {
      const state = await stateOf(order, context)
      return connectList(state === null ? [] : receiptLinesOf(state), args, (line) => line)
    },
    changes: async (order: OrderNode, args: ChangeArguments, context: CounterfoilContext) => {
      const changes = (await stateOf(order, context))?.standing.changes ?? []
      const wanted = args.pendingDecision === true ? changes.filter(isPending) : changes
      return connectList(wanted, args, (change) => change)
    },
    exceptions: async (order: OrderNode, args: CaseArguments, context: CounterfoilContext) => {
      const cases = (await stateOf(order, context))?.desk.cases ?? []
      return connectList(selectCases(cases, args), args, asException)
    },
    shipments: async (order: OrderNode, args: PageArguments, context: CounterfoilContext) => {
      const keys = Object.keys((await stateOf(order, context))?.facts.shipments ?? {}).toSorted()
      return shipmentsOf(deskOf(context), keys, args)
    },
    invoices: async (order: OrderNode, args: PageArguments, context: CounterfoilContext) => {
      const facts = (await stateOf(order, context))?.facts
      const keys = new Set([
        ...Object.keys(facts?.billings ?? {}),
        ...Object.keys(facts?.ledger ?? {}),
      ])
      return invoicesOf(deskOf(context), [...keys].toSorted(), args)
    },
  }
}

function orderStory(deskOf: DeskOf): ObjectResolvers[string] {
  return {
    timeline: ({ orderKey: key }: OrderNode, args: PageArguments, context: CounterfoilContext) => {
      const { tenant, queries } = deskOf(context)
      return connectPage({
        args,
        read: (paging) => queries.timeline({ tenant, orderKey: key, ...paging }),
        idOf: (entry) => entry.eventId,
        nodeOf: (entry) => entry,
      })
    },
    comparisons: (
      { orderKey: key }: OrderNode,
      args: PageArguments & { readonly withinTolerance?: boolean | null },
      context: CounterfoilContext,
    ) => {
      const { tenant, queries } = deskOf(context)
      const withinTolerance = args.withinTolerance ?? undefined
      return connectPage({
        args,
        read: (paging) =>
          queries.comparisons({ tenant, orderKey: key, withinTolerance, ...paging }),
        idOf: ({ eventId, sentence }) => `${eventId} ${sentence}`,
        nodeOf: (comparison) => comparison,
      })
    },
    auditTrail: (order: OrderNode, args: PageArguments, context: CounterfoilContext) => {
      const { tenant, queries } = deskOf(context)
      const aggregate = { kind: 'order' as const, key: order.orderKey }
      return connectPage({
        args,
        read: (paging) => queries.audit({ tenant, aggregate, ...paging }),
        idOf: (entry) => entry.hash,
        nodeOf: (entry) => entry,
      })
    },
  }
}

type ChangeArguments = PageArguments & { readonly pendingDecision?: boolean | null }

type LineNode = OrderLine & { readonly standing: LineStanding }

function linesOf(state: OrderState | null): readonly LineNode[] {
  const ordered = new Map<string, OrderLine>(
    state?.standing.order?.lines.map((line) => [line.orderLineNumber, line]),
  )
  return (state?.standing.lines ?? []).flatMap((standing) => {
    const line = ordered.get(standing.orderLineNumber)
    return line === undefined ? [] : [{ ...line, standing }]
  })
}

function isPending({ state }: { readonly state: string }): boolean {
  return state === 'pending-decision' || state === 'pending-impact' || state === 'expired'
}
