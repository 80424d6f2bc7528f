import { AggregateReference, type AuditEntry } from '@counterfoil/core'
import { isTombstone } from '../retention/tombstone.ts'
import { aggregateText } from '../store/aggregate-text.ts'
import { ownerOfChain } from '../store/head-ledger.ts'
import { pagesOf, readAll } from '../store/pages-of.ts'
import type { Store } from '../store/store.ts'
import { chainFaults, type StoredChain } from './chain-faults.ts'

/** A chain with what is wrong with it, in words. */
export type CheckedChain = StoredChain & { readonly faults: readonly string[] }

const chainsAtOnce = 50
const readsMax = 3

/** The chains of a tenant, each checked; in memory are a few of them. */
export async function* checkedChains(store: Store, tenant: string): AsyncGenerator<CheckedChain> {
  for await (const named of namedChains(store, tenant)) {
    for (const chain of await withStored(store, tenant, named)) {
      const faults = [...chainFaults(chain)]
      const reference = referenceOf(chain.aggregate)
      // Something may have happened to it between one read and the next.
      const later =
        faults.length === 0 || reference === null
          ? null
          : await checkedChain(store, tenant, reference)
      yield later !== null && isLaterOf(chain, later) ? later : { ...chain, faults }
    }
  }
}

/** Whether a chain can have become another: chains only grow, until they are purged. */
function isLaterOf(chain: StoredChain, later: StoredChain): boolean {
  if (later.entries.length === 0) return isTombstone(later.state)
  return chain.entries.every(({ hash }, index) => later.entries[index]?.hash === hash)
}

/** The chain of one aggregate, checked; read again where something happened to it meanwhile. */
export async function checkedChain(
  store: Store,
  tenant: string,
  reference: AggregateReference,
): Promise<CheckedChain> {
  const standing = async () =>
    (await store.load([{ tenant, reference, messageIds: [] }]))[0]?.state ?? null
  for (let reads = 1; ; reads += 1) {
    const state = await standing()
    const entries = await readAll((page) => store.audit({ tenant, aggregate: reference, ...page }))
    const events = await readAll((page) =>
      store.events({ tenant, aggregates: [reference], ...page }),
    )
    const isStill = (await standing())?.sequence === state?.sequence
    if (!isStill && reads < readsMax) continue
    const chain = { aggregate: aggregateText(reference), entries, events, state }
    return { ...chain, faults: [...chainFaults(chain)] }
  }
}

/** What a chain is about; null where no aggregate can have that name. */
export function referenceOf(aggregate: string): AggregateReference | null {
  return AggregateReference.safeParse(ownerOfChain(aggregate)).data ?? null
}

type NamedChain = Pick<StoredChain, 'aggregate' | 'entries'>

/** Whole chains, some at a time: a store lists entries by aggregate. */
async function* namedChains(store: Store, tenant: string): AsyncGenerator<readonly NamedChain[]> {
  let chains: (NamedChain & { readonly entries: AuditEntry[] })[] = []
  for await (const page of pagesOf((request) => store.audit({ tenant, ...request }))) {
    for (const entry of page) {
      const last = chains.at(-1)
      if (last?.aggregate === entry.aggregate) {
        last.entries.push(entry)
        continue
      }
      if (chains.length === chainsAtOnce) {
        yield chains
        chains = []
      }
      chains.push({ aggregate: entry.aggregate, entries: [entry] })
    }
  }
  yield chains
}

async function withStored(
  store: Store,
  tenant: string,
  chains: readonly NamedChain[],
): Promise<readonly StoredChain[]> {
  const aggregates = chains.flatMap(({ aggregate }) => referenceOf(aggregate) ?? [])
  const events =
    aggregates.length === 0
      ? []
      : await readAll((page) => store.events({ tenant, aggregates, ...page }))
  const loaded = await store.load(
    aggregates.map((reference) => ({ tenant, reference, messageIds: [] })),
  )
  const byName = Map.groupBy(events, ({ aggregate }) => aggregateText(aggregate))
  const states = new Map(loaded.map(({ reference, state }) => [aggregateText(reference), state]))
  return chains.map(({ aggregate, entries }) => ({
    aggregate,
    entries,
    events: byName.get(aggregate) ?? [],
    state: states.get(aggregate) ?? null,
  }))
}
