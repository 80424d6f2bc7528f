import { describe, expect, it } from 'vitest'
import { anInvoice, anInvoiceLine } from './invoice.examples.ts'
import { Invoice, InvoiceLine, InvoiceTax } from './invoice.ts'

const problemsOf = (result: { error?: { issues: { path: PropertyKey[] }[] } | undefined }) =>
  result.error?.issues.map(({ path }) => path.join('.')) ?? []

describe('an invoice', () => {
  it('is one document, whatever it was read from (R-57)', () => {
    const invoice = anInvoice({
      charges: [{ code: 'FREIGHT', amount: '12.50' }],
      taxes: [{ code: 'VAT', ratePercent: '19', taxableAmount: '136.50', amount: '25.94' }],
      totalAmount: '162.44',
      totals: { roundOff: '-0.01' },
      extractionConfidence: { 'lines.0.quantity': '0.87' },
    })
    expect(Invoice.parse(JSON.parse(JSON.stringify(invoice)))).toEqual(invoice)
  })

  it('may bill nothing but charges', () => {
    expect(anInvoice({ lines: [], charges: [{ code: 'DEMURRAGE', amount: '300' }] }).lines).toEqual(
      [],
    )
  })

  it.each([
    [
      'an amount below zero: the type gives the direction',
      { lines: [{ ...anInvoiceLine(), amount: '-1' }] },
      'lines.0.amount',
    ],
    [
      'a quantity of nothing',
      { lines: [{ ...anInvoiceLine(), quantity: '0' }] },
      'lines.0.quantity',
    ],
    [
      'an amount that is not exact',
      { lines: [{ ...anInvoiceLine(), amount: 124 }] },
      'lines.0.amount',
    ],
    ['a currency nobody pays in', { currency: 'XAU' }, 'currency'],
    ['an exchange rate of zero', { exchangeRate: '0' }, 'exchangeRate'],
    ['a day that is none', { invoiceDate: '2026-02-30' }, 'invoiceDate'],
    ['a type nobody knows', { invoiceType: 'pro-forma' }, 'invoiceType'],
    ['a field nobody knows', { iban: 'DE00' }, ''],
  ])('is refused with %s', (_what, change, path) => {
    expect(problemsOf(Invoice.safeParse({ ...anInvoice(), ...change }))).toEqual([path])
  })

  it('keeps zeros as they are written', () => {
    expect(anInvoice({ totalAmount: '124.00' }).totalAmount).toBe('124.00')
    expect(InvoiceTax.parse({ code: 'VAT', amount: '0.00' }).amount).toBe('0.00')
  })
})

describe('an invoice line', () => {
  it('may name no order, which matching sees to', () => {
    expect(anInvoiceLine({ orderNumber: null, orderLineNumber: null })).toMatchObject({
      orderNumber: null,
    })
  })

  it('has a unit with its quantity', () => {
    const { unitOfMeasure: _unit, ...line } = anInvoiceLine()
    expect(problemsOf(InvoiceLine.safeParse(line))).toEqual(['unitOfMeasure'])
  })
})
