import { createPrivateKey } from 'node:crypto'
import {
  addMilliseconds,
  type Connector,
  instant,
  type MessageData,
  type TradeDocumentInput,
} from '@counterfoil/core'
import { createPolicySource } from '@counterfoil/rules'
import {
  type Clock,
  createRuntime,
  createVirtualClock,
  type Runtime,
  type Store,
} from '@counterfoil/runtime'
import { ed25519Signer } from '@counterfoil/runtime/audit-keys'
import { wholeLife } from '@counterfoil/runtime/conformance'
import { canonicalOf, readyMadeRuleSets } from '../rules/ready-made-rule-sets.ts'

/** A private key that is the same in every run, for what the README prints. */
export const privateKey = createPrivateKey({
  key: Buffer.from(`302e020100300506032b657004220420${'07'.repeat(32)}`, 'hex'),
  format: 'der',
  type: 'pkcs8',
})

const dayMilliseconds = 86_400_000

/** Carries out whatever it is asked. */
const desk: Connector = {
  contract: 'v1',
  name: 'desk',
  capabilities: {
    reads: [],
    writes: [
      'notify',
      'send-supplier-notice',
      'send-document/supplier',
      'send-document/erp',
      'write-back/erp',
      'write-back/wms',
      'write-back/finance',
      'write-back/planning',
    ],
  },
  read: async () => ({ deliveries: [], cursor: null, more: false }),
  write: async ({ idempotencyKey }) => ({
    kind: 'applied',
    reference: idempotencyKey,
    repeated: false,
  }),
}

/** Lives orders 4711 and 4712 until they are billed, and some of them until they are paid, in 2020, under signed heads. */
export async function liveClosedBooks(
  store: Store,
  paid: readonly string[] = ['4711'],
): Promise<void> {
  const clock = createVirtualClock('2020-11-24T09:00:00Z')
  const runtime = runtimeOver(store, clock)
  await tell(runtime, [...lifeOf('4711'), ...lifeOf('4712')])
  const posted = { postingNumber: 'P-1', postedOn: '2020-11-30' }
  const cleared = { paymentReference: 'B-1', paidOn: '2020-12-24', amount: '124.00' }
  const steps: Readonly<Record<string, MessageData>> = {
    'invoice.posted': posted,
    'payment.cleared': cleared,
  }
  for (const number of paid) {
    for (const [type, data] of Object.entries(steps)) {
      await runtime.act({
        tenant: 'acme',
        actor: { kind: 'connector', id: 'finance', roles: [] },
        idempotencyKey: `${type} ${number}`,
        aggregate: { kind: 'invoice', key: `acme/0001/S100/INV-${number}/standard` },
        type,
        data,
        expectedVersion: null,
      })
      await runtime.tick()
    }
  }
  for (let months = 0; months < 14; months += 1) {
    clock.advanceTo(addMilliseconds(instant(clock.now()), 30 * dayMilliseconds))
    await runtime.tick()
  }
  await runtime.close()
}

/** Takes an invoice INV-9 in for order 4711, years later, under a signed head. */
export async function billOnceMore(store: Store): Promise<void> {
  const runtime = runtimeOver(store, createVirtualClock('2024-03-01T09:00:00Z'))
  const invoices = lifeOf('4711').filter(({ kind }) => kind === 'invoice')
  await tell(
    runtime,
    invoices.map((invoice) => ({ ...invoice, documentNumber: 'INV-9' })),
  )
  await runtime.close()
}

function runtimeOver(store: Store, clock: Clock): Runtime {
  return createRuntime({
    store,
    policies: createPolicySource(canonicalOf(readyMadeRuleSets())),
    connectors: [desk],
    clock,
    audit: { signer: ed25519Signer('2026', privateKey), everySeconds: 0 },
    personal: { salt: () => 'salt' },
  })
}

async function tell(runtime: Runtime, documents: readonly TradeDocumentInput[]): Promise<void> {
  for (const document of documents) {
    await runtime.receive({
      tenant: 'acme',
      buyerOrganisation: '0001',
      connection: 'portal',
      timeZone: 'Europe/Berlin',
      document,
    })
    await runtime.tick()
  }
}

/** The documents of an order of that number, each on a day of its own in 2020. */
function lifeOf(number: string): readonly TradeDocumentInput[] {
  const text = JSON.stringify(wholeLife())
    .replaceAll('"4711"', `"${number}"`)
    .replaceAll(/"(AK|ASN|GR|INV)-1"/g, `"$1-${number}"`)
    .replaceAll('2026-', '2020-')
    .replaceAll('"invoiceDate":"2020-11-28"', `"invoiceDate":"2020-12-${number.slice(2)}"`)
  return JSON.parse(text)
}
