import { findException } from '../exception/exception-node.ts'
import { findHold } from '../hold/hold-node.ts'
import { findInvoice } from '../invoice-lifecycle/find-invoice.ts'
import { findOrder } from '../order-lifecycle/find-order.ts'
import type { CounterfoilContext } from '../request/context.ts'
import type { DeskOf } from '../request/desk.ts'
import type { ObjectResolvers } from '../request/resolver.ts'
import { findShipment } from '../shipment-lifecycle/find-shipment.ts'
import { aggregateKeyOf, readNodeId } from './node-id.ts'

/** Gives whatever has an id. */
export function createNodeResolvers(deskOf: DeskOf): ObjectResolvers {
  return {
    Query: {
      node: async (_: unknown, { id }: { readonly id: string }, context: CounterfoilContext) => {
        const desk = deskOf(context)
        const { type, key } = readNodeId(id)
        switch (type) {
          case 'Order':
            return findOrder(desk, aggregateKeyOf(desk.tenant, key))
          case 'Shipment':
            return findShipment(desk, aggregateKeyOf(desk.tenant, key))
          case 'Invoice':
            return findInvoice(desk, aggregateKeyOf(desk.tenant, key))
          case 'ExceptionCase':
            return findException(desk, key)
          case 'Hold':
            return findHold(desk, key)
        }
      },
    },
  }
}
