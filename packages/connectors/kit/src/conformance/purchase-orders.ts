import type { CapabilityGroup } from './capability-group.ts'

/** Orders and changes that come in, and orders that are sent and written back. */
export const purchaseOrders: CapabilityGroup = {
  reads: ['purchase-order', 'change-request'],
  writes: ['send-document/supplier', 'send-document/erp', 'write-back/erp'],
}
