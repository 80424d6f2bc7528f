import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareDecimals, multiplyDecimals, sumDecimals } from '../decimal/decimal-arithmetic.ts'
import { decimal } from '../decimal/decimal.ts'
import { anInvoice, anInvoiceLine } from '../invoice/invoice.examples.ts'
import { anOrderLine } from '../purchase-order/purchase-order.examples.ts'
import { UnitConversion } from '../quantity/unit-conversion.ts'
import { allocateReceipts, type AllocationQuestion } from './allocate-receipts.ts'
import { ReceiptAllocation } from './match-input.ts'
import { aBillingFact, anOrderMatchView, aReceiptFact } from './match.examples.ts'

type Asked = Partial<AllocationQuestion['order']> & {
  readonly lines?: AllocationQuestion['order']['lines']
  readonly invoice?: Parameters<typeof anInvoice>[0]
  readonly earlier?: AllocationQuestion['earlier']
}

const allocate = ({ invoice = {}, earlier = [], ...order }: Asked) =>
  allocateReceipts({
    invoice: anInvoice({ lines: [anInvoiceLine()], ...invoice }),
    order: { ...anOrderMatchView(), ...order },
    earlier,
  })

/** `invoice line < receipt quantity`, and `invoice line ?` for what no receipt covers. */
const shown = (asked: Asked): readonly string[] => {
  const { allocations, remainders } = allocate(asked)
  return [
    ...allocations.map(
      ({ invoiceLineNumber, receiptNumber, quantity }) =>
        `${invoiceLineNumber} < ${receiptNumber} ${quantity}`,
    ),
    ...remainders.map(({ invoiceLineNumber, quantity }) => `${invoiceLineNumber} ? ${quantity}`),
  ]
}

const billing = (quantity: string, line: Parameters<typeof anInvoiceLine>[0] = {}) => ({
  lines: [anInvoiceLine({ quantity, ...line })],
})
const receipt = (receiptNumber: string, quantity: string, day = '2026-11-27', more = {}) =>
  aReceiptFact({ receiptNumber, quantity, receivedDate: day, ...more })
const setAside = (receiptNumber: string, quantity: string) =>
  ReceiptAllocation.parse({
    invoiceLineNumber: '1',
    orderNumber: '4711',
    orderLineNumber: '1',
    receiptNumber,
    receiptLineNumber: '1',
    quantity,
  })

