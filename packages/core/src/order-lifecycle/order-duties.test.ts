import { describe, expect, it } from 'vitest'
import { anAcknowledgment } from '../acknowledgment/acknowledgment.examples.ts'
import type { Actor } from '../message/actor.ts'
import { aChangeRequest } from '../order-change/order-change.examples.ts'
import { aPurchaseOrder } from '../purchase-order/purchase-order.examples.ts'
import { anInspection, aReceipt } from '../receipt/receipt.examples.ts'
import { isOrderMessageType, orderMessages } from './order-events.ts'
import { anOrderMessage, anOrderTold, tellOrder } from './order-lifecycle.examples.ts'
import { dutiesOfOrder, supplierRefusal } from './order-duties.ts'
import { orderStatus } from './order-status.ts'
import { newOrderState, type OrderState } from './order-state.ts'

const supplier: Actor = { kind: 'supplier-user', id: 'sue', roles: [] }
const anna: Actor = { kind: 'user', id: 'anna', roles: ['buyer'] }
const bert: Actor = { kind: 'user', id: 'bert', roles: ['buyer'] }
const document = aPurchaseOrder()
const issued = anOrderMessage('order.issued', { document }, { by: anna })
const reason = 'as agreed'

function answerTo(state: OrderState | null, type: string, data: object, by: Actor) {
  const id = `${type} by ${by.id}`
  const [decision] = tellOrder([anOrderMessage(type, data, { by, id })], { state }).decisions
  const outcome = decision?.outcome
  return outcome?.kind === 'refused' ? outcome.reason : outcome?.kind
}

describe('a supplier', () => {
  const place = { orderLineNumber: '1', scheduleNumber: '1', reason }
  const wish = (initiator: 'buyer' | 'supplier') => aChangeRequest({ initiator })

  it.each([
    ['order.held', { reason }],
    ['order.cancel-requested', { reason }],
    ['order.archived', {}],
    ['schedule.short-closed', place],
    ['line.cancelled', { orderLineNumber: '1', reason }],
    ['line.held', { orderLineNumber: '1', reason }],
    ['receipt.recorded', { document: aReceipt() }],
    ['order.issued', { document: aPurchaseOrder({ version: 2 }) }],
    ['change.requested', { document: wish('buyer') }],
    ['billing.withdrawn', { invoiceKey: 'INV-1' }],
  ])('does not say `%s` to an order', (type, data) => {
    const state = anOrderTold([issued])
    expect(answerTo(state, type, data, supplier)).toBe('not-a-buyer')
  })

  it('answers the order, wishes to change it, and writes a note', () => {
    const state = anOrderTold([issued])
    const acknowledged = { document: anAcknowledgment() }
    expect(answerTo(state, 'acknowledgment.received', acknowledged, supplier)).toBe('applied')
    const changed = { document: wish('supplier') }
    expect(answerTo(state, 'change.requested', changed, supplier)).toBe('applied')
    expect(answerTo(state, 'note.recorded', { text: 'called' }, supplier)).toBe('applied')
    expect(answerTo(state, 'order.delivered', { orderVersion: 1 }, supplier)).toBe('applied')
    const cancelling = anOrderTold([anOrderMessage('order.cancel-requested', { reason })], {
      state,
    })
    expect(answerTo(cancelling, 'order.cancel-answered', { accepted: true }, supplier)).toBe(
      'applied',
    )
  })

  it('has a say in these messages only', () => {
    const allowed = Object.keys(orderMessages).filter((type) => {
      if (!isOrderMessageType(type)) return false
      const data = { changeId: 'answer/AK-1', document: wish('supplier') }
      const said = { type, data } as unknown as Parameters<typeof supplierRefusal>[2]
      return supplierRefusal(newOrderState('acme/0001/4711'), { actor: supplier }, said) === null
    })
    expect(allowed.toSorted()).toEqual([
      'acknowledgment.received',
      'case.proposed',
      'change.requested',
      'change.withdrawn',
      'line.cancel-answered',
      'note.recorded',
      'order.cancel-answered',
      'order.delivered',
    ])
  })

  it('takes back its own wish, and not the one of the buyer', () => {
    const asked = anOrderMessage('change.requested', { document: wish('buyer') }, { by: anna })
    const state = anOrderTold([issued, asked])
    const [change] = state.facts.changes
    const withdrawn = { changeId: change?.changeId, reason }
    expect(answerTo(state, 'change.withdrawn', withdrawn, supplier)).toBe('not-a-buyer')
  })
})

