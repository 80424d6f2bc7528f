import { orderKey } from '@counterfoil/core'
import { createMemoryStore, type Effect, type Store } from '@counterfoil/runtime'
import { createSqliteStore } from '@counterfoil/store-sqlite'
import { print, say } from '../print.ts'
import { race } from '../race.ts'
import { withNewFiles } from './books.ts'

const backlogs = [0, 1_000, 100_000] as const
/** Of each order so many wait, of which the first was tried and waits for its time. */
const waitingPerOrder = 4
const effects = 256
const claimMax = 8

const now = '2026-11-23T09:00:00Z'
const leaseUntil = '2026-11-23T09:01:00Z'
const dayAfter = '2026-11-24T09:00:00Z'
const tenant = 'acme'

/**
 * Effects decided, taken and delivered while many others wait for a system that is down: the first of each order for its
 * time, the others behind it.
 */
export async function benchBacklog(): Promise<void> {
  await withNewFiles(async (newFile) => {
    const openers = {
      memory: createMemoryStore,
      SQLite: () => createSqliteStore({ file: newFile() }),
    }
    for (const [name, open] of Object.entries(openers)) {
      console.log(`${effects} effects decided, taken ${claimMax} at a time and delivered, ${name}`)
      const stores = await Promise.all(backlogs.map((waiting) => withBacklog(open(), waiting)))
      const [first, ...others] = stores.map((store, index) => {
        const count = (backlogs[index] ?? 0).toLocaleString('en-US')
        const run = carryOut(store)
        return { name: `${count} wait for another system`, operations: effects, run }
      })
      if (first === undefined) throw new Error('nothing to measure')
      const laps = await race([first, ...others], 5)
      print(laps, 'nothing waits')
      say('time beside 100,000 that wait', laps.at(-1)?.ratio ?? Number.NaN, 1.5)
      await Promise.all(stores.map((store) => store.close()))
    }
  })
}

async function withBacklog(store: Store, waiting: number): Promise<Store> {
  const stuck = Array.from({ length: waiting }, (_, index) =>
    effectOf(`stuck-${index}`, { order: String(index % (waiting / waitingPerOrder)), to: 'erp' }),
  )
  await store.commit({ effects: stuck })
  const tried = await store.claimEffects({ now, leaseUntil: dayAfter, limit: waiting + 1 })
  if (tried.length !== waiting / waitingPerOrder) throw new Error('the wrong effects were taken')
  return store
}

function carryOut(store: Store): () => Promise<void> {
  let runs = 0
  return async () => {
    runs += 1
    const fresh = Array.from({ length: effects }, (_, index) =>
      effectOf(`run-${runs}-${index}`, { order: `new-${index}`, to: 'people' }),
    )
    await store.commit({ effects: fresh })
    let delivered = 0
    while (delivered < effects) {
      const claimed = await store.claimEffects({ now, leaseUntil, limit: claimMax })
      if (claimed.length === 0) throw new Error('effects that wait were not given')
      const effectResults = claimed.map(({ key }) => {
        const connector = 'desk'
        return { kind: 'delivered', tenant, key, at: now, connector, reference: null } as const
      })
      await store.commit({ effectResults })
      delivered += claimed.length
      await store.nextDueAt()
    }
  }
}

function effectOf(
  key: string,
  { order, to }: { readonly order: string; readonly to: string },
): Effect {
  return {
    tenant,
    key,
    aggregate: {
      kind: 'order',
      key: orderKey({ tenant, buyerOrganisation: '0001', orderNumber: order }),
    },
    destination: to,
    intent: { kind: 'notify', role: 'buyer', topic: 'test', subject: key, sentence: 'look' },
    decidedAt: now,
  }
}
