import { describe, expect, it } from 'vitest'
import { instant } from '../calendar/instant.ts'
import type { Message } from '../message/message.ts'
import { anOrderSchedule } from '../purchase-order/purchase-order.examples.ts'
import type { PurchaseOrder } from '../purchase-order/purchase-order.ts'
import { aReceiptLine } from '../receipt/receipt.examples.ts'
import { aShipNotice, aShipNoticeLine } from '../ship-notice/ship-notice.examples.ts'
import type { ShipNotice } from '../ship-notice/ship-notice.ts'
import { tellWorld } from '../world/tell-world.ts'
import { aTradingPolicy, aWorldTold } from '../world/world.examples.ts'
import type { World } from '../world/world.ts'
import { anAgreement, anAgreementKey } from './agreement.examples.ts'
import { agreementIn, aRelease, billOf, billStatus, goodsOf } from './released-orders.examples.ts'

const { amountLimit: _, ...unlimited } = anAgreement()
const scheduling = { ...unlimited, agreementType: 'scheduling' } as const

/** A delivery schedule: 100 in November firmly, 200 in December firmly, 150 for material only, 400 foreseen. */
function aSchedule(
  orderNumber: string,
  order: Parameters<typeof aRelease>[2] = {},
  quantities: readonly string[] = ['100', '200', '150', '400'],
): PurchaseOrder {
  const [november = '0', december = '0', january = '0', february = '0'] = quantities
  const schedules = [
    { scheduleNumber: '1', quantityOrdered: november, requestedDate: '2026-11-16' },
    {
      scheduleNumber: '2',
      quantityOrdered: december,
      requestedDate: '2026-12-14',
      commitment: 'firm',
    },
    {
      scheduleNumber: '3',
      quantityOrdered: january,
      requestedDate: '2027-01-11',
      commitment: 'trade-off',
    },
    {
      scheduleNumber: '4',
      quantityOrdered: february,
      requestedDate: '2027-02-08',
      commitment: 'forecast',
    },
  ] as const
  const whole = String(quantities.reduce((sum, one) => sum + Number(one), 0))
  return aRelease(orderNumber, whole, {
    line: { schedules: schedules.map((one) => anOrderSchedule(one)) },
    ...order,
    order: { orderType: 'scheduling-release', ...order.order },
  })
}

const notice = (
  documentNumber: string,
  quantityShipped: string,
  more: { readonly cumulative?: string; readonly issuedAt?: string } = {},
): ShipNotice =>
  aShipNotice({
    documentNumber,
    issuedAt: more.issuedAt ?? '2026-11-13T15:00:00Z',
    lines: [
      aShipNoticeLine({
        orderNumber: 'S-1',
        quantityShipped,
        ...(more.cumulative !== undefined && { quantityCumulative: more.cumulative }),
      }),
    ],
  })

const cumulativeIn = (world: World) => agreementIn(world).sums?.lines[0]?.cumulative

const reset = (world: World, from: string): World => {
  const at = instant('2027-01-04T08:00:00Z')
  const message = {
    id: `reset/${from}`,
    tenant: 'acme',
    aggregate: { kind: 'agreement', key: anAgreementKey },
    type: 'cumulative.reset',
    schemaVersion: 1,
    occurredAt: at,
    receivedAt: at,
    actor: { kind: 'user', id: 'paul', roles: ['planning'] },
    causedBy: null,
    data: { from, reason: 'the supplier begins its year' },
  } as unknown as Message
  return tellWorld(world, message, { policy: aTradingPolicy(), now: at }).world
}

describe('a scheduling agreement', () => {
  it('counts only what is firm as ordered: 100 + 200 = 300 of 850', () => {
    const world = aWorldTold([scheduling, aSchedule('S-1')])
    expect(agreementIn(world).sums?.lines[0]).toMatchObject({
      quantityReleased: '300',
      amountReleased: '3000',
      cumulative: { from: '2026-01-01', ordered: '300', received: '0', shipped: '0' },
    })
  })

  it('takes the next release for the whole of the one before: 100 + 200 + 150 firm now are 450', () => {
    const next = aSchedule('S-1', {
      order: { version: 2, issuedAt: '2026-11-30T08:00:00Z' },
      line: {
        schedules: [
          anOrderSchedule({ scheduleNumber: '1', quantityOrdered: '100' }),
          anOrderSchedule({ scheduleNumber: '2', quantityOrdered: '200' }),
          anOrderSchedule({ scheduleNumber: '3', quantityOrdered: '150' }),
          anOrderSchedule({ scheduleNumber: '4', quantityOrdered: '400', commitment: 'trade-off' }),
        ],
      },
    })
    for (const releases of [
      [aSchedule('S-1'), next],
      [next, aSchedule('S-1')],
    ]) {
      const world = aWorldTold([scheduling, ...releases])
      expect(cumulativeIn(world)).toMatchObject({ ordered: '450' })
    }
  })

  it('holds a bill for what is foreseen: 350 billed and received of 300 ordered firmly', () => {
    const goods = goodsOf('S-1', '350')
    const ordered = {
      name: 'ordered',
      check: 'quantity-open-ordered',
      holdCode: 'ORDERED',
      onExceed: 'hold',
      parameters: {},
    } as const
    const policy = {
      ...aTradingPolicy(),
      matching: (facts: Parameters<ReturnType<typeof aTradingPolicy>['matching']>[0]) => {
        const plan = aTradingPolicy().matching(facts)
        return facts['line'] === null ? plan : { ...plan, value: { checks: [ordered] } }
      },
    }
    const told = [scheduling, aSchedule('S-1'), goods]
    const over = aWorldTold([...told, billOf('S-1', '350', '3500.00')], { policy })
    expect(billStatus(over, 'S-1')).toBe('on-hold')
    const within = aWorldTold([...told, billOf('S-1', '300', '3000.00')], { policy })
    expect(billStatus(within, 'S-1')).toBe('released')
  })

  it('asks the supplier to confirm and announce what is firm, and nothing of what is foreseen', () => {
    const waitsFor = (release: PurchaseOrder) =>
      aWorldTold([scheduling, release])
        .timers.filter(({ type }) => type === 'ship-notice.overdue')
        .map(({ data }) => data['scheduleNumber'])
    expect(waitsFor(aSchedule('S-1'))).toEqual(['1', '2'])
  })
})

