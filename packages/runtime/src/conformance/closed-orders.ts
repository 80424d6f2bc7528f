import { addMilliseconds, instant, type MessageData } from '@counterfoil/core'
import {
  aCount,
  theAcknowledgment,
  theInvoice,
  theOrder,
  theShipNotice,
} from './story-documents.ts'
import type { StoryWorld } from './story-world.ts'

/** Everything that comes in for an order of that number, in its order. */
export const lifeOf = (tenant: string, number: string) => [
  theOrder({ tenant, documentNumber: number, orderNumber: number }),
  theAcknowledgment({ tenant, documentNumber: `AK-${number}`, orderNumber: number }),
  ofOrder(theShipNotice({ tenant, documentNumber: `ASN-${number}` }), number),
  ofOrder(aCount('10', { tenant, documentNumber: `GR-${number}` }), number),
  ofOrder(theInvoice('124.00', { tenant, ...billedOn(number) }), number),
]

/** Invoices of one day over one amount would be suspected to be the same. */
const billedOn = (number: string) => ({
  documentNumber: `INV-${number}`,
  invoiceDate: `2026-12-0${number}`,
})

/** A document of another order. */
export function ofOrder<Document>(document: Document, number: string): Document {
  const text = JSON.stringify(document).replaceAll('"4711"', `"${number}"`)
  return JSON.parse(text.replaceAll('"ASN-1"', `"ASN-${number}"`))
}

/** Lives orders so far, posts and pays their invoices where they are whole, and lets a year and more go by. */
export async function live(
  world: StoryWorld,
  orders: readonly { readonly tenant: string; readonly number: string; readonly steps: number }[],
): Promise<void> {
  for (const { tenant, number, steps } of orders) {
    await world.tell(...lifeOf(tenant, number).slice(0, steps))
    if (steps < 6) continue
    await pay(world, tenant, number)
  }
  for (let months = 0; months < 14; months += 1) {
    world.clock.advanceTo(addMilliseconds(instant(world.clock.now()), monthMilliseconds))
    await world.runtime.tick()
  }
}

const monthMilliseconds = 30 * 86_400_000

async function pay({ runtime }: StoryWorld, tenant: string, number: string): Promise<void> {
  const steps: readonly (readonly [type: string, data: MessageData])[] = [
    ['invoice.posted', { postingNumber: `P-${number}`, postedOn: '2026-11-30' }],
    ['payment.cleared', { paymentReference: 'B-1', paidOn: '2026-12-24', amount: '124.00' }],
  ]
  for (const [type, data] of steps) {
    const answer = await runtime.act({
      tenant,
      actor: { kind: 'connector', id: 'finance', roles: [] },
      idempotencyKey: `${type} ${number}`,
      aggregate: { kind: 'invoice', key: `${tenant}/0001/S100/INV-${number}/standard` },
      type,
      data,
      expectedVersion: null,
    })
    if (answer.outcome !== 'applied') throw new Error(`${type} of ${number} was ${answer.outcome}`)
    await runtime.tick()
  }
}

/** An order that is lived to its end. */
export const whole = (number: string, tenant = 'acme') => ({ tenant, number, steps: 6 })
