import { type Actor, calendarDate, type TradeDocumentInput } from '@counterfoil/core'
import { createPolicySource } from '@counterfoil/rules'
import { loadRuleSetFolder } from '@counterfoil/rules/node'
import type { AggregateCommand } from '../act/command.ts'
import {
  aCount,
  theAcknowledgment,
  theInvoice,
  theOrder,
  theShipNotice,
} from '../conformance/story-documents.ts'
import { openWorld, type StoryWorld } from '../conformance/story-world.ts'
import { createMemoryStore } from '../memory-store/memory-store.ts'
import { Disruption } from './disruption.ts'

const ruleSets = loadRuleSetFolder(new URL('../../../rules/rulesets', import.meta.url).pathname)
// The canonical rules, with approvals for prices that are too high and cases for answers that differ..
const besides: ReadonlySet<string> = new Set(['price-approval', 'acknowledgment-tolerance'])
const policies = createPolicySource(
  ruleSets.filter(({ ruleSet: { id } }) => id.startsWith('canonical-') || besides.has(id)),
)

/** Somebody who steers the company through it. */
export const controller: Actor = { kind: 'user', id: 'cora', roles: ['procurement'] }
export const today = calendarDate('2026-11-27')

/** Supplier S100 is insolvent from 25 November on, and nobody knows how long. */
export const insolvency = (given: object = {}): Disruption =>
  Disruption.parse({
    tenant: 'acme',
    what: { kind: 'supplier', supplier: 'S100' },
    from: '2026-11-25',
    until: null,
    reason: 'S100 filed for insolvency',
    ...given,
  })

type Order = Extract<TradeDocumentInput, { readonly kind: 'purchase-order' }>
type Line = Order['lines'][number]

/** An order like 4711 under another number, with what is different about its line. */
export function anOrder(
  number: string,
  line: Partial<Line> = {},
  order: Partial<Order> = {},
): Order {
  const usual = theOrder()
  if (usual.kind !== 'purchase-order') throw new Error('it is an order')
  const [first] = usual.lines
  if (first === undefined) throw new Error('it has a line')
  const one = { ...first, ...line }
  const schedules = line.schedules ?? [
    { ...first.schedules[0], scheduleNumber: '1', quantityOrdered: one.quantityOrdered },
  ]
  return {
    ...usual,
    documentNumber: number,
    orderNumber: number,
    lines: [{ ...one, schedules: schedules as Line['schedules'] }],
    ...order,
  }
}

/** One schedule of a line. */
export const aSchedule = (
  scheduleNumber: string,
  quantityOrdered: string,
  requestedDate: string,
): Line['schedules'][number] => ({
  scheduleNumber,
  quantityOrdered,
  deliverNotBefore: null,
  requestedDate,
  shipTo: 'DC-SOUTH',
})

/**
 * Books in which S100 owes goods: order 4711 is confirmed and on its way, 4712 (in dollars, for customer C-77) was never
 * answered, 4713 came in part and its invoice over too high a price waits for approval, and 4714 is a draft. Order 4720 is
 * with S200.
 */
export async function struckBooks(
  store = createMemoryStore(),
): Promise<StoryWorld & { readonly store: typeof store }> {
  const world = openWorld({ store, policies })
  const perHundred = {
    amount: '5.00',
    perQuantity: '100',
    perUnitOfMeasure: 'EA',
    priceType: 'firm',
  } as const
  await world.tell(
    theOrder(),
    theAcknowledgment(),
    theShipNotice(),
    anOrder(
      '4712',
      {
        quantityOrdered: '450',
        price: perHundred,
        schedules: [aSchedule('1', '300', '2026-12-04'), aSchedule('2', '150', '2026-12-11')],
      },
      { currency: 'USD', attributes: { customer: 'C-77' } },
    ),
    anOrder('4713', { quantityOrdered: '100' }),
    countOf('4713', '40'),
    billOf('4713', '40', '595.20'),
    anOrder('4720', {}, { supplier: 'S200' }),
  )
  await command(world, 'draft 4714', {
    aggregate: { kind: 'order', key: 'acme/0001/4714' },
    type: 'order.drafted',
    data: JSON.parse(JSON.stringify({ document: anOrder('4714', { quantityOrdered: '20' }) })),
  })
  return { ...world, store }
}

/** So many pieces of an order were counted. */
export function countOf(order: string, quantity: string): TradeDocumentInput {
  const count = aCount(quantity)
  return {
    ...count,
    documentNumber: `GR-${order}`,
    lines: count.lines.map((line) => ({
      ...line,
      shipNoticeNumber: undefined,
      orderNumber: order,
    })),
  }
}

/** So many pieces of an order are billed for so much. */
export function billOf(order: string, quantity: string, amount: string): TradeDocumentInput {
  const bill = theInvoice(amount)
  return {
    ...bill,
    documentNumber: `INV-${order}`,
    lines: bill.lines.map((line) => ({ ...line, orderNumber: order, quantity })),
  }
}

/** Somebody of the buyer decides something, whatever the version. */
export async function command(
  { runtime }: Pick<StoryWorld, 'runtime'>,
  idempotencyKey: string,
  said: Pick<AggregateCommand, 'aggregate' | 'type' | 'data'>,
) {
  const actor: Actor = { kind: 'user', id: 'kim', roles: ['buyer', 'ap-manager'] }
  return runtime.act({ tenant: 'acme', actor, idempotencyKey, expectedVersion: null, ...said })
}
