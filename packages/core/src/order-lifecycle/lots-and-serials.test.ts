import { describe, expect, it } from 'vitest'
import { isOpenCase } from '../exception/open-case.ts'
import { anOrderLine, aPurchaseOrder } from '../purchase-order/purchase-order.examples.ts'
import { aReceipt, aReceiptLine } from '../receipt/receipt.examples.ts'
import { aShipNotice, aShipNoticeLine } from '../ship-notice/ship-notice.examples.ts'
import { aWorldTold } from '../world/world.examples.ts'
import type { World } from '../world/world.ts'
import { anOrderKey } from './order-lifecycle.examples.ts'
import { traceLot } from './trace-lot.ts'

type Control = NonNullable<ReturnType<typeof anOrderLine>['itemControl']>
type Lots = Parameters<typeof aReceiptLine>[0] extends infer Line
  ? NonNullable<Line extends { lots?: infer L } ? L : never>
  : never

const orderOf = (itemControl: Control, orderNumber = '4711') =>
  aPurchaseOrder({
    orderNumber,
    documentNumber: orderNumber,
    lines: [anOrderLine({ itemControl })],
  })

/** Ten pieces at the dock on 27 November, with these lots. */
const counted = (lots: Lots, receipt: Parameters<typeof aReceipt>[0] = {}, quantity = '10') =>
  aReceipt({ lines: [aReceiptLine({ lots, quantity })], ...receipt })

const openOn = (world: World, key = anOrderKey) =>
  (world.orders[key]?.desk.cases ?? [])
    .filter(isOpenCase)
    .map(({ code, sentence }) => [code, sentence])

const serials = (...names: string[]) => names.map((serial) => ({ serial }))
const ten = Array.from({ length: 10 }, (_, index) => `SN-${index}`)

describe('goods whose item asks for lots', () => {
  const order = orderOf({ lotControlled: true })

  it('are a case of their dock where no lot is named, and none where every lot is (R-19)', () => {
    expect(openOn(aWorldTold([order, counted([])]))).toEqual([
      ['RCV_LOT_SERIAL', 'line 1: goods arrived without a lot number'],
    ])
    expect(openOn(aWorldTold([order, counted([{ lot: 'L1' }, { serial: 'S' }])]))).toHaveLength(1)
    expect(openOn(aWorldTold([order, counted([{ lot: 'L1' }, { lot: 'L2' }])]))).toEqual([])
  })

  it('have lots that add up: 6 and 3 are 9 of 10', () => {
    const short = [
      { lot: 'L1', quantity: '6' },
      { lot: 'L2', quantity: '3' },
    ]
    expect(openOn(aWorldTold([order, counted(short)]))).toEqual([
      ['RCV_LOT_SERIAL', 'line 1: goods arrived with lots of 9 EA instead of lots of 10 EA'],
    ])
    const whole = [
      { lot: 'L1', quantity: '6' },
      { lot: 'L2', quantity: '4' },
    ]
    expect(openOn(aWorldTold([order, counted(whole)]))).toEqual([])
  })

  it('are asked for nothing where nobody says they need a lot', () => {
    expect(openOn(aWorldTold([aPurchaseOrder(), counted([])]))).toEqual([])
  })

  it('are settled by a recount that names the lot', () => {
    const world = aWorldTold([
      order,
      counted([]),
      counted([{ lot: 'L1' }], { revision: 1, issuedAt: '2026-11-27T10:00:00Z' }),
    ])
    expect(openOn(world)).toEqual([])
  })
})

describe('goods that are counted piece by piece', () => {
  const order = orderOf({ serialControlled: true })

  it('have as many serial numbers as pieces', () => {
    expect(openOn(aWorldTold([order, counted(serials(...ten))]))).toEqual([])
    expect(openOn(aWorldTold([order, counted(serials(...ten.slice(2)))]))).toEqual([
      [
        'RCV_LOT_SERIAL',
        'line 1: goods arrived with 8 serial numbers instead of 10 serial numbers',
      ],
    ])
    // The same number twice is one number.
    expect(openOn(aWorldTold([order, counted(serials(...ten.slice(1), 'SN-1'))]))).toHaveLength(2)
  })

  it('are in the house once: a number that came with another receipt is a case', () => {
    const first = counted(serials(...ten.slice(0, 5)), {}, '5')
    const second = counted(
      serials(...ten.slice(4, 9)),
      { documentNumber: 'GR-2', issuedAt: '2026-11-27T10:00:00Z' },
      '5',
    )
    for (const papers of [
      [first, second],
      [second, first],
    ]) {
      expect(openOn(aWorldTold([order, ...papers]))).toEqual([
        [
          'RCV_LOT_SERIAL',
          'line 1: goods arrived with serial number SN-4, which came with receipt GR-1 instead of a serial number of its own',
        ],
      ])
    }
  })

  it('may come again when they went back', () => {
    const sent = counted(
      serials('SN-4'),
      {
        documentNumber: 'RT-1',
        receiptType: 'return',
        issuedAt: '2026-11-27T09:30:00Z',
      },
      '1',
    )
    const again = counted(
      serials('SN-4'),
      { documentNumber: 'GR-2', issuedAt: '2026-11-27T10:00:00Z' },
      '1',
    )
    const world = aWorldTold([order, counted(serials(...ten)), sent, again])
    expect(openOn(world)).toEqual([])
  })
})

