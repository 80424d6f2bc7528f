import type { Envelope } from '@counterfoil/core'
import { createRuntime, createVirtualClock } from '@counterfoil/runtime'
import { createSqliteStore } from '@counterfoil/store-sqlite'
import { canonicalPolicies } from '../canonical-policy.ts'
import { print, say } from '../print.ts'
import { race } from '../race.ts'
import { openPlainly, withNewFiles } from './books.ts'
import { orderLives } from './order-lives.ts'

const documents = 640
const sendersAtOnce = 64

/** Takes one thing in; resolves when it is on disk. */
type Intake = {
  readonly take: (delivery: Envelope) => Promise<void>
  readonly close: () => Promise<void>
}

/**
 * Taking documents in, each decided upon and on disk before it is answered: one after another beside one plain insert a
 * transaction, and from many senders at once beside inserts that share a transaction with whatever waits.
 */
export async function benchAccept(): Promise<void> {
  const deliveries = orderLives(documents)
    .flatMap(({ deliveries }) => deliveries)
    .slice(0, documents)
  await withNewFiles(async (newFile) => {
    console.log(`${documents} purchase orders taken in, one after another`)
    const alone = await race(
      [
        {
          name: 'one plain insert a transaction',
          operations: documents,
          run: () => oneByOne(plainIntake(newFile()), deliveries),
        },
        {
          name: 'Counterfoil',
          operations: documents,
          run: () => oneByOne(runtimeIntake(newFile()), deliveries),
        },
      ],
      5,
      'wall',
    )
    print(alone, 'plain')
    say('speed of one plain insert a transaction', -1 / (alone[1]?.ratio ?? Number.NaN), -0.6)

    const waits = { plain: new Array<number>(), ours: new Array<number>() }
    console.log(`${documents} purchase orders taken in from ${sendersAtOnce} senders at once`)
    const together = await race(
      [
        {
          name: 'plain inserts that share a transaction',
          operations: documents,
          run: () => allAtOnce(plainIntake(newFile()), deliveries, waits.plain),
        },
        {
          name: 'Counterfoil',
          operations: documents,
          run: () => allAtOnce(runtimeIntake(newFile()), deliveries, waits.ours),
        },
      ],
      5,
      'wall',
    )
    print(together, 'plain')
    const [plain, ours] = [waits.plain, waits.ours].map(hundredth)
    console.log(`  the slowest of a hundred answers: ${ours} ms, plain ${plain} ms`)
    say('speed of plain inserts that share', -1 / (together[1]?.ratio ?? Number.NaN), -0.5)
  })
}

async function oneByOne(intake: Intake, deliveries: readonly Envelope[]): Promise<void> {
  for (const delivery of deliveries) await intake.take(delivery)
  await intake.close()
}

async function allAtOnce(
  intake: Intake,
  deliveries: readonly Envelope[],
  waits: number[],
): Promise<void> {
  const left = deliveries.values()
  const send = async (): Promise<void> => {
    for (const delivery of left) {
      const start = performance.now()
      await intake.take(delivery)
      waits.push(performance.now() - start)
    }
  }
  await Promise.all(Array.from({ length: sendersAtOnce }, send))
  await intake.close()
}

function runtimeIntake(file: string): Intake {
  const runtime = createRuntime({
    store: createSqliteStore({ file }),
    policies: canonicalPolicies,
    connectors: [],
    clock: createVirtualClock('2026-11-23T09:00:00Z'),
  })
  return {
    take: async (delivery) => {
      const { documents } = await runtime.receive(delivery)
      if (documents[0]?.outcome !== 'accepted') throw new Error('a document was not accepted')
    },
    close: runtime.close,
  }
}

function plainIntake(file: string): Intake {
  const database = openPlainly(file)
  database.exec('CREATE TABLE document (position INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT')
  const insert = database.prepare('INSERT INTO document (body) VALUES (?)')
  let waiting: { readonly body: string; readonly answer: () => void }[] = []
  const commit = (): void => {
    const batch = waiting
    waiting = []
    database.exec('BEGIN IMMEDIATE')
    for (const { body } of batch) insert.run(body)
    database.exec('COMMIT')
    for (const { answer } of batch) answer()
  }
  return {
    take: (delivery) =>
      new Promise((resolve) => {
        if (waiting.length === 0) queueMicrotask(commit)
        waiting.push({ body: JSON.stringify(delivery), answer: resolve })
      }),
    close: async () => database.close(),
  }
}

function hundredth(waits: readonly number[]): string {
  return waits.toSorted((a, b) => a - b)[Math.floor(waits.length * 0.99)]?.toFixed(1) ?? '-'
}
