import { once } from 'node:events'
import { appendFileSync, existsSync, readFileSync, writeSync } from 'node:fs'
import { type Connector, joinKey, verifyAuditChain } from '@counterfoil/core'
import { createPolicySource } from '@counterfoil/rules'
import { createRuntime, createVirtualClock, type Runtime } from '@counterfoil/runtime'
import { wholeLife } from '@counterfoil/runtime/conformance'
import { canonicalRuleSets } from './canonical-rule-sets.examples.ts'
import { createSqliteStore } from './create-sqlite-store.ts'

/** The companies whose orders are lived at the same time. */
export const tenants: readonly string[] = ['first', 'second', 'third', 'fourth']

/** What a ledger holds: each thing that was done, once, and how often anything was asked. */
export function readLedger(file: string): {
  readonly done: readonly string[]
  readonly asked: number
} {
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1) : []
  return { done: [...new Set(lines)], asked: lines.length }
}

/** A system that notes every request in a file before it answers, and does each key once. */
function ledgerConnector(file: string, onAsked: () => Promise<void>): Connector {
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
      await onAsked()
      return { kind: 'applied', reference: key, repeated }
    },
  }
}

/** The books and the ledger, opened so many minutes after the story began. */
export function openBooks(files: {
  readonly books: string
  readonly ledger: string
  readonly minutes: number
  /** Waited for before the ledger answers. */
  readonly onAsked?: () => Promise<void>
}): Runtime {
  const begin = Date.parse('2026-11-24T09:00:00Z')
  return createRuntime({
    store: createSqliteStore({ file: files.books }),
    policies: createPolicySource(canonicalRuleSets()),
    connectors: [ledgerConnector(files.ledger, files.onAsked ?? (async () => undefined))],
    clock: createVirtualClock(new Date(begin + files.minutes * 60_000).toISOString()),
  })
}

/** What stands in the books of every company, whoever wrote it and however often they had to begin again. */
export async function whatIsLeft({ queries }: Runtime) {
  return Promise.all(
    tenants.map(async (tenant) => {
      const page = { tenant, limit: 500 }
      const audit = (await queries.audit(page)).rows
      return {
        orders: (await queries.orders(page)).rows,
        invoices: (await queries.invoices(page)).rows,
        shipments: (await queries.shipments(page)).rows.map(({ state }) => state),
        cases: (await queries.exceptions({ ...page, open: 'both' })).rows.length,
        events: (await queries.events(page)).rows.map(({ id }) => id).toSorted(),
        audited: audit.length,
        auditBreak: verifyAuditChain(audit),
        effects: (await queries.effects(page)).rows.map(({ key, state }) => [key, state]),
        aside: [
          (await queries.parked(page)).rows.length,
          (await queries.quarantined(page)).rows.length,
          (await queries.deadLetters(page)).rows.length,
        ],
      }
    }),
  )
}

const [aLife = []] = tenants.map((tenant) => wholeLife(tenant))
/** Steps `liveOn` says: one for each document of each company, and one for each tick. */
export const stepCount = aLife.length * (tenants.length + 1)

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

const [, program, books, ledger, minutes] = process.argv
if (program === import.meta.filename && books !== undefined && ledger !== undefined) {
  const runtime = openBooks({ books, ledger, minutes: Number(minutes) })
  await liveOn(runtime, (step) => void writeSync(1, `${step}\n`))
  // However fast it was, it stays until it is killed, or until nobody is left to kill it.
  await once(process.stdin.resume(), 'end')
  await runtime.close()
}