describe('allocateReceipts', () => {
  it.each([
    ['100 = 70 + 30', '100', ['70', '30'], ['1 < GR-1 70', '1 < GR-2 30']],
    ['100 against 90 associates 90', '100', ['70', '20'], ['1 < GR-1 70', '1 < GR-2 20', '1 ? 10']],
    ['100 against 110 uses 100', '100', ['70', '40'], ['1 < GR-1 70', '1 < GR-2 30']],
    ['nothing received covers nothing', '100', [], ['1 ? 100']],
  ])(
    'walks receipts until the billed quantity is covered: %s',
    (_name, billed, counts, expected) => {
      const receipts = counts.map((quantity, index) => receipt(`GR-${index + 1}`, quantity))
      expect(shown({ invoice: billing(billed), receipts })).toEqual(expected)
    },
  )

  it('takes the oldest receipt first, and of one day the lower number', () => {
    const receipts = [
      receipt('GR-10', '3', '2026-11-28'),
      receipt('GR-9', '3', '2026-11-28'),
      receipt('GR-11', '3', '2026-11-27'),
    ]
    expect(shown({ invoice: billing('7'), receipts })).toEqual([
      '1 < GR-11 3',
      '1 < GR-9 3',
      '1 < GR-10 1',
    ])
  })

  it('takes the receipts a line names before any other, then those of its ship notice', () => {
    const receipts = [
      receipt('GR-1', '5', '2026-11-20'),
      receipt('GR-2', '5', '2026-11-21', { shipNoticeNumber: 'ASN-7' }),
      receipt('GR-3', '5', '2026-11-22'),
    ]
    const line = { receiptNumbers: ['GR-3'], shipNoticeNumber: 'ASN-7' }
    expect(shown({ invoice: billing('12', line), receipts })).toEqual([
      '1 < GR-3 5',
      '1 < GR-2 5',
      '1 < GR-1 2',
    ])
  })

  it('takes no other receipts for a line that is verified against the ones it names', () => {
    const lines = [anOrderLine({ matchTo: 'receipt' })]
    const receipts = [receipt('GR-1', '5'), receipt('GR-2', '5')]
    const line = { receiptNumbers: ['GR-2'] }
    expect(shown({ lines, invoice: billing('8', line), receipts })).toEqual(['1 < GR-2 5', '1 ? 3'])
  })

  it('gives every line what it names before another line takes the oldest', () => {
    const receipts = [receipt('GR-1', '5'), receipt('GR-2', '5')]
    const invoice = {
      lines: [
        anInvoiceLine({ documentLineNumber: '1', quantity: '5' }),
        anInvoiceLine({ documentLineNumber: '2', quantity: '5', receiptNumbers: ['GR-1'] }),
      ],
    }
    expect(shown({ invoice, receipts })).toEqual(['1 < GR-2 5', '2 < GR-1 5'])
  })

  it('takes from a receipt what was reversed on it, and what was returned from the newest', () => {
    const receipts = [
      receipt('GR-1', '5', '2026-11-20'),
      receipt('GR-2', '5', '2026-11-21'),
      receipt('RV-1', '2', '2026-11-22', {
        receiptType: 'reversal',
        reversesReceiptNumber: 'GR-1',
      }),
      receipt('RT-1', '1', '2026-11-23', { receiptType: 'return' }),
    ]
    expect(shown({ invoice: billing('10'), receipts })).toEqual([
      '1 < GR-1 3',
      '1 < GR-2 4',
      '1 ? 3',
    ])
  })

  it('leaves what other invoices were given, and what they billed without a receipt', () => {
    const receipts = [receipt('GR-1', '5', '2026-11-20'), receipt('GR-2', '9', '2026-11-21')]
    const earlier = [setAside('GR-2', '2')]
    const billings = [aBillingFact({ quantity: '4' })]
    // Of the four billed before, two were given from GR-2; the other two take the oldest goods.
    expect(shown({ invoice: billing('10'), receipts, earlier, billings })).toEqual([
      '1 < GR-1 3',
      '1 < GR-2 7',
    ])
  })

  it('knows the lines of one receipt apart', () => {
    const receipts = [
      receipt('GR-1', '5', '2026-11-20'),
      receipt('GR-1', '5', '2026-11-20', { receiptLineNumber: '2' }),
    ]
    const earlier = [{ ...setAside('GR-1', '4'), receiptLineNumber: '2' }]
    const billings = [aBillingFact({ quantity: '4' })]
    const { allocations } = allocate({ invoice: billing('6'), receipts, earlier, billings })
    expect(allocations.map((one) => [one.receiptLineNumber, one.quantity])).toEqual([
      ['1', '5'],
      ['2', '1'],
    ])
  })

  it('takes allocations of another order line for none of its own', () => {
    const other = { ...setAside('GR-1', '9'), orderLineNumber: '2' }
    expect(shown({ earlier: [other] })).toEqual(['1 < GR-1 10'])
  })

  it('gives a receipt back when the invoice that had it was credited', () => {
    const billings = [
      aBillingFact({ quantity: '10' }),
      aBillingFact({ invoiceNumber: 'CR-1', invoiceType: 'credit', quantity: '6' }),
    ]
    expect(shown({ invoice: billing('10'), billings })).toEqual(['1 < GR-1 6', '1 ? 4'])
  })

  it.each([
    'credit',
    'subsequent-debit',
    'subsequent-credit',
    'prepayment',
    'cancellation',
    'reversal',
  ] as const)('takes no receipts for a %s', (invoiceType) => {
    expect(shown({ invoice: { invoiceType } })).toEqual([])
  })

  it('counts receipts and invoices in the unit of the order, a third of a case exactly', () => {
    const dozen = UnitConversion.parse({ from: 'XCS', to: 'EA', numerator: '3', denominator: '1' })
    const price = {
      amount: '3',
      perQuantity: '1',
      perUnitOfMeasure: 'XCS',
      priceType: 'firm' as const,
    }
    const lines = [anOrderLine({ unitOfMeasure: 'XCS', price, unitConversions: [dozen] })]
    const receipts = ['1', '1', '1'].map((quantity, index) => receipt(`GR-${index + 1}`, quantity))
    const { allocations, remainders } = allocate({
      lines,
      receipts,
      invoice: billing('1', { unitOfMeasure: 'XCS' }),
    })
    expect(allocations.map(({ quantity }) => quantity)).toEqual([
      '0.333333333',
      '0.333333334',
      '0.333333333',
    ])
    expect(remainders).toEqual([])
  })

  it('leaves out what is too little to be written', () => {
    const dust = UnitConversion.parse({
      from: 'XCS',
      to: 'EA',
      numerator: '3000000000',
      denominator: '1',
    })
    const price = {
      amount: '3',
      perQuantity: '1',
      perUnitOfMeasure: 'XCS',
      priceType: 'firm' as const,
    }
    const lines = [anOrderLine({ unitOfMeasure: 'XCS', price, unitConversions: [dust] })]
    const receipts = [
      receipt('GR-1', '1'),
      receipt('GR-2', '9', '2026-11-28', { unitOfMeasure: 'XCS' }),
    ]
    const invoice = billing('1', { unitOfMeasure: 'XCS' })
    expect(shown({ lines, receipts, invoice })).toEqual(['1 < GR-2 1'])
  })

  it('leaves invoice lines of other orders and of lines it does not know alone', () => {
    const invoice = {
      lines: [
        anInvoiceLine({ documentLineNumber: '1', orderNumber: '9999' }),
        anInvoiceLine({ documentLineNumber: '2', orderLineNumber: '77' }),
      ],
    }
    expect(shown({ invoice })).toEqual([])
  })
})

