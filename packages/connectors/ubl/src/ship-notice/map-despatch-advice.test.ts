import { describe, expect, it } from 'vitest'
import { aDocument, findingsOf, orderReference, readOne, rulesOf } from '../ubl.examples.ts'

const aLine = ({
  number = '1',
  quantity = '<DeliveredQuantity unitCode="EA">10</DeliveredQuantity>',
  more = '',
  item = '',
} = {}) =>
  `<DespatchLine><ID>${number}</ID>${quantity}<OrderLineReference><LineID>10</LineID></OrderLineReference>${more}<Item><Name>Hex bolt</Name>${item}</Item></DespatchLine>`

const read = (body: string) => readOne(aDocument('DespatchAdvice', `${orderReference}${body}`))

const noticeOf = (body: string) => {
  const { document, findings } = read(body)
  if (document?.kind !== 'ship-notice') throw new Error(JSON.stringify(findings))
  return document
}

describe('what left the dock', () => {
  it.each([
    ['', 'original', 0],
    ['9', 'original', 0],
    ['NoStatus', 'original', 0],
    ['5', 'replace', 1],
    ['Revised', 'replace', 1],
    ['1', 'cancel', 1],
    ['Cancelled', 'cancel', 1],
  ])('with status `%s` is meant to %s', (code, purpose, revision) => {
    const status = code === '' ? '' : `<DocumentStatusCode>${code}</DocumentStatusCode>`
    expect(noticeOf(`${status}${aLine()}`)).toMatchObject({ purpose, revision })
  })

  it('with a status nobody knows is an original, which is told', () => {
    const odd = read(`<DocumentStatusCode>RX</DocumentStatusCode>${aLine()}`)
    expect(odd.document).toMatchObject({ purpose: 'original' })
    expect(findingsOf(odd, 'ubl-status-unknown')).toHaveLength(1)
  })

  it('goes to the place of delivery, else to the customer', () => {
    const customer =
      '<DeliveryCustomerParty><Party><PartyIdentification><ID>DC-1</ID></PartyIdentification></Party></DeliveryCustomerParty>'
    const place =
      '<Shipment><ID>1</ID><Delivery><DeliveryLocation><ID>DC-2</ID></DeliveryLocation></Delivery></Shipment>'
    expect(noticeOf(`${customer}${aLine()}`).shipTo).toBe('DC-1')
    expect(noticeOf(`${customer}${place}${aLine()}`).shipTo).toBe('DC-2')
    expect(noticeOf(aLine()).shipTo).toBeNull()
  })

  it('leaves and arrives as the surest of its days says', () => {
    const shipment = (content: string) =>
      `<Shipment><ID>1</ID><Delivery>${content}</Delivery></Shipment>${aLine()}`
    const planned = '<Despatch><EstimatedDespatchDate>2026-11-16</EstimatedDespatchDate></Despatch>'
    const actual =
      '<ActualDeliveryDate>2026-11-20</ActualDeliveryDate><Despatch><ActualDespatchDate>2026-11-17</ActualDespatchDate><EstimatedDespatchDate>2026-11-16</EstimatedDespatchDate></Despatch>'
    const window =
      '<EstimatedDeliveryPeriod><StartDate>2026-11-18</StartDate></EstimatedDeliveryPeriod>'
    expect(noticeOf(shipment(planned))).toMatchObject({
      shipDate: '2026-11-16',
      estimatedDeliveryDate: null,
    })
    expect(noticeOf(shipment(actual))).toMatchObject({
      shipDate: '2026-11-17',
      estimatedDeliveryDate: '2026-11-20',
    })
    expect(noticeOf(shipment(`${window}${actual}`)).estimatedDeliveryDate).toBe('2026-11-18')
  })

  it('names its carrier and a number to trace it by', () => {
    const stage =
      '<Shipment><ID>1</ID><Consignment><ID>CMR-1</ID></Consignment><ShipmentStage><CarrierParty><PartyLegalEntity><RegistrationName>Nordfrakt</RegistrationName></PartyLegalEntity></CarrierParty></ShipmentStage></Shipment>'
    expect(noticeOf(`${stage}${aLine()}`)).toMatchObject({
      carrier: 'Nordfrakt',
      trackingNumber: 'CMR-1',
    })
  })
})

