import {
  type Actor,
  replayOrder,
  type TradeDocumentInput,
  verifyAuditChain,
} from '@counterfoil/core'
import { createPolicySource } from '@counterfoil/rules'
import { loadRuleSetFolder } from '@counterfoil/rules/node'
import { describe, expect, it } from 'vitest'
import { createVirtualClock } from '../clock/virtual-clock.ts'
import { aCount, delivered, theInvoice, theOrder } from '../conformance/story-documents.ts'
import { createDesk } from '../conformance/story-world.ts'
import { createRuntime } from '../create-runtime.ts'
import { createMemoryStore } from '../memory-store/memory-store.ts'
import { randomSalt } from './names-apart.ts'

const canonical = loadRuleSetFolder(
  new URL('../../../rules/rulesets', import.meta.url).pathname,
).filter(({ ruleSet }) => ruleSet.id.startsWith('canonical-'))

const tenant = 'acme'
const kim: Actor = { kind: 'user', id: 'Kim Roth', roles: ['accounts-payable', 'buyer'] }
const approvals = [{ approvedBy: 'Ada Berg', approvedAt: '2026-11-23T10:00:00Z' }]
const origin = {
  channel: 'api' as const,
  connection: 'portal',
  deliveryKey: 'portal/1',
  contentHash: 'a'.repeat(64),
}

/** Books in which Ada Berg approved an order and Kim Roth released a hold, and a letter of Ada's nobody could read. */
async function someBooks() {
  const store = createMemoryStore()
  const desk = createDesk()
  const clock = createVirtualClock('2026-11-28T09:00:00Z')
  const policies = createPolicySource(canonical)
  const personal = { salt: randomSalt }
  const runtime = createRuntime({ store, policies, connectors: [desk.connector], clock, personal })
  const tell = async (document: TradeDocumentInput) => {
    const answer = await runtime.receive(delivered(document))
    await runtime.tick()
    return answer.documents[0]?.outcome
  }
  await tell(theOrder({ approvals, origin }))
  await tell(aCount('10'))
  await tell(theInvoice('150.00'))
  const [hold] = (await runtime.queries.holds({ tenant })).rows
  await runtime.act({
    tenant,
    actor: kim,
    idempotencyKey: 'r1',
    aggregate: { kind: 'invoice', key: hold?.invoiceKey ?? '' },
    type: 'hold.released',
    data: { holdId: hold?.holdId ?? '', code: 'accept_variance', reason: 'agreed' },
    expectedVersion: null,
  })
  await runtime.receive({
    tenant,
    buyerOrganisation: '0001',
    connection: 'mail',
    timeZone: 'UTC',
    body: 'Dear all, call ADA BERG on +49 30 1234 or write to ada.berg@example.com',
  })
  await runtime.tick()
  return { store, runtime, tell, desk }
}

type Books = Awaited<ReturnType<typeof someBooks>>

/** Everything in the books, and the places apart from them. */
async function allOf({ store }: Books) {
  const page = { tenant, limit: 500 }
  const events = (await store.events(page)).rows
  const books = [
    events,
    (await store.audit(page)).rows,
    (await store.effects(page)).rows,
    (await store.rows({ ...page, view: 'hold' })).rows,
    (await store.rows({ ...page, view: 'exception' })).rows,
    await store.load(
      [...new Map(events.map(({ aggregate }) => [aggregate.key, aggregate])).values()].map(
        (reference) => ({ tenant, reference, messageIds: [] }),
      ),
    ),
    await store.command({ tenant, idempotencyKey: 'r1' }),
  ]
  const apart = [(await store.originals(page)).rows, (await store.quarantined(page)).rows]
  return { books: JSON.stringify(books), apart: JSON.stringify(apart) }
}

const released = async ({ runtime }: Books) =>
  (await runtime.queries.holds({ tenant, open: 'both' })).rows.map((hold) => hold.released?.by)

describe('names of people', () => {
  it('are nowhere in the books, and shown to whoever asks the runtime', async () => {
    const made = await someBooks()
    const { books, apart } = await allOf(made)
    for (const name of ['Ada', 'Kim']) expect(books).not.toContain(name)
    expect(books).not.toContain(origin.contentHash)
    expect(apart).toContain('Ada Berg')
    expect(await released(made)).toContain('Kim Roth')
    const { rows } = await made.runtime.queries.events({ tenant })
    expect(JSON.stringify(rows)).toContain('Ada Berg')
  })

  it('are the same person each time, so that nobody approves their own work by another name', async () => {
    const made = await someBooks()
    await made.tell(theOrder({ approvals, documentNumber: '4712', orderNumber: '4712' }))
    const { books } = await allOf(made)
    const tokens = new Set(books.match(/"approvedBy":"person-[0-9a-f]{64}"/g))
    expect(tokens.size).toBe(1)
  })
})

describe('forgetting a person', () => {
  const everything = { tenant, names: ['Ada Berg', 'ada.berg@example.com', 'Kim Roth'] }

  it('leaves no name and no text it stood in, and changes nothing in the books', async () => {
    const made = await someBooks()
    const before = await allOf(made)
    expect(await made.runtime.forget(everything)).toEqual({ names: 2, texts: 1, quarantined: 1 })
    const after = await allOf(made)
    expect(after.books).toBe(before.books)
    // Hashes are no words, though one of them may have `ada` in it.
    const words = after.apart.toLowerCase().replaceAll(/[0-9a-f]{64}/g, '')
    for (const name of ['ada', 'kim', '1234']) expect(words).not.toContain(name)
    expect(await made.runtime.forget(everything)).toEqual({ names: 0, texts: 0, quarantined: 0 })
  })

  it('breaks no chain, and every order replays to what it is', async () => {
    const made = await someBooks()
    await made.runtime.forget(everything)
    const page = { tenant, limit: 500 }
    expect(verifyAuditChain((await made.store.audit(page)).rows)).toBeNull()
    const reference = { kind: 'order', key: 'acme/0001/4711' } as const
    const { rows } = await made.store.events({ ...page, aggregates: [reference] })
    const [stored] = await made.store.load([{ tenant, reference, messageIds: [] }])
    const replayed = JSON.parse(JSON.stringify(replayOrder(reference.key, rows)))
    // The head of the chain comes with the entries, not with the events.
    expect({ ...replayed, auditHead: stored?.state?.auditHead }).toEqual(stored?.state)
    const shown = await released(made)
    expect(shown.some((by) => /^person-[0-9a-f]{64}$/.test(by ?? ''))).toBe(true)
  })

  it('stops nothing: documents come in, and the person is a new one when it comes again', async () => {
    const made = await someBooks()
    await made.runtime.forget(everything)
    expect(await made.tell(theInvoice('124.00', { documentNumber: 'INV-9' }))).toBe('accepted')
    const again = theOrder({ approvals, documentNumber: '4712', orderNumber: '4712' })
    expect(await made.tell(again)).toBe('accepted')
    const { books } = await allOf(made)
    expect(new Set(books.match(/"approvedBy":"person-[0-9a-f]{64}"/g)).size).toBe(2)
  })
})
