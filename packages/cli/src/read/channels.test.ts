import { createCanonicalJsonReader } from '@counterfoil/connector-kit'
import { createUblReader } from '@counterfoil/connector-ubl'
import { createX12Reader } from '@counterfoil/connector-x12'
import type { DocumentReader, TradeDocument } from '@counterfoil/core'
import { describe, expect, it } from 'vitest'

const context = {
  tenant: 'acme',
  buyerOrganisation: '0001',
  supplier: 'V-100',
  connection: 'any',
  timeZone: 'Europe/Oslo',
  currency: 'EUR',
} as const

const readers: readonly DocumentReader[] = [
  createX12Reader(),
  createUblReader(),
  createCanonicalJsonReader(),
]

/** What a delivery says, whichever way it came: the document without where it came from. */
const contentOf = (text: string): Omit<TradeDocument, 'origin'> => {
  const reader = readers.find(({ recognises }) => recognises(text))
  const [read] = reader?.read(text, context) ?? []
  if (!read?.document) throw new Error(JSON.stringify(read?.findings))
  const { origin: _, ...content } = read.document
  return content
}

const interchange = (group: string, set: string, segments: readonly string[]): string =>
  [
    'ISA*00*          *00*          *ZZ*ONE            *ZZ*TWO            *261102*0930*U*00401*000000001*0*P*>',
    `GS*${group}*ONE*TWO*20261102*0930*1*X*004010`,
    `ST*${set}*0001`,
    ...segments,
    `SE*${segments.length + 2}*0001`,
    'GE*1*1',
    'IEA*1*000000001',
  ].join('~\n') + '~'

const ubl = (root: string, body: string): string => {
  const names = 'urn:oasis:names:specification:ubl:schema:xsd:'
  const prefixed = body.replace(/<(\/?)([A-Z])/g, '<$1c:$2')
  return `<u:${root} xmlns:u="${names}${root}-2" xmlns:c="${names}CommonBasicComponents-2">${prefixed}</u:${root}>`
}

const bolt =
  '<Item><Name>Hex bolt M8</Name><BuyersItemIdentification><ID>4-1001</ID></BuyersItemIdentification></Item>'

