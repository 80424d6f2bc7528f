import type { Connector } from '@counterfoil/core'

/** Every system and all people in one: takes whatever it is asked at once, and remembers nothing but how often. */
export type ObligingConnector = Connector & { readonly asked: () => number }

/** A connector that costs nothing, so that what is measured is the rest. */
export function createObligingConnector(): ObligingConnector {
  let asked = 0
  return {
    contract: 'v1',
    name: 'obliging',
    capabilities: {
      reads: [],
      writes: [
        'notify',
        'send-supplier-notice',
        'send-document/supplier',
        'send-document/erp',
        'send-document/wms',
        'write-back/erp',
        'write-back/wms',
        'write-back/finance',
        'write-back/planning',
      ],
    },
    read: async () => ({ deliveries: [], cursor: null, more: false }),
    write: async () => {
      asked += 1
      return { kind: 'applied', reference: `R${asked}`, repeated: false }
    },
    asked: () => asked,
  }
}
