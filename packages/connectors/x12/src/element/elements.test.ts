import { describe, expect, it } from 'vitest'
import { documentOf, readSegments, troublesOf } from '../interchange.examples.ts'
import { hasRightCheckDigit } from './item-numbers.ts'
import { parseDate } from './read-date.ts'
import { parseDecimal } from './read-decimal.ts'

const readLine = (line: string, ...below: string[]) =>
  readSegments('850', ['BEG*00*SA*4500017**20261124', line, ...below])

const lineOf = (line: string, ...below: string[]) =>
  documentOf(readLine(line, ...below), 'purchase-order').lines[0]

describe('a number', () => {
  it.each([
    ['12', '12'],
    ['12.50', '12.50'],
    ['.5', '0.5'],
    ['5.', '5'],
    ['+5', '5'],
    ['-5', '-5'],
    ['5-', '-5'],
    ['007', '7'],
    ['0', '0'],
  ])('`%s` is read as %s', (text, expected) => {
    expect(parseDecimal(text)).toBe(expected)
  })

  it.each(['', '.', '-', '1,000', '1.2.3', '12EA', '-5-', '1e3', '9'.repeat(41)])(
    '`%s` is not read',
    (text) => {
      expect(parseDecimal(text)).toBeNull()
    },
  )
})

describe('a day', () => {
  it.each([
    ['20261124', '2026-11-24'],
    ['261124', '2026-11-24'],
    ['981124', '1998-11-24'],
    ['202611240815', '2026-11-24'],
    ['20240229', '2024-02-29'],
  ])('`%s` is read as %s', (text, expected) => {
    expect(parseDate(text, 70)).toBe(expected)
  })

  it.each(['20261324', '20260230', '2026', '24.11.2026', 'SOON', '99999999'])(
    '`%s` is no day',
    (text) => {
      expect(parseDate(text, 70)).toBeNull()
    },
  )

  it('that does not exist is said, and the order stays usable when it can do without', () => {
    const read = readSegments('850', [
      'BEG*00*SA*4500017**20261124',
      'DTM*002*20260230',
      'PO1*1*12*EA*3.50',
    ])
    expect(documentOf(read, 'purchase-order').lines[0]?.schedules[0]?.requestedDate).toBeNull()
    expect(troublesOf(read)).toEqual(['x12-date-invalid'])
  })
})

describe('a unit of measure', () => {
  it.each([
    ['CA', 'XCS'],
    ['DZ', 'DZN'],
    ['GR', 'GRM'],
    ['GS', 'GRO'],
    ['TO', 'APZ'],
    ['PC', 'H87'],
    ['ea', 'EA'],
  ])('X12 `%s` is %s', (code, expected) => {
    expect(lineOf(`PO1*1*12*${code}*3.50`)?.unitOfMeasure).toBe(expected)
  })

  it('may be the first part of a composite', () => {
    expect(lineOf('PO1*1*12*LB>1>1*3.50')?.unitOfMeasure).toBe('LBR')
  })

  it('that cannot be one leaves the quantity without any, which is an error', () => {
    const { document, findings } = readLine('PO1*1*12*a long word for a unit of measure*3.50')
    expect(document).toBeNull()
    const errors = findings.filter(({ severity }) => severity === 'error')
    expect(errors.map(({ rule }) => rule)).toEqual(['x12-unit-missing', 'x12-quantity-missing'])
  })

  it('in no table is kept as it is and never taken for pieces', () => {
    const read = readLine('PO1*1*12*QZ*3.50')
    expect(documentOf(read, 'purchase-order').lines[0]?.unitOfMeasure).toBe('QZ')
    expect(troublesOf(read)).toEqual(['x12-unit-unknown'])
  })
})

