import type { PurchaseOrder } from '@counterfoil/core'
import { describe, expect, it } from 'vitest'
import { aDocument, findingsOf, readOne, rulesOf } from '../ubl.examples.ts'
import type { UblSettingsInput } from '../ubl-settings.ts'

const quantity = (value: string, unit = 'EA') => `<Quantity unitCode="${unit}">${value}</Quantity>`
const price = '<Price><PriceAmount currencyID="EUR">5.00</PriceAmount></Price>'
const aLine = ({ number = '10', content = quantity('10'), money = price, item = '' } = {}) =>
  `<OrderLine><LineItem><ID>${number}</ID>${content}${money}<Item>${item}<Name>Hex bolt M8</Name></Item></LineItem></OrderLine>`
const delivery = (value: string, day: string, unit = 'EA') =>
  `<Delivery>${value === '' ? '' : quantity(value, unit)}<RequestedDeliveryPeriod><EndDate>${day}</EndDate></RequestedDeliveryPeriod></Delivery>`

const read = (body: string, settings: UblSettingsInput = {}) =>
  readOne(aDocument('Order', body, { number: 'PO-1' }), settings)

const orderOf = (body: string, settings: UblSettingsInput = {}): PurchaseOrder => {
  const { document, findings } = read(body, settings)
  if (document?.kind !== 'purchase-order') throw new Error(JSON.stringify(findings))
  return document
}

describe('an order', () => {
  it('is version one under its own number', () => {
    expect(orderOf(aLine())).toMatchObject({
      orderNumber: 'PO-1',
      documentNumber: 'PO-1',
      version: 1,
      revision: 0,
    })
  })

  it.each([
    ['220', 'standard'],
    ['221', 'blanket-release'],
    ['226', 'blanket-release'],
    ['227', 'consignment'],
    ['X', 'standard'],
  ])('of type %s is %s', (code, orderType) => {
    expect(orderOf(`<OrderTypeCode>${code}</OrderTypeCode>${aLine()}`).orderType).toBe(orderType)
  })

  it('of a type the partner explains is that', () => {
    const settings = { order: { typeCodes: { '402': 'drop-ship' } } } as const
    expect(orderOf(`<OrderTypeCode>402</OrderTypeCode>${aLine()}`, settings).orderType).toBe(
      'drop-ship',
    )
  })

  it('is issued at its time, in the zone of its connection unless it names one', () => {
    const at = (time: string) => orderOf(`<IssueTime>${time}</IssueTime>${aLine()}`).issuedAt
    expect(at('09:30:15')).toBe('2026-11-02T08:30:15Z')
    expect(at('09:30:15+09:00')).toBe('2026-11-02T09:30:15+09:00')
    expect(at('late')).toBe('2026-11-01T23:00:00Z')
  })

  it('keeps an allowance for the whole of it', () => {
    const allowance =
      '<AllowanceCharge><ChargeIndicator>false</ChargeIndicator><Amount currencyID="EUR">10.00</Amount></AllowanceCharge>'
    expect(rulesOf(read(`${allowance}${aLine()}`))).toEqual([])
    expect(orderOf(`${allowance}${aLine()}`).allowancesAmount).toBe('10.00')
    expect(orderOf(aLine())).not.toHaveProperty('allowancesAmount')
  })

  it('without a line is an error', () => {
    const empty = read('')
    expect(empty.document).toBeNull()
    expect(rulesOf(empty)).toEqual(['ubl-lines-missing'])
  })

  it('numbers each of its lines otherwise, or is an error', () => {
    const twice = read(`${aLine()}${aLine()}`)
    expect(twice.document).toBeNull()
    expect(rulesOf(twice)).toEqual(['ubl-line-number'])
  })

  it('takes its currency from its amounts where it names none, and tells it', () => {
    const silent = readOne(aDocument('Order', aLine(), { currency: '' }))
    expect(silent.document).toMatchObject({ currency: 'EUR' })
    expect(rulesOf(silent)).toEqual(['ubl-currency-missing'])
  })

  it('keeps long notes whole, in pieces', () => {
    const { notes } = orderOf(`<Note>${'x'.repeat(4500)}</Note>${aLine()}`)
    expect(notes?.map(({ length }) => length)).toEqual([2000, 2000, 500])
  })
})

