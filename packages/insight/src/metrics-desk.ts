import type { Store } from '@counterfoil/runtime'
import {
  createInsight,
  type Insight,
  type KeptMeasurements,
  type MetricRequest,
  type MetricRow,
} from './create-insight.ts'
import { followBooks } from './follow-books.ts'
import type { MetricDefinition } from './metric-definition.ts'
import { metricDefinitions } from './metrics.ts'

/** Metrics as a server gives them: each answer is of the books as they are when it is asked for. */
export type MetricsDesk = {
  readonly definitions: readonly MetricDefinition[]
  readonly read: (
    request: Omit<MetricRequest, 'metric'> & { readonly metric: string },
  ) => Promise<readonly MetricRow[]>
  /** What was measured of a tenant so far, to begin the next desk with. */
  readonly kept: (tenant: string) => KeptMeasurements
}

/**
 * Opens a desk over a store. What changed since a tenant was asked about last is looked at first, one request of a tenant
 * after the other; the first request goes over its whole books. `kept` gives what an earlier desk had of a tenant, with
 * what was purged since. A name that is no metric has no rows.
 */
export function createMetricsDesk({
  store,
  kept,
}: {
  readonly store: Pick<Store, 'events' | 'load'>
  readonly kept?: (tenant: string) => KeptMeasurements | undefined
}): MetricsDesk {
  const followed = new Map<string, { readonly insight: Insight; upTo: Promise<string | null> }>()
  const ofTenant = (tenant: string) => {
    const known = followed.get(tenant)
    if (known !== undefined) return known
    const begun = {
      insight: createInsight(kept?.(tenant)),
      upTo: Promise.resolve<string | null>(null),
    }
    followed.set(tenant, begun)
    return begun
  }
  return {
    definitions: metricDefinitions,
    kept: (tenant) => ofTenant(tenant).insight.kept(),
    read: async ({ metric: name, ...request }) => {
      const { tenant } = request
      const one = ofTenant(tenant)
      const before = one.upTo
      const now = before.then((cursor) => followBooks(one.insight, { store, tenant, cursor }))
      // A store that could not be read is asked again from where it was read to.
      one.upTo = now.catch(() => before)
      await now
      const metric = metricDefinitions.find((definition) => definition.name === name)?.name
      return metric === undefined ? [] : one.insight.read({ ...request, metric })
    },
  }
}
