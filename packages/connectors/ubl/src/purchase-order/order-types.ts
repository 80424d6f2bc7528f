import type { PurchaseOrder } from '@counterfoil/core'

/** OrderTypeCode (UNTDID 1001) as a canonical order type; Peppol uses 105, 220, 221, 226, 227 and 402. */
export const orderTypesByCode: ReadonlyMap<string, PurchaseOrder['orderType']> = new Map([
  ['105', 'standard'],
  ['220', 'standard'],
  ['221', 'blanket-release'],
  ['224', 'standard'],
  ['226', 'blanket-release'],
  ['227', 'consignment'],
  ['228', 'standard'],
  ['402', 'standard'],
])
