import type { TradeDocumentInput } from '@counterfoil/core'
import { createPolicySource } from '@counterfoil/rules'
import { loadRuleSetFolder } from '@counterfoil/rules/node'
import {
  createMemoryStore,
  createRuntime,
  createVirtualClock,
  type Runtime,
} from '@counterfoil/runtime'
import { wholeLife } from '@counterfoil/runtime/conformance'

/** What happens to one order of one line, in plain words. Days are of 2026, as `11-24`. Null: it does not happen. */
export type Life = {
  readonly number: string
  readonly supplier: string
  readonly item: string
  readonly ordered: number
  readonly issuedAt: string
  readonly wanted: string
  readonly answer: {
    readonly at: string
    readonly promised: string
    /** The price the supplier confirms; the order's where absent. */
    readonly price?: string
  } | null
  readonly announced: { readonly at: string; readonly quantity: number } | null
  readonly counted: {
    readonly day: string
    readonly quantity: number
    readonly damaged: number
    /** So many of them are taken out of the books again at noon. */
    readonly reversed?: number
    /** Counted again in the afternoon, and this is what there is. */
    readonly recounted?: number
  } | null
  /** Price of one piece, for as many as were ordered. */
  readonly billed: {
    readonly day: string
    readonly price: number
    /** What the supplier asks for haste, as was agreed in the order. */
    readonly express?: string
  } | null
}

/** Orders are written at 12.40 a piece. */
export const orderPrice = 12.4

/** Lives orders through a runtime in memory, everything at its time, until `end`. */
export async function live(lives: readonly Life[], end: string) {
  const folder = new URL('../../rules/rulesets', import.meta.url).pathname
  const ruleSets = loadRuleSetFolder(folder).filter(({ ruleSet }) =>
    ruleSet.id.startsWith('canonical-'),
  )
  const clock = createVirtualClock('2026-11-02T00:00:00Z')
  const store = createMemoryStore()
  const policies = createPolicySource(ruleSets)
  const runtime = createRuntime({ store, policies, connectors: [], clock })
  const documents = lives
    .flatMap(documentsOf)
    .toSorted((one, other) => one.issuedAt.localeCompare(other.issuedAt))
  for (const document of documents) {
    clock.advanceTo(document.issuedAt)
    await runtime.tick()
    await tell(runtime, document)
    await runtime.tick()
  }
  clock.advanceTo(end)
  await runtime.tick()
  return { store, runtime, clock }
}

/** Hands a document in, which has to be accepted. */
export async function tell(runtime: Runtime, document: TradeDocumentInput): Promise<void> {
  const answer = await runtime.receive({
    tenant: 'acme',
    buyerOrganisation: '0001',
    connection: 'story',
    timeZone: 'UTC',
    document,
  })
  const refused = answer.documents.filter(({ outcome }) => outcome !== 'accepted')
  if (refused.length > 0) throw new Error(`not accepted: ${JSON.stringify(refused)}`)
  await runtime.tick()
}

type Kind = TradeDocumentInput['kind']
type Of<Kinds extends Kind> = Extract<TradeDocumentInput, { readonly kind: Kinds }>

/** A document of the story every store is checked with, as a pattern. */
export function pattern<Kinds extends Kind>(kind: Kinds): Of<Kinds> {
  const found = wholeLife().find((one): one is Of<Kinds> => one.kind === kind)
  if (found === undefined) throw new TypeError(`the story has no ${kind}`)
  return found
}

function documentsOf(life: Life): readonly TradeDocumentInput[] {
  const { number, supplier, item: buyerItem, answer, announced, counted, billed } = life
  const item = { buyerItem }
  const quantity = String(life.ordered)
  const at = { orderNumber: number, orderLineNumber: '1' }
  const order = pattern('purchase-order')
  const documents: TradeDocumentInput[] = [
    {
      ...order,
      supplier,
      documentNumber: number,
      orderNumber: number,
      issuedAt: life.issuedAt,
      charges: hasteOf(billed),
      lines: order.lines.map((line) => ({
        ...line,
        item,
        quantityOrdered: quantity,
        schedules: line.schedules.map((schedule) => ({
          ...schedule,
          quantityOrdered: quantity,
          requestedDate: life.wanted,
        })),
      })),
    },
  ]
  if (answer !== null) {
    const acknowledgment = pattern('acknowledgment')
    const { promised: promisedDate, price: confirmed } = answer
    const price =
      confirmed === undefined
        ? {}
        : {
            price: {
              amount: confirmed,
              perQuantity: '1',
              perUnitOfMeasure: 'EA',
              priceType: 'firm' as const,
            },
          }
    documents.push({
      ...acknowledgment,
      supplier,
      documentNumber: `AK-${number}`,
      orderNumber: number,
      issuedAt: answer.at,
      lines: acknowledgment.lines.map((line) => ({
        ...line,
        item,
        responses: line.responses.map((one) => ({ ...one, ...price, quantity, promisedDate })),
      })),
    })
  }
  if (announced !== null) {
    const notice = pattern('ship-notice')
    documents.push({
      ...notice,
      supplier,
      documentNumber: `ASN-${number}`,
      issuedAt: announced.at,
      shipDate: announced.at.slice(0, 10),
      estimatedDeliveryDate: counted?.day ?? life.wanted,
      lines: notice.lines.map((line) => ({
        ...line,
        ...at,
        item,
        quantityShipped: String(announced.quantity),
      })),
    })
  }
  if (counted !== null) {
    const receipt = pattern('receipt')
    const { damaged, reversed, recounted } = counted
    const count = {
      ...receipt,
      supplier,
      documentNumber: `GR-${number}`,
      issuedAt: `${counted.day}T10:00:00Z`,
      receivedDate: counted.day,
      lines: receipt.lines.map(({ shipNoticeNumber: _asn, ...line }) => ({
        ...line,
        ...at,
        ...(announced !== null && { shipNoticeNumber: `ASN-${number}` }),
        item,
        quantity: String(counted.quantity),
        conditions:
          damaged === 0 ? [] : [{ condition: 'damaged' as const, quantity: String(damaged) }],
      })),
    }
    documents.push(count)
    if (reversed !== undefined) {
      documents.push({
        ...count,
        documentNumber: `GX-${number}`,
        receiptType: 'reversal',
        issuedAt: `${counted.day}T12:00:00Z`,
        lines: count.lines.map((line) => ({
          ...line,
          reversesReceiptNumber: count.documentNumber,
          quantity: String(reversed),
          conditions: [],
        })),
      })
    }
    if (recounted !== undefined) {
      documents.push({
        ...count,
        revision: 1,
        issuedAt: `${counted.day}T15:00:00Z`,
        lines: count.lines.map((line) => ({ ...line, quantity: String(recounted) })),
      })
    }
  }
  if (billed !== null) {
    const invoice = pattern('invoice')
    const amount = (billed.price * life.ordered).toFixed(2)
    documents.push({
      ...invoice,
      supplier,
      documentNumber: `INV-${number}`,
      issuedAt: `${billed.day}T11:00:00Z`,
      invoiceDate: billed.day,
      totalAmount: (Number(amount) + Number(billed.express ?? 0)).toFixed(2),
      charges: hasteOf(billed),
      lines: invoice.lines.map((line) => ({ ...line, ...at, item, quantity, amount })),
    })
  }
  return documents
}

function hasteOf(billed: Life['billed']) {
  const amount = billed?.express
  return amount === undefined ? [] : [{ code: 'Expedited freight', amount }]
}