describe('the same paper by EDI, Peppol or API is the same document (R-71, R-72, R-75, R-94)', () => {
  it('an order', () => {
    const byEdi = contentOf(
      interchange('PO', '850', [
        'BEG*00*SA*PO-1**20261102',
        'CUR*BY*EUR',
        'DTM*002*20261120',
        'N1*ST**92*DC-1',
        'PO1*10*1000*EA*0.125**BP*4-1001',
        'PID*F****Hex bolt M8',
        'CTT*1',
      ]),
    )
    const byPeppol = contentOf(
      ubl(
        'Order',
        `<ID>PO-1</ID><IssueDate>2026-11-02</IssueDate><DocumentCurrencyCode>EUR</DocumentCurrencyCode><Delivery><DeliveryLocation><ID>DC-1</ID></DeliveryLocation><RequestedDeliveryPeriod><EndDate>2026-11-20</EndDate></RequestedDeliveryPeriod></Delivery><OrderLine><LineItem><ID>10</ID><Quantity unitCode="EA">1000</Quantity><Price><PriceAmount currencyID="EUR">0.125</PriceAmount></Price>${bolt}</LineItem></OrderLine>`,
      ),
    )
    expect(byPeppol).toEqual(byEdi)
    expect(contentOf(JSON.stringify(byEdi))).toEqual(byEdi)
  })

  it('a confirmation', () => {
    const byEdi = contentOf(
      interchange('PR', '855', [
        'BAK*00*AC*PO-1*20261103****OR-1*20261103',
        'PO1*10*1000*EA***BP*4-1001',
        'ACK*IQ*900*EA*067*20261120',
        'CTT*1',
      ]),
    )
    const byPeppol = contentOf(
      ubl(
        'OrderResponse',
        `<ID>OR-1</ID><IssueDate>2026-11-03</IssueDate><OrderResponseCode>CA</OrderResponseCode><OrderReference><ID>PO-1</ID></OrderReference><OrderLine><LineItem><ID>10</ID><LineStatusCode>3</LineStatusCode><Quantity unitCode="EA">900</Quantity><Delivery><PromisedDeliveryPeriod><EndDate>2026-11-20</EndDate></PromisedDeliveryPeriod></Delivery>${bolt}</LineItem><OrderLineReference><LineID>10</LineID></OrderLineReference></OrderLine>`,
      ),
    )
    const accepted = {
      orderNumber: 'PO-1',
      decision: 'accepted-with-changes',
      unlistedLines: 'unanswered',
      lines: [
        {
          orderLineNumber: '10',
          item: { buyerItem: '4-1001' },
          responses: [
            {
              action: 'accept',
              quantity: '900',
              promisedDate: '2026-11-20',
              dateMeaning: 'delivery',
            },
          ],
        },
      ],
    }
    expect(byPeppol).toMatchObject(accepted)
    // An 855 that takes 900 of 1000 refuses the rest in so many words; a response only leaves it out.
    expect(byEdi).toMatchObject({
      ...accepted,
      lines: [
        {
          responses: [
            { action: 'accept', quantity: '900' },
            { action: 'reject', quantity: '100' },
          ],
        },
      ],
    })
  })

  it('a ship notice', () => {
    const byEdi = contentOf(
      interchange('SH', '856', [
        'BSN*00*DA-1*20261117*0000',
        'HL*1**S',
        'TD5****M*Nordfrakt',
        'REF*2I*TRK-1',
        'DTM*011*20261117',
        'DTM*017*20261119',
        'N1*ST**92*DC-1',
        'HL*2*1*O',
        'PRF*PO-1',
        'HL*3*2*T',
        'MAN*GM*173500538500000016',
        'HL*4*3*I',
        'LIN*10*BP*4-1001*LT*L-1',
        'SN1**900*EA',
        'CTT*4',
      ]),
    )
    const byPeppol = contentOf(
      ubl(
        'DespatchAdvice',
        '<ID>DA-1</ID><IssueDate>2026-11-17</IssueDate><OrderReference><ID>PO-1</ID></OrderReference><Shipment><ID>1</ID><Consignment><ID>1</ID><CarrierParty><PartyName><Name>Nordfrakt</Name></PartyName></CarrierParty></Consignment><Delivery><TrackingID>TRK-1</TrackingID><DeliveryLocation><ID>DC-1</ID></DeliveryLocation><EstimatedDeliveryPeriod><EndDate>2026-11-19</EndDate></EstimatedDeliveryPeriod><Despatch><ActualDespatchDate>2026-11-17</ActualDespatchDate></Despatch></Delivery><TransportHandlingUnit><ID>173500538500000016</ID><TransportHandlingUnitTypeCode>PX</TransportHandlingUnitTypeCode><GoodsItem><ID>10</ID></GoodsItem></TransportHandlingUnit></Shipment><DespatchLine><ID>10</ID><DeliveredQuantity unitCode="EA">900</DeliveredQuantity><OrderLineReference><LineID>10</LineID></OrderLineReference><Item><BuyersItemIdentification><ID>4-1001</ID></BuyersItemIdentification><ItemInstance><LotIdentification><LotNumberID>L-1</LotNumberID></LotIdentification></ItemInstance></Item></DespatchLine>',
      ),
    )
    expect(byPeppol).toEqual(byEdi)
    expect(contentOf(JSON.stringify(byEdi))).toEqual(byEdi)
  })

  it('an invoice', () => {
    const byEdi = contentOf(
      interchange('IN', '810', [
        'BIG*20261120*INV-1**PO-1***DI',
        'CUR*SE*EUR',
        'IT1*10*900*EA*0.125**BP*4-1001',
        'PID*F****Hex bolt M8',
        'TDS*11250',
        'CTT*1',
      ]),
    )
    const byPeppol = contentOf(
      ubl(
        'Invoice',
        `<ID>INV-1</ID><IssueDate>2026-11-20</IssueDate><InvoiceTypeCode>380</InvoiceTypeCode><DocumentCurrencyCode>EUR</DocumentCurrencyCode><OrderReference><ID>PO-1</ID></OrderReference><LegalMonetaryTotal><PayableAmount currencyID="EUR">112.50</PayableAmount></LegalMonetaryTotal><InvoiceLine><ID>10</ID><InvoicedQuantity unitCode="EA">900</InvoicedQuantity><LineExtensionAmount currencyID="EUR">112.50</LineExtensionAmount><OrderLineReference><LineID>10</LineID></OrderLineReference>${bolt}<Price><PriceAmount currencyID="EUR">0.125</PriceAmount></Price></InvoiceLine>`,
      ),
    )
    // Each standard has totals of its own, which are kept under their own names.
    expect({ ...byPeppol, totals: undefined }).toEqual({ ...byEdi, totals: undefined })
    expect(contentOf(JSON.stringify(byEdi))).toEqual(byEdi)
  })
})
