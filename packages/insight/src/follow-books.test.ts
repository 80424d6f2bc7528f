import { type AggregateReference, instant, systemActor, TenantId } from '@counterfoil/core'
import { createMemoryStore } from '@counterfoil/runtime'
import type { Tombstone } from '@counterfoil/runtime/retention'
import { expect, it } from 'vitest'
import { createInsight } from './create-insight.ts'
import { followBooks } from './follow-books.ts'

it('passes over an order that was purged after its events were read', async () => {
  const store = createMemoryStore()
  const reference: AggregateReference = { kind: 'order', key: 'acme/0001/4711' }
  const at = instant('2026-11-24T09:00:00Z')
  const tombstone: Tombstone = {
    key: reference.key,
    sequence: 2,
    auditHead: null,
    machine: { name: 'purged', version: 1, shape: 'purged' },
    purged: { at, archive: 'a'.repeat(64) },
  }
  await store.commit({
    aggregates: [{ tenant: 'acme', reference, versionBefore: 0, state: tombstone }],
    events: [
      {
        messageId: 'm',
        event: {
          id: 'm#0',
          tenant: TenantId.parse('acme'),
          aggregate: reference,
          type: 'order.issued',
          schemaVersion: 1,
          occurredAt: at,
          receivedAt: at,
          actor: systemActor,
          causedBy: null,
          data: {},
          sequence: 1,
        },
      },
    ],
  })
  const insight = createInsight()
  await expect(followBooks(insight, { store, tenant: 'acme' })).resolves.toBeNull()
})
