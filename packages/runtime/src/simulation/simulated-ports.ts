import { type Connector, CounterfoilError, joinKey } from '@counterfoil/core'
import type { Store } from '../store/store.ts'
import type { Chance } from './chance.ts'
import type { Gate } from './gate.ts'
import { type OtherSystem, outage } from './other-system.ts'
import type { SimulatedDisk } from './simulated-disk.ts'
import type { Troubles } from './troubles.ts'

/** Fewer than elsewhere, so that one that is counted and did not fail shows soon. */
export const effectAttemptsMax = 4

/** What the ports of a process stand on. */
export type PortWorld = {
  readonly gate: Gate
  readonly chance: Chance
  readonly disk: SimulatedDisk
  readonly otherSystem: OtherSystem
  readonly troubles: () => Troubles
  /** Milliseconds since the epoch, by the one true clock. */
  readonly time: () => number
  /** The process that is writing to the disk, which no other may use meanwhile. */
  readonly writing: { by: number | null }
  /** How often the other system failed each effect, or kept a process waiting for too long: by tenant and key. */
  readonly failed: Map<string, number>
  /** Effects that a process which was told to end waited for no longer, and when, in milliseconds since the epoch. */
  readonly calledOff: { readonly tenant: string; readonly key: string; readonly at: number }[]
}

/** The store as one process sees it: every call may fail, or never be answered because the process is no more. */
export function storeAt(world: PortWorld, process: number): Store {
  const { gate, chance, disk, troubles, writing } = world
  const read = <Request, Answer>(method: (request: Request) => Promise<Answer>) => {
    return (request: Request): Promise<Answer> =>
      new Promise((resolve, reject) => {
        gate.wait({
          process,
          step: 'store-call',
          open: async () => {
            if (chance.happens(troubles().storeFails)) return reject(unreachable())
            await method(request).then(resolve, reject)
          },
        })
      })
  }
  const write = <Request, Answer>(
    method: (request: Request) => Promise<Answer>,
    isWritten: (answer: Answer) => boolean,
  ) => {
    return (request: Request): Promise<Answer> =>
      new Promise((resolve, reject) => {
        const answer = (tell: () => void): void =>
          gate.wait({ process, step: 'answer', open: async () => tell() })
        const carryOut = async (): Promise<void> => {
          if (chance.happens(troubles().storeFails)) return answer(() => reject(unreachable()))
          const written = await method(request)
          if (!isWritten(written)) return answer(() => resolve(written))
          writing.by = process
          gate.wait({
            process,
            step: 'store-sync',
            open: async () => {
              disk.sync()
              writing.by = null
              const isLost = chance.happens(troubles().storeAnswerLost)
              answer(() => (isLost ? reject(unreachable()) : resolve(written)))
            },
          })
        }
        gate.wait({
          process,
          step: 'store-call',
          open: () => carryOut().catch((error: unknown) => answer(() => reject(error))),
        })
      })
  }
  type Name = Exclude<keyof Store, 'contract' | 'watch' | 'release' | 'heads' | 'people'>
  const reads = Object.keys(disk.store())
    .filter((name) => !['contract', 'heads', 'people'].includes(name))
    .map((name) => [name, read<never, unknown>((request) => disk.store()[name as Name](request))])
  return {
    ...(Object.fromEntries(reads) as Store),
    contract: 'v1',
    commit: write(disk.commit, ({ kind }) => kind === 'committed'),
    // Nothing is signed in a simulation, and nobody has a name.
    heads: disk.store().heads,
    people: disk.store().people,
    claimEffects: write(disk.claim, (claimed) => claimed.length > 0),
    close: async () => undefined,
  }
}

function unreachable(): CounterfoilError {
  return new CounterfoilError('STORE_UNAVAILABLE', 'the store cannot be reached', {
    retryable: true,
  })
}

/** The other system as one process sees it: slow, failing before or after it did what it was asked. */
export function connectorAt(world: PortWorld, process: number): Connector {
  const { gate, chance, otherSystem, troubles, time, failed, calledOff } = world
  const call = <Answer>(carryOut: () => Answer): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const answer = (tell: () => void): void =>
        gate.wait({ process, step: 'answer', open: async () => tell() })
      gate.wait({
        process,
        step: 'connector-call',
        open: async () => {
          if (chance.happens(troubles().connectorFails)) {
            return answer(() => reject(outage('cannot be reached')))
          }
          try {
            const answered = carryOut()
            const isLost = chance.happens(troubles().connectorAnswerLost)
            answer(() => (isLost ? reject(outage('was cut off')) : resolve(answered)))
          } catch (error) {
            answer(() => reject(error))
          }
        },
      })
    })
  return {
    contract: 'v1',
    name: 'other-system',
    capabilities: { reads: ['milestone'], writes: ['notify', 'write-back/erp'] },
    read: ({ cursor, limit }) => call(() => otherSystem.read(cursor, limit)),
    write: async (request) => {
      const at = time()
      const { tenant, idempotencyKey, signal } = request
      const key = joinKey([tenant, idempotencyKey])
      // As often as the runtime bears, and no more: one more failure would rightly make a dead letter.
      if ((failed.get(key) ?? 0) + 1 >= effectAttemptsMax) {
        return otherSystem.write(request, at)
      }
      const fail = (): void => void failed.set(key, (failed.get(key) ?? 0) + 1)
      const onAbort = (): void => {
        if (CounterfoilError.is(signal.reason)) fail()
        else calledOff.push({ tenant, key: idempotencyKey, at: time() })
      }
      signal.addEventListener('abort', onAbort)
      try {
        return await call(() => otherSystem.write(request, at))
      } catch (error) {
        if (!signal.aborted) fail()
        throw error
      } finally {
        signal.removeEventListener('abort', onAbort)
      }
    },
  }
}
