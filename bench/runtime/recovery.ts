import { copyFileSync } from 'node:fs'
import type { Envelope } from '@counterfoil/core'
import { createRuntime, createVirtualClock } from '@counterfoil/runtime'
import { createSqliteStore } from '@counterfoil/store-sqlite'
import { canonicalPolicies } from '../canonical-policy.ts'
import { withNewFiles } from './books.ts'
import { orderLives } from './order-lives.ts'
import { runLives } from './run-lives.ts'

const orders = 200
const openings = 60

/**
 * From opening the books to the first document on disk: books left behind by a process that was killed, so that the
 * write-ahead log must be read again, beside new ones.
 */
export async function benchRecovery(): Promise<void> {
  await withNewFiles(async (newFile) => {
    const left = newFile()
    const store = createSqliteStore({ file: left })
    await runLives(store, { orders })
    // A copy of what lies on disk while the books are open is what a killed process leaves.
    const killed = newFile()
    for (const suffix of ['', '-wal']) copyFileSync(`${left}${suffix}`, `${killed}${suffix}`)
    await store.close()
    const next = orderLives(openings, orders)[0]?.deliveries ?? []
    const times = { recovered: new Array<number>(), empty: new Array<number>() }
    for (const delivery of next) {
      const copy = newFile()
      for (const suffix of ['', '-wal']) copyFileSync(`${killed}${suffix}`, `${copy}${suffix}`)
      times.recovered.push(await timeToFirstCommit(copy, delivery))
      times.empty.push(await timeToFirstCommit(newFile(), delivery))
    }
    console.log(`from opening SQLite to the first document on disk, ${openings} times`)
    tell(`books of ${orders} orders, after a kill`, times.recovered)
    tell('new books', times.empty)
  })
}

async function timeToFirstCommit(file: string, delivery: Envelope): Promise<number> {
  const policies = canonicalPolicies
  const clock = createVirtualClock('2026-11-28T09:00:00Z')
  const start = performance.now()
  const store = createSqliteStore({ file })
  const runtime = createRuntime({ store, policies, connectors: [], clock })
  const { documents } = await runtime.receive(delivery)
  const time = performance.now() - start
  if (documents[0]?.outcome !== 'accepted') throw new Error('the document was not accepted')
  await runtime.close()
  return time
}

function tell(name: string, times: readonly number[]): void {
  const sorted = times.toSorted((a, b) => a - b)
  const at = (share: number) => (sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(1)
  console.log(`  ${name.padEnd(56)} median ${at(0.5)} ms, 99 of 100 within ${at(0.99)} ms`)
}
