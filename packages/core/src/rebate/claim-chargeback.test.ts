import { describe, expect, it } from 'vitest'
import type { CalendarDate } from '../calendar/calendar-date.ts'
import { anInvoice, anInvoiceLine } from '../invoice/invoice.examples.ts'
import { claimChargeback, SupportContract, SupportedSale } from './claim-chargeback.ts'
import { settleClaim } from './settle-claim.ts'

const contractOf = (price: object = {}, more: object = {}) =>
  SupportContract.parse({
    tenant: 'acme',
    contractNumber: 'SPA-3',
    supplier: 'S100',
    currency: 'EUR',
    validFrom: '2026-01-01',
    validTo: '2026-06-30',
    customers: ['C-1', 'C-2'],
    prices: [{ item: 'SKU-1', price: '8.75', perQuantity: '1', unitOfMeasure: 'EA', ...price }],
    ...more,
  })

const sold = (saleNumber: string, quantity: string, more: object = {}) =>
  SupportedSale.parse({
    saleNumber,
    saleLineNumber: '1',
    saleType: 'sale',
    saleDate: '2026-03-10',
    customer: 'C-1',
    item: 'SKU-1',
    quantity,
    unitOfMeasure: 'EA',
    acquisitionPrice: '10.00',
    currency: 'EUR',
    ...more,
  })

const march = { from: '2026-03-01' as CalendarDate, to: '2026-03-31' as CalendarDate }
const claimed = (contract: SupportContract, ...sales: SupportedSale[]) =>
  claimChargeback({ contract, sales, period: march })

describe('goods sold at a price the supplier supports', () => {
  it('are claimed for the difference: 100 x (10.00 - 8.75) = 125.00', () => {
    expect(claimed(contractOf(), sold('V-1', '100'))).toMatchObject({
      claimNumber: 'SPA-3/2026-03-01',
      amount: '125.00',
      lines: [{ saleNumber: 'V-1', supportPerUnit: '1.25', amount: '125.00' }],
      leftOut: [],
    })
  })

  it('are priced per hundred as well, and rounded line by line: 7 x 0.087 = 0.609', () => {
    expect(
      claimed(contractOf({ price: '875', perQuantity: '100' }), sold('V-1', '100')),
    ).toMatchObject({ amount: '125.00' })
    const cheap = sold('V-1', '7', { acquisitionPrice: '1.337' })
    expect(claimed(contractOf({ price: '1.25' }), cheap)).toMatchObject({ amount: '0.61' })
  })

  it('are taken off again when the customer brings them back: 125.00 - 20 x 1.25 = 100.00', () => {
    const back = sold('V-2', '20', { saleType: 'return', saleDate: '2026-03-12' })
    expect(claimed(contractOf(), sold('V-1', '100'), back)).toMatchObject({
      amount: '100.00',
      lines: [{ amount: '125.00' }, { quantity: '-20', amount: '-25.00' }],
    })
  })

  it('are supported up to the agreed quantity, the first sales first: of 30 after 100 of 110 ten are', () => {
    const limited = contractOf({ quantityMax: '110' })
    const later = sold('V-2', '30', { saleDate: '2026-03-11' })
    for (const sales of [
      [sold('V-1', '100'), later],
      [later, sold('V-1', '100')],
    ]) {
      expect(claimed(limited, ...sales)).toMatchObject({
        // 125.00 + 10 x 1.25
        amount: '137.50',
        lines: [{ amount: '125.00' }, { quantity: '10', amount: '12.50' }],
        leftOut: [{ saleNumber: 'V-2', quantity: '20', reason: 'quantity-exceeded' }],
      })
    }
  })

  it('used up their quantity in earlier months too', () => {
    const before = [sold('V-0', '105', { saleDate: '2026-02-10' })]
    expect(
      claimChargeback({
        contract: contractOf({ quantityMax: '110' }),
        sales: [sold('V-1', '100')],
        before,
        period: march,
      }),
    ).toMatchObject({
      // 5 x 1.25
      amount: '6.25',
      leftOut: [{ quantity: '95', reason: 'quantity-exceeded' }],
    })
  })

  it.each([
    ['another customer', { customer: 'C-9' }, 'customer-not-covered'],
    ['another article', { item: 'SKU-2' }, 'item-not-covered'],
    ['another unit', { unitOfMeasure: 'XCS' }, 'other-unit'],
    ['another currency', { currency: 'USD' }, 'other-currency'],
    ['goods that cost no more than that', { acquisitionPrice: '8.75' }, 'no-support-due'],
  ])('are not claimed for %s', (_what, more, reason) => {
    expect(claimed(contractOf(), sold('V-1', '100', more))).toMatchObject({
      amount: '0.00',
      lines: [],
      leftOut: [{ saleNumber: 'V-1', reason }],
    })
  })

  it('are not claimed twice, nor outside the contract', () => {
    const one = sold('V-1', '100')
    expect(claimed(contractOf(), one, one)).toMatchObject({
      amount: '125.00',
      leftOut: [{ reason: 'known' }],
    })
    expect(claimed(contractOf({}, { validTo: '2026-03-09' }), one)).toMatchObject({
      leftOut: [{ reason: 'outside-validity' }],
    })
    expect(claimed(contractOf(), sold('V-1', '100', { saleDate: '2026-04-01' }))).toMatchObject({
      amount: '0.00',
      leftOut: [],
    })
  })

  it('are settled by the credit that names the claim', () => {
    const claim = claimed(contractOf(), sold('V-1', '100'))
    const credit = anInvoice({
      documentNumber: 'RC-1',
      invoiceType: 'credit',
      correctsInvoiceNumber: 'spa-3 / 2026-03-01',
      lines: [anInvoiceLine({ amount: '125.00' })],
    })
    expect(settleClaim(claim, [credit])).toMatchObject({ state: 'settled', amountOpen: '0.00' })
  })
})
