import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { instant } from '../calendar/instant.ts'
import { isOpenCase } from '../exception/open-case.ts'
import { orderKey } from '../identity/identity.ts'
import { aMilestone } from '../milestone/milestone.examples.ts'
import { aPurchaseOrder } from '../purchase-order/purchase-order.examples.ts'
import { aReceipt, aReceiptLine } from '../receipt/receipt.examples.ts'
import { aPack, aShipNotice, aShipNoticeLine } from '../ship-notice/ship-notice.examples.ts'
import { aWorldTold } from '../world/world.examples.ts'
import { passTime } from '../world/pass-time.ts'
import type { World } from '../world/world.ts'
import { aShipmentKey, strictPolicy } from './shipment-lifecycle.examples.ts'
import { shipmentStatus } from './shipment-regions.ts'

const order = aPurchaseOrder()
const from = '2026-11-25T09:00:00Z'
const told = (...documents: Parameters<typeof aWorldTold>[0]) => aWorldTold(documents, { from })

function shipmentOf(world: World) {
  const state = world.shipments[aShipmentKey]
  if (state === undefined) throw new Error('there is no shipment')
  return state
}
const warehouseTold = (world: World) =>
  world.effects.flatMap(({ intent }) =>
    intent.kind === 'notify' && intent.role === 'warehouse'
      ? [[intent.topic, intent.sentence]]
      : [],
  )

