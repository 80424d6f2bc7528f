import { describe, expect, it } from 'vitest'
import { checkInvariants } from '../invariants/check-invariants.ts'
import { isOpenHold } from '../hold/change-hold.ts'
import { anInvoice, anInvoiceLine } from '../invoice/invoice.examples.ts'
import { invoiceStatus } from '../invoice-lifecycle/invoice-regions.ts'
import { anOrderLine, aPurchaseOrder } from '../purchase-order/purchase-order.examples.ts'
import { aReceipt, aReceiptLine } from '../receipt/receipt.examples.ts'
import { tellWorld } from '../world/tell-world.ts'
import { aTradingPolicy, aWorldTold, messagesOf } from '../world/world.examples.ts'
import type { World } from '../world/world.ts'
import { anOrderKey, anOrderMessage } from './order-lifecycle.examples.ts'

const key = 'acme/0001/S100/INV-1/standard'
const policy = aTradingPolicy()

function told(world: World, message: ReturnType<typeof anOrderMessage>): World {
  return tellWorld(world, message, { policy, now: message.receivedAt }).world
}

function statusOf(world: World, invoiceKey = key): string | null {
  const invoice = world.invoices[invoiceKey]
  return invoice === undefined ? null : invoiceStatus(invoice.facts)
}

function holdsOf(world: World, invoiceKey = key): readonly string[] {
  return (world.invoices[invoiceKey]?.facts.holds ?? []).filter(isOpenHold).map(({ code }) => code)
}

function completionOf(world: World): string | undefined {
  return world.orders[anOrderKey]?.standing.states.completion
}

