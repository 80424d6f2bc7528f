import { createPolicySource } from '@counterfoil/rules'
import { createRuntime } from '@counterfoil/runtime'
import { createPostgresStore } from '@counterfoil/store-postgres'
import { Logger, makeWorkerUtils, run } from 'graphile-worker'
import { print, say } from '../print.ts'
import { race } from '../race.ts'
import { createObligingConnector } from '../runtime/obliging-connector.ts'
import { createRunningClock, dayOfLives } from '../runtime/running-clock.ts'
import { createLanes, effectsOf, type Waiting } from './lanes.ts'
import { startCarefulServer } from './server.ts'

const rounds = 3
const waiting: Waiting = { orders: 100, effectsAnOrder: 5 }
// Slow ones are given less.
const fewWaiting: Waiting = { orders: 20, effectsAnOrder: 5 }

/** Puts so much in, in one call, and resolves when all of it is carried out and entered as such. */
type Outbox = {
  readonly drain: (waiting: Waiting) => Promise<void>
  readonly close: () => Promise<void>
}

/**
 * Carrying out what waits on PostgreSQL, one process each, each thing entered as done on disk: a runtime, which keeps the
 * order of each order's effects, and graphile-worker without and with that order.
 */
export async function benchOutboxDrain(): Promise<void> {
  const server = await startCarefulServer()
  try {
    const open = [
      {
        name: 'Counterfoil, in order',
        waiting,
        outbox: await openRuntime(server.newDatabase, 'limits', {}),
      },
      {
        name: 'Counterfoil, in order, 256 at a destination',
        waiting,
        outbox: await openRuntime(server.newDatabase, 'wide', {
          effectsInFlightMax: 512,
          effectsPerDestinationMax: 256,
        }),
      },
      {
        name: 'graphile-worker, local queue, in no order',
        waiting,
        outbox: await openGraphile(server.newDatabase, { inOrder: false }),
      },
      {
        name: 'graphile-worker, a queue an order',
        waiting: fewWaiting,
        outbox: await openGraphile(server.newDatabase, { inOrder: true }),
      },
    ] as const
    console.log(
      `${waiting.orders * waiting.effectsAnOrder} effects of ${waiting.orders} orders on PostgreSQL`,
    )
    const [ours, ...others] = open.map(({ name, waiting: given, outbox }) => ({
      name,
      operations: given.orders * given.effectsAnOrder,
      run: () => outbox.drain(given),
    }))
    if (ours === undefined) throw new Error('nobody is compared')
    const laps = await race([ours, ...others], rounds, 'wall')
    print(laps, 'Counterfoil')
    say('times as fast as the local queue', -(laps[2]?.ratio ?? Number.NaN), -1)
    say('times as fast as a queue an order', -(laps[3]?.ratio ?? Number.NaN), -1)
    for (const { outbox } of open) await outbox.close()
  } finally {
    await server.dispose()
  }
}

type NewDatabase = (name: string) => Promise<string>

async function openRuntime(
  newDatabase: NewDatabase,
  name: string,
  limits: { readonly effectsInFlightMax?: number; readonly effectsPerDestinationMax?: number },
): Promise<Outbox> {
  const connectionString = await newDatabase(name)
  const lanes = createLanes()
  const store = createPostgresStore({ connectionString })
  const obliging = createObligingConnector()
  const runtime = createRuntime({
    store,
    policies: createPolicySource([]),
    connectors: [
      {
        ...obliging,
        write: async (request) => {
          lanes.carriedOut(request.idempotencyKey)
          return obliging.write(request)
        },
      },
    ],
    clock: createRunningClock(dayOfLives),
    limits,
  })
  let round = 0
  return {
    drain: async (given) => {
      const reached = lanes.reached(given.orders * given.effectsAnOrder)
      await store.commit({ effects: effectsOf(given, (round += 1)) })
      await runtime.tick()
      await reached
    },
    close: async () => {
      lanes.check({ inOrder: true })
      await runtime.close()
    },
  }
}

async function openGraphile(
  newDatabase: NewDatabase,
  { inOrder }: { readonly inOrder: boolean },
): Promise<Outbox> {
  const connectionString = await newDatabase(inOrder ? 'queues' : 'local')
  const lanes = createLanes()
  const logger = new Logger(() => () => {})
  const utils = await makeWorkerUtils({ connectionString, logger })
  await utils.migrate()
  const runner = await run({
    connectionString,
    logger,
    noHandleSignals: true,
    maxPoolSize: 10,
    taskList: {
      'carry-out': async (payload) => {
        lanes.carriedOut((payload as { readonly key: string }).key)
      },
    },
    preset: { worker: { concurrentJobs: 16, localQueue: { size: 500 }, completeJobBatchDelay: 0 } },
  })
  let round = 0
  return {
    drain: async (given) => {
      const reached = lanes.reached(given.orders * given.effectsAnOrder)
      const effects = effectsOf(given, (round += 1))
      await utils.addJobs(
        effects.map((effect, index) => ({
          identifier: 'carry-out',
          payload: effect,
          // It takes jobs by when they are due; those due at one moment come in any order.
          runAt: new Date(Date.now() - effects.length + index),
          ...(inOrder ? { queueName: effect.aggregate.key } : {}),
        })),
      )
      await reached
      await doneWith(utils)
    },
    close: async () => {
      lanes.check({ inOrder })
      await runner.stop()
      await utils.release()
    },
  }
}

async function doneWith({
  withPgClient,
}: Awaited<ReturnType<typeof makeWorkerUtils>>): Promise<void> {
  for (;;) {
    const { rows } = await withPgClient((client) =>
      client.query('SELECT count(*)::int AS left FROM graphile_worker._private_jobs'),
    )
    if (rows[0]?.left === 0) return
  }
}
