import { conductedInvoice, conductedOrder, conductedShipment } from '@counterfoil/runtime/migration'

/** A release that changed the lifecycle of orders and forgot to say how earlier ones are taken. */
const changedOrder = {
  ...conductedOrder,
  machine: { name: 'order', version: 2, shape: 'changed' },
  older: [],
}

export const aggregates = [changedOrder, conductedShipment, conductedInvoice]
