import {
  Acknowledgment,
  type Actor,
  BusinessCalendar,
  type Connector,
  messageData,
  officeHours,
  type TradeDocument,
  type WriteAnswer,
} from '@counterfoil/core'
import {
  anInvoice,
  anOrderLine,
  aPurchaseOrder,
  aReceipt,
  aReceiptLine,
  aShipNotice,
} from '@counterfoil/core/examples'
import { type Master, MasterFile, masterOf } from '@counterfoil/core/masters'
import { erpWmsFinance, type SystemOfRecordContract } from '@counterfoil/core/system-of-record'
import { createPolicySource } from '@counterfoil/rules'
import { loadRuleSetFolder } from '@counterfoil/rules/node'
import { describe, expect, it } from 'vitest'
import { createVirtualClock } from '../clock/virtual-clock.ts'
import { createRuntime } from '../create-runtime.ts'
import { createMemoryStore } from '../memory-store/memory-store.ts'
import type { RuntimeSettings } from '../runtime.ts'

const ruleSets = new URL('../../../rules/rulesets/', import.meta.url).pathname
const canonical = loadRuleSetFolder(ruleSets).filter(({ ruleSet }) =>
  ruleSet.id.startsWith('canonical-'),
)
const orderOf = { kind: 'order', key: 'acme/0001/4711' } as const

/** Whatever stands outside: it takes everything, and remembers which records it was asked to write. */
function aSystem() {
  const written: string[] = []
  const connector: Connector = {
    contract: 'v1',
    name: 'outside',
    capabilities: {
      reads: [],
      writes: [
        'notify',
        'send-supplier-notice',
        'send-document/supplier',
        'write-back/erp',
        'write-back/wms',
        'write-back/finance',
        'write-back/planning',
      ],
    },
    read: () => Promise.resolve({ deliveries: [], cursor: null, more: false }),
    write: ({ intent }): Promise<WriteAnswer> => {
      if (intent.kind === 'write-back') written.push(`${intent.system} ${intent.record}`)
      return Promise.resolve({ kind: 'applied', reference: 'R1', repeated: false })
    },
  }
  return { connector, written }
}

function aBook(settings: Partial<RuntimeSettings> = {}) {
  const runtime = createRuntime({
    store: createMemoryStore(),
    policies: createPolicySource(canonical),
    connectors: [aSystem().connector],
    clock: createVirtualClock('2026-11-20T09:00:00Z'),
    contracts: () => erpWmsFinance,
    ...settings,
  })
  return {
    runtime,
    from: async (connection: string, document: TradeDocument) => {
      const header = { tenant: 'acme', buyerOrganisation: '0001', timeZone: 'UTC', connection }
      const { documents } = await runtime.receive({ ...header, document })
      await runtime.tick()
      return documents[0]
    },
    order: async () =>
      (await runtime.queries.aggregate({ tenant: 'acme', reference: orderOf }))?.state as never as {
        readonly standing: { readonly order: ReturnType<typeof aPurchaseOrder> }
        readonly facts: { readonly drift?: object }
      },
    cases: async () =>
      (await runtime.queries.exceptions({ tenant: 'acme', open: 'both' })).rows.map(
        ({ code, state, sentence }) => ({
          code,
          state,
          sentence,
        }),
      ),
    events: async () => (await runtime.queries.events({ tenant: 'acme' })).rows,
  }
}

function at(amount: string, version = 1): ReturnType<typeof aPurchaseOrder> {
  const price = { amount, perQuantity: '1', perUnitOfMeasure: 'EA', priceType: 'firm' as const }
  return aPurchaseOrder({ version, lines: [anOrderLine({ price })] })
}

