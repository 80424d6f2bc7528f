/**
 * Collects what is asked for while a level of a query is resolved, and reads it together. Nothing is remembered once it
 * was given, so a field that is asked again after a mutation is read again.
 */
export function createBatchLoader<Key, Value>({
  keyOf,
  batchMax,
  load,
}: {
  readonly keyOf: (key: Key) => string
  readonly batchMax: number
  /** One value for each key, in the same order. */
  readonly load: (keys: readonly Key[]) => Promise<readonly Value[]>
}): (key: Key) => Promise<Value> {
  let waiting = new Map<string, Wanted<Key, Value>>()
  const loadWaiting = (): void => {
    const all = [...waiting.values()]
    waiting = new Map()
    for (let start = 0; start < all.length; start += batchMax) {
      void loadBatch(load, all.slice(start, start + batchMax))
    }
  }
  return (key) => {
    const text = keyOf(key)
    const known = waiting.get(text)
    if (known !== undefined) return known.value
    if (waiting.size === 0) afterPromises(loadWaiting)
    const { promise, resolve, reject } = Promise.withResolvers<Value>()
    waiting.set(text, { key, value: promise, resolve, reject })
    return promise
  }
}

type Wanted<Key, Value> = {
  readonly key: Key
  readonly value: Promise<Value>
  readonly resolve: (value: Value) => void
  readonly reject: (error: unknown) => void
}

// Promises of one level settle one after the other; only when all have is everything known that the level wants.
function afterPromises(run: () => void): void {
  if (typeof setImmediate === 'function') setImmediate(run)
  else setTimeout(run, 0)
}

async function loadBatch<Key, Value>(
  load: (keys: readonly Key[]) => Promise<readonly Value[]>,
  batch: readonly Wanted<Key, Value>[],
): Promise<void> {
  try {
    const values = await load(batch.map(({ key }) => key))
    batch.forEach(({ resolve, reject }, index) => {
      const value = values[index]
      if (value === undefined) reject(new Error('a batch was answered with too few values'))
      else resolve(value)
    })
  } catch (error) {
    for (const { reject } of batch) reject(error)
  }
}