describe('an order and its invoices', () => {
  it('hold an invoice that comes before the goods, and release it when they come (R-18)', () => {
    const early = aWorldTold([aPurchaseOrder(), anInvoice()])
    expect(holdsOf(early)).toEqual(['QUANTITY'])
    const later = aWorldTold([aReceipt()], { world: early, from: '2026-12-02T08:00:00Z' })
    expect(holdsOf(later)).toEqual([])
    expect(statusOf(later)).toBe('released')
    expect(checkInvariants(later)).toEqual([])
  })

  it('let an invoice that comes before its order wait for it', () => {
    const early = aWorldTold([anInvoice(), aReceipt()])
    expect(early.parked.map(({ reason }) => reason)).toEqual([
      'order-not-received',
      'order-not-received',
    ])
    const later = aWorldTold([aPurchaseOrder()], { world: early, from: '2026-12-02T08:00:00Z' })
    expect(later.parked).toEqual([])
    expect(statusOf(later)).toBe('released')
  })

  it('hold matching while a receiving case is open, and match when it is settled (R-97)', () => {
    const damaged = aReceipt({
      lines: [aReceiptLine({ conditions: [{ condition: 'packaging', quantity: '1' }] })],
    })
    const waiting = aWorldTold([aPurchaseOrder(), damaged, anInvoice()])
    expect(statusOf(waiting)).toBe('awaiting-resolution')
    const [open] = waiting.orders[anOrderKey]?.desk.cases ?? []
    const settle = anOrderMessage(
      'case.resolved',
      { exceptionId: open?.exceptionId, code: 'accept-as-is' },
      { at: '2026-12-02T08:00:00Z' },
    )
    const settled = told(waiting, settle)
    expect(statusOf(settled)).toBe('released')
    expect(checkInvariants(settled)).toEqual([])
  })

  it('take a release back when the goods are taken back', () => {
    const released = aWorldTold([aPurchaseOrder(), aReceipt(), anInvoice()])
    expect(statusOf(released)).toBe('released')
    const reversal = aReceipt({
      documentNumber: 'GV-1',
      receiptType: 'reversal',
      lines: [aReceiptLine({ quantity: '4', reversesReceiptNumber: 'GR-1' })],
    })
    const held = aWorldTold([reversal], { world: released, from: '2026-12-02T08:00:00Z' })
    expect(holdsOf(held)).toEqual(['QUANTITY'])
    expect(checkInvariants(held)).toEqual([])
  })

  it('let go of a price hold when the order is corrected, which is not completed before', () => {
    const dear = anInvoice({
      totalAmount: '130.00',
      lines: [anInvoiceLine({ amount: '130.00' })],
    })
    const held = aWorldTold([aPurchaseOrder(), aReceipt(), dear])
    expect(holdsOf(held)).toEqual(['PRICE'])
    expect(completionOf(held)).toBe('open')
    const price = { amount: '13', perQuantity: '1', perUnitOfMeasure: 'EA', priceType: 'firm' }
    const corrected = aPurchaseOrder({
      version: 2,
      revision: 1,
      lines: [anOrderLine({ price: { ...price, priceType: 'firm' } })],
    })
    const later = aWorldTold([corrected], { world: held, from: '2026-12-02T08:00:00Z' })
    expect(holdsOf(later)).toEqual([])
    expect(completionOf(later)).toBe('completed')
  })

  it('give goods set aside for a suspected duplicate to the invoice that is none', () => {
    // Written a day before, it would go first, were it no duplicate.
    const again = anInvoice({ invoiceType: 'debit', invoiceDate: '2026-11-30' })
    const world = aWorldTold([aPurchaseOrder(), aReceipt(), anInvoice(), again])
    const duplicate = 'acme/0001/S100/INV-1/debit'
    expect(statusOf(world, duplicate)).toBe('suspected-duplicate')
    expect(statusOf(world)).toBe('released')
    expect(Object.keys(world.orders[anOrderKey]?.facts.billings ?? {})).toEqual([key])
    expect(checkInvariants(world)).toEqual([])
  })

  it('keep the goods for their supplier when another one bills them, whoever is first', () => {
    const stranger = anInvoice({
      supplier: 'S200',
      documentNumber: 'X-9',
      invoiceDate: '2026-11-30',
    })
    const strangers = 'acme/0001/S200/X-9/standard'
    for (const invoices of [
      [stranger, anInvoice()],
      [anInvoice(), stranger],
    ]) {
      const world = aWorldTold([aPurchaseOrder(), aReceipt(), ...invoices])
      expect(holdsOf(world, strangers)).toEqual(['WRONG_PO'])
      expect(statusOf(world)).toBe('released')
      expect(Object.keys(world.orders[anOrderKey]?.facts.billings ?? {})).toEqual([key])
      const set = world.orders[anOrderKey]?.facts.ledger
      expect(set?.[strangers]?.allocations).toEqual([])
      expect(set?.[key]?.allocations).toMatchObject([{ quantity: '10' }])
      expect(checkInvariants(world)).toEqual([])
    }
  })

  it('count nothing of another supplier, also once its invoice was credited', () => {
    const stranger = anInvoice({ supplier: 'S200', documentNumber: 'X-9' })
    const strangers = 'acme/0001/S200/X-9/standard'
    const held = aWorldTold([aPurchaseOrder(), aReceipt(), stranger])
    const given = {
      ...anOrderMessage('invoice.credited', {
        creditInvoiceKey: 'acme/0001/S200/C-9/credit',
        documentNumber: 'C-9',
        amount: { amount: '124.00', currency: 'EUR' },
      }),
      aggregate: { kind: 'invoice' as const, key: strangers },
    }
    const credited = told(held, given)
    expect(statusOf(credited, strangers)).toBe('credited')
    expect(credited.orders[anOrderKey]?.facts.billings).toEqual({})
    const world = aWorldTold([anInvoice()], { world: credited, from: '2026-12-02T08:00:00Z' })
    expect(statusOf(world)).toBe('released')
  })

  it('let nobody clear a suspected duplicate of their own making (INV-16)', () => {
    const clerk = { kind: 'user' as const, id: 'paula', roles: ['ap'] }
    const again = anInvoice({ invoiceType: 'debit' })
    const before = aWorldTold([aPurchaseOrder(), aReceipt(), anInvoice()])
    const world = messagesOf(again, '2026-12-02T08:00:00Z').reduce(
      (one: World, message) =>
        tellWorld(one, { ...message, actor: clerk }, { policy, now: message.receivedAt }).world,
      before,
    )
    const clear = (by: string) => ({
      ...anOrderMessage(
        'duplicate.decided',
        { decision: 'cleared', reason: 'two deliveries' },
        { at: '2026-12-02T09:00:00Z' },
      ),
      id: `cleared-by-${by}`,
      actor: { ...clerk, id: by },
      aggregate: { kind: 'invoice' as const, key: 'acme/0001/S100/INV-1/debit' },
    })
    const outcomeOf = (by: string) =>
      tellWorld(world, clear(by), { policy, now: '2026-12-02T09:00:00Z' }).outcome
    expect(outcomeOf('paula')).toMatchObject({ kind: 'refused', reason: 'same-person' })
    expect(outcomeOf('ines')).toMatchObject({ kind: 'applied' })
  })
})