describe('a field another system owns (R-44, R-46, R-105)', () => {
  it('keeps its value when the warehouse sends a price, and somebody is told with both (INV-20)', async () => {
    const { from, order, cases, events } = aBook()
    await from('erp', at('12.40'))
    await from('wms', at('12.90', 2))
    expect((await order()).standing.order).toMatchObject({
      version: 1,
      lines: [{ price: { amount: '12.40' } }],
    })
    expect(await cases()).toMatchObject([
      {
        code: 'SOR_CONFLICT',
        sentence:
          'wms says otherwise of purchase-order `4711`: `lines/1/price/amount` is `12.40` here and `12.90` there (erp owns it)',
      },
    ])
    const told = (await events()).find(({ type }) => type === 'ownership.compared')
    expect(told?.data).toMatchObject({
      ownership: { contract: { contract: 'erp-wms-finance', version: '1.0.0' }, system: 'wms' },
    })
  })

  it('is settled by itself once the other system says the same as the owner', async () => {
    const { from, cases } = aBook()
    await from('erp', at('12.40'))
    await from('wms', at('12.90', 2))
    await from('wms', { ...at('12.40', 3), issuedAt: '2026-11-21T08:00:00Z' } as TradeDocument)
    expect(await cases()).toMatchObject([{ code: 'SOR_CONFLICT', state: 'auto-resolved' }])
  })

  it('follows its owner at once: a later version of the ERP is a decision', async () => {
    const { from, order, cases } = aBook()
    await from('erp', at('12.40'))
    await from('erp', at('12.90', 2))
    expect((await order()).standing.order.lines[0]?.price.amount).toBe('12.90')
    expect(await cases()).toEqual([])
  })

  it('of a record that is not known may not begin with a system that does not own it, and nothing is lost', async () => {
    const { from, runtime } = aBook()
    expect(await from('wms', at('12.40'))).toMatchObject({
      outcome: 'quarantined',
      reason: 'NOT_OWNER',
      sentence: 'purchase-order `4711` came from wms, and erp owns it: nothing of it was taken',
    })
    const { rows } = await runtime.queries.quarantined({ tenant: 'acme' })
    expect(rows).toMatchObject([{ exception: { code: 'SOR_CONFLICT' } }])
  })

  it('belongs to whom the contract of the buyer’s own day names: 23:30 UTC is the next day in Berlin', async () => {
    const asked: string[] = []
    const berlin = BusinessCalendar.parse({
      ...officeHours,
      id: 'berlin',
      timeZone: 'Europe/Berlin',
    })
    const contracts: RuntimeSettings['contracts'] = ({ on }) => {
      asked.push(on)
      return erpWmsFinance
    }
    const clock = createVirtualClock('2026-12-31T23:30:00Z')
    const { from, runtime } = aBook({ contracts, clock, calendars: () => ({ buyer: berlin }) })
    await from('erp', at('12.40'))
    await runtime.act({
      tenant: 'acme',
      aggregate: orderOf,
      type: 'line.short-closed',
      data: { orderLineNumber: '1', reason: 'no longer wanted' },
      actor: { kind: 'user', id: 'bea', roles: ['buyer'] },
      expectedVersion: null,
      idempotencyKey: 'short-close',
    })
    await runtime.tick()
    expect(new Set(asked)).toEqual(new Set(['2027-01-01']))
    const inUtc: string[] = []
    const other = aBook({
      contracts: ({ on }) => {
        inUtc.push(on)
        return erpWmsFinance
      },
      clock: createVirtualClock('2026-12-31T23:30:00Z'),
    })
    await other.from('erp', at('12.40'))
    expect(new Set(inUtc)).toEqual(new Set(['2026-12-31']))
  })

  it('is as before where there is no contract', async () => {
    const { from, order, events } = aBook({ contracts: () => undefined })
    await from('erp', at('12.40'))
    await from('wms', at('12.90', 2))
    expect((await order()).standing.order.lines[0]?.price.amount).toBe('12.90')
    expect((await events()).some(({ data }) => 'ownership' in data)).toBe(false)
  })

  it('counted by the warehouse is not counted again by the ERP', async () => {
    const { from, cases, runtime } = aBook()
    await from('erp', at('12.40'))
    await from('wms', aReceipt({ lines: [aReceiptLine({ quantity: '10' })] }))
    await from('erp', aReceipt({ revision: 1, lines: [aReceiptLine({ quantity: '9' })] }))
    expect(await cases()).toMatchObject([
      {
        code: 'SOR_CONFLICT',
        sentence: expect.stringContaining(
          '`lines/1/quantity` is `10` here and `9` there (wms owns it)',
        ),
      },
    ])
    const { rows } = await runtime.queries.orders({ tenant: 'acme' })
    expect(rows).toHaveLength(1)
  })
})

