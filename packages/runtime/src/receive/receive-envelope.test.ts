import { BusinessCalendar, type DocumentReader } from '@counterfoil/core'
import { createPolicySource } from '@counterfoil/rules'
import { loadRuleSetFolder } from '@counterfoil/rules/node'
import { describe, expect, it } from 'vitest'
import { createVirtualClock } from '../clock/virtual-clock.ts'
import { wholeLife } from '../conformance/story-documents.ts'
import { createRuntime } from '../create-runtime.ts'
import { scriptedMilestone } from '../decide/scripted-order.examples.ts'
import { createMemoryStore } from '../memory-store/memory-store.ts'
import { aRuntime, clerk, envelope } from '../scripted-runtime.examples.ts'

function aReader(read: DocumentReader['read']): DocumentReader {
  return { format: 'api', recognises: () => true, read }
}

async function quarantinedBy(reader: DocumentReader, body = 'text') {
  const { runtime } = aRuntime({ readers: [reader] })
  const { documents } = await runtime.receive({ ...envelope, body })
  const { rows } = await runtime.queries.quarantined({ tenant: 'acme' })
  expect(rows).toHaveLength(1)
  expect(documents[0]?.outcome).toBe('quarantined')
  return rows[0]
}

describe('a delivery of text', () => {
  it('that is longer than allowed is set aside unread', async () => {
    const { runtime } = aRuntime({
      readers: [
        aReader(() => {
          throw new Error('nobody should read this')
        }),
      ],
      limits: { bodyCharactersMax: 10 },
    })
    const { documents } = await runtime.receive({ ...envelope, body: 'x'.repeat(11) })
    expect(documents).toMatchObject([
      { reason: 'UNREADABLE', findings: [{ rule: 'delivery-too-long' }] },
    ])
  })

  it('that holds no document is set aside, for its sender meant something', async () => {
    expect(await quarantinedBy(aReader(() => []))).toMatchObject({
      raw: 'text',
      findings: [{ rule: 'delivery-empty' }],
    })
  })

  it('costs one quarantined delivery when its reader breaks its contract and throws', async () => {
    const reader = aReader(() => {
      throw new Error('unexpected segment')
    })
    expect(await quarantinedBy(reader)).toMatchObject({
      raw: 'text',
      sentence: 'the reader gave up: unexpected segment',
    })
  })

  it('is checked again, whatever its reader made of it', async () => {
    const malformed = { ...scriptedMilestone({ number: 'M1', word: 'x' }), revision: -1 }
    const reader = aReader((text) => [
      { document: malformed as never, findings: [], raw: text, deliveryKey: 'd1' },
    ])
    expect(await quarantinedBy(reader)).toMatchObject({
      reason: 'UNREADABLE',
      findings: [{ rule: 'document-invalid', position: { path: 'revision' } }],
    })
  })

  it('is set aside when its reader found an error, document or not', async () => {
    const finding = {
      rule: 'sum-differs',
      severity: 'error',
      position: { offset: 0, line: 1, column: 1, path: '' },
      excerpt: '',
      sentence: 'the lines do not add up',
    } as const
    const document = scriptedMilestone({ number: 'M1', word: 'x' })
    const reader = aReader((text) => [
      { document: document as never, findings: [finding], raw: text, deliveryKey: 'd1' },
    ])
    expect(await quarantinedBy(reader)).toMatchObject({ sentence: 'the lines do not add up' })
  })

  it('needs a text or a document, and not both', async () => {
    const { runtime } = aRuntime()
    const document = scriptedMilestone({ number: 'M1', word: 'x' })
    for (const wrong of [{}, { body: 'x', document }, { body: 5 }]) {
      const delivery = { ...envelope, ...wrong } as never
      await expect(runtime.receive(delivery)).rejects.toMatchObject({ code: 'COMMAND_INVALID' })
    }
  })
})