describe('whatever was received and billed', () => {
  const quantities = fc.integer({ min: 1, max: 400 }).map((tenths) => (tenths / 10).toFixed(1))
  const facts = fc.array(
    fc.record({
      quantity: quantities,
      unitOfMeasure: fc.constantFrom('EA', 'XCS'),
      receiptType: fc.constantFrom('receipt', 'receipt', 'receipt', 'return', 'reversal'),
      day: fc.integer({ min: 1, max: 28 }),
      reverses: fc.integer({ min: 1, max: 6 }),
    }),
    { maxLength: 6 },
  )
  const billed = fc.array(
    fc.record({
      quantity: quantities,
      unitOfMeasure: fc.constantFrom('EA', 'XCS'),
      names: fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 2 }),
    }),
    { minLength: 1, maxLength: 4 },
  )
  const given = fc.array(
    fc.record({ receipt: fc.integer({ min: 1, max: 6 }), quantity: quantities }),
    {
      maxLength: 3,
    },
  )
  const conversion = UnitConversion.parse({
    from: 'XCS',
    to: 'EA',
    numerator: '7',
    denominator: '1',
  })
  const lines = [anOrderLine({ unitConversions: [conversion] })]
  const inPieces = ({ quantity, unitOfMeasure }: { quantity: string; unitOfMeasure: string }) =>
    unitOfMeasure === 'XCS' ? multiplyDecimals(decimal(quantity), decimal(7)) : decimal(quantity)

  const question = (
    received: readonly {
      quantity: string
      unitOfMeasure: string
      receiptType: string
      day: number
      reverses: number
    }[],
    invoiced: readonly { quantity: string; unitOfMeasure: string; names: readonly number[] }[],
    before: readonly { receipt: number; quantity: string }[],
  ) => ({
    lines,
    receipts: received.map((one, index) =>
      aReceiptFact({
        receiptNumber: `GR-${index + 1}`,
        quantity: one.quantity,
        unitOfMeasure: one.unitOfMeasure,
        receivedDate: `2026-11-${String(one.day).padStart(2, '0')}`,
        receiptType:
          one.receiptType === 'return' || one.receiptType === 'reversal'
            ? one.receiptType
            : 'receipt',
        reversesReceiptNumber: one.receiptType === 'reversal' ? `GR-${one.reverses}` : null,
      }),
    ),
    invoice: {
      lines: invoiced.map((one, index) =>
        anInvoiceLine({
          documentLineNumber: String(index + 1),
          quantity: one.quantity,
          unitOfMeasure: one.unitOfMeasure,
          receiptNumbers: one.names.map((name) => `GR-${name}`),
        }),
      ),
    },
    earlier: before.map((one) => setAside(`GR-${one.receipt}`, one.quantity)),
  })

  it('adds up: allocations and remainder of a line are its quantity, and no receipt gives more than it has (INV-10)', () => {
    fc.assert(
      fc.property(facts, billed, given, (received, invoiced, before) => {
        const asked = question(received, invoiced, before)
        const { allocations, remainders } = allocate(asked)
        for (const [index, line] of invoiced.entries()) {
          const own = (one: { readonly invoiceLineNumber: string }) =>
            one.invoiceLineNumber === String(index + 1)
          const all = [...allocations.filter(own), ...remainders.filter(own)]
          expect(
            compareDecimals(sumDecimals(all.map(({ quantity }) => quantity)), inPieces(line)),
          ).toBe(0)
        }
        for (const [index, one] of received.entries()) {
          const given = allocations
            .filter(({ receiptNumber }) => receiptNumber === `GR-${index + 1}`)
            .map(({ quantity }) => quantity)
          const has = one.receiptType === 'receipt' ? inPieces(one) : decimal('0')
          expect(compareDecimals(sumDecimals(given), has)).toBeLessThanOrEqual(0)
        }
      }),
      { numRuns: 150 },
    )
  })

  it('comes out the same in any order of receipts and of invoice lines', () => {
    fc.assert(
      fc.property(facts, billed, given, (received, invoiced, before) => {
        const asked = question(received, invoiced, before)
        const turned = {
          ...asked,
          receipts: asked.receipts.toReversed(),
          invoice: { lines: asked.invoice.lines.toReversed() },
          earlier: asked.earlier.toReversed(),
        }
        expect(allocate(turned)).toEqual(allocate(asked))
      }),
      { numRuns: 100 },
    )
  })
})