describe('goods that expire', () => {
  const order = orderOf({ shelfLifeDaysMin: 30 })
  const until = (expiryDate: string) =>
    openOn(aWorldTold([order, counted([{ lot: 'L', expiryDate }])]))

  it('need 30 days on the day they are received: 27 December is enough, 26 December is not', () => {
    // 27 November and 30 days are 27 December.
    expect(until('2026-12-27')).toEqual([])
    expect(until('2026-12-26')).toEqual([
      ['RCV_EXPIRY', 'line 1: goods arrived with 29 days left of 30, to be used by 2026-12-26'],
    ])
  })

  it('are past their date as before, once', () => {
    expect(until('2026-11-26')).toEqual([
      ['RCV_EXPIRY', 'line 1: goods arrived expired on 2026-11-26'],
    ])
  })

  it('need a date at all', () => {
    expect(openOn(aWorldTold([order, counted([{ lot: 'L' }])]))).toEqual([
      ['RCV_LOT_SERIAL', 'line 1: goods arrived without an expiry date'],
    ])
  })
})

describe('a ship notice for goods that are traced', () => {
  const shipmentCases = (world: World) =>
    Object.values(world.shipments).flatMap(({ facts }) =>
      facts.cases.filter(isOpenCase).map(({ code, sentence }) => [code, sentence]),
    )
  const announced = (control: Control, lots: Lots) =>
    shipmentCases(
      aWorldTold([orderOf(control), aShipNotice({ lines: [aShipNoticeLine({ lots })] })], {
        from: '2026-11-25T09:00:00Z',
      }),
    )

  it('is incomplete before the goods come where it names no lot, too few serials or too short a life (R-17, R-96)', () => {
    expect(announced({ lotControlled: true }, [])).toEqual([
      ['ASN_INCOMPLETE', expect.stringContaining('no lot number is named')],
    ])
    expect(announced({ serialControlled: true }, serials('A', 'B'))).toEqual([
      ['ASN_INCOMPLETE', expect.stringContaining('2 serial numbers are named for 10 EA')],
    ])
    // It arrives on 27 November: 10 December is 13 days later.
    expect(announced({ shelfLifeDaysMin: 30 }, [{ lot: 'L1', expiryDate: '2026-12-10' }])).toEqual([
      [
        'ASN_INCOMPLETE',
        expect.stringContaining('L1 has 13 days left when it arrives, 30 are needed'),
      ],
    ])
  })

  it('is complete where it names what the item asks for', () => {
    expect(announced({ lotControlled: true }, [{ lot: 'L1', quantity: '10' }])).toEqual([])
    expect(announced({ serialControlled: true }, serials(...ten))).toEqual([])
    expect(announced({ shelfLifeDaysMin: 30 }, [{ lot: 'L1', expiryDate: '2026-12-27' }])).toEqual(
      [],
    )
  })
})

describe('a recall', () => {
  const another = aPurchaseOrder({ orderNumber: '4712', documentNumber: '4712' })
  const world = aWorldTold([
    aPurchaseOrder(),
    another,
    counted([
      { lot: 'L1', quantity: '6' },
      { lot: 'L2', quantity: '4' },
    ]),
    aReceipt({
      documentNumber: 'GR-9',
      lines: [aReceiptLine({ orderNumber: '4712', quantity: '4', lots: [{ lot: 'L1' }] })],
    }),
    aReceipt({
      documentNumber: 'RT-1',
      receiptType: 'return',
      issuedAt: '2026-11-28T09:00:00Z',
      lines: [aReceiptLine({ quantity: '3', reversesReceiptNumber: 'GR-1' })],
    }),
    aShipNotice({
      lines: [
        aShipNoticeLine({ orderNumber: '4712', quantityShipped: '6', lots: [{ lot: 'L1' }] }),
      ],
    }),
  ])
  const orders = Object.values(world.orders)

  it('finds every receipt and every announced shipment of a lot, with what is still held', () => {
    expect(
      traceLot(orders, { lot: 'L1' }).map((one) => [
        one.orderNumber,
        one.receiptNumber,
        one.shipNoticeNumber,
        one.quantity,
        one.quantityHeld,
        one.lots,
      ]),
    ).toEqual([
      // 10 came, 3 went back.
      ['4711', 'GR-1', null, '10', '7', [{ lot: 'L1', quantity: '6' }]],
      ['4712', 'GR-9', null, '4', '4', [{ lot: 'L1' }]],
      ['4712', null, 'ASN-1', '6', '0', [{ lot: 'L1' }]],
    ])
  })

  it('finds nothing of another lot, of another article, or without anything to look for', () => {
    expect(traceLot(orders, { lot: 'L3' })).toEqual([])
    expect(traceLot(orders, { lot: 'L1', buyerItem: 'SKU-2' })).toEqual([])
    expect(traceLot(orders, {})).toEqual([])
  })
})
