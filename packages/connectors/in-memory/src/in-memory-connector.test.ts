import { mkdtempSync, rmSync, writeFileSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ConnectorHarness, conformanceCases } from '@counterfoil/connector-kit/conformance'
import { canonicalJson, messageData, type OutwardIntent } from '@counterfoil/core'
import { afterEach, describe, expect, it } from 'vitest'
import { createInMemoryConnector, type InMemoryConnectorSettings } from './in-memory-connector.ts'
import { createJsonLinesJournal } from './json-lines-journal.ts'

const envelope = {
  tenant: 'acme',
  buyerOrganisation: '0001',
  connection: 'mailbox',
  timeZone: 'Europe/Berlin',
}
const notice: OutwardIntent = {
  kind: 'notify',
  role: 'buyer',
  topic: 'test',
  subject: 'order 4711',
  sentence: 'look',
}

function aHarness(settings: InMemoryConnectorSettings = {}): ConnectorHarness {
  const connector = createInMemoryConnector(settings)
  return {
    connector,
    arrive: async (document) => connector.deliver({ ...envelope, document }),
    carriedOut: async () => connector.carriedOut().length,
    amend: async (record) => connector.amend(record),
    cutOff: async () => connector.switchOff(),
    restore: async () => connector.switchOn(),
    dispose: async () => {},
  }
}

function ask(connector: ConnectorHarness['connector'], idempotencyKey: string, intent = notice) {
  return connector.write({
    tenant: 'acme',
    aggregate: { kind: 'order', key: 'acme/0001/4711' },
    intent,
    idempotencyKey,
    signal: new AbortController().signal,
  })
}

describe('the in-memory connector', () => {
  for (const { name, run } of conformanceCases(() => aHarness())) it(name, run)
})

describe('an in-memory connector that offers little', () => {
  const little = () => aHarness({ reads: [], writes: ['write-back/finance'], tenants: ['acme'] })
  for (const { name, run } of conformanceCases(little)) it(name, run)
})

describe('the conformance cases of connectors', () => {
  it('name every group for the reference connector', () => {
    const names = conformanceCases(() => aHarness()).map(({ name }) => name.split(':')[0])
    expect([...new Set(names)]).toEqual([
      'purchase-orders',
      'acknowledgments',
      'ship-notices',
      'receipts',
      'invoices',
      'holds',
      'outages',
    ])
  })

  const faults: readonly (readonly [string, (harness: ConnectorHarness) => ConnectorHarness])[] = [
    [
      'forgets its keys',
      ({ connector, ...harness }) => {
        let calls = 0
        const write: typeof connector.write = (request) =>
          connector.write({ ...request, idempotencyKey: `${(calls += 1)}` })
        return { ...harness, connector: { ...connector, write } }
      },
    ],
    [
      'gives a page again',
      ({ connector, ...harness }) => ({
        ...harness,
        connector: {
          ...connector,
          read: async (request) => {
            const page = await connector.read({ ...request, cursor: null })
            return { ...page, cursor: '1' }
          },
        },
      }),
    ],
    [
      'does what was called off',
      ({ connector, ...harness }) => {
        const { signal } = new AbortController()
        return {
          ...harness,
          connector: {
            ...connector,
            write: (request) => connector.write({ ...request, signal }),
          },
        }
      },
    ],
    [
      'overwrites what somebody else changed',
      ({ connector, ...harness }) => ({ ...harness, connector, amend: async () => {} }),
    ],
    [
      'reads newest first',
      ({ connector, ...harness }) => ({
        ...harness,
        connector: {
          ...connector,
          read: async (request) => {
            const page = await connector.read(request)
            return { ...page, deliveries: page.deliveries.toReversed() }
          },
        },
      }),
    ],
    [
      'calls an outage a reply it cannot read',
      ({ connector, ...harness }) => ({
        ...harness,
        connector: {
          ...connector,
          read: async (request) => {
            try {
              return await connector.read(request)
            } catch (cause) {
              throw new Error('no answer', { cause })
            }
          },
        },
      }),
    ],
  ]

  it.each(faults)('catch a connector that %s', async (_what, broken) => {
    const cases = conformanceCases(() => broken(aHarness()))
    const results = await Promise.allSettled(cases.map(({ run }) => run()))
    expect(results.filter(({ status }) => status === 'rejected').length).toBeGreaterThan(0)
  })
})