const asWms: Actor = { kind: 'connector', id: 'wms', roles: [] }

describe('a command about a field another system owns (R-63)', () => {
  it('of a program is refused, and what it said goes to somebody', async () => {
    const { from, cases, runtime } = aBook()
    await from('erp', at('12.40'))
    const answer = await runtime.act({
      tenant: 'acme',
      aggregate: orderOf,
      type: 'order.issued',
      data: messageData({ document: at('12.90', 2) }),
      actor: asWms,
      expectedVersion: null,
      idempotencyKey: 'w1',
    })
    expect(answer).toMatchObject({ outcome: 'refused', reason: 'owned-elsewhere' })
    expect(await cases()).toMatchObject([{ code: 'SOR_CONFLICT' }])
    expect((await cases())[0]?.sentence).toContain('(erp owns it)')
  })

  it('of a person is refused with who owns it, and no case is opened for what the person was told', async () => {
    const { from, cases, runtime } = aBook()
    await from('erp', at('12.40'))
    const answer = await runtime.act({
      tenant: 'acme',
      aggregate: orderOf,
      type: 'order.issued',
      data: messageData({ document: at('12.90', 2) }),
      actor: { kind: 'user', id: 'pia', roles: ['payables'] },
      expectedVersion: null,
      idempotencyKey: 'p1',
    })
    expect(answer).toEqual({
      outcome: 'refused',
      reason: 'not-a-proposer',
      sentence: 'erp owns what `order.issued` says, and `pia` may not propose it',
    })
    expect(await cases()).toEqual([])
  })
})

describe('a write-back', () => {
  const ack = Acknowledgment.parse({
    kind: 'acknowledgment',
    tenant: 'acme',
    buyerOrganisation: '0001',
    supplier: 'S100',
    documentNumber: 'AK-1',
    revision: 0,
    issuedAt: '2026-11-21T08:00:00Z',
    orderNumber: '4711',
    orderVersion: 1,
    decision: 'accepted',
    unlistedLines: 'unanswered',
    lines: [
      {
        documentLineNumber: '1',
        orderLineNumber: '1',
        item: { buyerItem: 'SKU-1' },
        responses: [
          {
            action: 'accept',
            quantity: '10',
            unitOfMeasure: 'EA',
            promisedDate: '2026-11-27',
            dateMeaning: 'delivery',
          },
        ],
      },
    ],
  })

  it('goes out where the contract allows it', async () => {
    const { connector, written } = aSystem()
    const { from } = aBook({ connectors: [connector] })
    await from('erp', at('12.40'))
    await from('edi', ack)
    expect(written).toEqual(['erp confirmation/1'])
  })

  it('is not sent where another system owns the field, and its case says who (INV-20)', async () => {
    const { connector, written } = aSystem()
    const planned: SystemOfRecordContract = {
      ...erpWmsFinance,
      records: erpWmsFinance.records.map((terms) => {
        if (terms.record === 'purchase-order') return { ...terms, writeBacks: ['order-version/*'] }
        return terms.record === 'plan' ? { ...terms, writeBacks: ['confirmation/*'] } : terms
      }),
    }
    const { from, cases } = aBook({ connectors: [connector], contracts: () => planned })
    await from('erp', at('12.40'))
    await from('edi', ack)
    expect(written).toEqual([])
    expect(await cases()).toMatchObject([
      {
        code: 'SOR_CONFLICT',
        sentence:
          'erp did not take `confirmation/1`: `confirmation/1` belongs to planning, and erp was to write it: nothing was written',
      },
    ])
  })
})

