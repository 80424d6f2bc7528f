import type { Effect } from '@counterfoil/runtime'

/** What waits to be carried out: effects of many orders, as many of each, in the order of their decisions. */
export type Waiting = { readonly orders: number; readonly effectsAnOrder: number }

/** Effects of so many orders that nobody is told the answer of; `round` makes their keys new. */
export function effectsOf({ orders, effectsAnOrder }: Waiting, round: number): readonly Effect[] {
  return Array.from({ length: orders * effectsAnOrder }, (_, index): Effect => {
    const number = `PO${index % orders}`
    return {
      tenant: 'bench',
      key: `${round}/${number}/${Math.floor(index / orders)}`,
      aggregate: { kind: 'order', key: `bench/0001/${number}` },
      destination: 'people',
      intent: {
        kind: 'notify',
        role: 'planning',
        topic: 'bench',
        subject: number,
        sentence: 'look',
      },
      decidedAt: '2026-11-23T13:00:00Z',
    }
  })
}

/** Remembers what was carried out, and in which order. */
export type Lanes = {
  readonly carriedOut: (key: string) => void
  /** Resolves when so many were carried out since it was asked last. */
  readonly reached: (count: number) => Promise<void>
  /** Throws where something was carried out twice, or of an order later than what came after it. */
  readonly check: (options: { readonly inOrder: boolean }) => void
}

/** Nothing carried out yet. */
export function createLanes(): Lanes {
  const keys: string[] = []
  let [wanted, reach] = [Infinity, (): void => {}]
  let since = 0
  return {
    carriedOut: (key) => {
      keys.push(key)
      if (keys.length >= wanted) reach()
    },
    reached: (count) =>
      new Promise((resolve) => {
        since += count
        wanted = since
        reach = resolve
        if (keys.length >= wanted) resolve()
      }),
    check: ({ inOrder }) => {
      if (new Set(keys).size !== keys.length || keys.length !== since) {
        throw new Error(
          `${keys.length} effects were carried out instead of ${since}, or some twice`,
        )
      }
      const last = new Map<string, number>()
      for (const key of keys) {
        const [round = '', order = '', place = ''] = key.split('/')
        const lane = `${round}/${order}`
        if (inOrder && Number(place) !== (last.get(lane) ?? -1) + 1) {
          throw new Error(`\`${key}\` was carried out out of its turn`)
        }
        last.set(lane, Number(place))
      }
    },
  }
}
