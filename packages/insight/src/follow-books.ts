import type { AggregateReference } from '@counterfoil/core'
import { aggregateText, type Store } from '@counterfoil/runtime'
import { isTombstone } from '@counterfoil/runtime/retention'
import type { Insight } from './create-insight.ts'

/** Events looked through at once. */
const eventsAtOnce = 500

/**
 * Tells an insight what changed in the books of a tenant since the cursor, or all that ever did where it is null, and gives
 * the cursor to go on from. What is told is how each aggregate stands now, so going over some events again does no harm.
 */
export async function followBooks(
  insight: Insight,
  {
    store,
    tenant,
    cursor = null,
  }: {
    readonly store: Pick<Store, 'events' | 'load'>
    readonly tenant: string
    readonly cursor?: string | null
  },
): Promise<string | null> {
  let seen = cursor
  for (;;) {
    const page = await store.events({
      tenant,
      limit: eventsAtOnce,
      ...(seen !== null && { cursor: seen }),
    })
    const changed = new Map<string, AggregateReference>(
      page.rows.map(({ aggregate }) => [aggregateText(aggregate), aggregate]),
    )
    const requests = [...changed.values()].map((reference) => ({
      tenant,
      reference,
      messageIds: [],
    }))
    for (const { reference, state } of await store.load(requests)) {
      // What was purged since its events were read stays as it was known.
      if (!isTombstone(state)) insight.take(tenant, reference, state)
    }
    if (page.cursor === null) return seen
    seen = page.cursor
  }
}