describe('an order line', () => {
  it.each([
    ['no quantity', '', 'ubl-quantity-missing'],
    ['a quantity of zero', quantity('0'), 'ubl-quantity-missing'],
    ['a unit that is none', quantity('1', '???'), 'ubl-unit-unknown'],
  ])('with %s is an error', (_, content, rule) => {
    const odd = read(aLine({ content }))
    expect(odd.document).toBeNull()
    expect(rulesOf(odd)).toContain(rule)
  })

  it('may be ordered at an amount, or at a price still open', () => {
    const byAmount = aLine({
      content: `${quantity('3')}<LineExtensionAmount currencyID="EUR">10.00</LineExtensionAmount>`,
      money: '',
    })
    expect(orderOf(byAmount).lines[0]?.price).toMatchObject({
      amount: '10.00',
      perQuantity: '3',
      priceType: 'firm',
    })
    const open = read(aLine({ money: '' }))
    expect(open.document).toMatchObject({
      lines: [{ price: { amount: '0', priceType: 'estimated' } }],
    })
    expect(rulesOf(open)).toEqual(['ubl-price-missing'])
  })

  it('says how much more or less may come', () => {
    const bounded = `${quantity('1000')}<MinimumQuantity unitCode="EA">900</MinimumQuantity><MaximumQuantity unitCode="EA">1050</MaximumQuantity>`
    expect(orderOf(aLine({ content: bounded })).lines[0]?.deliveryTolerance).toEqual({
      overPercent: '5',
      underPercent: '10',
      overUnlimited: false,
    })
    const settings = {
      order: { deliveryTolerance: { overPercent: '3', underPercent: null, overUnlimited: false } },
    }
    expect(orderOf(aLine(), settings).lines[0]?.deliveryTolerance).toMatchObject({
      overPercent: '3',
    })
  })

  it('says what a pack holds', () => {
    const item = '<PackQuantity unitCode="EA">12</PackQuantity>'
    expect(
      orderOf(aLine({ content: quantity('2', 'XCS'), item })).lines[0]?.unitConversions,
    ).toMatchObject([{ from: 'XCS', to: 'EA', numerator: '12', denominator: '1' }])
    expect(orderOf(aLine({ item })).lines[0]?.unitConversions).toEqual([])
  })

  it('knows its item by the numbers of buyer, supplier and maker, and by GTIN', () => {
    const item =
      '<BuyersItemIdentification><ID>B1</ID></BuyersItemIdentification><SellersItemIdentification><ID>S1</ID></SellersItemIdentification><ManufacturersItemIdentification><ID>M1</ID></ManufacturersItemIdentification><StandardItemIdentification><ID schemeID="0160">07300010001015</ID></StandardItemIdentification>'
    expect(orderOf(aLine({ item })).lines[0]?.item).toEqual({
      buyerItem: 'B1',
      supplierItem: 'S1',
      manufacturerItem: 'M1',
      gtin: '07300010001015',
    })
    const odd = read(
      aLine({ item: '<StandardItemIdentification><ID>ABC</ID></StandardItemIdentification>' }),
    )
    expect(odd.document).toMatchObject({ lines: [{ item: {} }] })
    expect(findingsOf(odd, 'ubl-item-not-gtin')).toHaveLength(1)
  })
})

describe('the deliveries of an order line', () => {
  const schedules = (content: string) =>
    orderOf(aLine({ content: `${quantity('10')}${content}` })).lines[0]?.schedules
  const rules = (content: string) =>
    rulesOf(read(aLine({ content: `${quantity('10')}${content}` })))

  it('are one where nothing is said', () => {
    expect(schedules('')).toEqual([
      {
        scheduleNumber: '1',
        quantityOrdered: '10',
        deliverNotBefore: null,
        requestedDate: null,
        shipTo: null,
      },
    ])
  })

  it('are as many as have quantities', () => {
    expect(schedules(`${delivery('6', '2026-11-18')}${delivery('4', '2026-12-02')}`)).toMatchObject(
      [
        { scheduleNumber: '1', quantityOrdered: '6', requestedDate: '2026-11-18' },
        { scheduleNumber: '2', quantityOrdered: '4', requestedDate: '2026-12-02' },
      ],
    )
  })

  it('get one more for the rest', () => {
    const short = delivery('6', '2026-11-18')
    expect(schedules(short)).toMatchObject([
      { quantityOrdered: '6' },
      { quantityOrdered: '4', requestedDate: null },
    ])
    expect(rules(short)).toEqual(['ubl-schedules-short'])
  })

  it('of more than was ordered are an error', () => {
    const over = read(aLine({ content: `${quantity('10')}${delivery('11', '2026-11-18')}` }))
    expect(over.document).toBeNull()
    expect(rulesOf(over)).toContain('ubl-schedules-over')
  })

  it('in another unit, or without quantities, are one delivery, which is told', () => {
    expect(rules(delivery('1', '2026-11-18', 'XCS'))).toEqual(['ubl-schedule-unit'])
    expect(rules(`${delivery('', '2026-11-18')}${delivery('', '2026-11-20')}`)).toEqual([
      'ubl-schedule-quantity-missing',
    ])
    expect(schedules(delivery('', '2026-11-18'))).toMatchObject([{ requestedDate: '2026-11-18' }])
  })

  it('are wanted in a window, at a place', () => {
    const window =
      '<Delivery><RequestedDeliveryPeriod><StartDate>2026-11-16</StartDate><EndDate>2026-11-20</EndDate></RequestedDeliveryPeriod><DeliveryLocation><ID>DC-1</ID></DeliveryLocation></Delivery>'
    expect(orderOf(`${window}${aLine()}`).lines[0]?.schedules).toMatchObject([
      { deliverNotBefore: '2026-11-16', requestedDate: '2026-11-20', shipTo: 'DC-1' },
    ])
    const reversed = window.replace('2026-11-16', '2026-11-26')
    expect(rulesOf(read(`${reversed}${aLine()}`))).toEqual(['ubl-period-reversed'])
  })
})

