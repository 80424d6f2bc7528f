import { writeSync } from 'node:fs'
import {
  type AggregateReference,
  chainAudit,
  hashOf,
  instant,
  type Message,
  systemActor,
  TenantId,
} from '@counterfoil/core'
import type { Commit } from '@counterfoil/runtime'
import { createSqliteStore } from './create-sqlite-store.ts'

/** The order every numbered commit is about. */
export const order: AggregateReference = { kind: 'order', key: 'acme/0001/4711' }

/** Events, effects and audit entries of one numbered commit: enough to take a while. */
export const eventsPerCommit = 20

const at = instant('2026-11-25T12:00:00Z')

/** The commit that follows on `number` earlier ones. `previousHash` is the head of the audit chain before it. */
export function numberedCommit(number: number, previousHash: string | null): Commit {
  const before = number * eventsPerCommit
  const ordinals = Array.from({ length: eventsPerCommit }, (_, index) => before + index + 1)
  const messages = ordinals.map(messageNumbered)
  const audit = chainAudit(messages.map(recordOf), {
    aggregate: 'order:acme/0001/4711',
    sequence: before,
    previousHash,
  })
  const tenant = 'acme'
  return {
    aggregates: [
      {
        tenant,
        reference: order,
        versionBefore: before,
        state: {
          key: order.key,
          sequence: before + eventsPerCommit,
          auditHead: audit.at(-1)?.hash ?? null,
          machine: { name: 'test', version: 1 },
        },
      },
    ],
    events: messages.map((message, index) => ({
      event: { ...message, id: `${message.id}#0`, sequence: before + index + 1 },
      messageId: message.id,
    })),
    audit: audit.map((entry) => ({ tenant, reference: order, entry })),
    effects: ordinals.map((ordinal) => ({
      tenant,
      key: `m${ordinal}#0/0`,
      aggregate: order,
      destination: 'people',
      intent: {
        kind: 'notify',
        role: 'buyer',
        topic: 'test',
        subject: `step ${ordinal}`,
        sentence: 'look',
      },
      decidedAt: at,
    })),
    queue: [{ ...messageNumbered(before + 1), id: `next-${number}` }],
    deliveries: [
      {
        tenant,
        deliveryKey: `d${number}`,
        contentHash: hashOf(number),
        receivedAt: at,
        answer: {
          outcome: 'accepted',
          deliveryKey: `d${number}`,
          document: { kind: 'receipt', documentNumber: `${number}`, revision: 0, supplier: 'S100' },
          aggregates: [order],
          findings: [],
        },
      },
    ],
  }
}

function messageNumbered(ordinal: number): Message {
  return {
    id: `m${ordinal}`,
    tenant: TenantId.parse('acme'),
    aggregate: order,
    type: 'test.said',
    schemaVersion: 1,
    occurredAt: at,
    receivedAt: at,
    actor: systemActor,
    causedBy: null,
    data: { ordinal, text: 'x'.repeat(500) },
  }
}

function recordOf(message: Message) {
  return {
    at,
    actor: systemActor,
    object: order.key,
    event: message.type,
    eventId: `${message.id}#0`,
    from: null,
    to: 'said',
    reason: null,
    policy: [],
    inputHash: hashOf(message.data),
  }
}

/** Commits on where the file stands, and says so after each answer, until it is killed. */
async function commitUntilKilled(file: string): Promise<void> {
  // Of two that never pause, one may be unlucky for long on a busy machine.
  const store = createSqliteStore({ file, busySeconds: 60 })
  for (;;) {
    const [loaded] = await store.load([{ tenant: 'acme', reference: order, messageIds: [] }])
    const state = loaded?.state ?? null
    const number = (state?.sequence ?? 0) / eventsPerCommit
    const { kind } = await store.commit(numberedCommit(number, state?.auditHead ?? null))
    if (kind === 'committed') writeSync(1, `${number + 1}\n`)
  }
}

const [, program, file] = process.argv
if (program === import.meta.filename && file !== undefined) await commitUntilKilled(file)
