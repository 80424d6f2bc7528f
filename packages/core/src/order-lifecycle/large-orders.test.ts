import { describe, expect, it } from 'vitest'
import {
  anAcknowledgment,
  anAcknowledgmentLine,
} from '../acknowledgment/acknowledgment.examples.ts'
import { isOpenCase } from '../exception/open-case.ts'
import { anInvoice, anInvoiceLine } from '../invoice/invoice.examples.ts'
import { anOrderLine, aPurchaseOrder } from '../purchase-order/purchase-order.examples.ts'
import { aReceipt, aReceiptLine } from '../receipt/receipt.examples.ts'
import { aShipNotice, aShipNoticeLine } from '../ship-notice/ship-notice.examples.ts'
import { aWorldTold } from '../world/world.examples.ts'
import { anOrderKey, anOrderMessage } from './order-lifecycle.examples.ts'
import { recordOrderEvent } from './record-order-event.ts'
import { replayOrder } from './replay-order.ts'

const numbers = Array.from({ length: 600 }, (_, index) => String(index + 1))
const item = (number: string) => ({ buyerItem: `SKU-${number}` })
const key = 'acme/0001/S100/INV-1/standard'

const order = aPurchaseOrder({
  lines: numbers.map((number) => anOrderLine({ orderLineNumber: number, item: item(number) })),
})
const answer = anAcknowledgment({
  lines: numbers.map((number) =>
    anAcknowledgmentLine({
      documentLineNumber: number,
      orderLineNumber: number,
      item: item(number),
    }),
  ),
})
const notice = aShipNotice({
  lines: numbers.map((number) =>
    aShipNoticeLine({ documentLineNumber: number, orderLineNumber: number, item: item(number) }),
  ),
})
/** Ten pieces of every line, of line 300 only nine. */
const count = aReceipt({
  lines: numbers.map((number) =>
    aReceiptLine({
      documentLineNumber: number,
      orderLineNumber: number,
      item: item(number),
      shipNoticeNumber: 'ASN-1',
      quantity: number === '300' ? '9' : '10',
    }),
  ),
})
/** Every line at 124.00, line 450 a euro too dear. */
const bill = anInvoice({
  lines: numbers.map((number) =>
    anInvoiceLine({
      documentLineNumber: number,
      orderLineNumber: number,
      item: item(number),
      amount: number === '450' ? '125.00' : '124.00',
    }),
  ),
})

describe('an order of 600 lines', () => {
  const announced = aWorldTold([order, answer, notice], { from: '2026-11-25T08:00:00Z' })
  const world = aWorldTold([count, bill], { world: announced, from: '2026-11-27T09:00:00Z' })
  const facts = world.invoices[key]?.facts

  it('finds the one line that is a piece short and the one that is a euro too dear', () => {
    // Line 300: 1 x 12.40; line 450: 125.00 - 124.00.
    expect(
      facts?.match?.result.checks
        .filter(({ within }) => !within)
        .map(({ name, invoiceLineNumber, variance }) => [name, invoiceLineNumber, variance]),
    ).toEqual([
      ['quantity', '300', '1'],
      ['price', '450', '1.00'],
    ])
    expect(facts?.match?.result.allocations).toHaveLength(600)
    expect(facts?.cases.filter(isOpenCase).map(({ subject }) => subject.line)).toEqual([
      '300',
      '450',
    ])
  })

  it('starts and stops its 600 clocks by one event each, and says so to the host clock by clock', () => {
    const types = world.log
      .filter(({ aggregate }) => aggregate.kind === 'order')
      .map(({ type }) => type)
    const count = (type: string) => types.filter((one) => one === type).length
    expect([count('clocks.started'), count('clocks.stopped')]).toEqual([1, 1])
    expect(count('clock.started')).toBeLessThan(20)
    const issued = aWorldTold([order], { from: '2026-11-20T08:00:00Z' })
    const timers = issued.timers.filter(({ type }) => type === 'ship-notice.overdue')
    expect(timers).toHaveLength(600)
    expect(world.timers.filter(({ type }) => type === 'ship-notice.overdue')).toEqual([])
  })

  it('is worked out again from its events as it stands', () => {
    const state = world.orders[anOrderKey]
    if (state === undefined) throw new Error('no order')
    const { auditHead: _, ...folded } = state
    const own = world.log.filter(({ aggregate }) => aggregate.kind === 'order')
    expect(replayOrder(anOrderKey, own)).toEqual({ ...folded, auditHead: null })
  })

  it('is the same for papers that come the other way round', () => {
    const other = aWorldTold([order, notice, answer], { from: '2026-11-25T08:00:00Z' })
    expect(other.orders[anOrderKey]?.standing).toEqual(announced.orders[anOrderKey]?.standing)
  })

  it('works no line out again for the answer of a system, when it was read from a store meanwhile', () => {
    const state = announced.orders[anOrderKey]
    if (state === undefined) throw new Error('no order')
    // As a store gives it back: nothing in it is the object it was.
    const read: typeof state = JSON.parse(JSON.stringify(state))
    const answered = (outcome: 'applied' | 'conflict') => ({
      ...anOrderMessage('write-back.answered', {
        system: 'erp',
        record: 'confirmation/300',
        outcome,
        currentVersion: null,
        sentence: 'the ERP answered',
      }),
      sequence: read.sequence + 1,
    })
    const refused = recordOrderEvent(read, answered('conflict'))
    expect(refused.facts.failedWrites['confirmation/300']?.outcome).toBe('conflict')
    const kept = refused.standing.lines.filter((line, index) => line === read.standing.lines[index])
    expect(kept).toHaveLength(600)
    // Nothing had failed, so nothing is better now: even the order as a whole stands as it stood.
    expect(recordOrderEvent(read, answered('applied')).standing).toBe(read.standing)
  })
})
