import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readRegister } from './read-register.ts'

let folder = ''

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'counterfoil-register-'))
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

const header = 'supplier,item,category,description,type,quantity,uom,unit_price,currency'

/** A register with one line for each pair of quantity and price. */
const read = (...figures: readonly (readonly [quantity: string, price: string])[]) => {
  const rows = figures.map(
    ([quantity, price]) => `Northern,HB-10,HARDWARE,Hex bolt,Goods,${quantity},Each,${price},USD`,
  )
  return readRows(...rows)
}

const readRows = (...rows: readonly string[]) => {
  const file = join(folder, 'register.csv')
  writeFileSync(file, [header, ...rows, ''].join('\n'))
  return readRegister(file)
}

describe('a purchase register', () => {
  it.each([
    ['0.85970000000000002', '0.8597'],
    ['12.299999999999999', '12.3'],
    ['0.0000005', '0.000001'],
    ['0.0000004', '0'],
    ['1E3', '1000'],
    ['1.25e2', '125'],
    ['4.5E-3', '0.0045'],
    ['1e-2', '0.01'],
    ['007.50', '7.5'],
  ])('reads the price %s, as a spreadsheet wrote it, as %s', (written, price) => {
    expect(read(['1', written]).lines[0]?.price).toBe(price)
  })

  it.each(['0', '0.00', '-3', '', 'n/a', '1,5e', '0.0000004'])(
    'passes over a line that orders `%s`',
    (quantity) => {
      const { lines, passedOver } = read(['2', '1'], [`"${quantity}"`, '1'])
      expect(lines).toHaveLength(1)
      expect(passedOver).toBe(1)
    },
  )

  it('passes over a line with a price below zero, and keeps a free one', () => {
    const { lines, passedOver } = read(['2', '-1'], ['2', '0'])
    expect(lines.map(({ price }) => price)).toEqual(['0'])
    expect(passedOver).toBe(1)
  })

  it('names an item without a number by its category and its place in the file', () => {
    const { lines } = readRows(
      'River Paper,,OFFICE,Copy paper,Goods,12,Case,31.5,USD',
      'River Paper,,OFFICE,Delivery,Services,3,Fortnight,10,USD',
    )
    expect(lines).toMatchObject([
      { item: 'OFFICE-1', unitOfMeasure: 'XCS', isService: false },
      { item: 'OFFICE-2', unitOfMeasure: 'C62', isService: true },
    ])
  })

  it('refuses a register in which nothing orders anything', () => {
    expect(() => read(['0', '1'])).toThrow('no line of it orders anything')
  })
})
