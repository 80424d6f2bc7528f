import type { Connector } from '@counterfoil/core'
import type { Runtime } from '../runtime.ts'
import type { Commit, CommitAnswer } from '../store/commit.ts'
import type { Store } from '../store/store.ts'
import type { SimulatedDisk } from './simulated-disk.ts'

/** What a process is built on. */
export type Ports = { readonly store: Store; readonly connector: Connector }

/** A mistake somebody could make, planted between the engine and the world. */
export type Defect = {
  readonly plantDisk?: (disk: SimulatedDisk) => SimulatedDisk
  readonly plantPorts?: (ports: Ports) => Ports
  readonly plantRuntime?: (runtime: Runtime) => Runtime
}

const inStore = (plant: (store: Store) => Partial<Store>): Defect => ({
  plantPorts: ({ store, connector }) => ({ store: { ...store, ...plant(store) }, connector }),
})

const inConnector = (plant: (connector: Connector) => Partial<Connector>): Defect => ({
  plantPorts: ({ store, connector }) => ({
    store,
    connector: { ...connector, ...plant(connector) },
  }),
})

/** Changes what is committed. */
const committing = (change: (commit: Commit) => Commit): Defect =>
  inStore((store) => ({ commit: (commit) => store.commit(change(commit)) }))

/** Leaves a part of every commit out. */
const without = (...parts: readonly (keyof Commit)[]): Defect =>
  committing((commit) =>
    Object.fromEntries(
      Object.entries(commit).filter(([part]) => !parts.some((left) => left === part)),
    ),
  )

/** Stores a part of every commit in a second transaction: a crash in between leaves half of it. */
const apart = (...parts: readonly (keyof Commit)[]): Defect =>
  inStore((store) => ({
    commit: async (commit) => {
      const isLater = (part: string): boolean => parts.some((later) => later === part)
      const entries = Object.entries(commit)
      const first = Object.fromEntries(entries.filter(([part]) => !isLater(part)))
      const second = Object.fromEntries(entries.filter(([part]) => isLater(part)))
      const answer = await store.commit(first)
      return answer.kind === 'committed' ? store.commit(second) : answer
    },
  }))

const committed: CommitAnswer = { kind: 'committed' }

