import * as z from 'zod'
import type { Runtime } from '../runtime.ts'
import { same } from './check.ts'
import { aCount, theInvoice, theOrder, theShipNotice } from './story-documents.ts'
import type { Stage } from './story-stage.ts'
import { openWorld, recorded, standing } from './story-world.ts'

/** Order 4711 and order 4712, of which the goods are easily taken for each other. */
export const twoOrders = [
  theOrder(),
  theOrder({ documentNumber: '4712', orderNumber: '4712' }),
] as const

/** Ten pieces counted as those of one order, or of none. */
export function countedFor(orderNumber: string | null, given: Parameters<typeof aCount>[1] = {}) {
  const count = aCount('10', given)
  const orderLineNumber = orderNumber === null ? null : '1'
  return {
    ...count,
    lines: count.lines.map((line) => ({
      ...line,
      orderNumber,
      orderLineNumber,
      shipNoticeNumber: orderNumber === '4711' ? 'ASN-1' : undefined,
    })),
  }
}

/** A later count under the same number. */
export function recountedFor(orderNumber: string | null, given: Parameters<typeof aCount>[1] = {}) {
  return countedFor(orderNumber, { revision: 1, issuedAt: '2026-11-28T10:00:00Z', ...given })
}

const StandingSchedule = z.object({ quantities: z.object({ received: z.string() }) })
const StandingOrder = z.object({
  standing: z.object({ lines: z.array(z.object({ schedules: z.array(StandingSchedule) })) }),
})

/** What each order counted as received, by order number. */
export async function receivedOf({ queries }: Runtime): Promise<Readonly<Record<string, string>>> {
  const orders = ['4711', '4712'].map(async (orderNumber) => {
    const reference = { kind: 'order', key: `acme/0001/${orderNumber}` } as const
    const detail = await queries.aggregate({ tenant: 'acme', reference })
    const [line] = StandingOrder.parse(detail?.state).standing.lines
    return [orderNumber, line?.schedules[0]?.quantities.received ?? 'nothing']
  })
  return Object.fromEntries(await Promise.all(orders))
}

/** Counts that a later count finds to be of another order. */
export const recountStories: Readonly<Record<string, (stage: Stage) => Promise<void>>> = {
  'a recount that finds the goods to be of another order takes them off the first': async ({
    harness: { store },
    policies,
  }) => {
    const world = openWorld({ store, policies })
    await world.tell(...twoOrders, theShipNotice(), countedFor('4711'), theInvoice())
    same((await standing(world.runtime)).invoices, ['INV-1 released 124.00'], 'billed and covered')
    await world.tell(recountedFor('4712'))
    same(await receivedOf(world.runtime), { 4711: '0', 4712: '10' }, 'the goods are counted once')
    const { shipments, invoices } = await standing(world.runtime)
    same(shipments, ['ASN-1 in-transit'], 'nothing of the shipment was counted after all')
    same(invoices.includes('INV-1 released 124.00'), false, 'the invoice is matched again')
    const { parked, deadLetters } = await recorded(world.runtime)
    same({ parked, deadLetters }, { parked: [], deadLetters: [] }, 'nothing is set aside')
  },
  'an older count that arrives after the recount counts nothing': async ({
    harness: { store },
    policies,
  }) => {
    const world = openWorld({ store, policies })
    await world.tell(...twoOrders, recountedFor('4712'), countedFor('4711'))
    same(await receivedOf(world.runtime), { 4711: '0', 4712: '10' }, 'the recount stands')
    same((await standing(world.runtime)).cases, [], 'and nobody is asked about the older count')
  },
  'a recount is answered for the order it names, though the first count named one that never comes':
    async ({ harness: { store }, policies }) => {
      const world = openWorld({ store, policies })
      const [, , first] = await world.tell(...twoOrders, countedFor('4799'))
      same(first?.outcome, 'parked', 'nobody knows the order of the first count')
      const [recount] = await world.tell(recountedFor('4711'))
      same(recount?.outcome, 'accepted', 'the recount counts')
      same(await receivedOf(world.runtime), { 4711: '10', 4712: '0' }, 'the order has its goods')
    },
  'goods nobody ordered are somebody’s once a recount says whose': async ({
    harness: { store },
    policies,
  }) => {
    const world = openWorld({ store, policies })
    await world.tell(...twoOrders, countedFor(null))
    same((await standing(world.runtime)).cases, ['RCV_UNORDERED detected'], 'a person is asked')
    await world.tell(recountedFor('4711'))
    same((await standing(world.runtime)).cases, [], 'the case is cured')
    same(await receivedOf(world.runtime), { 4711: '10', 4712: '0' }, 'the order has its goods')
    const { rows } = await world.runtime.queries.exceptions({ tenant: 'acme', open: false })
    same(
      rows.map(({ code, state }) => `${code} ${state}`),
      ['RCV_UNORDERED auto-resolved'],
      'because its reason is gone',
    )
  },
}
