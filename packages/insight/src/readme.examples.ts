import type { Instant } from '@counterfoil/core'
import { createInsight, followBooks } from '@counterfoil/insight'
import type { Store } from '@counterfoil/runtime'

/** How often each supplier kept what it promised last. */
export async function promisesKept(store: Store, tenant: string, now: Instant) {
  const insight = createInsight()
  await followBooks(insight, { store, tenant })
  const where = { variant: 'latest-promise' }
  return insight.read({ tenant, metric: 'on-time-inbound', where, by: ['supplier'], now })
}
