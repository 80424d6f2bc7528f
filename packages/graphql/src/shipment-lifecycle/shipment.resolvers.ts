import { arrivedAt, currentMilestones, currentNotice, orderKey } from '@counterfoil/core'
import { asException, type CaseArguments, selectCases } from '../exception/exception-node.ts'
import { aggregateNodeId } from '../node/node-id.ts'
import { orderAt } from '../order-lifecycle/find-order.ts'
import { connectKeys, connectList, connectPage, type PageArguments } from '../paging/paging.ts'
import type { CounterfoilContext } from '../request/context.ts'
import type { DeskOf } from '../request/desk.ts'
import { lastOf } from '../request/list-max.ts'
import type { ObjectResolvers } from '../request/resolver.ts'
import { shipmentStanding, versionOf } from '../request/standing.ts'
import { historyOf } from '../timeline/history.ts'
import {
  asShipment,
  findShipment,
  shipmentKeyIn,
  type ShipmentNode,
  type ShipmentReference,
} from './find-shipment.ts'

type ListArguments = PageArguments & {
  readonly filter?: {
    readonly state?: string | null
    readonly open?: boolean | null
    readonly supplier?: string | null
    readonly buyerOrganisation?: string | null
    readonly expectedBefore?: string | null
  } | null
}
type ReferenceArgument = { readonly reference: ShipmentReference }

/** Gives shipments and what they are made of. */
export function createShipmentResolvers(deskOf: DeskOf): ObjectResolvers {
  return {
    Query: {
      shipments: async (_: unknown, args: ListArguments, context: CounterfoilContext) => {
        const { tenant, queries } = deskOf(context)
        const { state, open, supplier, buyerOrganisation, expectedBefore } = args.filter ?? {}
        return connectPage({
          args,
          read: (paging) =>
            queries.shipments({
              tenant,
              ...paging,
              state: state ?? undefined,
              open: open ?? undefined,
              supplier: supplier ?? undefined,
              buyerOrganisation: buyerOrganisation ?? undefined,
              dueBefore: expectedBefore ?? undefined,
            }),
          idOf: (shipment) => shipment.shipmentKey,
          nodeOf: asShipment,
        })
      },
      shipment: async (_: unknown, args: ReferenceArgument, context: CounterfoilContext) =>
        findShipment(deskOf(context), shipmentKeyIn(deskOf(context), args.reference)),
      shipmentCounts: async (_: unknown, _args: object, context: CounterfoilContext) => {
        const { tenant, queries } = deskOf(context)
        return queries.shipmentsByState({ tenant })
      },
    },
    Shipment: { ...shipmentFields(deskOf), ...shipmentLists(deskOf) },
  }
}

function shipmentFields(deskOf: DeskOf): ObjectResolvers[string] {
  const noticeOf = async ({ shipmentKey: key }: ShipmentNode, context: CounterfoilContext) => {
    const state = await shipmentStanding(deskOf(context), key)
    return state === null ? null : currentNotice(state.facts)
  }
  return {
    id: ({ shipmentKey: key }: ShipmentNode) => aggregateNodeId('Shipment', key),
    version: ({ shipmentKey: key }: ShipmentNode, _: object, context: CounterfoilContext) =>
      versionOf(deskOf(context), { kind: 'shipment', key }),
    shipDate: async (shipment: ShipmentNode, _: object, context: CounterfoilContext) =>
      (await noticeOf(shipment, context))?.shipDate ?? null,
    carrier: async (shipment: ShipmentNode, _: object, context: CounterfoilContext) =>
      (await noticeOf(shipment, context))?.carrier ?? null,
    trackingNumber: async (shipment: ShipmentNode, _: object, context: CounterfoilContext) =>
      (await noticeOf(shipment, context))?.trackingNumber ?? null,
    arrivedAt: async (shipment: ShipmentNode, _: object, context: CounterfoilContext) => {
      const state = await shipmentStanding(deskOf(context), shipment.shipmentKey)
      return state === null ? null : arrivedAt(state.facts)
    },
    lines: async (shipment: ShipmentNode, args: PageArguments, context: CounterfoilContext) =>
      connectList((await noticeOf(shipment, context))?.lines ?? [], args, (line) => line),
  }
}

function shipmentLists(deskOf: DeskOf): ObjectResolvers[string] {
  return {
    orders: (shipment: ShipmentNode, args: PageArguments, context: CounterfoilContext) => {
      const desk = deskOf(context)
      const { tenant } = desk
      const { buyerOrganisation } = shipment
      const keys = shipment.orderNumbers.map((orderNumber) =>
        orderKey({ tenant, buyerOrganisation, orderNumber }),
      )
      return connectKeys(keys, args, (key) => orderAt(desk, key))
    },
    milestones: async (shipment: ShipmentNode, _: object, context: CounterfoilContext) => {
      const state = await shipmentStanding(deskOf(context), shipment.shipmentKey)
      return state === null ? [] : lastOf(currentMilestones(state.facts))
    },
    exceptions: async (
      shipment: ShipmentNode,
      args: CaseArguments,
      context: CounterfoilContext,
    ) => {
      const state = await shipmentStanding(deskOf(context), shipment.shipmentKey)
      return connectList(selectCases(state?.facts.cases ?? [], args), args, asException)
    },
    history: (
      { shipmentKey: key }: ShipmentNode,
      args: PageArguments,
      context: CounterfoilContext,
    ) => historyOf(deskOf(context), { kind: 'shipment', key }, args),
  }
}