describe('one person of the buyer', () => {
  const drafted = anOrderMessage('order.drafted', { document }, { by: anna })
  const submitted = anOrderMessage('order.submitted', {}, { by: bert })
  const written = anOrderTold([drafted, submitted])

  const carl: Actor = { ...anna, id: 'carl' }

  it('changes no draft that another approved without asking again', () => {
    const approved = anOrderMessage('order.approved', {}, { by: carl })
    const state = anOrderTold([approved], { state: written })
    expect(orderStatus(state)).toBe('approved')
    const again = anOrderTold(
      [anOrderMessage('order.drafted', { document }, { by: bert, id: 'again' })],
      { state },
    )
    expect(orderStatus(again)).toBe('approved')
    const dearer = aPurchaseOrder({ currency: 'USD' })
    const rewritten = anOrderTold(
      [anOrderMessage('order.drafted', { document: dearer }, { by: bert, id: 'rewritten' })],
      { state },
    )
    expect(orderStatus(rewritten)).toBe('draft')
    expect(answerTo(rewritten, 'order.submitted', {}, bert)).toBe('applied')
  })

  it('does not approve the order they wrote, nor the one they asked approval for (INV-15)', () => {
    expect(answerTo(written, 'order.approved', {}, anna)).toBe('same-person')
    expect(answerTo(written, 'order.approved', {}, bert)).toBe('same-person')
    expect(answerTo(written, 'order.approved', {}, carl)).toBe('applied')
  })

  it('does not say what came of an order they approved (INV-16)', () => {
    const approved = anOrderMessage('order.approved', {}, { by: carl })
    const state = anOrderTold([approved, issued], { state: written })
    const counted = { document: aReceipt() }
    expect(answerTo(state, 'receipt.recorded', counted, carl)).toBe('same-person')
    const inspected = { document: anInspection() }
    expect(answerTo(state, 'inspection.recorded', inspected, carl)).toBe('same-person')
    expect(answerTo(state, 'receipt.recorded', counted, anna)).toBe('applied')
  })

  it('does not say what came of an order for somebody who approved it, nor approve for who wrote it (INV-16)', () => {
    const approved = anOrderMessage('order.approved', {}, { by: carl })
    const state = anOrderTold([approved, issued], { state: written })
    const forCarl: Actor = { ...bert, id: 'dora', onBehalfOf: 'carl' }
    expect(answerTo(state, 'receipt.recorded', { document: aReceipt() }, forCarl)).toBe(
      'same-person',
    )
    const forAnna: Actor = { ...bert, id: 'dora', onBehalfOf: 'anna' }
    expect(answerTo(written, 'order.approved', {}, forAnna)).toBe('same-person')
  })

  it('does not say what came of an order that another approved for them (INV-16)', () => {
    const forHeidi: Actor = { ...carl, onBehalfOf: 'heidi' }
    const approved = anOrderMessage('order.approved', {}, { by: forHeidi })
    const state = anOrderTold([approved, issued], { state: written })
    const heidi: Actor = { ...anna, id: 'heidi' }
    const counted = { document: aReceipt() }
    expect(answerTo(state, 'receipt.recorded', counted, heidi)).toBe('duty-conflict')
    expect(dutiesOfOrder(state.facts)).toEqual([
      { duty: 'approve-order', by: 'carl', onBehalfOf: 'heidi' },
      { duty: 'create-order', by: 'anna' },
      { duty: 'create-order', by: 'bert' },
    ])
  })

  it('does not count the goods of an invoice they entered, and the invoice hears who counted (INV-16)', () => {
    const counted = { document: aReceipt() }
    const asked = {
      invoiceKey: 'acme/0001/S100/INV-1/standard',
      attempt: 1,
      invoiceNumber: 'INV-1',
      invoiceType: 'standard',
      invoiceDate: '2026-11-27',
      enteredBy: ['anna'],
      lines: [
        {
          invoiceLineNumber: '1',
          orderLineNumber: '1',
          item: { buyerItem: 'SKU-1' },
          quantity: '10',
          unitOfMeasure: 'EA',
          receiptNumbers: [],
          shipNoticeNumber: null,
        },
      ],
    }
    const state = anOrderTold([issued, anOrderMessage('allocation.requested', asked)])
    expect(answerTo(state, 'receipt.recorded', counted, anna)).toBe('duty-conflict')
    expect(answerTo(state, 'receipt.recorded', counted, bert)).toBe('applied')
    const told = tellOrder(
      [
        anOrderMessage('receipt.recorded', counted, { by: bert, id: 'counted' }),
        anOrderMessage('allocation.requested', { ...asked, attempt: 2 }, { id: 'asked again' }),
      ],
      { state },
    )
    const answer = told.decisions.at(-1)?.intents.find(({ kind }) => kind === 'tell')
    expect(answer).toMatchObject({
      type: 'allocation.answered',
      data: {
        view: {
          duties: [
            { duty: 'enter-invoice', by: 'anna' },
            { duty: 'receive', by: 'bert' },
          ],
        },
      },
    })
  })

  it("does not accept the supplier's change they brought in themselves (INV-15)", () => {
    const wish = aChangeRequest({ initiator: 'supplier' })
    const asked = anOrderMessage('change.requested', { document: wish }, { by: anna })
    const state = anOrderTold([issued, asked])
    const [change] = state.facts.changes
    const accept = { changeId: change?.changeId, decision: 'accept', reason }
    expect(answerTo(state, 'change.decided', accept, anna)).toBe('same-person')
    expect(answerTo(state, 'change.decided', accept, bert)).toBe('applied')
    const reject = { ...accept, decision: 'reject' }
    expect(answerTo(state, 'change.decided', reject, anna)).toBe('applied')
  })
})