describe('a line', () => {
  it('belongs to the order it names, else to the one order of its notice', () => {
    const named = aLine().replace(
      '<LineID>10</LineID>',
      '<LineID>10</LineID><OrderReference><ID>PO-9</ID></OrderReference>',
    )
    expect(noticeOf(named).lines).toMatchObject([{ orderNumber: 'PO-9', orderLineNumber: '10' }])
    expect(noticeOf(aLine()).lines).toMatchObject([{ orderNumber: 'PO-1' }])
  })

  it('of a notice about several orders, or none, must name one (R-96)', () => {
    const several = read(`<OrderReference><ID>PO-2</ID></OrderReference>${aLine()}`)
    expect(several.document).toBeNull()
    expect(rulesOf(several)).toContain('ubl-order-number-missing')
    const none = readOne(aDocument('DespatchAdvice', aLine()))
    expect(none.document).toBeNull()
    expect(findingsOf(none, 'ubl-order-number-missing')[0]?.sentence).toContain(
      'ask the supplier which order',
    )
  })

  it('of the placeholder NA knows no order line', () => {
    expect(noticeOf(aLine().replace('<LineID>10<', '<LineID>NA<')).lines).toMatchObject([
      { orderLineNumber: null },
    ])
  })

  it('that belongs to several order lines is told, since it does not say how much to which', () => {
    const second = '<OrderLineReference><LineID>20</LineID></OrderLineReference>'
    const twofold = read(aLine({ more: second }))
    expect(twofold.document).toMatchObject({ lines: [{ orderLineNumber: '10' }] })
    expect(rulesOf(twofold)).toEqual(['ubl-order-lines-several'])
  })

  it('without a quantity, or a notice without a line, is an error (R-17)', () => {
    const without = read(aLine({ quantity: '' }))
    expect(without.document).toBeNull()
    expect(rulesOf(without)).toContain('ubl-quantity-missing')
    expect(rulesOf(read(''))).toEqual(['ubl-lines-missing'])
  })

  it('of nothing is left out', () => {
    const zero = aLine({
      number: '2',
      quantity: '<DeliveredQuantity unitCode="EA">0</DeliveredQuantity>',
    })
    const some = read(`${aLine()}${zero}`)
    expect(some.document).toMatchObject({ lines: { length: 1 } })
    expect(rulesOf(some)).toEqual(['ubl-nothing-shipped'])
  })

  it('notes what is outstanding or on backorder, and why', () => {
    const { notes } = noticeOf(
      aLine({
        quantity:
          '<DeliveredQuantity unitCode="EA">10</DeliveredQuantity><BackorderQuantity>3</BackorderQuantity><BackorderReason>In production</BackorderReason><OutstandingQuantity unitCode="EA">2</OutstandingQuantity>',
      }),
    )
    expect(notes).toEqual(['line 1: 2 EA outstanding', 'line 1: 3 EA on backorder: In production'])
  })

  it('carries lots, serial numbers and days of expiry', () => {
    const item =
      '<ItemInstance><SerialID>S1</SerialID></ItemInstance><ItemInstance/><LotIdentification><LotNumberID>L1</LotNumberID><ExpiryDate>2027-01-31</ExpiryDate></LotIdentification>'
    expect(noticeOf(aLine({ item })).lines[0]?.lots).toEqual([
      { serial: 'S1' },
      { lot: 'L1', expiryDate: '2027-01-31' },
    ])
  })
})

describe('packs', () => {
  const shipment = (units: string) => `<Shipment><ID>1</ID>${units}</Shipment>`
  const unit = (content: string) => `<TransportHandlingUnit>${content}</TransportHandlingUnit>`
  const goods = (line: string) => `<GoodsItem><ID>${line}</ID></GoodsItem>`

  it('know their SSCC with and without its application identifier', () => {
    const { packs } = noticeOf(
      `${shipment(unit('<ID>173500538500000016</ID>') + unit('<ID>(00)173500538500000023</ID>') + unit('<ID>PAL-3</ID>'))}${aLine()}`,
    )
    expect(packs.map(({ sscc }) => sscc)).toEqual([
      '173500538500000016',
      '173500538500000023',
      undefined,
    ])
  })

  it('that claim an SSCC of other digits are told', () => {
    expect(rulesOf(read(`${shipment(unit('<ID schemeID="SSCC">17</ID>'))}${aLine()}`))).toEqual([
      'ubl-sscc',
    ])
  })

  it('without a number get one, and one number twice is one pack', () => {
    const units = unit('') + unit('<ID>P</ID>') + unit('<ID>P</ID>')
    expect(noticeOf(`${shipment(units)}${aLine()}`).packs.map(({ packId }) => packId)).toEqual([
      'pack-1',
      'P',
    ])
  })

  it('are pallets or cartons by their type', () => {
    const typed = (code: string) =>
      unit(`<ID>${code}</ID><TransportHandlingUnitTypeCode>${code}</TransportHandlingUnitTypeCode>`)
    const { packs } = noticeOf(`${shipment(typed('PX') + typed('CT'))}${aLine()}`)
    expect(packs.map(({ level }) => level)).toEqual(['pallet', 'carton'])
  })

  it('hold the lines whose numbers they list', () => {
    const packed = unit(`<ID>PAL</ID><Package><ID>BOX</ID>${goods('1')}</Package>`)
    expect(noticeOf(`${shipment(packed)}${aLine()}`).lines[0]?.packId).toBe('BOX')
  })

  it('hold a line that names them itself', () => {
    const line = aLine({ more: shipment(unit('<ID>PAL</ID>')) })
    expect(noticeOf(line)).toMatchObject({ packs: [{ packId: 'PAL' }], lines: [{ packId: 'PAL' }] })
  })

  it('around all packs of a line hold it; of several side by side none does', () => {
    const nested = unit(`<ID>PAL</ID>${goods('1')}<Package><ID>BOX</ID>${goods('1')}</Package>`)
    expect(noticeOf(`${shipment(nested)}${aLine()}`).lines[0]?.packId).toBe('PAL')
    const beside = unit(
      `<ID>PAL</ID><Package><ID>A</ID>${goods('1')}</Package><Package><ID>B</ID>${goods('1')}</Package>`,
    )
    const apart = read(`${shipment(beside)}${aLine()}`)
    expect(apart.document).toMatchObject({ lines: [{ quantityShipped: '10' }] })
    expect(findingsOf(apart, 'ubl-line-in-several-packs')).toHaveLength(1)
  })

  it('without a number inside others only say how goods are wrapped', () => {
    const wrapped = unit(
      `<ID>PAL</ID><Package><PackagingTypeCode>BX</PackagingTypeCode><ContainedPackage><ID>IN</ID>${goods('1')}</ContainedPackage></Package>`,
    )
    expect(noticeOf(`${shipment(wrapped)}${aLine()}`)).toMatchObject({
      packs: [{ packId: 'PAL' }, { packId: 'IN', parentPackId: 'PAL' }],
      lines: [{ packId: 'IN' }],
    })
  })
})