/** The zoo: each mistake under the name by which it is known among those who made it. */
export const defects: Readonly<Record<string, Defect>> = {
  // Durability.
  'never synced': { plantDisk: (disk) => ({ ...disk, sync: () => undefined }) },
  'synced every third time': {
    plantDisk: (disk) => {
      let count = 0
      return {
        ...disk,
        sync: () => {
          count += 1
          if (count % 3 === 0) disk.sync()
        },
      }
    },
  },
  'answered before it is committed': inStore((store) => ({
    commit: async (commit) => {
      store.commit(commit).catch(() => undefined)
      return committed
    },
  })),
  'a failed commit is taken for a success': inStore((store) => ({
    commit: (commit) => store.commit(commit).catch(() => committed),
  })),
  'answered although it could not be stored': {
    plantRuntime: (runtime) => ({
      ...runtime,
      receive: (envelope) =>
        runtime.receive(envelope).catch(() => ({ receivedAt: envelope.tenant, documents: [] })),
    }),
  },

  // Limits.
  'a queue at the door without an end': {
    plantRuntime: (runtime) => {
      let last: Promise<unknown> = Promise.resolve()
      const receive: Runtime['receive'] = (envelope) => {
        const answer = last.then(() => runtime.receive(envelope))
        last = answer.catch(() => undefined)
        return answer
      }
      return { ...runtime, receive }
    },
  },

  // One transaction.
  'states apart from events': apart('basis', 'aggregates'),
  'events apart from states': apart('events'),
  'audit apart': apart('audit'),
  'effects apart': apart('effects'),
  'results of effects apart from what they tell': apart('queue'),
  'work queue apart': apart('rows'),
  'timers apart': apart('timersArmed'),
  'timers called off apart': apart('timersCancelled'),
  'answers apart': apart('deliveries', 'commands'),
  'quarantine apart': apart('quarantined'),
  'dead letters apart': apart('deadLetters'),
  'settled messages apart': apart('settled'),
  'cursor before its deliveries': inConnector((connector) => ({
    read: async (request) => {
      const page = await connector.read(request)
      return { ...page, deliveries: page.deliveries.slice(0, -1) }
    },
  })),

  // Nothing is left out.
  'no audit': without('audit'),
  'no effects': without('effects'),
  'no messages': without('queue'),
  'no work queue': without('rows'),
  'no quarantine': without('quarantined'),
  'no dead letters': without('deadLetters'),
  'timers not armed': without('timersArmed'),
  'timers not called off': without('timersCancelled'),
  'results not stored': without('effectResults'),
  'parked and forgotten': committing((commit) => ({
    ...commit,
    settled: (commit.settled ?? []).filter(({ outcome }) => outcome.kind !== 'parked'),
  })),
  'deliveries not remembered': without('deliveries'),
  'documents not remembered': without('documents', 'deliveries'),

  // Several writers.
  'no version check': inStore((store) => ({
    commit: async (commit) => {
      const answer = await store.commit(commit)
      return answer.kind === 'conflict' ? committed : answer
    },
  })),
  'parked messages not looked at': without('basis'),
  'no dedupe of messages': inStore((store) => ({
    load: async (requests) =>
      (await store.load(requests)).map((loaded) => ({
        ...loaded,
        known: loaded.known.map((one) =>
          one.status === 'applied' ? { ...one, status: 'queued' as const } : one,
        ),
      })),
  })),
  'no dedupe of deliveries': inStore(() => ({ delivery: async () => null })),
  'no dedupe of commands': inStore(() => ({ command: async () => null })),
  'parked messages not loaded': inStore((store) => ({
    load: async (requests) =>
      (await store.load(requests)).map((loaded) => ({ ...loaded, parked: [] })),
  })),
  'timers not loaded': inStore((store) => ({
    load: async (requests) =>
      (await store.load(requests)).map((loaded) => ({ ...loaded, timers: [] })),
  })),

  // Effects.
  'no lease': inStore((store) => ({
    claimEffects: (request) => store.claimEffects({ ...request, leaseUntil: request.now }),
  })),
  'lease of a second': inStore((store) => ({
    claimEffects: (request) =>
      store.claimEffects({
        ...request,
        leaseUntil: new Date(Date.parse(request.now) + 1000).toISOString(),
      }),
  })),
  'a key for each attempt': inConnector((connector) => {
    let attempts = 0
    return {
      write: (request) => {
        attempts += 1
        return connector.write({
          ...request,
          idempotencyKey: `${request.idempotencyKey}/${attempts}`,
        })
      },
    }
  }),
  'one key for all effects of a decision': inConnector((connector) => ({
    write: (request) =>
      connector.write({
        ...request,
        idempotencyKey: request.idempotencyKey.slice(0, request.idempotencyKey.lastIndexOf('/')),
      }),
  })),
  'marked before it is sent': inStore((store) => ({
    claimEffects: async (request) => {
      const claimed = await store.claimEffects(request)
      await store.commit({
        effectResults: claimed.map(({ tenant, key }) => ({
          kind: 'delivered',
          tenant,
          key,
          at: request.now,
          connector: 'other-system',
          reference: null,
        })),
      })
      return claimed
    },
  })),
  'a failure is taken for a success': inConnector((connector) => ({
    write: (request) =>
      connector.write(request).catch(() => ({ kind: 'applied', reference: null, repeated: false })),
  })),
  'a failure is taken for a refusal': inConnector((connector) => ({
    write: (request) =>
      connector
        .write(request)
        .catch(() => ({ kind: 'refused', reason: 'failed', sentence: 'it failed' })),
  })),
  'tried again at once': committing((commit) => ({
    ...commit,
    effectResults: (commit.effectResults ?? []).map((result) =>
      result.kind === 'retry' ? { ...result, notBefore: result.at } : result,
    ),
  })),
  'tried for ever': inStore((store) => ({
    claimEffects: async (request) =>
      (await store.claimEffects(request)).map((claimed) => ({ ...claimed, attemptsFailed: 0 })),
  })),
  'what nobody waited for counts as failed': committing((commit) => ({
    ...commit,
    effectResults: (commit.effectResults ?? []).map((result) =>
      result.kind === 'given-back' ? { ...result, kind: 'retry', sentence: 'closed' } : result,
    ),
  })),
  'a process that died counts as a failure': inStore((store) => ({
    claimEffects: async (request) =>
      (await store.claimEffects(request)).map((claimed) => ({
        ...claimed,
        attemptsFailed: claimed.attempts - 1,
      })),
  })),
  'sent before it is decided for good': {
    plantPorts: ({ store, connector }) => ({
      connector,
      store: {
        ...store,
        commit: async (commit) => {
          for (const { key, ...effect } of commit.effects ?? []) {
            const signal = new AbortController().signal
            const request = { ...effect, idempotencyKey: key, signal }
            await connector.write(request).catch(() => undefined)
          }
          return store.commit(commit)
        },
      },
    }),
  },
  'an effect overtakes': inConnector((connector) => {
    let held: (() => Promise<unknown>) | null = null
    return {
      write: async (request) => {
        const before = held
        held = null
        if (before === null && request.intent.kind === 'notify') {
          held = () => connector.write(request).catch(() => undefined)
          return { kind: 'applied', reference: null, repeated: false }
        }
        const answer = await connector.write(request)
        await before?.()
        return answer
      },
    }
  }),

  // Time.
  'timers ring too early': inStore((store) => ({
    dueTimers: (request) =>
      store.dueTimers({
        ...request,
        now: new Date(Date.parse(request.now) + 3_600_000).toISOString(),
      }),
  })),
  'only the first timer rings': inStore((store) => ({
    dueTimers: async (request) => {
      const due = await store.dueTimers(request)
      return due.slice(0, 1).filter(({ timerId }) => timerId < 'm')
    },
  })),
  'a rung timer is not called off': committing((commit) => ({
    ...commit,
    timersCancelled: (commit.timersCancelled ?? []).filter(({ timerId }) =>
      timerId.startsWith('off'),
    ),
  })),

  // Order and isolation.
  'messages told in a wrong order': inStore((store) => ({
    queued: async (request) => (await store.queued(request)).toReversed(),
  })),
  'the last queued message is overlooked': inStore((store) => ({
    queued: async (request) => (await store.queued(request)).slice(0, -1),
  })),
  'one tenant sees the order of another': inStore((store) => ({
    load: async (requests) =>
      store.load(
        requests.map((request) => ({
          ...request,
          tenant: 'acme',
          reference: {
            ...request.reference,
            key: request.reference.key.replace('bolt/', 'acme/'),
          },
        })),
      ),
  })),
  'the cursor is lost': inStore(() => ({ cursor: async () => null })),
  'the page is read on before it is taken in': inConnector((connector) => ({
    read: async (request) => {
      const page = await connector.read(request)
      return page.more ? { ...page, deliveries: [] } : page
    },
  })),
}
