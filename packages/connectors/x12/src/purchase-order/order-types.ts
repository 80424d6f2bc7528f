import type { PurchaseOrder } from '@counterfoil/core'

/** BEG02 (X12 92) as a canonical order type. Codes that only say how the order came about are `standard`. */
export const orderTypesByX12Code: ReadonlyMap<string, PurchaseOrder['orderType']> = new Map([
  ['BE', 'blanket-release'],
  ['BK', 'blanket-release'],
  ['BL', 'consignment'],
  ['CF', 'standard'],
  ['CN', 'consignment'],
  ['CO', 'standard'],
  ['CP', 'standard'],
  ['CR', 'blanket-release'],
  ['DR', 'drop-ship'],
  ['DS', 'drop-ship'],
  ['EO', 'standard'],
  ['KB', 'blanket-release'],
  ['KN', 'standard'],
  ['KR', 'standard'],
  ['KT', 'service'],
  ['NE', 'standard'],
  ['NP', 'standard'],
  ['NS', 'standard'],
  ['OS', 'standard'],
  ['PR', 'standard'],
  ['RA', 'blanket-release'],
  ['RE', 'standard'],
  ['RL', 'blanket-release'],
  ['RN', 'standard'],
  ['RO', 'standard'],
  ['RR', 'service'],
  ['SA', 'standard'],
  ['SO', 'standard'],
  ['SP', 'standard'],
  ['SS', 'service'],
  ['ST', 'scheduling-release'],
  ['TM', 'service'],
  ['WO', 'standard'],
])

/** BEG02 codes for papers that order nothing by themselves. */
export const isNoOrder = (code: string): boolean => noOrders.has(code)

const noOrders: ReadonlySet<string> = new Set(['BD', 'BQ', 'IN', 'SW', 'TR'])
