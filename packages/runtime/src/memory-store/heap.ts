/** Things of which the first, in some order, is at hand however many there are. */
export type Heap<Item> = {
  readonly push: (item: Item) => void
  /** The first, which stays; undefined when there is none. */
  readonly first: () => Item | undefined
  /** Takes the first. */
  readonly pop: () => Item | undefined
}

/** An empty heap; `compare` is negative when `a` comes first. */
export function createHeap<Item>(compare: (a: Item, b: Item) => number): Heap<Item> {
  const items: Item[] = []
  const isBefore = (a: number, b: number): boolean => {
    const [one, other] = [items[a], items[b]]
    return one !== undefined && other !== undefined && compare(one, other) < 0
  }
  const swap = (a: number, b: number): void => {
    const [one, other] = [items[a], items[b]]
    if (one === undefined || other === undefined) return
    items[a] = other
    items[b] = one
  }
  const rise = (from: number): void => {
    for (let at = from; at > 0;) {
      const parent = (at - 1) >> 1
      if (!isBefore(at, parent)) return
      swap(at, parent)
      at = parent
    }
  }
  const sink = (from: number): void => {
    for (let at = from; ;) {
      const left = 2 * at + 1
      const child = isBefore(left + 1, left) ? left + 1 : left
      if (!isBefore(child, at)) return
      swap(at, child)
      at = child
    }
  }
  return {
    push: (item) => rise(items.push(item) - 1),
    first: () => items[0],
    pop: () => {
      swap(0, items.length - 1)
      const last = items.pop()
      sink(0)
      return last
    },
  }
}
