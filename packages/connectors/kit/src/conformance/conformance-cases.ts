import type { ConnectorCapabilities } from '@counterfoil/core'
import { acknowledgments } from './acknowledgments.ts'
import { checksOf } from './capability-group.ts'
import type { ConformanceCase, ConnectorCheck, ConnectorHarness } from './harness.ts'
import { holds } from './holds.ts'
import { invoices } from './invoices.ts'
import { outageChecks } from './outages.ts'
import { purchaseOrders } from './purchase-orders.ts'
import { receipts } from './receipts.ts'
import { shipNotices } from './ship-notices.ts'

/**
 * The contract of a connector, sentence by sentence, as cases for whichever test runner: `for (const { name, run } of
 * conformanceCases(makeHarness)) it(name, run)`. Groups follow what the connector offers; each case gets a harness of its
 * own.
 */
export function conformanceCases(makeHarness: () => ConnectorHarness): readonly ConformanceCase[] {
  const { capabilities } = makeHarness().connector
  return Object.entries(groupsFor(capabilities)).flatMap(([group, checks]) =>
    checks.map(({ name, check }) => ({
      name: `${group}: ${name}`,
      run: async () => {
        const harness = makeHarness()
        try {
          await check(harness)
        } finally {
          await harness.dispose()
        }
      },
    })),
  )
}

function groupsFor(
  capabilities: ConnectorCapabilities,
): Readonly<Record<string, readonly ConnectorCheck[]>> {
  return {
    'purchase-orders': checksOf(purchaseOrders, capabilities),
    acknowledgments: checksOf(acknowledgments, capabilities),
    'ship-notices': checksOf(shipNotices, capabilities),
    receipts: checksOf(receipts, capabilities),
    invoices: checksOf(invoices, capabilities),
    holds: checksOf(holds, capabilities),
    outages: outageChecks(capabilities),
  }
}
