import { describe, expect, it } from 'vitest'
import { contradicts, findOrderLine } from './find-order-line.ts'
import { anOrderLine } from './purchase-order.examples.ts'

const bolts = { supplierItem: 'HB-8', otherSupplierItems: ['HB-8-50', 'OLD-77'] }
const lines = [
  anOrderLine({ item: bolts }),
  anOrderLine({ orderLineNumber: '2', item: { supplierItem: 'NT-8' } }),
]

describe('the order line a document means', () => {
  it.each(['HB-8', 'HB-8-50', 'OLD-77'])(
    'is found by any number of the supplier, as by %s',
    (supplierItem) => {
      const clue = { orderLineNumber: null, item: { supplierItem } }
      expect(findOrderLine(lines, clue)).toMatchObject({ by: 'item', line: lines[0] })
      expect(contradicts(bolts, { supplierItem })).toBe(false)
      expect(contradicts({ supplierItem: 'NT-8' }, { supplierItem })).toBe(true)
    },
  )

  it('is not found by a number the supplier never gave it', () => {
    const clue = { orderLineNumber: null, item: { supplierItem: 'HB-9' } }
    expect(findOrderLine(lines, clue)).toEqual({ by: 'none', line: null })
    expect(contradicts(bolts, { supplierItem: 'HB-9' })).toBe(true)
    const numberless = anOrderLine({ item: { buyerItem: 'SKU-1' } })
    expect(contradicts(numberless.item, { supplierItem: 'HB-9' })).toBe(false)
  })
})