describe('a change of an order', () => {
  const change = (body: string) => readOne(aDocument('OrderChange', body, { number: 'CH-1' }))
  const reference = '<OrderReference><ID>PO-1</ID></OrderReference>'
  const sequence = (text: string) => `<SequenceNumberID>${text}</SequenceNumberID>`

  it('is the order in its next version, whole', () => {
    const changed = change(`<Note>More bolts</Note>${sequence('2')}${reference}${aLine()}`)
    expect(changed.document).toMatchObject({
      kind: 'purchase-order',
      documentNumber: 'PO-1',
      orderNumber: 'PO-1',
      version: 3,
      revision: 2,
      revisionReason: 'More bolts',
      attributes: { 'ubl-order-change': 'CH-1' },
    })
    expect(rulesOf(changed)).toEqual(['ubl-order-change'])
  })

  it('takes lines back', () => {
    const status = (code: string) => `${quantity('10')}<LineStatusCode>${code}</LineStatusCode>`
    const changed = change(
      `${sequence('1')}${reference}${aLine({ content: status('2') })}${aLine({ number: '20', content: status('1') })}`,
    )
    expect(changed.document).toMatchObject({ version: 2, lines: [{ orderLineNumber: '20' }] })
    expect(findingsOf(changed, 'ubl-line-cancelled')).toHaveLength(1)
  })

  it('without a number is the first, and without an order is an error', () => {
    const first = change(`${reference}${aLine()}`)
    expect(first.document).toMatchObject({ version: 2 })
    expect(rulesOf(first)).toEqual(['ubl-change-sequence', 'ubl-order-change'])
    expect(change(`${sequence('1')}${aLine()}`).document).toBeNull()
    const two = change(
      `${sequence('1')}${reference}<OrderReference><ID>PO-2</ID></OrderReference>${aLine()}`,
    )
    expect(two.document).toBeNull()
  })
})

describe('a line priced by another unit than it is ordered in', () => {
  const weighed = (base: string) =>
    aLine({
      content: `${quantity('20', 'XCS')}<LineExtensionAmount currencyID="EUR">1017.00</LineExtensionAmount>`,
      money: `<Price><PriceAmount currencyID="EUR">5.00</PriceAmount><BaseQuantity unitCode="${base}">1</BaseQuantity></Price>`,
    })

  it('has the weight its amount and its price make', () => {
    const order = read(weighed('KGM'))
    expect(order.document).toMatchObject({
      lines: [
        {
          quantityOrdered: '20',
          unitOfMeasure: 'XCS',
          price: { amount: '5.00', perUnitOfMeasure: 'KGM' },
          pricingQuantityOrdered: '203.4',
        },
      ],
    })
    expect(rulesOf(order)).toEqual([])
    expect(findingsOf(order, 'ubl-pricing-quantity')).toHaveLength(1)
  })

  it('counts pieces alike, whatever code they are written with', () => {
    const pieces = aLine({
      money: price.replace('</Price>', '<BaseQuantity unitCode="C62">1</BaseQuantity></Price>'),
    })
    expect(orderOf(pieces).lines[0]).toMatchObject({
      unitOfMeasure: 'EA',
      price: { perUnitOfMeasure: 'EA' },
    })
    expect(orderOf(pieces).lines[0]?.pricingQuantityOrdered).toBeUndefined()
  })
})
