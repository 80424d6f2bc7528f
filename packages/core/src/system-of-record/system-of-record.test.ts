import { describe, expect, it } from 'vitest'
import { instant } from '../calendar/instant.ts'
import {
  anOrderLine,
  anOrderSchedule,
  aPurchaseOrder,
} from '../purchase-order/purchase-order.examples.ts'
import { checkContract, contractReference } from './check-contract.ts'
import { takeOwned } from './compare-records.ts'
import { RecordKind, type SystemOfRecordContract } from './contract.ts'
import type { OwnershipCheck } from './drift.ts'
import { erpWmsFinance } from './erp-wms-finance.ts'
import { mayCreate, ownerOf, pickContract, systemOf } from './owner-of.ts'
import { driftCases, recordDrift, standingDrift } from './record-drift.ts'
import { refusalToSay, refusalToWrite } from './refusal-to-write.ts'

/** The ready-made contract, in which the warehouse owns the docks that goods come to. */
const contract: SystemOfRecordContract = {
  ...erpWmsFinance,
  records: erpWmsFinance.records.map((terms) =>
    terms.record === 'purchase-order'
      ? {
          ...terms,
          fields: [
            { path: 'lines/*/schedules/*/shipTo', owner: 'wms' },
            { path: 'lines/*/price', drift: 'report' as const },
            { path: 'lines/*/description', drift: 'adopt' as const },
          ],
        }
      : terms,
  ),
}

describe('a contract on who owns what (R-44, R-105)', () => {
  it('that is ready-made is sound and speaks of every kind of record', () => {
    const checked = checkContract(JSON.parse(JSON.stringify(erpWmsFinance)))
    expect(checked.findings).toEqual([])
    expect(new Set(erpWmsFinance.records.map(({ record }) => record))).toEqual(
      new Set(RecordKind.options),
    )
    expect(checked.reference).toEqual(contractReference(erpWmsFinance))
  })

  it('names the place of whatever is wrong with it', () => {
    const [first, ...others] = erpWmsFinance.records
    const broken = {
      ...erpWmsFinance,
      systems: [...erpWmsFinance.systems, { system: 'crm', title: 'CRM', connections: ['erp'] }],
      records: [
        {
          ...first,
          fields: [
            { path: 'lines/*/price', owner: 'ledger' },
            { path: 'lines/*/price', owner: 'wms' },
          ],
        },
        ...others,
        first,
      ],
    }
    expect(checkContract(broken).findings.map(({ rule, pointer }) => `${rule} ${pointer}`)).toEqual(
      [
        'connection-twice /systems/5/connections/0',
        'system-unknown /records/0/fields/0/owner',
        'field-twice /records/0/fields/1',
        'record-twice /records/18',
      ],
    )
    expect(checkContract(broken).contract).toBeNull()
    expect(checkContract({ ...erpWmsFinance, version: 'one' }).findings).toMatchObject([
      { rule: 'contract-form', pointer: '/version' },
    ])
  })

  it('is refused where one write belongs to two systems, as either would be wrong', () => {
    const records = erpWmsFinance.records.map((terms) =>
      terms.record === 'receipt' ? { ...terms, writeBacks: ['inventory/*'] } : terms,
    )
    expect(checkContract({ ...erpWmsFinance, records }).findings).toMatchObject([
      { rule: 'owners-differ', pointer: '/records/8/writeBacks/0' },
    ])
  })

  it('lets two entries mean one field where one of them is closer', () => {
    const records = erpWmsFinance.records.map((terms) =>
      terms.record === 'item'
        ? {
            ...terms,
            fields: [
              { path: '*/a', owner: 'wms' },
              { path: '*/*', owner: 'erp' },
            ],
          }
        : terms,
    )
    const { contract: read, findings } = checkContract({ ...erpWmsFinance, records })
    expect(findings).toEqual([])
    expect(read && ownerOf(read, 'item', 'b/a')?.owner).toBe('wms')
    expect(read && ownerOf(read, 'item', 'b/b')?.owner).toBe('erp')
  })

  it('says who owns a field by the entry that is closest to it', () => {
    const owner = (path: string) => ownerOf(contract, 'purchase-order', path)?.owner
    expect(owner('lines/10/quantityOrdered')).toBe('erp')
    expect(owner('lines/10/schedules/1/shipTo')).toBe('wms')
    expect(owner('lines/10/schedules/1/requestedDate')).toBe('erp')
    // What lies in a field is the field's.
    expect(ownerOf(contract, 'purchase-order', 'lines/10/price/amount')?.drift).toBe('report')
    expect(ownerOf({ ...contract, records: [] }, 'item', 'description')).toBeNull()
  })

  it('knows a system by its connection, the closest name first', () => {
    expect(systemOf(contract, 'erp')).toBe('erp')
    expect(systemOf(contract, 'wms-north')).toBe('wms')
    expect(systemOf(contract, 'as2-nordlicht')).toBe('supplier')
    const { systems } = contract
    const closed = { ...contract, systems: systems.filter(({ system }) => system !== 'supplier') }
    expect(systemOf(closed, 'as2-nordlicht')).toBeNull()
    expect(mayCreate(closed, 'invoice', null)).toBe(false)
  })

  it('lets a record begin with its owner and with whom it names', () => {
    expect(mayCreate(contract, 'purchase-order', 'erp')).toBe(true)
    expect(mayCreate(contract, 'purchase-order', 'wms')).toBe(false)
    expect(mayCreate(contract, 'ship-notice', 'wms')).toBe(true)
  })

  it('is the one that began last by the business day', () => {
    const next = { ...contract, version: '2.0.0', effectiveFrom: '2026-12-01' as const }
    const both = [next as SystemOfRecordContract, contract]
    expect(pickContract(both, '2026-11-30')?.version).toBe('1.0.0')
    expect(pickContract(both, '2026-12-01')?.version).toBe('2.0.0')
    expect(pickContract(both, '2025-12-31')).toBeNull()
  })
})

