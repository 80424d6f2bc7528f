import { createInMemoryConnector } from '@counterfoil/connector-in-memory'
import {
  createMemoryStore,
  createRuntime,
  createVirtualClock,
  type Runtime,
  type Store,
} from '@counterfoil/runtime'
import { createSqliteStore } from '@counterfoil/store-sqlite'
import { canonicalPolicies } from '../canonical-policy.ts'
import { print, say } from '../print.ts'
import { withNewFiles } from './books.ts'
import { largeOrderPapers } from './large-order-papers.ts'

const smallLines = 50
const smallOrders = 20
/** `LARGE_ORDER_LINES` takes another number, for a look in between. */
const largeLines = Number(process.env['LARGE_ORDER_LINES'] ?? '5000')

/**
 * An order of 5,000 lines from the order to the invoice that is released, in memory and on SQLite: what a line costs, beside
 * what it costs in orders of 50 lines.
 */
export async function benchLargeOrders(): Promise<void> {
  await withNewFiles(async (newFile) => {
    await compare('in memory', async () => createMemoryStore())
    await compare('on SQLite', async () => createSqliteStore({ file: newFile() }))
  })
}

async function compare(where: string, open: () => Promise<Store>): Promise<void> {
  console.log(`an order of ${largeLines} lines and ${smallOrders} of ${smallLines} lines, ${where}`)
  // A life of thousands of lines takes long: both are lived once, after a small one that warms up.
  await live(open, smallOrders, smallLines)
  const small = await perLine(smallOrders * smallLines, () => live(open, smallOrders, smallLines))
  const large = await perLine(largeLines, () => live(open, 1, largeLines))
  const ratio = large / small
  print(
    [
      { name: `a line of an order of ${smallLines}`, nanoseconds: small, ratio: 1 },
      { name: `a line of an order of ${largeLines}`, nanoseconds: large, ratio },
    ],
    'a small order',
  )
  say('a line of a large order', ratio, 2)
}

/** Processor time of one line, in nanoseconds: others may use the machine. */
async function perLine(lines: number, work: () => Promise<void>): Promise<number> {
  const start = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(start)
  return ((user + system) * 1000) / lines
}

/** Lives so many orders of so many lines to the released invoice; throws where one was not released. */
async function live(open: () => Promise<Store>, orders: number, lines: number): Promise<void> {
  const store = await open()
  const clock = createVirtualClock('2026-11-23T08:00:00Z')
  const connectors = [createInMemoryConnector()]
  const runtime = createRuntime({ store, policies: canonicalPolicies, connectors, clock })
  const lives = Array.from({ length: orders }, (_, index) => largeOrderPapers(`PO${index}`, lines))
  const [first = []] = lives
  for (const [step, { at }] of first.entries()) {
    clock.advanceTo(at)
    for (const papers of lives) {
      const paper = papers[step]
      if (paper === undefined) throw new Error('a paper is missing')
      const { documents } = await runtime.receive(paper.delivery)
      if (!documents.every(({ outcome }) => outcome === 'accepted')) {
        throw new Error('a document was not accepted')
      }
    }
    await carryOut(runtime)
  }
  await store.close()
}

/** A tick does so much and no more: thousands of timers and effects take several. */
async function carryOut(runtime: { readonly tick: Runtime['tick'] }): Promise<void> {
  for (let tick = 0; tick < ticksMax; tick += 1) {
    const { deadLetters, finished } = await runtime.tick()
    if (deadLetters > 0) throw new Error('an effect was not carried out')
    if (finished) return
  }
  throw new Error('the runtime never came to rest')
}

const ticksMax = 1000
