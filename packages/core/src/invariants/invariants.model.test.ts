import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Acknowledgment } from '../acknowledgment/acknowledgment.ts'
import { addMilliseconds, type Instant, instant } from '../calendar/instant.ts'
import type { TradeDocument } from '../document/document.ts'
import { isOpenCase } from '../exception/open-case.ts'
import { isOpenHold } from '../hold/change-hold.ts'
import { orderKey } from '../identity/identity.ts'
import { anInvoice, anInvoiceLine } from '../invoice/invoice.examples.ts'
import { type Message, messageData } from '../message/message.ts'
import { anOrderLine, aPurchaseOrder } from '../purchase-order/purchase-order.examples.ts'
import { aReceipt, aReceiptLine } from '../receipt/receipt.examples.ts'
import { aShipNotice, aShipNoticeLine } from '../ship-notice/ship-notice.examples.ts'
import { passTime } from '../world/pass-time.ts'
import { tellWorld } from '../world/tell-world.ts'
import { aTradingPolicy, messagesOf } from '../world/world.examples.ts'
import { emptyWorld, type World } from '../world/world.ts'
import { checkInvariants } from './check-invariants.ts'

/** One thing that happens to an order, as the generator draws it. */
type Step =
  | { readonly kind: 'order'; readonly version: number; readonly quantity: number }
  | {
      readonly kind: 'acknowledgment'
      readonly number: number
      readonly version: number
      readonly quantity: number
      readonly day: number
    }
  | { readonly kind: 'ship-notice'; readonly number: number; readonly quantity: number }
  | {
      readonly kind: 'receipt'
      readonly number: number
      readonly revision: number
      readonly quantity: number
      readonly short: number
    }
  | {
      readonly kind: 'reversal' | 'return'
      readonly number: number
      readonly of: number
      readonly quantity: number
    }
  | {
      readonly kind: 'invoice' | 'credit'
      readonly number: number
      readonly quantity: number
      readonly cents: number
    }
  | { readonly kind: 'hours'; readonly hours: number }
  | { readonly kind: 'release-hold' | 'settle-case' | 'decide-change' | 'pay' }
  | { readonly kind: 'line'; readonly type: 'line.cancelled' | 'line.reopened' | 'line.held' }

const number = fc.integer({ min: 1, max: 3 })
const quantity = fc.integer({ min: 1, max: 14 })

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant('order'), version: number, quantity }),
  fc.record({
    kind: fc.constant('acknowledgment'),
    number,
    version: number,
    quantity,
    day: fc.integer({ min: 20, max: 30 }),
  }),
  fc.record({ kind: fc.constant('ship-notice'), number, quantity }),
  fc.record({
    kind: fc.constant('receipt'),
    number,
    revision: fc.integer({ min: 0, max: 1 }),
    quantity,
    short: fc.integer({ min: 0, max: 2 }),
  }),
  fc.record({ kind: fc.constantFrom('reversal', 'return'), number, of: number, quantity }),
  fc.record({
    kind: fc.constantFrom('invoice', 'credit'),
    number,
    quantity,
    cents: fc.constantFrom(1240, 1240, 1300),
  }),
  fc.record({ kind: fc.constant('hours'), hours: fc.integer({ min: 1, max: 60 }) }),
  fc.record({
    kind: fc.constantFrom('release-hold', 'settle-case', 'decide-change', 'pay'),
  }),
  fc.record({
    kind: fc.constant('line'),
    type: fc.constantFrom('line.cancelled', 'line.reopened', 'line.held'),
  }),
)

describe('the invariants', () => {
  it('hold after every step of whatever happens to an order (INV-1 to INV-25)', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 4, maxLength: 22 }), (steps) => {
        const policy = aTradingPolicy()
        let now = instant('2026-11-20T08:00:00Z')
        let world: World = emptyWorld
        for (const [index, one] of [firstOrder, ...steps].entries()) {
          now = addMilliseconds(now, one.kind === 'hours' ? one.hours * 3_600_000 : 600_000)
          world = passTime(world, { until: now, policy })
          for (const message of messagesFor(one, { world, now, index })) {
            world = tellWorld(world, message, { policy, now }).world
          }
          expect(checkInvariants(world)).toEqual([])
        }
      }),
      { numRuns: 60 },
    )
  })
})

const firstOrder: Step = { kind: 'order', version: 1, quantity: 10 }

type Occasion = { readonly world: World; readonly now: Instant; readonly index: number }

function messagesFor(one: Step, occasion: Occasion): readonly Message[] {
  switch (one.kind) {
    case 'hours':
      return []
    case 'release-hold':
    case 'settle-case':
    case 'decide-change':
    case 'pay':
      return commandFor(one.kind, occasion)
    case 'line': {
      const key = orderKey({ ...aPurchaseOrder(), orderNumber: '4711' })
      const data = { orderLineNumber: '1', reason: 'the customer wants it so' }
      return [command({ kind: 'order', key }, one.type, data, occasion)]
    }
    case 'order':
    case 'acknowledgment':
    case 'ship-notice':
    case 'receipt':
    case 'reversal':
    case 'return':
    case 'invoice':
    case 'credit':
      return messagesOf(documentFor(one, occasion.now), occasion.now)
  }
}

