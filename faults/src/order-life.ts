import type { DocumentEnvelope, TradeDocumentInput } from '@counterfoil/core'
import { wholeLife } from '@counterfoil/runtime/conformance'

/** The companies whose orders are lived at the same time. */
export const tenants: readonly string[] = ['north', 'south', 'east', 'west']

/** When every story begins, by the clocks of the processes that live it. */
export const storyStart = Date.parse('2026-11-24T09:00:00Z')

/** How an order is lived: all goes well, or its invoice asks for too much and is held, and somebody is told. */
export type LifeKind = 'plain' | 'overbilled'

/** The documents of one order, from the order itself to its invoice, as its partners send them. */
export type OrderLife = {
  readonly tenant: string
  readonly number: string
  readonly kind: LifeKind
  readonly deliveries: readonly DocumentEnvelope[]
}

/** A life of an order of its own: its number, its supplier and its papers are like no other's. */
export function orderLife(index: number): OrderLife {
  const tenant = tenants[index % tenants.length] ?? ''
  const number = String(100_000 + index)
  const kind = index % 3 === 2 ? 'overbilled' : 'plain'
  const deliveries = wholeLife(tenant).map((document) => ({
    tenant,
    buyerOrganisation: document.buyerOrganisation,
    connection: 'mail',
    timeZone: 'UTC',
    document: written(document, number, kind),
  }))
  return { tenant, number, kind, deliveries }
}

function written(document: TradeDocumentInput, number: string, kind: LifeKind): TradeDocumentInput {
  const text = JSON.stringify(document)
    .replaceAll('"4711"', `"${number}"`)
    .replaceAll(/"(AK|ASN|GR|INV)-1"/g, `"$1-${number}"`)
    .replaceAll('"S100"', `"S${number}"`)
    .replaceAll('"124.00"', kind === 'overbilled' ? '"150.00"' : '"124.00"')
  return JSON.parse(text)
}
