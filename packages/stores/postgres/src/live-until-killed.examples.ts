import { once } from 'node:events'
import { appendFileSync, existsSync, readFileSync, writeSync } from 'node:fs'
import { type Connector, joinKey } from '@counterfoil/core'
import { createPolicySource } from '@counterfoil/rules'
import { createRuntime, createVirtualClock, type Runtime } from '@counterfoil/runtime'
import { wholeLife } from '@counterfoil/runtime/conformance'
import { canonicalRuleSets } from './canonical-rule-sets.examples.ts'
import { createPostgresStore } from './postgres-store.ts'

/** The companies whose orders are lived at the same time. */
export const tenants: readonly string[] = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth']

/** Where books and ledger are, and how many minutes after the story began they are opened. */
export type Place = {
  readonly connectionString: string
  readonly schema: string
  readonly ledger: string
  readonly minutes: number
}

/** What a ledger holds: each thing that was done, once, and how often anything was asked. */
export function readLedger(file: string): {
  readonly done: readonly string[]
  readonly asked: number
} {
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1) : []
  return { done: [...new Set(lines)], asked: lines.length }
}

/** A system that notes every request in a file before it answers, and does each key once. */
function ledgerConnector(file: string): Connector {
  return {
    contract: 'v1',
    name: 'ledger',
    capabilities: {
      reads: [],
      writes: ['notify', 'send-supplier-notice', 'write-back/erp', 'write-back/finance'],
    },
    read: async () => ({ deliveries: [], cursor: null, more: false }),
    write: async ({ tenant, idempotencyKey }) => {
      const key = joinKey([tenant, idempotencyKey])
      const repeated = readLedger(file).done.includes(key)
      appendFileSync(file, `${key}\n`)
      return { kind: 'applied', reference: key, repeated }
    },
  }
}

/** The books and the ledger, opened. */
export function openBooks({ connectionString, schema, ledger, minutes }: Place): Runtime {
  const begin = Date.parse('2026-11-24T09:00:00Z')
  return createRuntime({
    store: createPostgresStore({ connectionString, schema }),
    policies: createPolicySource(canonicalRuleSets()),
    connectors: [ledgerConnector(ledger)],
    clock: createVirtualClock(new Date(begin + minutes * 60_000).toISOString()),
    limits: { conflictRetriesMax: 1000 },
  })
}

/** Hands every document of every company over and does what follows, saying so after each step. */
export async function liveOn(runtime: Runtime, say: (step: string) => void): Promise<void> {
  const lives = tenants.map((tenant) => wholeLife(tenant))
  for (const [turn] of (lives[0] ?? []).entries()) {
    for (const life of lives) {
      const document = life[turn]
      if (document === undefined) continue
      const { tenant, buyerOrganisation } = document
      const envelope = { tenant, buyerOrganisation, connection: 'mail', timeZone: 'UTC' }
      const { documents } = await runtime.receive({ ...envelope, document })
      say(`${tenant}/${document.kind} ${documents[0]?.outcome ?? ''}`)
    }
    await runtime.tick()
    say(`tick ${turn}`)
  }
}

/** Ticks until nothing is left to do in any part of the work: other processes may be gone, or still giving theirs up. */
export async function settle(runtime: Runtime): Promise<void> {
  for (let calm = 0; calm < 5;) {
    const { timersFired, messages, effectsDelivered } = await runtime.tick()
    calm = timersFired + messages + effectsDelivered === 0 ? calm + 1 : 0
    await new Promise((resolve) => void setTimeout(resolve, 100))
  }
}

const [, program, place] = process.argv
if (program === import.meta.filename && place !== undefined) {
  const runtime = openBooks(JSON.parse(place))
  await liveOn(runtime, (step) => void writeSync(1, `${step}\n`))
  // However fast it was, it goes on with its part until it is killed, or until nobody is left to kill it.
  const over = new AbortController()
  void once(process.stdin.resume(), 'end').then(() => over.abort())
  while (!over.signal.aborted) await settle(runtime)
  await runtime.close()
}