const file = MasterFile.parse({
  id: 'acme-master',
  version: '1',
  suppliers: [
    { supplier: 'S100', name: 'Nordlicht', aliases: ['90017'], status: 'active', holds: [] },
  ],
  items: [
    {
      item: 'SKU-1',
      description: 'hex bolt',
      aliases: [],
      identifiers: {},
      stockUnit: 'EA',
      unitConversions: [],
      catchWeight: false,
      lotControlled: false,
      serialControlled: false,
      shelfLifeDaysMin: null,
      inspection: 'none',
      hazardous: false,
      substitutes: [],
      status: 'active',
    },
  ],
  unitConversions: [],
  unitAliases: [],
  prices: [
    {
      supplier: 'S100',
      item: 'SKU-1',
      currency: 'EUR',
      unitOfMeasure: 'EA',
      perQuantity: '1',
      scales: [{ fromQuantity: '0', amount: '12.40' }],
    },
  ],
  paymentTerms: [],
  taxRates: [],
})
const withoutItems: Master = masterOf({ ...file, items: [] })

describe('a document beside the master data (R-50, R-63)', () => {
  it('is recorded with what was looked up, by which day and row, so that it can be decided again (INV-24)', async () => {
    const { from, events, cases } = aBook({ masters: () => masterOf(file) })
    await from('erp', at('12.40'))
    const issued = (await events()).find(({ type }) => type === 'order.issued')
    expect(issued?.data['masters']).toMatchObject({
      master: { master: 'acme-master', version: '1' },
      findings: [],
      lookUps: [
        { table: 'supplier', key: 'S100', on: '2026-11-20', basis: 'order-date' },
        { table: 'item', key: 'buyer/SKU-1' },
        { table: 'price', key: 'S100/SKU-1/EUR' },
      ],
    })
    expect(await cases()).toEqual([])
  })

  it('leads to the same state when it is replayed, whatever the master says by then', async () => {
    let master = withoutItems
    const { from, runtime } = aBook({ masters: () => master })
    await from('erp', at('15.00'))
    await from('wms', at('12.90', 2))
    await from('wms', aReceipt({ lines: [aReceiptLine()] }))
    master = masterOf(file)
    const moment = await runtime.queries.orderAt({
      orderKey: orderOf.key,
      tenant: 'acme',
      at: '2026-11-21T00:00:00Z',
    })
    expect(moment?.order.verified).toBe(true)
  })

  it('that names an article nobody knows has a case with an owner, over once the master was mended', async () => {
    const { from, cases, runtime } = aBook({ masters: () => withoutItems })
    await from('erp', at('12.40'))
    expect(await cases()).toMatchObject([
      {
        code: 'MASTER_DATA_MISSING',
        sentence: 'purchase-order/4711: line 1: article `SKU-1` is not in the master on 2026-11-20',
      },
    ])
    const { rows } = await runtime.queries.exceptions({ tenant: 'acme' })
    expect(rows[0]?.owner.role).not.toBe('')
    await runtime.act({
      tenant: 'acme',
      aggregate: orderOf,
      type: 'masters.looked-up',
      data: {
        masters: {
          master: { master: 'acme-master', version: '2', hash: null },
          document: 'purchase-order/4711',
          asOf: '2026-11-28T10:00:00Z',
          lookUps: [],
          findings: [],
        },
      },
      actor: { kind: 'connector', id: 'erp', roles: [] },
      expectedVersion: null,
      idempotencyKey: 'mended',
    })
    expect(await cases()).toMatchObject([{ code: 'MASTER_DATA_MISSING', state: 'auto-resolved' }])
  })

  it('at a price beyond what the rules accept beside the master has a case for the buyer', async () => {
    const { from, cases } = aBook({ masters: () => masterOf(file) })
    // 15.00 - 12.40 = 2.60, which is 20.97 % of 12.40.
    await from('erp', at('15.00'))
    expect((await cases()).map(({ code }) => code)).toEqual(['PRICE_OVER'])
  })

  it('under an old number of its supplier meets the order all the same', async () => {
    const { from, order } = aBook({ masters: () => masterOf(file) })
    const answer = await from('erp', { ...at('12.40'), supplier: '90017' } as TradeDocument)
    expect(answer).toMatchObject({
      outcome: 'accepted',
      document: { supplier: 'S100' },
      findings: [{ rule: 'supplier-number-mapped', severity: 'info' }],
    })
    expect((await order()).standing.order.supplier).toBe('S100')
  })

  it('is not passed on: an invoice for what the master does not know waits with a hold, not with finance', async () => {
    const { from, cases, runtime } = aBook({ masters: () => withoutItems })
    await from('erp', at('12.40'))
    await from('wms', aReceipt({ lines: [aReceiptLine()] }))
    await from('edi', anInvoice())
    const { rows } = await runtime.queries.invoices({ tenant: 'acme' })
    expect(rows).toMatchObject([{ state: 'on-hold' }])
    expect((await cases()).map(({ code }) => code)).toEqual([
      'MASTER_DATA_MISSING',
      'MASTER_DATA_MISSING',
      'MASTER_DATA_MISSING',
    ])
    const { rows: effects } = await runtime.queries.effects({ tenant: 'acme' })
    expect(
      effects.filter(({ intent }) => intent.kind === 'write-back' && intent.system === 'finance'),
    ).toEqual([])
  })

  it('is looked up at the dock too: a ship notice, and the count of its goods, each with a case and its owner', async () => {
    const { from, events, runtime } = aBook({ masters: () => withoutItems })
    await from('erp', at('12.40'))
    await from('edi', aShipNotice())
    await from('wms', aReceipt({ receivedDate: '2026-11-27', lines: [aReceiptLine()] }))
    const { rows } = await runtime.queries.exceptions({ tenant: 'acme', open: 'both' })
    const missing = rows.filter(({ code }) => code === 'MASTER_DATA_MISSING')
    const sentences = missing.map(({ sentence }) => sentence)
    expect(sentences).toContain(
      'ship-notice/ASN-1: line 1: article `SKU-1` is not in the master on 2026-11-25',
    )
    expect(sentences).toContain(
      'receipt/GR-1: line 1: article `SKU-1` is not in the master on 2026-11-27',
    )
    expect(missing.every(({ owner, dueAt }) => owner.role !== '' && dueAt !== '')).toBe(true)
    const bases = (await events()).flatMap(({ type, data }) => {
      const { lookUps } = (data['masters'] ?? { lookUps: [] }) as never as {
        readonly lookUps: readonly { readonly table: string; readonly basis: string }[]
      }
      return lookUps.filter(({ table }) => table === 'item').map(({ basis }) => [type, basis])
    })
    expect(bases).toEqual([
      ['order.issued', 'order-date'],
      ['ship-notice.received', 'ship-date'],
      ['receipt.recorded', 'receipt-date'],
    ])
  })

  it('keeps a draft from being approved before the master was mended', async () => {
    const { runtime } = aBook({ masters: () => withoutItems })
    const tell = (type: string, data: object, id: string) =>
      runtime.act({
        tenant: 'acme',
        aggregate: orderOf,
        type,
        data: messageData(data),
        actor: { kind: 'user', id, roles: ['buyer'] },
        expectedVersion: null,
        idempotencyKey: `${type}/${id}`,
      })
    await tell('order.drafted', { document: at('12.40') }, 'bert')
    await tell('order.submitted', {}, 'bert')
    expect(await tell('order.approved', {}, 'anna')).toEqual({
      outcome: 'refused',
      reason: 'master-data-missing',
      sentence:
        'mend the master data first: line 1: article `SKU-1` is not in the master on 2026-11-20',
    })
  })
})
