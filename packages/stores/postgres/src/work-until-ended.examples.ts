import { appendFileSync, writeSync } from 'node:fs'
import { type Connector, CounterfoilError, joinKey, type WriteRequest } from '@counterfoil/core'
import { createPolicySource } from '@counterfoil/rules'
import {
  createRuntime,
  createVirtualClock,
  type Runtime,
  type VirtualClock,
} from '@counterfoil/runtime'
import { wholeLife } from '@counterfoil/runtime/conformance'
import { canonicalRuleSets } from './canonical-rule-sets.examples.ts'
import { readLedger } from './live-until-killed.examples.ts'
import { createPostgresStore } from './postgres-store.ts'

/** The companies whose documents come in all at once. */
export const senders: readonly string[] = Array.from({ length: 12 }, (_, index) => `s${index}`)

/** Where the books and the ledger are, and whether the system behind the ledger answers. */
export type Place = {
  readonly connectionString: string
  readonly schema: string
  readonly ledger: string
  /** Every third request is noted and never answered, whether or not the caller still waits. */
  readonly stuck: boolean
}

/** A system that notes every request in a file before it answers, and does each key once. */
function ledgerConnector({ ledger, stuck }: Place): Connector {
  let asked = 0
  const write = async ({ tenant, idempotencyKey }: WriteRequest) => {
    const key = joinKey([tenant, idempotencyKey])
    const repeated = readLedger(ledger).done.includes(key)
    appendFileSync(ledger, `${key}\n`)
    asked += 1
    if (stuck && asked % 3 === 0) await new Promise(() => undefined)
    return { kind: 'applied' as const, reference: key, repeated }
  }
  return {
    contract: 'v1',
    name: 'ledger',
    capabilities: {
      reads: [],
      writes: ['notify', 'send-supplier-notice', 'write-back/erp', 'write-back/finance'],
    },
    read: async () => ({ deliveries: [], cursor: null, more: false }),
    write,
  }
}

const begin = '2026-11-24T09:00:00Z'
/** When a process that is told to end waits no longer. */
export const endedAt = '2026-11-24T09:00:01Z'

/** The books, opened at a moment that stays: whoever had to wait for a lease would wait for ever. */
export function openBooks(place: Place): {
  readonly runtime: Runtime
  readonly clock: VirtualClock
} {
  const clock = createVirtualClock(begin)
  const runtime = createRuntime({
    store: createPostgresStore({ connectionString: place.connectionString, schema: place.schema }),
    policies: createPolicySource(canonicalRuleSets()),
    connectors: [ledgerConnector(place)],
    clock,
    limits: { conflictRetriesMax: 1000 },
  })
  return { runtime, clock }
}

/** Hands the documents of one company over, each once, saying what became of it; false when one was refused for now. */
export async function offerLife(
  runtime: Runtime,
  sender: string,
  say: (document: string, outcome: string) => void,
): Promise<boolean> {
  for (const [index, document] of wholeLife(sender).entries()) {
    const { tenant, buyerOrganisation } = document
    const envelope = { tenant, buyerOrganisation, connection: 'mail', timeZone: 'UTC' }
    const name = `${tenant}/${index}`
    try {
      const { documents } = await runtime.receive({ ...envelope, document })
      say(name, documents[0]?.outcome ?? '')
    } catch (error) {
      if (!CounterfoilError.is(error) || !error.retryable) throw error
      say(name, 'refused')
      return false
    }
  }
  return true
}

const [, program, place] = process.argv
if (program === import.meta.filename && place !== undefined) {
  const { runtime, clock } = openBooks(JSON.parse(place))
  process.once('SIGTERM', () => {
    void runtime.close({ patienceSeconds: 1 })
    // Whatever answers at all has answered by then.
    setTimeout(() => clock.advanceTo(endedAt), 200)
  })
  const say = (document: string, outcome: string): void =>
    void writeSync(1, `${document} ${outcome}\n`)
  const offerForEver = async (sender: string): Promise<void> => {
    while (await offerLife(runtime, sender, say));
  }
  await Promise.all([
    runtime.run({ signal: new AbortController().signal }),
    ...senders.map(offerForEver),
  ])
}