describe('a sender', () => {
  const document = scriptedMilestone({ number: 'M1', word: 'left' })
  const unverified = async (settings: Parameters<typeof aRuntime>[0], supplier?: string) => {
    const { runtime, wordsOf } = aRuntime(settings)
    const { documents } = await runtime.receive({ ...envelope, supplier, document })
    const { rows } = await runtime.queries.exceptions({ tenant: 'acme' })
    return { runtime, documents, words: await wordsOf('4711'), cases: rows }
  }

  it('that speaks for another supplier than its own is set aside, with a case', async () => {
    const { documents, words, cases } = await unverified({}, 'S999')
    expect(documents).toMatchObject([{ outcome: 'quarantined', reason: 'UNVERIFIED_SENDER' }])
    expect(words).toEqual([])
    expect(cases).toMatchObject([
      { code: 'UNVERIFIED_SENDER', sentence: expect.stringContaining('belongs to `S999`') },
    ])
    expect(await unverified({}, document.supplier)).toMatchObject({ words: ['left'], cases: [] })
  })

  it('is set aside where nobody can be asked about it', async () => {
    const senders = () => {
      throw new Error('the directory is down')
    }
    const { documents } = await unverified({ senders })
    expect(documents).toMatchObject([{ outcome: 'quarantined', reason: 'UNDECIDABLE' }])
  })

  it('whose channel the master does not know is set aside until the master is mended', async () => {
    const known = new Set<string>()
    const { runtime, documents, cases } = await unverified({
      senders: ({ connection, supplier }) => known.has(`${connection}/${supplier}`),
      readers: [
        aReader((raw) => [
          { document: JSON.parse(raw) as never, findings: [], raw, deliveryKey: 'd1' },
        ]),
      ],
    })
    expect(cases).toMatchObject([
      {
        code: 'UNVERIFIED_SENDER',
        sentence: expect.stringContaining('connection `portal` is not known to speak for supplier'),
      },
    ])
    const [answer] = documents
    if (answer?.outcome !== 'quarantined') throw new Error('it was let in')
    const repaired = {
      tenant: 'acme',
      actor: clerk,
      type: 'quarantine.repaired',
      quarantineId: answer.quarantineId,
      body: JSON.stringify(document),
      note: 'the channel is entered in the master now',
    } as const
    expect(await runtime.act({ ...repaired, idempotencyKey: 'r1' })).toMatchObject({
      outcome: 'refused',
    })
    known.add(`portal/${document.supplier}`)
    expect(await runtime.act({ ...repaired, idempotencyKey: 'r2' })).toMatchObject({
      outcome: 'applied',
    })
    expect((await runtime.queries.exceptions({ tenant: 'acme' })).rows).toEqual([])
  })
})

const ruleSets = new URL('../../../rules/rulesets', import.meta.url).pathname
const canonical = loadRuleSetFolder(ruleSets).filter(({ ruleSet }) =>
  ruleSet.id.startsWith('canonical-'),
)

describe('outside facts', () => {
  const buyer = BusinessCalendar.parse({
    id: 'desk',
    timeZone: 'Europe/Berlin',
    workingDays: [1, 2, 3, 4, 5],
    opens: '08:00',
    closes: '16:00',
    holidays: [],
  })

  it('are gathered as a document comes in and recorded with what starts clocks', async () => {
    const asked: string[] = []
    const runtime = createRuntime({
      store: createMemoryStore(),
      policies: createPolicySource([]),
      connectors: [],
      clock: createVirtualClock('2026-11-24T09:00:00Z'),
      calendars: ({ tenant, buyerOrganisation, supplier }) => {
        asked.push(`${tenant}/${buyerOrganisation}/${supplier}`)
        return { buyer }
      },
    })
    const [order, acknowledgment] = wholeLife('acme')
    if (order === undefined || acknowledgment === undefined) return
    await runtime.receive({ ...envelope, document: order })
    await runtime.receive({ ...envelope, document: acknowledgment })
    const { rows } = await runtime.queries.events({ tenant: 'acme' })
    const ofType = (type: string) => rows.find((event) => event.type === type)?.data
    expect(ofType('order.issued')).toMatchObject({ calendars: { buyer } })
    expect(ofType('acknowledgment.received')).not.toHaveProperty('calendars')
    expect(asked).toEqual(['acme/0001/S100'])
  })

  it('tell of a blocked supplier, whose invoice waits until the master lets it go', async () => {
    const runtime = createRuntime({
      store: createMemoryStore(),
      policies: createPolicySource(canonical),
      connectors: [],
      clock: createVirtualClock('2026-11-28T09:00:00Z'),
      suppliers: ({ supplier }) =>
        supplier === 'S100' ? { status: 'on-hold', holds: ['payment'] } : undefined,
    })
    for (const document of wholeLife('acme')) await runtime.receive({ ...envelope, document })
    await runtime.tick()
    const { rows: cases } = await runtime.queries.exceptions({
      tenant: 'acme',
      ownerRole: 'treasury',
    })
    expect(cases).toMatchObject([
      { code: 'BLOCKED_SUPPLIER', owner: { role: 'treasury' }, dueAt: '2026-12-01T15:00:00Z' },
    ])
    const { rows: held } = await runtime.queries.invoices({ tenant: 'acme' })
    expect(held).toMatchObject([{ state: 'on-hold' }])
    await runtime.act({
      tenant: 'acme',
      aggregate: { kind: 'invoice', key: held[0]?.invoiceKey ?? '' },
      type: 'supplier.changed',
      data: { supplier: { status: 'active', holds: [] } },
      actor: { kind: 'connector', id: 'erp', roles: [] },
      expectedVersion: null,
      idempotencyKey: 'S100-active',
    })
    await runtime.tick()
    const { rows: paid } = await runtime.queries.invoices({ tenant: 'acme' })
    expect(paid).toMatchObject([{ state: 'released' }])
  })
})
