import { describe, expect, it } from 'vitest'
import { Item, ItemIdentifiers, Substitute } from './item.ts'

const anItem = {
  tenant: 'acme',
  item: 'SKU-1',
  description: 'hex bolt M8',
  identifiers: { buyerItem: 'SKU-1', supplierItem: 'HB-8', gtin: '4006381333931' },
  stockUnit: 'EA',
  unitConversions: [],
  catchWeight: false,
  lotControlled: true,
  serialControlled: false,
  shelfLifeDaysMin: null,
  inspection: 'sample',
  hazardous: false,
  substitutes: [{ item: 'SKU-2', twoWay: true, effectiveFrom: '2026-01-01' }],
}

describe('an item', () => {
  it('is what the item master says, with what may be shipped instead', () => {
    expect(Item.parse(anItem)).toEqual(anItem)
    expect(Item.safeParse({ ...anItem, inspection: 'sometimes' }).success).toBe(false)
    expect(Item.safeParse({ ...anItem, shelfLifeDaysMin: -1 }).success).toBe(false)
    expect(Item.safeParse({ ...anItem, colour: 'red' }).success).toBe(false)
  })

  it.each(['40063813', '400638133393', '4006381333931', '14006381333938'])(
    'is known by the trade item number %s',
    (gtin) => {
      expect(ItemIdentifiers.safeParse({ gtin }).success).toBe(true)
    },
  )

  it.each(['400638133393X', '123', '400 638 133'])('is not known by %s', (gtin) => {
    expect(ItemIdentifiers.safeParse({ gtin }).success).toBe(false)
  })

  it('has as many numbers of its supplier as the supplier gave it', () => {
    const identifiers = { ...anItem.identifiers, otherSupplierItems: ['HB-8-50', 'OLD-77'] }
    expect(Item.parse({ ...anItem, identifiers }).identifiers).toEqual(identifiers)
  })

  it('may be substituted for a time', () => {
    const substitute = { item: 'SKU-2', twoWay: false, effectiveFrom: '2026-01-01' }
    expect(Substitute.safeParse({ ...substitute, effectiveTo: '2026-06-30' }).success).toBe(true)
    expect(Substitute.safeParse({ ...substitute, effectiveTo: 'June' }).success).toBe(false)
  })
})
