import { describe, expect, it } from 'vitest'
import { OrderLine } from '../purchase-order/order-line.ts'
import { AcknowledgmentLine } from './acknowledgment.ts'
import { responsesTo } from './responses-to.ts'

const ordered = {
  quantityOrdered: OrderLine.shape.quantityOrdered.parse('12'),
  unitOfMeasure: OrderLine.shape.unitOfMeasure.parse('XCS'),
}

const line = (fields: object) =>
  AcknowledgmentLine.parse({
    documentLineNumber: '1',
    orderLineNumber: '1',
    item: {},
    responses: [],
    ...fields,
  })

describe('responsesTo', () => {
  it('takes a refusal without a quantity for all that was ordered', () => {
    const refusal = { action: 'reject', promisedDate: null, dateMeaning: 'delivery' } as const
    expect(responsesTo(ordered, line({ wholeLine: refusal }))).toEqual([
      { ...refusal, quantity: '12', unitOfMeasure: 'XCS' },
    ])
  })

  it('leaves an answer in parts as the supplier gave it', () => {
    const part = {
      action: 'accept',
      quantity: '5',
      unitOfMeasure: 'EA',
      promisedDate: '2026-12-01',
      dateMeaning: 'delivery',
    } as const
    expect(responsesTo(ordered, line({ responses: [part] }))).toEqual([part])
  })

  it('gives nothing for a line without an answer', () => {
    expect(responsesTo(ordered, line({}))).toEqual([])
  })
})
