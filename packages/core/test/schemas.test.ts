import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { jsonSchemas } from '../scripts/json-schemas.ts'
import { anInvoice } from '../src/invoice/invoice.examples.ts'
import { aMilestone } from '../src/milestone/milestone.examples.ts'
import { aPurchaseOrder } from '../src/purchase-order/purchase-order.examples.ts'
import { aReceipt } from '../src/receipt/receipt.examples.ts'
import { aShipNotice } from '../src/ship-notice/ship-notice.examples.ts'

const folder = fileURLToPath(new URL('../schemas/', import.meta.url))
const published = (file: string) =>
  z.fromJSONSchema(JSON.parse(readFileSync(folder + file, 'utf8')))

describe('the JSON Schemas of the package', () => {
  const current = jsonSchemas()

  it('are one file for each canonical object', () => {
    expect(readdirSync(folder).toSorted()).toEqual([...current.keys()].toSorted())
  })

  it.each([...current])('%s is what the schemas in the code say', (file, text) => {
    expect(readFileSync(folder + file, 'utf8')).toBe(text)
  })

  it.each([
    ['purchase-order.json', aPurchaseOrder()],
    ['ship-notice.json', aShipNotice()],
    ['milestone.json', aMilestone()],
    ['receipt.json', aReceipt()],
    ['invoice.json', anInvoice()],
  ])('%s takes a document of its kind, and no other', (file, document) => {
    const schema = published(file)
    expect(schema.safeParse(document).success).toBe(true)
    expect(schema.safeParse({ ...document, kind: 'another' }).success).toBe(false)
    expect(schema.safeParse({ ...document, more: 'than it may have' }).success).toBe(false)
    expect(published('trade-document.json').safeParse(document).success).toBe(true)
  })

  it.each([
    ['decimal.json', ['12.40', '-3', '0'], [12.4, '12,40', '1e3', '']],
    ['limit.json', [null, '0', '5'], ['-1', 5]],
    ['money.json', [{ amount: '12.40', currency: 'EUR' }], [{ amount: '12.40' }]],
    ['unit-of-measure.json', ['EA', 'KGM'], ['', 'PIECES']],
  ])(
    '%s takes values as they are written on the wire, and nothing else',
    (file, taken, refused) => {
      const schema = published(file)
      expect(taken.filter((value) => !schema.safeParse(value).success)).toEqual([])
      expect(refused.filter((value) => schema.safeParse(value).success)).toEqual([])
    },
  )
})
