import { describe, expect, it } from 'vitest'
import { aDocument, orderReference, readOne, rulesOf } from '../ubl.examples.ts'

const counted = (name: string, quantity: string) => `<${name} unitCode="EA">${quantity}</${name}>`
const aLine = (quantities: string, more = '') =>
  `<ReceiptLine><ID>1</ID>${quantities}<OrderLineReference><LineID>10</LineID></OrderLineReference>${more}<Item><Name>Hex bolt</Name></Item></ReceiptLine>`

const read = (body: string) => readOne(aDocument('ReceiptAdvice', `${orderReference}${body}`))

describe('a count at the dock', () => {
  it('has parts refused, short and over', () => {
    const quantities = `${counted('ReceivedQuantity', '10')}${counted('RejectedQuantity', '2')}${counted('OversupplyQuantity', '1')}`
    expect(read(aLine(quantities)).document).toMatchObject({
      receiptType: 'receipt',
      receivedDate: '2026-11-02',
      lines: [
        {
          orderNumber: 'PO-1',
          orderLineNumber: '10',
          quantity: '10',
          quantityAccepted: '8',
          quantityRejected: '2',
          conditions: [
            { condition: 'rejected', quantity: '2' },
            { condition: 'over', quantity: '1' },
          ],
        },
      ],
    })
  })

  it('waits for inspection where nothing is refused', () => {
    expect(read(aLine(counted('ReceivedQuantity', '10'))).document).toMatchObject({
      lines: [{ quantityAccepted: null, quantityRejected: null, disposition: 'stock' }],
    })
  })

  it('may be of goods nobody ordered', () => {
    const line = aLine(counted('ReceivedQuantity', '10'))
    expect(readOne(aDocument('ReceiptAdvice', line)).document).toMatchObject({
      lines: [{ orderNumber: null }],
    })
  })

  it('names the ship notice of the line, else the one of the receipt', () => {
    const header = '<DespatchDocumentReference><ID>DA-1</ID></DespatchDocumentReference>'
    const own =
      '<DespatchLineReference><LineID>1</LineID><DocumentReference><ID>DA-2</ID></DocumentReference></DespatchLineReference>'
    const received = counted('ReceivedQuantity', '1')
    expect(read(`${header}${aLine(received)}`).document).toMatchObject({
      lines: [{ shipNoticeNumber: 'DA-1' }],
    })
    expect(read(`${header}${aLine(received, own)}`).document).toMatchObject({
      lines: [{ shipNoticeNumber: 'DA-2' }],
    })
  })

  it('sent again is a recount', () => {
    const again = `<DocumentStatusCode>5</DocumentStatusCode>${aLine(counted('ReceivedQuantity', '9'))}`
    expect(read(again).document).toMatchObject({ revision: 1 })
  })

  it('that is cancelled, refuses more than came, or counts nothing is an error', () => {
    const received = counted('ReceivedQuantity', '1')
    const cancelled = read(`<DocumentStatusCode>1</DocumentStatusCode>${aLine(received)}`)
    const over = read(aLine(`${received}${counted('RejectedQuantity', '2')}`))
    const nothing = read(aLine(''))
    expect([cancelled, over, nothing].map(({ document }) => document)).toEqual([null, null, null])
    expect(rulesOf(cancelled)).toEqual(['ubl-receipt-cancelled'])
    expect(rulesOf(over)).toEqual(['ubl-rejected-over'])
    expect(rulesOf(nothing)).toEqual(['ubl-lines-missing', 'ubl-nothing-received'])
  })
})
