import { messageData, type OutwardIntent } from '@counterfoil/core'
import type { CapabilityGroup } from './capability-group.ts'
import { same } from './check.ts'
import { write } from './writing.ts'

/** Holds: the desks that own them are told, and finance withholds and releases. */
export const holds: CapabilityGroup = {
  reads: [],
  writes: ['notify'],
  also: [
    {
      needs: 'write-back/finance',
      name: 'a payment that is withheld and released is both, each once, however often each is asked',
      check: async ({ connector, carriedOut }) => {
        const withheld = await write(connector, payment('invoice-withhold'), 'e1/0')
        const released = await write(connector, payment('invoice-release'), 'e2/0')
        same([withheld.kind, released.kind], ['applied', 'applied'], 'both are carried out')
        // A crash between the two makes the runtime ask for the first once more.
        const again = await write(connector, payment('invoice-withhold'), 'e1/0')
        same(again, { ...withheld, repeated: true }, 'withholding asked again after the release')
        same(await carriedOut(), 2, 'done by the system')
      },
    },
  ],
}

function payment(record: string): OutwardIntent {
  const data = messageData({ invoiceKey: 'acme/0001/S100/INV-1/standard', because: 'a test' })
  return { kind: 'write-back', system: 'finance', record, expectedVersion: null, data }
}
