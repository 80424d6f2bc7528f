import { type AggregateReference, joinKey } from '@counterfoil/core'
import { aggregateText } from '../store/aggregate-text.ts'
import type { Store } from '../store/store.ts'

/** Finds the traces in which orders, shipments and invoices began. */
export type Origins = {
  /** Those of some aggregates and of the ones they are linked with, each once. */
  readonly of: (
    tenant: string,
    references: readonly AggregateReference[],
  ) => Promise<readonly string[]>
}

// What began once never changes; more than this are not worth remembering.
const originsMax = 10_000
// An invoice that bills more orders than this is tied to the first of them.
const linkedMax = 10

/** Nothing remembered yet. */
export function createOrigins(store: Store): Origins {
  const known = new Map<string, string>()
  const originOf = async (tenant: string, reference: AggregateReference) => {
    const key = joinKey([tenant, aggregateText(reference)])
    const found = known.get(key) ?? (await lookUp(store, tenant, reference))
    if (found === undefined) return undefined
    if (known.size >= originsMax) known.clear()
    known.set(key, found)
    return found
  }
  return {
    of: async (tenant, references) => {
      const linked = await Promise.all(
        references.map(async (reference) => [
          reference,
          ...(await store.linked({ tenant, reference })).slice(0, linkedMax),
        ]),
      )
      const found = await Promise.all(linked.flat().map((one) => originOf(tenant, one)))
      return [...new Set(found.filter((one) => one !== undefined))]
    },
  }
}

/** An aggregate begins with a document, whose trace was kept when it was taken in. */
async function lookUp(
  store: Store,
  tenant: string,
  reference: AggregateReference,
): Promise<string | undefined> {
  const { rows } = await store.events({ tenant, aggregates: [reference], limit: 1 })
  const [, documentKey] = /^document:(.+):\d+:[0-9a-f]{16}@/.exec(rows[0]?.id ?? '') ?? []
  if (documentKey === undefined) return undefined
  const documents = await store.documents({ tenant, documentKey })
  return documents.find(({ traceparent }) => traceparent !== undefined)?.traceparent
}
