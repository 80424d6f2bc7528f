import { describe, expect, it } from 'vitest'
import { isOpenCase } from '../exception/open-case.ts'
import { anInvoice, anInvoiceLine } from '../invoice/invoice.examples.ts'
import { anOrderLine, aPurchaseOrder } from '../purchase-order/purchase-order.examples.ts'
import { aReceipt, aReceiptLine } from '../receipt/receipt.examples.ts'
import { tellWorld } from '../world/tell-world.ts'
import { aTradingPolicy, aWorldTold } from '../world/world.examples.ts'
import type { World } from '../world/world.ts'
import { aClerk, anInvoiceMessage } from './invoice-lifecycle.examples.ts'

const key = 'acme/0001/S100/INV-1/standard'

/** Two lines of the invoice, five pieces each, that bill order line 1 at these amounts. */
function billedAs(first: string, second: string) {
  return anInvoice({
    lines: [
      anInvoiceLine({ documentLineNumber: '1', quantity: '5', amount: first }),
      anInvoiceLine({ documentLineNumber: '2', quantity: '5', amount: second }),
    ],
    totalAmount: null,
  })
}

function factsOf(world: World) {
  return world.invoices[key]?.facts
}

function openCases(world: World) {
  return (factsOf(world)?.cases ?? []).filter(isOpenCase)
}

describe('two lines that bill one order line', () => {
  it('are one case where the goods are missing, with both holds and the money of the goods', () => {
    const world = aWorldTold([aPurchaseOrder(), billedAs('62.00', '62.00')])
    expect(openCases(world)).toMatchObject([
      { code: 'INVOICE_BEFORE_RECEIPT', exposure: { amount: '124.00', currency: 'EUR' } },
    ])
    expect(openCases(world)[0]?.sentence).toMatch(/^lines 1, 2: /)
    expect(factsOf(world)?.holds.map(({ exceptionId }) => exceptionId)).toEqual(
      [1, 2].map(() => openCases(world)[0]?.exceptionId),
    )
  })

  it('are one case where both differ alike in price, and two where they differ otherwise', () => {
    const priced = (first: string, second: string) =>
      openCases(aWorldTold([aPurchaseOrder(), aReceipt(), billedAs(first, second)])).map(
        ({ code, subject, exposure }) => [code, subject.line, exposure?.amount],
      )
    expect(priced('65.00', '65.00')).toEqual([['PRICE_OVER', '1', '6.00']])
    expect(priced('65.00', '70.00')).toEqual([
      ['PRICE_OVER', '1', '3.00'],
      ['PRICE_OVER', '2', '8.00'],
    ])
  })

  it('let go both holds when a person accepts their one case, until one of them grows', () => {
    const world = aWorldTold([aPurchaseOrder(), aReceipt(), billedAs('65.00', '65.00')])
    const [opened] = openCases(world)
    const accept = anInvoiceMessage(
      anInvoice(),
      'case.resolved',
      {
        exceptionId: opened?.exceptionId ?? '',
        code: 'accept_variance',
        note: 'the new price list',
        rootCause: 'contract',
      },
      { by: aClerk },
    )
    const context = { policy: aTradingPolicy(), now: '2026-12-02T09:00:00Z' }
    const accepted = tellWorld(world, accept, context).world
    expect(openCases(accepted)).toEqual([])
    expect(factsOf(accepted)?.holds.map(({ state }) => state)).toEqual(['released', 'released'])
    const dearer = { ...billedAs('65.00', '80.00'), revision: 1, issuedAt: anInvoice().issuedAt }
    const grown = aWorldTold([dearer], { world: accepted, from: '2026-12-03T08:00:00Z' })
    expect(openCases(grown).map(({ code, subject }) => [code, subject.line])).toEqual([
      ['PRICE_OVER', '2'],
    ])
  })

  it('are a case each where they bill two order lines', () => {
    const lines = ['1', '2'].map((orderLineNumber) =>
      anOrderLine({ orderLineNumber, item: { buyerItem: `SKU-${orderLineNumber}` } }),
    )
    const billed = ['1', '2'].map((number) =>
      anInvoiceLine({
        documentLineNumber: number,
        orderLineNumber: number,
        item: { buyerItem: `SKU-${number}` },
      }),
    )
    const receipt = aReceipt({
      lines: [aReceiptLine({ quantity: '1', item: { buyerItem: 'SKU-1' } })],
    })
    const world = aWorldTold([
      aPurchaseOrder({ lines }),
      receipt,
      anInvoice({ lines: billed, totalAmount: null }),
    ])
    expect(openCases(world).map(({ subject }) => subject.line)).toEqual(['1', '2'])
  })
})
