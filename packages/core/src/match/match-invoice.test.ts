import { describe, expect, it } from 'vitest'
import { anInvoice, anInvoiceLine } from '../invoice/invoice.examples.ts'
import { aMatchInput, aMatchPolicy, anOrderMatchView, aPlannedCheck } from './match.examples.ts'
import { matchInvoice } from './match-invoice.ts'
import { MatchResult } from './match-result.ts'

const priceAndQuantity = {
  line: [
    aPlannedCheck('price-amount', { holdCode: 'PRICE' }),
    aPlannedCheck('quantity-open-received', { holdCode: 'QTY_RECEIVED' }),
  ],
}

describe('matchInvoice', () => {
  it('matches an invoice that agrees with order and receipt (R-18)', () => {
    const result = matchInvoice(aMatchInput({ policy: aMatchPolicy(priceAndQuantity) }))
    expect(MatchResult.parse(result)).toEqual(result)
    expect(result).toMatchObject({ tenant: 'acme', decision: 'match' })
    expect(result).toMatchObject({ decision: 'match', holds: [], exceptions: [], resolutions: [] })
    expect(result.allocations).toEqual([
      {
        invoiceLineNumber: '1',
        orderNumber: '4711',
        orderLineNumber: '1',
        receiptNumber: 'GR-1',
        receiptLineNumber: '1',
        quantity: '10',
      },
    ])
  })

  it('holds a price and a quantity that are too high, and says by how much (R-16, R-18)', () => {
    const invoice = anInvoice({ lines: [anInvoiceLine({ quantity: '12', amount: '150.00' })] })
    const result = matchInvoice(aMatchInput({ invoice, policy: aMatchPolicy(priceAndQuantity) }))
    expect(MatchResult.parse(result)).toEqual(result)
    expect(result.decision).toBe('hold')
    expect(result.holds.map(({ text }) => text)).toEqual(['PRICE', 'QTY_RECEIVED'])
    expect(result.exceptions.map(({ code }) => code)).toEqual(['PRICE_OVER', 'QTY_OVER_RECEIVED'])
    expect(result.checks.map(({ sentence }) => sentence)).toEqual([
      'price: billed 150.00 EUR, by the order 148.80 EUR, 1.20 EUR (0.8065 %) over, more than the accepted 0 % and 0 EUR',
      'quantity: billed 12 EA, covered by receipts 10 EA, 2 EA (20 %) over, more than the accepted 0 % and 0 in value',
    ])
    expect(result.remainders).toEqual([
      { invoiceLineNumber: '1', orderNumber: '4711', orderLineNumber: '1', quantity: '2' },
    ])
  })

  it('never matches a line whose receiving case is open (INV-14, R-97)', () => {
    const waiting = { orderLineNumber: '1', exceptionIds: ['case-1'] }
    const orders = [anOrderMatchView({ receipts: [], awaitingResolution: [waiting] })]
    const result = matchInvoice(aMatchInput({ orders, policy: aMatchPolicy(priceAndQuantity) }))
    expect(result).toMatchObject({ decision: 'awaiting-resolution', holds: [], exceptions: [] })
    expect(result.checks[0]?.sentence).toBe(
      'order line 1 waits for a receiving case to be settled: case-1',
    )
  })
})