const ours = aPurchaseOrder()

function said(
  change: Parameters<typeof anOrderLine>[0],
  { system, version = 1 }: { readonly system: string | null; readonly version?: number },
) {
  const theirs = aPurchaseOrder({ version, lines: [anOrderLine(change)] })
  const isLater = version > ours.version
  return takeOwned({ contract, record: 'purchase-order', system, ours, theirs, isLater })
}

const at1290 = {
  price: { amount: '12.90', perQuantity: '1', perUnitOfMeasure: 'EA', priceType: 'firm' },
} as const

describe('what a system says of a field (R-44, R-46)', () => {
  it('it does not own is not taken, and is reported with both values (INV-20)', () => {
    const { document, drift, isNews } = said(at1290, { system: 'wms', version: 2 })
    expect(drift).toEqual([
      {
        record: 'purchase-order',
        path: 'lines/1/price/amount',
        ours: '12.40',
        theirs: '12.90',
        owner: 'erp',
        policy: 'report',
        taken: false,
      },
    ])
    expect(document.lines[0]?.price.amount).toBe('12.40')
    expect(isNews).toBe(false)
  })

  it('it owns is taken, beside what it does not own', () => {
    const schedules = [anOrderSchedule({ shipTo: 'DOCK-7' })]
    const { document, drift, isNews } = said(
      { ...at1290, schedules },
      { system: 'wms', version: 2 },
    )
    expect(document.lines[0]?.schedules[0]?.shipTo).toBe('DOCK-7')
    expect(document.lines[0]?.price.amount).toBe('12.40')
    expect(drift.map(({ path }) => path)).toEqual(['lines/1/price/amount'])
    expect(isNews).toBe(true)
  })

  it('of its own at a later version is a decision, and no drift', () => {
    const { document, drift, isNews } = said(at1290, { system: 'erp', version: 2 })
    expect(document.lines[0]?.price.amount).toBe('12.90')
    expect({ drift, isNews }).toEqual({ drift: [], isNews: true })
  })

  it('of its own at the same version has come apart: reported, or taken where the contract says so', () => {
    const apart = said({ ...at1290, description: 'hexagon bolt M8' }, { system: 'erp' })
    expect(apart.drift.map(({ path, taken }) => [path, taken])).toEqual([
      ['lines/1/description', true],
      ['lines/1/price/amount', false],
    ])
    expect(apart.document.lines[0]).toMatchObject({
      description: 'hexagon bolt M8',
      price: { amount: '12.40' },
    })
  })

  it('about a line more or a line less is one difference, and the line stays as it was', () => {
    const two = aPurchaseOrder({
      version: 2,
      lines: [anOrderLine({ orderLineNumber: '2', description: 'nut' })],
    })
    const { document, drift } = takeOwned({
      contract,
      record: 'purchase-order',
      system: 'wms',
      ours,
      theirs: two,
      isLater: true,
    })
    expect(
      drift.map(({ path, ours: here, theirs }) => [path, here === null, theirs === null]),
    ).toEqual([
      ['lines/2', true, false],
      ['lines/1', false, true],
    ])
    expect(document.lines).toEqual(ours.lines)
  })

  it('in other digits is the same number', () => {
    const price = { ...at1290.price, amount: '12.4' }
    expect(said({ price }, { system: 'wms' }).drift).toEqual([])
  })

  it('from nobody known is taken of nothing that anybody owns', () => {
    expect(said(at1290, { system: null }).document.lines[0]?.price.amount).toBe('12.40')
  })
})

