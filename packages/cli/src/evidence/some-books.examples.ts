import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createPolicySource } from '@counterfoil/rules'
import { createRuntime, createVirtualClock, randomSalt, type Store } from '@counterfoil/runtime'
import { ed25519Signer } from '@counterfoil/runtime/audit-keys'
import { wholeLife } from '@counterfoil/runtime/conformance'
import { canonicalOf, readyMadeRuleSets } from '../rules/ready-made-rule-sets.ts'

const approvals = [{ approvedBy: 'Ada Berg', approvedAt: '2026-11-23T10:00:00Z' }]

/** Lives the whole life of an order in a store under signed heads, and keeps the signing key in a file. */
export async function liveSomeBooks(store: Store) {
  const folder = mkdtempSync(join(tmpdir(), 'counterfoil-evidence-'))
  const { privateKey } = generateKeyPairSync('ed25519')
  const keyFile = join(folder, 'key.pem')
  writeFileSync(keyFile, privateKey.export({ format: 'pem', type: 'pkcs8' }))
  const clock = createVirtualClock('2026-11-24T09:00:00Z')
  const runtime = createRuntime({
    store,
    policies: createPolicySource(canonicalOf(readyMadeRuleSets())),
    connectors: [],
    clock,
    audit: { signer: ed25519Signer('2026', privateKey), everySeconds: 0 },
    personal: { salt: randomSalt },
  })
  for (const document of wholeLife()) {
    await runtime.receive({
      tenant: 'acme',
      buyerOrganisation: '0001',
      connection: 'portal',
      timeZone: 'Europe/Berlin',
      document: {
        ...document,
        ...(document.kind === 'purchase-order' && { approvals }),
        origin: {
          channel: 'portal',
          connection: 'portal',
          deliveryKey: `portal/${document.documentNumber}`,
          contentHash: 'a'.repeat(64),
        },
      },
    })
    await runtime.tick()
  }
  await runtime.act({
    tenant: 'acme',
    actor: { kind: 'user', id: 'Kim Roth', roles: ['buyer'] },
    idempotencyKey: 'note-1',
    aggregate: { kind: 'order', key: 'acme/0001/4711' },
    type: 'note.recorded',
    data: { text: 'the driver was early' },
    expectedVersion: null,
  })
  await runtime.tick()
  return { runtime, folder, keyFile }
}
