import { calendarDate } from '@counterfoil/core'
import { describe, expect, it } from 'vitest'
import { insolvency, struckBooks, today } from './struck-supplier.examples.ts'
import type { Disruption } from './disruption.ts'
import { reviewDisruption, touchedPage } from './review-disruption.ts'
import { sumDisruption } from './sum-disruption.ts'
import type { Touched } from './touched.ts'

const { store } = await struckBooks()

async function touchedBy(disruption: Disruption, on = today): Promise<readonly Touched[]> {
  const found: Touched[] = []
  for await (const one of reviewDisruption(store, { disruption, today: on })) found.push(one)
  return found
}

/** What is touched, in few words: of an order its places. */
const words = (touched: readonly Touched[]): readonly string[] =>
  touched.map((one) => {
    if (one.kind === 'shipment') return `shipment ${one.shipNoticeNumber}`
    if (one.kind === 'invoice') return `invoice ${one.invoiceNumber}`
    const places = one.schedules.map((at) => `${at.orderLineNumber}/${at.scheduleNumber}`)
    return `order ${one.orderNumber} ${places.join(' ')}`
  })

describe('a supplier that fails', () => {
  it('touches its open orders, drafts, shipments on their way and open invoices, and nobody else (R-111)', async () => {
    expect(words(await touchedBy(insolvency()))).toEqual([
      'order 4711 1/1',
      'order 4712 1/1 1/2',
      'order 4713 1/1',
      'order 4714 1/1',
      'shipment ASN-1',
      'invoice INV-4713',
    ])
  })

  it('leaves open so much, worth so much, for then, of it on its way and not promised (R-111)', async () => {
    const touched = await touchedBy(insolvency())
    const schedules = touched.flatMap((one) => (one.kind === 'order' ? one.schedules : []))
    expect(
      schedules.map(
        ({ open, inTransit, unconfirmed, needBy, customer, openValue, unconfirmedValue }) =>
          [
            open,
            inTransit,
            unconfirmed,
            needBy,
            customer,
            `${openValue?.amount} ${openValue?.currency}`,
            unconfirmedValue?.amount,
          ].join(' | '),
      ),
    ).toEqual([
      // 10 x 12.40; confirmed, and all of it announced.
      '10 | 10 | 0 | 2026-11-27 |  | 124.00 EUR | 0.00',
      // 300 x 5.00 / 100 and 150 x 5.00 / 100.
      '300 | 0 | 300 | 2026-12-04 | C-77 | 15.00 USD | 15.00',
      '150 | 0 | 150 | 2026-12-11 | C-77 | 7.50 USD | 7.50',
      // 100 less the 40 that came, x 12.40; never answered.
      '60 | 0 | 60 | 2026-11-27 |  | 744.00 EUR | 744.00',
      // The draft: 20 x 12.40.
      '20 | 0 | 20 | 2026-11-27 |  | 248.00 EUR | 248.00',
    ])
  })

  it('comes to sums for each currency, never mixed, and to customers who wait (R-39, R-111, INV-13)', async () => {
    expect(sumDisruption(await touchedBy(insolvency()))).toMatchObject({
      orders: 4,
      drafts: 1,
      schedules: 5,
      shipments: 1,
      invoices: 1,
      approvals: 1,
      // 124.00 + 744.00 + 248.00; 15.00 + 7.50.
      openValue: [
        { amount: '1116.00', currency: 'EUR' },
        { amount: '22.50', currency: 'USD' },
      ],
      // 0.00 + 744.00 + 248.00.
      unconfirmedValue: [
        { amount: '992.00', currency: 'EUR' },
        { amount: '22.50', currency: 'USD' },
      ],
      unvalued: 0,
      invoiced: [{ amount: '595.20', currency: 'EUR' }],
      firstNeedBy: '2026-11-27',
      customers: [
        {
          customer: 'C-77',
          orderNumbers: ['4712'],
          schedules: 2,
          openValue: [{ amount: '22.50', currency: 'USD' }],
          firstNeedBy: '2026-12-04',
        },
      ],
    })
  })

  it.each<readonly [string, Partial<Disruption>, string, readonly string[]]>([
    [
      'until 5 December leaves what is due on the 11th',
      { until: calendarDate('2026-12-05') },
      '2026-11-27',
      ['order 4711 1/1', 'order 4712 1/1', 'order 4713 1/1', 'order 4714 1/1'],
    ],
    [
      'from the 28th on leaves what is due on the 27th, seen on the 26th',
      { from: calendarDate('2026-11-28') },
      '2026-11-26',
      ['order 4712 1/1 1/2'],
    ],
    [
      'from the 28th on takes what was due on the 27th, seen on the 28th: it has not come',
      { from: calendarDate('2026-11-28') },
      '2026-11-28',
      ['order 4711 1/1', 'order 4712 1/1 1/2', 'order 4713 1/1', 'order 4714 1/1'],
    ],
    [
      'on the 4th alone takes the day itself',
      { from: calendarDate('2026-12-04'), until: calendarDate('2026-12-04') },
      '2026-11-27',
      ['order 4712 1/1'],
    ],
  ])('%s', async (_, window, on, expected) => {
    const touched = await touchedBy({ ...insolvency(), ...window }, calendarDate(on))
    expect(words(touched).filter((name) => name.startsWith('order'))).toEqual(expected)
  })

  it('is read page by page: whatever their size, the pages have everything, once', async () => {
    const whole = await touchedBy(insolvency())
    for (const limit of [1, 2, 3, 500]) {
      const rows: Touched[] = []
      let cursor: string | undefined
      do {
        const request = { disruption: insolvency(), today, limit, cursor }
        const page = await touchedPage(store, request)
        expect(page.rows.length).toBeLessThanOrEqual(limit)
        rows.push(...page.rows)
        cursor = page.cursor ?? undefined
      } while (cursor !== undefined)
      expect(rows).toEqual(whole)
    }
    await expect(
      touchedPage(store, { disruption: insolvency(), today, limit: 1, cursor: '9:x' }),
    ).rejects.toMatchObject({ code: 'COMMAND_INVALID' })
  })
})

describe('what is struck may be', () => {
  it.each<readonly [string, Disruption['what'] | object, readonly string[]]>([
    [
      'a site: what is to come there, and invoices over it',
      { kind: 'site', site: 'DC-NORTH' },
      [
        'order 4711 1/1',
        'order 4713 1/1',
        'order 4714 1/1',
        'order 4720 1/1',
        'shipment ASN-1',
        'invoice INV-4713',
      ],
    ],
    ['another site', { kind: 'site', site: 'DC-SOUTH' }, ['order 4712 1/1 1/2']],
    [
      'a lane from a supplier to a site',
      { kind: 'lane', from: 'S200', to: 'DC-NORTH' },
      ['order 4720 1/1'],
    ],
    ['an article by any of its numbers', { kind: 'item', item: 'SKU-2' }, []],
  ])('%s', async (_, what, expected) => {
    expect(words(await touchedBy(insolvency({ what })))).toEqual(expected)
  })

  it('an article of every supplier that is to bring it', async () => {
    const touched = await touchedBy(insolvency({ what: { kind: 'item', item: 'SKU-1' } }))
    expect(words(touched)).toContain('order 4720 1/1')
    expect(words(touched)).toHaveLength(7)
  })

  it('of one company: another has none of it', async () => {
    expect(await touchedBy(insolvency({ tenant: 'globex' }))).toEqual([])
  })

  it('nothing that ends before it begins', () => {
    expect(() => insolvency({ until: '2026-11-24' })).toThrow('it ends before it begins')
  })
})
