import { describe, expect, it } from 'vitest'
import { aShipNotice, anOrder, maria, openBooks, textAt } from '../books.examples.ts'

describe('a shipment', () => {
  it('shows what is in it, where it is, and its history', async () => {
    const { ask, receive } = openBooks()
    await receive(anOrder(), aShipNotice())
    const reference = {
      number: { buyerOrganisation: '0001', supplier: 'S100', shipNoticeNumber: 'ASN-1' },
    }
    const answer = await ask(
      maria,
      `query ($reference: ShipmentReference!) {
        shipment(reference: $reference) {
          id shipNoticeNumber state open version supplier buyerOrganisation orderNumbers
          shipDate estimatedDeliveryDate arrivedAt carrier trackingNumber
          lines { totalCount nodes { orderNumber orderLineNumber quantityShipped unitOfMeasure item { buyerItem } } }
          milestones { code } exceptions { nodes { code } }
          history(first: 1) { nodes { type headline } pageInfo { hasNextPage } }
        }
      }`,
      { reference },
    )
    expect(answer).toMatchObject({
      shipment: {
        shipNoticeNumber: 'ASN-1',
        open: true,
        orderNumbers: ['4711'],
        shipDate: '2026-11-18',
        estimatedDeliveryDate: '2026-11-20',
        arrivedAt: null,
        carrier: 'Road Runner',
        trackingNumber: 'RR-1',
        lines: { totalCount: 1, nodes: [{ orderNumber: '4711', quantityShipped: '2500' }] },
        history: {
          nodes: [{ type: 'ship-notice.received', headline: 'ship notice received: ASN-1' }],
          pageInfo: { hasNextPage: true },
        },
      },
    })
    const byId = `query ($reference: ShipmentReference!) { shipment(reference: $reference) { version } }`
    const id = textAt(answer, 'shipment.id')
    expect(await ask(maria, byId, { reference: { id } })).toMatchObject({
      shipment: { version: Object(answer).shipment.version },
    })
  })

  it('is listed by the day it is expected, and counted', async () => {
    const { ask, receive } = openBooks()
    await receive(anOrder(), aShipNotice('1000', 'ASN-1'), aShipNotice('1500', 'ASN-2'))
    const list = `query ($filter: ShipmentFilter) { shipments(filter: $filter) { nodes { shipNoticeNumber } } }`
    const found = async (filter: object) =>
      Object(await ask(maria, list, { filter })).shipments.nodes.length
    expect(await found({ expectedBefore: '2026-11-20', open: true, supplier: 'S100' })).toBe(2)
    expect(await found({ expectedBefore: '2026-11-19' })).toBe(0)
    expect(await found({ state: 'CANCELLED' })).toBe(0)
    const { shipmentCounts } = Object(await ask(maria, '{ shipmentCounts { open count } }'))
    expect(shipmentCounts).toEqual([{ open: true, count: 2 }])
  })
})