describe('what the stand-in did', () => {
  it('can be looked at, and is labelled as done by a stand-in', async () => {
    const connector = createInMemoryConnector()
    await ask(connector, 'e1/0')
    await ask(connector, 'e1/1', {
      kind: 'write-back',
      system: 'finance',
      record: 'invoice-release',
      expectedVersion: null,
      data: messageData({ invoiceNumber: 'INV-1' }),
    })
    expect(connector.carriedOut()).toMatchObject([
      { idempotencyKey: 'e1/0', intent: notice, reference: 'stand-in/people/buyer/1' },
      { idempotencyKey: 'e1/1', reference: 'stand-in/finance/2' },
    ])
  })

  it('is declined where the story says so, and a declined key is free', async () => {
    let isOpen = false
    const connector = createInMemoryConnector({
      declines: () => (isOpen ? null : { reason: 'closed', sentence: 'the books are closed' }),
    })
    expect(await ask(connector, 'k')).toEqual({
      kind: 'refused',
      reason: 'closed',
      sentence: 'the books are closed',
    })
    expect(connector.carriedOut()).toEqual([])
    isOpen = true
    expect(await ask(connector, 'k')).toMatchObject({ kind: 'applied', repeated: false })
  })
})

describe('a journal', () => {
  const folders: string[] = []
  afterEach(() => {
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
  })
  function aFile(): string {
    const folder = mkdtempSync(join(tmpdir(), 'counterfoil-'))
    folders.push(folder)
    return join(folder, 'deep', 'journal.jsonl')
  }
  const document = {
    kind: 'milestone',
    tenant: 'acme',
    buyerOrganisation: '0001',
    supplier: 'S100',
    documentNumber: 'M1',
    revision: 0,
    issuedAt: '2026-11-25T08:00:00Z',
    shipNoticeNumber: 'ASN-1',
    code: 'departed',
    timeMeaning: 'actual',
    at: '2026-11-25T08:00:00Z',
  } as const

  it('lets the stand-in go on after a restart as if there had been none', async () => {
    const file = aFile()
    const before = createInMemoryConnector({ journal: createJsonLinesJournal({ file }) })
    before.deliver({ ...envelope, document })
    before.amend({ tenant: 'acme', system: 'erp', record: 'PO-1', version: 2 })
    const first = await ask(before, 'k1')
    const after = createInMemoryConnector({ journal: createJsonLinesJournal({ file }) })
    expect(await ask(after, 'k1')).toEqual({ ...first, repeated: true })
    expect(canonicalJson(after.carriedOut())).toBe(canonicalJson(before.carriedOut()))
    const signal = new AbortController().signal
    const page = await after.read({ cursor: '1', limit: 5, signal })
    expect(page).toEqual({ deliveries: [], cursor: '1', more: false })
    const onOld: OutwardIntent = {
      kind: 'write-back',
      system: 'erp',
      record: 'PO-1',
      expectedVersion: 1,
      data: {},
    }
    expect(await ask(after, 'k2', onOld)).toMatchObject({ kind: 'conflict', currentVersion: 2 })
  })

  it('drops a line that a crash cut off, and goes on behind it', async () => {
    const file = aFile()
    const before = createInMemoryConnector({ journal: createJsonLinesJournal({ file }) })
    await ask(before, 'k1')
    writeFileSync(file, `${readFileSync(file, 'utf8')}{"kind":"carried-out","carr`)
    const after = createInMemoryConnector({ journal: createJsonLinesJournal({ file }) })
    expect(after.carriedOut()).toHaveLength(1)
    await ask(after, 'k2')
    const last = createInMemoryConnector({ journal: createJsonLinesJournal({ file }) })
    expect(last.carriedOut().map(({ idempotencyKey }) => idempotencyKey)).toEqual(['k1', 'k2'])
  })

  it('that was tampered with is refused by line', async () => {
    const file = aFile()
    await ask(createInMemoryConnector({ journal: createJsonLinesJournal({ file }) }), 'k1')
    writeFileSync(file, `${readFileSync(file, 'utf8')}nonsense\n`)
    const after = createInMemoryConnector({ journal: createJsonLinesJournal({ file }) })
    await expect(ask(after, 'k2')).rejects.toThrow('line `2` of the journal is not JSON')
  })

  it('is not touched before the first call', () => {
    let reads = 0
    const journal = {
      read: () => {
        reads += 1
        return []
      },
      append: () => {},
    }
    createInMemoryConnector({ journal })
    expect(reads).toBe(0)
  })

  it('that cannot be written to leaves the thing undone', async () => {
    let isFull = true
    const journal = {
      read: () => [],
      append: () => {
        if (isFull) throw new Error('the disk is full')
      },
    }
    const connector = createInMemoryConnector({ journal })
    await expect(ask(connector, 'k1')).rejects.toThrow('the disk is full')
    isFull = false
    expect(await ask(connector, 'k1')).toMatchObject({ kind: 'applied', repeated: false })
  })
})