describe('a ship notice beside its order', () => {
  it('that fits is aligned, and closed when the dock counted it (R-22, R-36)', () => {
    const world = told(order, aShipNotice())
    expect(shipmentOf(world).regions).toMatchObject({ notice: 'validated', alignment: 'aligned' })
    expect(warehouseTold(world)).toEqual([])
    const counted = told(
      order,
      aShipNotice(),
      aReceipt({ lines: [aReceiptLine({ shipNoticeNumber: 'ASN-1' })] }),
    )
    expect(shipmentStatus(shipmentOf(counted).facts)).toBe('closed')
  })

  it('with too much on it alerts the warehouse before the goods come, and opens a case that is due before them (R-96, R-17)', () => {
    const lines = [aShipNoticeLine({ quantityShipped: '15' })]
    const world = told(order, aShipNotice({ lines }))
    expect(warehouseTold(world)).toEqual([
      [
        'ship-notice-misaligned',
        'goods expected on 2026-11-27 do not fit what was ordered: line 1: 15 EA are on their way where 10 were still to come, 5 too many',
      ],
    ])
    expect(shipmentOf(world).facts.cases).toMatchObject([
      { code: 'ASN_OVER', owner: { role: 'buyer' }, state: 'detected' },
    ])
    expect(shipmentOf(world).facts.cases[0]?.dueAt.slice(0, 10)).toBe('2026-11-26')
  })

  it('that cannot be scanned at the dock alerts it too, although the order is content (R-17)', () => {
    const world = told(order, aShipNotice({ packs: [aPack(), aPack()] }))
    expect(warehouseTold(world)).toEqual([
      ['ship-notice-misaligned', expect.stringContaining('handling unit P1 is named twice')],
    ])
    expect(shipmentOf(world).facts.cases.map(({ code }) => code)).toEqual(['ASN_DUPLICATE'])
  })

  it('that names a container of an earlier notice cannot be right, whichever of them comes first (R-17)', () => {
    const packs = [aPack({ sscc: '340123450000000000' })]
    const half = { packs, lines: [aShipNoticeLine({ quantityShipped: '5' })] }
    const first = aShipNotice(half)
    const second = aShipNotice({
      ...half,
      documentNumber: 'ASN-2',
      issuedAt: '2026-11-25T12:00:00Z',
    })
    const casesIn = (world: World) =>
      Object.values(world.shipments).flatMap(({ key, facts }) =>
        facts.cases.filter(isOpenCase).map(({ code, sentence }) => [key, code, sentence]),
      )
    const twice = [
      [
        'acme/0001/S100/ASN-2',
        'ASN_DUPLICATE',
        expect.stringContaining('container 340123450000000000 is on ship notice ASN-1 too'),
      ],
    ]
    expect(casesIn(told(order, first, second))).toEqual(twice)
    expect(casesIn(told(second, first, order))).toEqual(twice)
    const withdrawn = { ...first, revision: 1, purpose: 'cancel' as const }
    expect(casesIn(told(order, first, second, withdrawn))).toEqual([])
  })

  it('that comes before its order is compared when the order comes', () => {
    const early = told(aShipNotice())
    expect(shipmentOf(early).regions).toMatchObject({ notice: 'submitted' })
    expect(early.parked.map(({ message }) => message.type)).toEqual(['shipment.announced'])
    const world = told(aShipNotice(), order)
    expect(shipmentOf(world).regions).toMatchObject({ notice: 'validated', alignment: 'aligned' })
    expect(world.parked).toEqual([])
  })

  it('over two orders tells and asks each of its own lines only', () => {
    const other = aPurchaseOrder({ orderNumber: '4712', documentNumber: '4712' })
    const lines = [
      aShipNoticeLine(),
      aShipNoticeLine({ documentLineNumber: '2', orderNumber: '4712', quantityShipped: '11' }),
    ]
    const world = told(order, other, aShipNotice({ lines }))
    expect(shipmentOf(world).facts.comparisons).toMatchObject({
      '4711': { aligned: true },
      '4712': { aligned: false, discrepancies: [{ kind: 'over-shipment', actual: '11' }] },
    })
    const kept = Object.values(world.orders).map(({ facts }) => facts.lines['1']?.shipped.length)
    expect(kept).toEqual([1, 1])
  })

  it('that is withdrawn takes back what the order expected', () => {
    const withdrawn = aShipNotice({
      revision: 1,
      purpose: 'cancel',
      issuedAt: '2026-11-25T12:00:00Z',
    })
    const world = told(order, aShipNotice(), withdrawn)
    expect(shipmentStatus(shipmentOf(world).facts)).toBe('cancelled')
    const kept = world.orders[orderKey(order)]
    expect(kept?.facts.shipments[aShipmentKey]).toMatchObject({ cancelled: true })
    expect(kept?.facts.lines['1']?.shipped ?? []).toEqual([])
  })

  it('for an article nobody ordered is rejected', () => {
    const lines = [aShipNoticeLine({ orderLineNumber: '9', item: { buyerItem: 'SKU-9' } })]
    const world = told(order, aShipNotice({ lines }))
    expect(shipmentOf(world).regions).toMatchObject({ notice: 'rejected' })
  })
})

describe('a carrier’s reports beside the order', () => {
  const estimate = aMilestone({
    documentNumber: 'MS-2',
    code: 'arrived',
    timeMeaning: 'estimated',
    issuedAt: '2026-11-25T11:00:00Z',
    at: '2026-12-03T10:00:00Z',
  })

  it('of another day reach planning, warehouse, customers and finance, and open one case (R-33, R-43)', () => {
    const world = told(order, aShipNotice(), estimate)
    const roles = world.effects.flatMap(({ intent }) =>
      intent.kind === 'notify' ? [intent.role] : [],
    )
    expect(new Set(roles)).toEqual(
      new Set(['buyer', 'planning', 'warehouse', 'customer-service', 'finance']),
    )
    expect(world.orders[orderKey(order)]?.facts.shipments[aShipmentKey]?.delay).toEqual({
      reportedAt: '2026-11-25T11:00:00Z',
      newEstimatedDate: '2026-12-03',
    })
  })

  it('of the arrival are known to the order, and the case about the delay is over', () => {
    const here = aMilestone({
      documentNumber: 'MS-3',
      code: 'gate-in',
      issuedAt: '2026-12-03T08:00:00Z',
      at: '2026-12-03T07:45:00Z',
    })
    const world = told(order, aShipNotice(), estimate, here)
    expect(world.orders[orderKey(order)]?.facts.shipments[aShipmentKey]?.arrivedAt).toBe(
      '2026-12-03T07:45:00Z',
    )
    expect(shipmentOf(world).facts.cases.filter(isOpenCase)).toEqual([])
  })
})

