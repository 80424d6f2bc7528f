import { once } from 'node:events'
import { appendFileSync, writeSync } from 'node:fs'
import {
  type AggregateState,
  CalendarDate,
  type Connector,
  type DomainEvent,
  type MachineStamp,
  orderKey,
} from '@counterfoil/core'
import { conductDecision, type Conducting } from '@counterfoil/core/lifecycle'
import { createPolicySource } from '@counterfoil/rules'
import { type ConductedAggregate, createRuntime, type Runtime } from '@counterfoil/runtime'
import { wholeLife } from '@counterfoil/runtime/conformance'
import { canonicalRuleSets } from './canonical-rule-sets.examples.ts'
import { createPostgresStore } from './postgres-store.ts'

/** A release, and where its books and the ledger of what was asked of another system are. */
export type ReleasePlace = {
  readonly connectionString: string
  readonly schema: string
  readonly ledger: string
  /** The second counts in another way, and takes over what the first began. */
  readonly release: 1 | 2
}

/** The companies whose papers are counted. */
export const companies: readonly string[] = Array.from({ length: 8 }, (_, index) => `c${index}`)
/** How many papers each of them has. */
export const papersEach = wholeLife('c0').length

/** A company's papers as they were counted. */
export type Tally = AggregateState & { readonly counted: number; readonly inDozens?: number }

const first: MachineStamp = { name: 'tally', version: 1, shape: 'counted' }
const second: MachineStamp = { name: 'tally', version: 2, shape: 'counted-in-dozens' }

function tallyOf(release: 1 | 2): ConductedAggregate {
  const machine = release === 1 ? first : second
  const begin = (key: string): Tally => ({
    key,
    sequence: 0,
    auditHead: null,
    machine,
    counted: 0,
    ...(release === 2 && { inDozens: 0 }),
  })
  const record = (state: Tally, { sequence }: DomainEvent): Tally => {
    const counted = state.counted + 1
    return { ...state, sequence, counted, ...(release === 2 && { inDozens: counted / 12 }) }
  }
  const conducting: Conducting<Tally> = {
    kind: 'order',
    record,
    derive: () => null,
    intentsOf: ({ event, after }) => {
      const subject = `${after.key} ${event.sequence}`
      return [{ kind: 'notify', role: 'buyer', topic: 'counted', subject, sentence: 'one more' }]
    },
    statusOf: ({ counted }) => String(counted),
  }
  return {
    kind: 'order',
    machine,
    older: release === 1 ? [] : [{ machine: first, take: { kind: 'replay' } }],
    decide: (state, message, context) =>
      conductDecision(
        conducting,
        (state as Tally | null) ?? begin(message.aggregate.key),
        message,
        context,
      ),
    replay: (key, events) => events.reduce(record, begin(key)),
    scopeOf: (_state, { tenant, occurredAt }) => ({
      scope: { tenant, businessUnit: '0001' },
      businessDate: CalendarDate.parse(occurredAt.slice(0, 10)),
    }),
    rowsOf: () => [],
  }
}

function ledgerConnector(file: string): Connector {
  return {
    contract: 'v1',
    name: 'ledger',
    capabilities: { reads: [], writes: ['notify'] },
    read: async () => ({ deliveries: [], cursor: null, more: false }),
    write: async ({ tenant, idempotencyKey }) => {
      appendFileSync(file, `${tenant} ${idempotencyKey}\n`)
      return { kind: 'applied', reference: idempotencyKey, repeated: false }
    },
  }
}

/** Opens the books by a release. */
export function openRelease({ connectionString, schema, ledger, release }: ReleasePlace): Runtime {
  return createRuntime({
    store: createPostgresStore({ connectionString, schema }),
    policies: createPolicySource(canonicalRuleSets()),
    connectors: [ledgerConnector(ledger)],
    aggregates: [tallyOf(release)],
    address: ({ tenant, buyerOrganisation }) => [
      {
        aggregate: {
          kind: 'order',
          key: orderKey({ tenant, buyerOrganisation, orderNumber: 'tally' }),
        },
        type: 'paper.counted',
        data: {},
      },
    ],
  })
}

/**
 * Hands every second paper of every company over, and says what became of each. The second release begins when it is told
 * to, and the first keeps its last papers until it is told.
 */
async function handOver(runtime: Runtime, release: 1 | 2): Promise<void> {
  for (let turn = release - 1; turn < papersEach; turn += 2) {
    const waits = release === 1 ? turn + 2 >= papersEach : turn === 1
    if (waits) await once(process.stdin, 'data')
    for (const company of companies) {
      const document = wholeLife(company)[turn]
      if (document === undefined) continue
      const { tenant, buyerOrganisation } = document
      const envelope = { tenant, buyerOrganisation, connection: 'mail', timeZone: 'UTC' }
      const { documents } = await runtime.receive({ ...envelope, document })
      const [answer] = documents
      const reason = answer !== undefined && 'reason' in answer ? answer.reason : ''
      writeSync(1, `${answer?.outcome} ${reason}\n`)
    }
  }
}

const [, program, place] = process.argv
if (program === import.meta.filename && place !== undefined) {
  const given: ReleasePlace = JSON.parse(place)
  const runtime = openRelease(given)
  const running = runtime.run({ signal: new AbortController().signal })
  await handOver(runtime, given.release)
  // It goes on with its part until it is told to end.
  await once(process.stdin.resume(), 'end')
  await runtime.close({ patienceSeconds: 5 })
  await running
}
