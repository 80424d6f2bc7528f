import type { PurgedChain } from '@counterfoil/core/audit'
import { isTombstone, type Tombstone } from '../retention/tombstone.ts'
import { aggregateText } from '../store/aggregate-text.ts'
import { pagesOf } from '../store/pages-of.ts'
import type { Store } from '../store/store.ts'
import { checkedChain, referenceOf } from './read-chains.ts'

const statesPerPage = 100

/**
 * What is wrong with states that have no chain, in words: a state that nobody decided, a tombstone that no purge left, and a
 * purge that left no tombstone, or events. `chains` are the names of those that were looked at.
 */
export async function* stateFaults(
  store: Store,
  tenant: string,
  {
    chains,
    purged,
  }: { readonly chains: ReadonlySet<string>; readonly purged: readonly PurgedChain[] },
): AsyncGenerator<string> {
  const byName = new Map(purged.map((chain) => [chain.aggregate, chain]))
  const tombstones = new Set<string>()
  for await (const page of pagesOf((request) => store.states(request), statesPerPage)) {
    for (const { reference, state } of page.filter((stored) => stored.tenant === tenant)) {
      const name = aggregateText(reference)
      if (!isTombstone(state)) {
        if (!chains.has(name)) yield* (await checkedChain(store, tenant, reference)).faults
      } else if (isLeftBy(state, byName.get(name))) {
        tombstones.add(name)
      } else {
        yield `\`${name}\` stands as purged into the archive ${state.purged.archive}, and the log does not say so`
      }
    }
  }
  for (const { aggregate } of purged) {
    if (!tombstones.has(aggregate)) {
      yield `\`${aggregate}\` was purged, as the log says, and its tombstone is not there`
    }
    const reference = referenceOf(aggregate)
    if (reference === null) continue
    const { rows } = await store.events({ tenant, aggregates: [reference], limit: 1 })
    if (rows.length > 0) yield `\`${aggregate}\` was purged, as the log says, and has events`
  }
}

/** Whether a tombstone is the one that a purge left. */
const isLeftBy = ({ sequence, auditHead, purged }: Tombstone, by: PurgedChain | undefined) =>
  purged.archive === by?.archive && sequence === by.sequence + 1 && auditHead === by.hash