describe('cumulative quantities', () => {
  const twoDays = [
    goodsOf('S-1', '60', { documentNumber: 'GR-1', receivedDate: '2026-11-16' }),
    goodsOf('S-1', '40', { documentNumber: 'GR-2', receivedDate: '2027-01-08' }),
  ]

  it('count on from day to day: 60 + 40 = 100 received, less 10 sent back are 90', () => {
    const back = goodsOf('S-1', '10', {
      documentNumber: 'RT-1',
      receiptType: 'return',
      receivedDate: '2027-01-11',
      lines: [aReceiptLine({ orderNumber: 'S-1', quantity: '10', reversesReceiptNumber: 'GR-1' })],
    })
    const world = aWorldTold([scheduling, aSchedule('S-1'), ...twoDays, back])
    expect(cumulativeIn(world)).toMatchObject({ received: '90' })
  })

  it('begin anew with the year: of 60 in 2026 and 40 in 2027, 40; of 300 ordered, none is wanted since', () => {
    const told = aWorldTold([scheduling, aSchedule('S-1'), ...twoDays])
    expect(cumulativeIn(told)).toMatchObject({
      from: '2026-01-01',
      ordered: '300',
      received: '100',
    })
    const world = reset(told, '2027-01-01')
    expect(cumulativeIn(world)).toMatchObject({ from: '2027-01-01', ordered: '0', received: '40' })
    // The next version of the agreement says the same.
    const renewed = { ...scheduling, version: 2, cumulativeFrom: '2027-01-01' as never }
    expect(cumulativeIn(aWorldTold([renewed, aSchedule('S-1'), ...twoDays]))).toEqual(
      cumulativeIn(world),
    )
  })

  it('are not begun anew for an earlier day, nor twice', () => {
    const told = aWorldTold([scheduling, aSchedule('S-1')])
    const world = reset(reset(reset(told, '2027-01-01'), '2026-06-01'), '2027-01-01')
    expect(cumulativeIn(world)).toMatchObject({ from: '2027-01-01' })
    const resets = world.log.filter(({ type }) => type === 'cumulative.reset')
    expect(resets).toHaveLength(1)
  })

  it('agree with the supplier’s: 60 and 40 shipped, and it says 60 and 100', () => {
    const world = aWorldTold([
      scheduling,
      aSchedule('S-1'),
      notice('ASN-1', '60', { cumulative: '60' }),
      notice('ASN-2', '40', { cumulative: '100', issuedAt: '2026-11-20T15:00:00Z' }),
    ])
    expect(cumulativeIn(world)).toMatchObject({ shipped: '100' })
    expect(agreementIn(world).cases).toEqual([])
  })

  it('miss a notice where the supplier’s is higher: it says 120, here they are 100; cured when the 20 come', () => {
    const told = aWorldTold([
      scheduling,
      aSchedule('S-1'),
      notice('ASN-1', '60', { cumulative: '60' }),
      notice('ASN-3', '40', { cumulative: '120', issuedAt: '2026-11-20T15:00:00Z' }),
    ])
    expect(agreementIn(told).cases).toEqual(['MISSING_ASN detected'])
    const between = notice('ASN-2', '20', { cumulative: '80', issuedAt: '2026-11-17T15:00:00Z' })
    expect(agreementIn(aWorldTold([between], { world: told })).cases).toEqual([
      'MISSING_ASN auto-resolved',
    ])
  })

  it('count too much where the supplier’s is lower: it says 60, here they are 120 of two notices', () => {
    const world = aWorldTold([
      scheduling,
      aSchedule('S-1'),
      notice('ASN-1', '60'),
      notice('ASN-1B', '60', { cumulative: '60', issuedAt: '2026-11-14T15:00:00Z' }),
    ])
    expect(agreementIn(world).cases).toEqual(['ASN_DUPLICATE detected'])
  })
})
