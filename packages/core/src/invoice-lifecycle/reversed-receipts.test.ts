import { contentHashOf } from '../document/document-content-hash.ts'
import { describe, expect, it } from 'vitest'
import type { TradeDocument } from '../document/document.ts'
import { isOpenCase } from '../exception/open-case.ts'
import { anInvoice, anInvoiceLine } from '../invoice/invoice.examples.ts'
import type { PlannedCheck, Policy } from '../policy/policy.ts'
import { aPurchaseOrder } from '../purchase-order/purchase-order.examples.ts'
import { aReceipt, aReceiptLine } from '../receipt/receipt.examples.ts'
import type { World } from '../world/world.ts'
import { checkInvariants } from '../invariants/check-invariants.ts'
import { anOrderMessage } from '../order-lifecycle/order-lifecycle.examples.ts'
import { tellWorld } from '../world/tell-world.ts'
import { aTradingPolicy, aWorldTold as aWorldToldUnder } from '../world/world.examples.ts'
import { anInvoiceMessage } from './invoice-lifecycle.examples.ts'

/** Invoices wait for the first receipt, without a hold. */
const policy: Policy = {
  ...aTradingPolicy(),
  matching: (facts) => {
    const { value, decision } = aTradingPolicy().matching(facts)
    const receiptFirst: PlannedCheck = {
      name: 'receipt-first',
      check: 'receipt-required',
      holdCode: 'NO_RECEIPT',
      onExceed: 'wait',
      parameters: {},
    }
    const { type } = facts['invoice'] as { readonly type: string }
    const isForGoods = facts.line !== null && type !== 'credit'
    const checks = isForGoods ? [...value.checks, receiptFirst] : value.checks
    return { value: { ...value, checks }, decision }
  },
}

function aWorldTold(
  documents: readonly TradeDocument[],
  given: { readonly world?: World; readonly from?: string } = {},
): World {
  return aWorldToldUnder(documents, { ...given, policy })
}

function aSettledWorld(): World {
  return aWorldTold([aPurchaseOrder(), aReceipt(), anInvoice()])
}

const key = 'acme/0001/S100/INV-1/standard'
const later = { from: '2026-12-02T08:00:00Z' }

const theReversal = aReceipt({
  documentNumber: 'GR-1R',
  receiptType: 'reversal',
  issuedAt: '2026-11-30T09:00:00Z',
  lines: [aReceiptLine({ reversesReceiptNumber: 'GR-1' })],
})
const aNewCount = aReceipt({ documentNumber: 'GR-2', issuedAt: '2026-12-01T09:00:00Z' })
const aCredit = anInvoice({
  documentNumber: 'CN-1',
  invoiceType: 'credit',
  correctsInvoiceNumber: 'INV-1',
  issuedAt: '2026-12-01T10:00:00Z',
  invoiceDate: '2026-12-01',
})

function openCases(world: World) {
  return (world.invoices[key]?.facts.cases ?? []).filter(isOpenCase)
}

function paid(world: World): World {
  const steps = [
    ['invoice.posted', { postingNumber: 'P-1', postedOn: '2026-12-01' }],
    ['payment.cleared', { paymentReference: 'B-1', paidOn: '2026-12-01', amount: '124.00' }],
  ] as const
  return steps.reduce((before, [type, data]) => {
    const message = anInvoiceMessage(anInvoice(), type, data)
    const context = { policy, now: '2026-12-01T18:00:00Z' }
    return tellWorld(before, message, context).world
  }, world)
}

describe('a receipt that is reversed after its invoice', () => {
  it.each([
    ['released', aSettledWorld()],
    ['paid', paid(aSettledWorld())],
  ])('was %s opens a case at once, and only one (R-97)', (_, world) => {
    expect(openCases(world)).toEqual([])
    const reversed = aWorldTold([theReversal], { world, ...later })
    expect(openCases(reversed)).toMatchObject([
      {
        code: 'INVOICE_BEFORE_RECEIPT',
        subject: { aggregate: 'invoice', key, line: '1' },
        sentence:
          'nothing of order 4711, line 1, is received any more: GR-1R took the count back; count the goods again, or ask for a credit',
      },
    ])
  })

  it.each([
    ['released', aSettledWorld()],
    ['paid', paid(aSettledWorld())],
  ])('was %s is no case any more once the goods are counted again', (_, world) => {
    const counted = aWorldTold([theReversal, aNewCount], { world, ...later })
    expect(openCases(counted)).toEqual([])
    expect(counted.invoices[key]?.facts.cases.map(({ state }) => state)).toEqual(['auto-resolved'])
  })

  it.each([
    ['released', aSettledWorld()],
    ['paid', paid(aSettledWorld())],
  ])('was %s is no case any more once it was credited', (_, world) => {
    expect(openCases(aWorldTold([theReversal, aCredit], { world, ...later }))).toEqual([])
  })

  it('opens one case where two lines bill the goods', () => {
    const lines = ['1', '2'].map((documentLineNumber) =>
      anInvoiceLine({ documentLineNumber, quantity: '5', amount: '62.00' }),
    )
    const world = aWorldTold([aPurchaseOrder(), aReceipt(), anInvoice({ lines }), theReversal])
    expect(openCases(world).map(({ code }) => code)).toEqual(['INVOICE_BEFORE_RECEIPT'])
  })

  it('ends the same whichever came first', () => {
    const documents = [aPurchaseOrder(), aReceipt(), anInvoice(), theReversal]
    const ends = [documents, documents.toReversed(), [documents[2], ...documents]].map((told) =>
      openCases(aWorldTold(told.flatMap((one) => one ?? []))).map(({ code, sentence }) => [
        code,
        sentence,
      ]),
    )
    expect(ends[1]).toEqual(ends[0])
    expect(ends[2]).toEqual(ends[0])
  })
})

describe('a count that is found to be of another order after its invoice', () => {
  const toAnother = (world: World) => {
    const recount = aReceipt({
      revision: 1,
      issuedAt: '2026-11-30T09:00:00Z',
      lines: [aReceiptLine({ orderNumber: '4712' })],
    })
    const { supplier, documentNumber, revision, issuedAt } = recount
    const message = anOrderMessage('document.moved', {
      documentKind: 'receipt',
      supplier,
      documentNumber,
      revision,
      issuedAt,
      documentHash: contentHashOf(recount),
    })
    return tellWorld(world, message, { policy, now: '2026-12-02T08:00:00Z' }).world
  }

  it('opens a case at once where the invoice was paid', () => {
    const world = toAnother(paid(aSettledWorld()))
    expect(openCases(world).map(({ code, sentence }) => [code, sentence])).toEqual([
      [
        'INVOICE_BEFORE_RECEIPT',
        'nothing of order 4711, line 1, is received any more: no count of it stands, and it was paid; count the goods again, or ask for a credit',
      ],
    ])
    expect(checkInvariants(world)).toEqual([])
  })

  it('takes the release back where it was only released', () => {
    const world = toAnother(aSettledWorld())
    expect(openCases(world)).toEqual([])
    expect(world.invoices[key]?.facts.released).toBeNull()
    expect(checkInvariants(world)).toEqual([])
  })
})

describe('an invoice whose goods never came', () => {
  it('waits for them without a case', () => {
    expect(openCases(aWorldTold([aPurchaseOrder(), anInvoice()]))).toEqual([])
  })
})
