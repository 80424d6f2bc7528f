import { setTimeout as pause } from 'node:timers/promises'
import type { Connector, Envelope } from '@counterfoil/core'
import pg from 'pg'
import type { Clock, Commit, Runtime, Store } from '@counterfoil/runtime'

/** A mistake somebody could make, planted between the runtime and the world. */
export type Mistake = {
  readonly plantStore?: (store: Store) => Store
  readonly plantConnector?: (connector: Connector) => Connector
  readonly plantClock?: (clock: Clock) => Clock
  readonly plantRuntime?: (runtime: Runtime) => Runtime
  /** Plants it in the driver of PostgreSQL. */
  readonly plantDriver?: () => void
}

// Long enough that somebody dies in between.
const betweenMilliseconds = 30

/** What each fault must be able to find: `--mistake 'marked before it is sent'`. */
export const mistakes = {
  'answered before it is stored': {
    plantRuntime: (runtime) => ({
      ...runtime,
      receive: async (envelope) => {
        void pause(betweenMilliseconds)
          .then(() => runtime.receive(envelope))
          .catch(() => undefined)
        return { receivedAt: '', documents: [answerTo(envelope)] }
      },
    }),
  },
  'a failed commit is taken for a success': {
    plantStore: (store) => ({
      ...store,
      commit: (commit: Commit) => store.commit(commit).catch(() => ({ kind: 'committed' })),
    }),
  },
  'answered before it is synced': {
    plantDriver: () => {
      const asked: object = pg.Client.prototype
      const query: unknown = Reflect.get(asked, 'query')
      if (typeof query !== 'function') throw new TypeError('the driver asks otherwise')
      const unsynced = (text: unknown): unknown =>
        typeof text === 'string'
          ? text.replace('synchronous_commit TO on', 'synchronous_commit TO off')
          : text
      Object.assign(asked, {
        query(this: unknown, text: unknown, ...rest: readonly unknown[]): unknown {
          return Reflect.apply(query, this, [unsynced(text), ...rest])
        },
      })
    },
  },
  'effects stored apart from decisions': {
    plantStore: (store) => ({
      ...store,
      commit: async ({ effects = [], ...rest }: Commit) => {
        const answer = await store.commit(rest)
        if (answer.kind === 'conflict' || effects.length === 0) return answer
        await pause(betweenMilliseconds)
        return store.commit({ effects })
      },
    }),
  },
  'marked before it is sent': {
    plantStore: (store) => ({
      ...store,
      claimEffects: async (request) => {
        const claimed = await store.claimEffects(request)
        const at = request.now
        await store.commit({
          effectResults: claimed.map(({ tenant, key }) => ({
            kind: 'delivered',
            tenant,
            key,
            at,
            connector: 'early',
            reference: null,
          })),
        })
        if (claimed.length > 0) await pause(betweenMilliseconds)
        return claimed
      },
    }),
  },
  'a key for each attempt': {
    plantConnector: (connector) => {
      let attempts = 0
      const process = `${performance.timeOrigin}`
      return {
        ...connector,
        write: (request) => {
          attempts += 1
          const idempotencyKey = `${request.idempotencyKey}?${process}-${attempts}`
          return connector.write({ ...request, idempotencyKey })
        },
      }
    },
  },
  'a failure is taken for a success': {
    plantConnector: (connector) => ({
      ...connector,
      write: (request) =>
        connector
          .write(request)
          .catch(() => ({ kind: 'applied', reference: null, repeated: false })),
    }),
  },
  'everybody waits for the slowest': {
    plantStore: (store) => {
      const underWay = new Set<string>()
      return {
        ...store,
        claimEffects: async (request) => {
          if (underWay.size > 0) return []
          const claimed = await store.claimEffects(request)
          for (const { tenant, key } of claimed) underWay.add(`${tenant} ${key}`)
          return claimed
        },
        commit: async (commit: Commit) => {
          const answer = await store.commit(commit)
          if (answer.kind === 'conflict') return answer
          for (const { tenant, key } of commit.effectResults ?? [])
            underWay.delete(`${tenant} ${key}`)
          return answer
        },
      }
    },
  },
  'a clock that is waited for until it shows the time': {
    plantClock: (clock) => ({
      ...clock,
      waitUntil: async (moment, signal) => {
        const left = (): number => Date.parse(moment) - Date.now()
        for (let wait = left(); !signal.aborted && wait > 0; wait = left()) {
          await pause(wait, undefined, { signal }).catch(() => undefined)
        }
      },
    }),
  },
  'a lease is all that keeps others away': {
    plantStore: (store) => ({
      ...store,
      claimEffects: async (request) => {
        const leaseUntil = request.now
        return store.claimEffects({ ...request, leaseUntil })
      },
    }),
  },
  'timers called off before they ring': {
    plantStore: (store) => ({
      ...store,
      dueTimers: async (request) => {
        const due = await store.dueTimers(request)
        const timersCancelled = due.slice(0, 1)
        if (timersCancelled.length > 0) await store.commit({ timersCancelled })
        return due.slice(1)
      },
    }),
  },
  'a number for each arrival': {
    plantRuntime: (runtime) => {
      let arrivals = 0
      return {
        ...runtime,
        receive: (envelope) => {
          if (envelope.body !== undefined || envelope.document.kind !== 'receipt')
            return runtime.receive(envelope)
          arrivals += 1
          const { documentNumber } = envelope.document
          const document = { ...envelope.document, documentNumber: `${documentNumber}-${arrivals}` }
          return runtime.receive({ ...envelope, document })
        },
      }
    },
  },
} as const satisfies Readonly<Record<string, Mistake>>

/** The name of a mistake. */
export type MistakeName = keyof typeof mistakes

/** Whether somebody may plant it. */
export function isMistake(name: string): name is MistakeName {
  return name in mistakes
}

function answerTo(
  envelope: Envelope,
): Awaited<ReturnType<Runtime['receive']>>['documents'][number] {
  const { document } = envelope
  if (document === undefined) throw new TypeError('only documents are answered before their time')
  return {
    outcome: 'accepted',
    deliveryKey: document.documentNumber,
    document: {
      kind: document.kind,
      documentNumber: document.documentNumber,
      revision: 0,
      supplier: '',
    },
    aggregates: [],
    findings: [],
  }
}