describe('a write', () => {
  const write = (
    system: 'erp' | 'wms' | 'finance',
    record: string,
    expectedVersion: number | null,
  ) => refusalToWrite(contract, { system, record, expectedVersion })

  it('goes to the owner, on the version it is based on', () => {
    expect(write('erp', 'order-version/3', 2)).toBeNull()
    expect(write('finance', 'invoice-release', null)).toBeNull()
    expect(write('wms', 'labour-expectation/1/1', null)).toBeNull()
  })

  it('without that version is refused, as it might write over something newer (INV-20)', () => {
    expect(write('erp', 'order-version/3', null)).toMatchObject({
      reason: 'expected-version-missing',
      owner: 'erp',
    })
  })

  it('to a system that does not own the field is refused, with the owner', () => {
    expect(write('finance', 'order-version/3', 2)).toMatchObject({
      reason: 'owned-elsewhere',
      owner: 'erp',
      record: 'purchase-order',
    })
  })

  it('nobody agreed on is refused', () => {
    expect(write('erp', 'credit-limit/S100', 1)).toMatchObject({ reason: 'not-in-contract' })
  })

  it('of what only its owner says is refused', () => {
    const records = contract.records.map((terms) =>
      terms.record === 'stock' ? { ...terms, direction: 'in' as const } : terms,
    )
    expect(
      refusalToWrite(
        { ...contract, records },
        {
          system: 'erp',
          record: 'inventory/1',
          expectedVersion: 1,
        },
      ),
    ).toMatchObject({ reason: 'never-written', owner: 'erp' })
  })
})

describe('a command (R-63)', () => {
  const say = (
    type: string,
    actor: {
      readonly kind: 'user' | 'connector' | 'system'
      readonly id: string
      readonly roles: string[]
    },
    expectedVersion: number | null = null,
  ) => refusalToSay(contract, { type, actor, expectedVersion })

  it('of the owner, of the product itself, and about what nobody owns is none of the contract', () => {
    expect(say('invoice.posted', { kind: 'connector', id: 'finance-1', roles: [] })).toBeNull()
    expect(say('invoice.posted', { kind: 'system', id: 'counterfoil', roles: [] })).toBeNull()
    expect(say('note.recorded', { kind: 'user', id: 'bert', roles: [] })).toBeNull()
  })

  it('of another system is refused', () => {
    expect(say('invoice.posted', { kind: 'connector', id: 'wms', roles: [] })).toMatchObject({
      reason: 'owned-elsewhere',
      owner: 'finance',
    })
  })

  it('of a person is refused where the role may not propose it', () => {
    const bert = { kind: 'user' as const, id: 'bert', roles: ['buyer'] }
    expect(say('payment.cleared', bert)).toMatchObject({ reason: 'not-a-proposer' })
    // A buyer may propose an order, and says which version was seen, as the contract asks.
    expect(say('order.issued', bert)).toMatchObject({ reason: 'expected-version-missing' })
    expect(say('order.issued', bert, 3)).toBeNull()
  })
})

describe('drift', () => {
  const check = (asOf: string, drift: OwnershipCheck['drift']): OwnershipCheck => ({
    contract: contractReference(contract),
    system: 'wms',
    record: 'purchase-order',
    recordNumber: '4711',
    asOf: instant(asOf),
    drift,
  })
  const price = said(at1290, { system: 'wms', version: 2 }).drift
  const other = price.map((one) => ({ ...one, theirs: '13.00', policy: 'exception' as const }))

  it('is known since it was first said, until the system says the same as we do', () => {
    const first = recordDrift(undefined, check('2026-11-20T08:00:00Z', [...price]))
    const again = recordDrift(first, check('2026-11-22T08:00:00Z', [...price]))
    expect(standingDrift(again)).toMatchObject([
      { path: 'lines/1/price/amount', system: 'wms', since: '2026-11-20T08:00:00Z' },
    ])
    expect(standingDrift(recordDrift(again, check('2026-11-23T08:00:00Z', [])))).toEqual([])
  })

  it('that was said before something newer changes nothing, however late it comes', () => {
    const newest = recordDrift(undefined, check('2026-11-23T08:00:00Z', []))
    expect(recordDrift(newest, check('2026-11-20T08:00:00Z', [...price]))).toBe(newest)
  })

  it('is a case only where the contract wants one, and another case once it is another difference', () => {
    const reported = recordDrift(undefined, check('2026-11-20T08:00:00Z', [...price]))
    expect(driftCases(reported)).toEqual([])
    const wanted = driftCases(recordDrift(reported, check('2026-11-21T08:00:00Z', other)))
    expect(wanted).toMatchObject([
      {
        code: 'SOR_CONFLICT',
        sentence:
          'wms says otherwise of purchase-order `4711`: `lines/1/price/amount` is `12.40` here and `13.00` there (erp owns it)',
      },
    ])
    const more = other.map((one) => ({ ...one, theirs: '14.00' }))
    const [again] = driftCases(recordDrift(reported, check('2026-11-21T08:00:00Z', more)))
    expect(again?.key).not.toBe(wanted[0]?.key)
  })
})