describe('a price', () => {
  it.each([
    ['', '1', 'EA', 'firm'],
    ['PE', '1', 'EA', 'firm'],
    ['HP', '100', 'EA', 'firm'],
    ['TP', '1000', 'EA', 'firm'],
    ['HT', '100000', 'EA', 'firm'],
    ['PD', '12', 'EA', 'firm'],
    ['PP', '1', 'LBR', 'firm'],
    ['CT', '1', 'EA', 'contract'],
    ['ES', '1', 'EA', 'estimated'],
  ])('under basis `%s` is for %s %s, %s', (basis, perQuantity, perUnitOfMeasure, priceType) => {
    expect(lineOf(`PO1*1*12*EA*3.50*${basis}`)?.price).toEqual({
      amount: '3.50',
      perQuantity,
      perUnitOfMeasure,
      priceType,
    })
  })

  it('per hundred of goods counted in hundreds is for one hundred, not for ten thousand', () => {
    expect(lineOf('PO1*1*12*HU*3.50*HP')?.price).toMatchObject({
      perQuantity: '1',
      perUnitOfMeasure: 'CEN',
    })
  })

  it('under a basis in no table is taken for one, and said', () => {
    const read = readLine('PO1*1*12*EA*3.50*Q9')
    expect(troublesOf(read)).toEqual(['x12-price-basis-unknown'])
  })

  it('may stand in a CTP below the line; what shops ask is none', () => {
    expect(lineOf('PO1*1*12*EA', 'CTP**RTL*9.99', 'CTP**UCP*3.50')?.price.amount).toBe('3.50')
  })

  it('in a CTP has its basis there too, and may be for several at once', () => {
    expect(lineOf('PO1*1*12*EA', 'CTP**UCP*12.40******HP')?.price.perQuantity).toBe('100')
    expect(lineOf('PO1*1*12*EA', 'CTP**UCP*10********3')?.price).toMatchObject({
      amount: '10',
      perQuantity: '3',
    })
  })

  it('in a CTP with a factor is taken without it, and that is said', () => {
    const read = readLine('PO1*1*12*EA', 'CTP**UCP*10***DIS*.9')
    expect(documentOf(read, 'purchase-order').lines[0]?.price.amount).toBe('10')
    expect(troublesOf(read)).toEqual(['x12-price-multiplier'])
  })

  it('that is not stated is an estimate of zero, and said', () => {
    const read = readLine('PO1*1*12*EA')
    expect(documentOf(read, 'purchase-order').lines[0]?.price).toMatchObject({
      amount: '0',
      priceType: 'estimated',
    })
    expect(troublesOf(read)).toEqual(['x12-price-missing'])
  })

  it('of free goods makes the line free goods', () => {
    expect(lineOf('PO1*1*12*EA**NC')?.lineType).toBe('free-goods')
  })
})

describe('item numbers', () => {
  it('are told apart by their qualifiers', () => {
    expect(lineOf('PO1*1*12*EA*3.50**BP*B-1*VN*V-1*MG*M-1*UP*036000291452')?.item).toEqual({
      buyerItem: 'B-1',
      supplierItem: 'V-1',
      manufacturerItem: 'M-1',
      gtin: '036000291452',
    })
  })

  it('name the case before the piece inside it', () => {
    expect(lineOf('PO1*1*12*CA*3.50**UP*036000291452*UK*10036000291459')?.item.gtin).toBe(
      '10036000291459',
    )
  })

  it('of the wrong length are no GTIN', () => {
    const read = readLine('PO1*1*12*EA*3.50**UP*12345')
    expect(documentOf(read, 'purchase-order').lines[0]?.item).toEqual({})
    expect(troublesOf(read)).toEqual(['x12-gtin-invalid'])
  })

  it('that are announced and missing are said', () => {
    expect(troublesOf(readLine('PO1*1*12*EA*3.50**VN**BP*B-1'))).toEqual([
      'x12-item-number-missing',
    ])
  })

  it('end in a check digit', () => {
    expect(hasRightCheckDigit('036000291452')).toBe(true)
    expect(hasRightCheckDigit('036000291453')).toBe(false)
  })
})