type DocumentStep = Exclude<
  Step,
  {
    readonly kind: 'hours' | 'release-hold' | 'settle-case' | 'decide-change' | 'pay' | 'line'
  }
>

function documentFor(one: DocumentStep, issuedAt: Instant): TradeDocument {
  switch (one.kind) {
    case 'order': {
      const { version } = one
      const lines = [anOrderLine({ quantityOrdered: String(one.quantity) })]
      return aPurchaseOrder({ version, revision: version - 1, issuedAt, lines })
    }
    case 'acknowledgment':
      return acknowledgmentFor(one, issuedAt)
    case 'ship-notice':
      return aShipNotice({
        documentNumber: `SN-${one.number}`,
        issuedAt,
        lines: [aShipNoticeLine({ quantityShipped: String(one.quantity) })],
      })
    case 'receipt':
      return aReceipt({
        documentNumber: `GR-${one.number}`,
        revision: one.revision,
        issuedAt,
        lines: [
          aReceiptLine({
            quantity: String(one.quantity),
            conditions: one.short > 0 ? [{ condition: 'damaged', quantity: '1' }] : [],
          }),
        ],
      })
    case 'reversal':
    case 'return':
      return aReceipt({
        documentNumber: `GV-${one.number}`,
        receiptType: one.kind,
        issuedAt,
        lines: [
          aReceiptLine({
            quantity: String(one.quantity),
            reversesReceiptNumber: `GR-${one.of}`,
            disposition: one.kind === 'return' ? 'return' : 'stock',
          }),
        ],
      })
    case 'invoice':
    case 'credit':
      return anInvoice({
        documentNumber: `${one.kind === 'credit' ? 'CR' : 'INV'}-${one.number}`,
        invoiceType: one.kind === 'credit' ? 'credit' : 'standard',
        ...(one.kind === 'credit' ? { correctsInvoiceNumber: `INV-${one.number}` } : {}),
        issuedAt,
        lines: [
          anInvoiceLine({
            quantity: String(one.quantity),
            amount: ((one.quantity * one.cents) / 100).toFixed(2),
          }),
        ],
      })
  }
}

function acknowledgmentFor(
  one: Extract<Step, { readonly kind: 'acknowledgment' }>,
  issuedAt: Instant,
): TradeDocument {
  const { tenant, buyerOrganisation, supplier } = aPurchaseOrder()
  return Acknowledgment.parse({
    kind: 'acknowledgment',
    tenant,
    buyerOrganisation,
    supplier,
    documentNumber: `AK-${one.number}`,
    revision: 0,
    issuedAt,
    orderNumber: '4711',
    orderVersion: one.version,
    decision: 'accepted-with-changes',
    unlistedLines: 'unanswered',
    lines: [
      {
        documentLineNumber: '1',
        orderLineNumber: '1',
        item: { buyerItem: 'SKU-1' },
        responses: [
          {
            action: 'accept',
            quantity: String(one.quantity),
            unitOfMeasure: 'EA',
            promisedDate: `2026-11-${one.day}`,
            dateMeaning: 'delivery',
          },
        ],
      },
    ],
  })
}

/** What somebody at a desk does about the first thing there is to do; nothing when there is nothing. */
function commandFor(
  kind: 'release-hold' | 'settle-case' | 'decide-change' | 'pay',
  occasion: Occasion,
): readonly Message[] {
  const { orders, invoices } = occasion.world
  switch (kind) {
    case 'release-hold':
      return Object.entries(invoices).flatMap(([key, { facts }]) =>
        facts.holds.filter(isOpenHold).map(({ holdId }) => {
          const data = { holdId, code: 'accepted', reason: 'agreed with the supplier' }
          return command({ kind: 'invoice', key }, 'hold.released', data, occasion)
        }),
      )
    case 'settle-case':
      return Object.entries(orders).flatMap(([key, { desk }]) =>
        desk.cases.filter(isOpenCase).map(({ exceptionId }) => {
          const data = { exceptionId, code: 'accept-as-is' }
          return command({ kind: 'order', key }, 'case.resolved', data, occasion)
        }),
      )
    case 'decide-change':
      return Object.entries(orders).flatMap(([key, { standing }]) =>
        standing.changes
          .filter(({ state }) => state === 'pending-decision')
          .map(({ changeId }) => {
            const data = { changeId, decision: 'accept', reason: 'it will do' }
            return command({ kind: 'order', key }, 'change.decided', data, occasion)
          }),
      )
    case 'pay':
      return Object.entries(invoices).flatMap(([key, { facts }]) => {
        if (facts.released === null) return []
        const data = { paymentReference: 'P-1', paidOn: '2026-12-30', amount: '1' }
        return [command({ kind: 'invoice', key }, 'payment.cleared', data, occasion)]
      })
  }
}

function command(
  aggregate: Message['aggregate'],
  type: string,
  data: object,
  { now, index }: Occasion,
): Message {
  return {
    id: `${type}/${index}/${aggregate.key}/${JSON.stringify(data)}`,
    tenant: aPurchaseOrder().tenant,
    aggregate,
    type,
    schemaVersion: 1,
    occurredAt: now,
    receivedAt: now,
    actor: { kind: 'user', id: 'maria', roles: ['buyer', 'ap'] },
    causedBy: null,
    data: messageData(data),
  }
}