describe('a shipment nobody hears of', () => {
  it('opens a case at the end of the day it was expected, by its own clock (R-24)', () => {
    const waiting = told(order, aShipNotice())
    const world = passTime(waiting, {
      until: instant('2026-11-27T17:00:01Z'),
      policy: strictPolicy,
    })
    expect(shipmentOf(world).facts.cases.map(({ code }) => code)).toEqual(['SHIPMENT_DELAY'])
    expect(shipmentStatus(shipmentOf(world).facts)).toBe('overdue')
  })

  it('of an order that is not known says so when the order had time enough to answer', () => {
    const waiting = told(aShipNotice())
    const world = passTime(waiting, {
      until: instant('2026-11-27T12:00:00Z'),
      policy: strictPolicy,
    })
    expect(shipmentOf(world).regions).toMatchObject({ notice: 'rejected' })
    expect(shipmentOf(world).facts.cases).toMatchObject([
      { code: 'ASN_ITEM', sentence: expect.stringContaining('order 4711 is not known') },
    ])
  })
})

describe('a shipment and its order', () => {
  const here = aMilestone({
    documentNumber: 'MS-3',
    code: 'arrived',
    issuedAt: '2026-12-03T08:00:00Z',
    at: '2026-12-03T07:45:00Z',
  })
  const later = aMilestone({
    documentNumber: 'MS-2',
    code: 'arrived',
    timeMeaning: 'estimated',
    issuedAt: '2026-11-25T11:00:00Z',
    at: '2026-12-03T10:00:00Z',
  })
  const replaced = aShipNotice({
    revision: 1,
    purpose: 'replace',
    issuedAt: '2026-11-25T10:00:00Z',
    lines: [aShipNoticeLine({ quantityShipped: '11' })],
  })
  const counted = aReceipt({
    lines: [aReceiptLine({ shipNoticeNumber: 'ASN-1', quantity: '9', final: true })],
  })
  const withdrawn = aShipNotice({
    revision: 1,
    purpose: 'cancel',
    issuedAt: '2026-11-25T12:00:00Z',
  })

  /** Both sides of what was agreed between them; stamps of arrival and closed cases may differ. */
  function bothSides(documents: Parameters<typeof aWorldTold>[0]) {
    const world = told(...documents)
    const { regions, facts } = shipmentOf(world)
    const kept = world.orders[orderKey(order)]
    return {
      regions,
      comparisons: facts.comparisons,
      counts: facts.counts,
      assessment: facts.assessment,
      openCases: facts.cases
        .filter(isOpenCase)
        .map(({ code, sentence }) => `${code} ${sentence}`)
        .toSorted(),
      shipmentAtTheOrder: kept?.facts.shipments,
      linesAtTheOrder: kept?.facts.lines,
      openCasesAtTheOrder: kept?.desk.cases
        .filter(isOpenCase)
        .map(({ code }) => code)
        .toSorted(),
      parked: world.parked.length,
    }
  }

  it.each([
    ['replaced, delayed and arrived', [order, aShipNotice(), replaced, later, here]],
    ['replaced, arrived and counted short', [order, aShipNotice(), replaced, here, counted]],
    ['withdrawn although it was counted', [order, aShipNotice(), counted, withdrawn]],
  ] as const)('%s: agree in the end, whichever paper came first (R-16)', (_, documents) => {
    const expected = bothSides(documents)
    expect(expected.parked).toBe(0)
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...documents], { minLength: documents.length }),
        (shuffled) => {
          expect(bothSides(shuffled)).toEqual(expected)
        },
      ),
      { numRuns: 30, seed: 7 },
    )
  })
})
