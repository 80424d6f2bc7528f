import type { CalendarDate } from '../calendar/calendar-date.ts'
import { localDateOf } from '../calendar/time-zone.ts'
import { canonicalJson } from '../hash/canonical-json.ts'
import type { Conduct } from '../policy/policy.ts'
import { currentOrder } from './current-order.ts'
import type {
  AnnouncedFact,
  LineFacts,
  OrderFacts,
  ReceivedFact,
  ShippedFact,
} from './order-facts.ts'
import { buyerCalendarOf } from './order-state.ts'
import { byReceipt } from './place-facts.ts'

/**
 * Goods of a drop shipment are counted by nobody here: that the shipment reached the customer stands for the count, or the
 * supplier's notice where the rules say so. A proof is worked out from the shipments each time, so it goes when a notice is
 * withdrawn and changes with it. Where somebody counted after all, as a customer who sends its signed slip, the count is
 * believed and the proof is not. Facts of other orders are left as they are.
 */
export function proveDeliveries(
  facts: OrderFacts,
  conduct: Conduct | null,
): { readonly facts: OrderFacts; readonly touched: readonly string[] } {
  const order = currentOrder(facts)?.order
  if (order?.orderType !== 'drop-ship') return { facts, touched: [] }
  const touched: string[] = []
  const lines = Object.fromEntries(
    Object.entries(facts.lines).map(([number, line]): [string, LineFacts] => {
      const counted = line.received.filter(({ proof }) => proof !== true)
      const known = line.received.filter(({ proof }) => proof === true)
      const proofs = proofsOf(line, counted, { facts, conduct })
      if (canonicalJson(proofs) === canonicalJson(known)) return [number, line]
      touched.push(number)
      return [number, { ...line, received: [...counted, ...proofs].toSorted(byReceipt) }]
    }),
  )
  return touched.length === 0 ? { facts, touched } : { facts: { ...facts, lines }, touched }
}

type Proving = { readonly facts: OrderFacts; readonly conduct: Conduct | null }

function proofsOf(
  { shipped }: LineFacts,
  counted: readonly ReceivedFact[],
  proving: Proving,
): readonly ReceivedFact[] {
  const receipts = counted.filter(({ receiptType }) => receiptType === 'receipt')
  // A count that names no notice may be of any of them.
  if (receipts.some(({ shipNoticeNumber }) => shipNoticeNumber === undefined)) return []
  const named = new Set(receipts.map(({ shipNoticeNumber }) => shipNoticeNumber))
  return shipped
    .filter(({ documentNumber }) => !named.has(documentNumber))
    .flatMap((fact) => proofOf(fact, proving))
    .toSorted(byReceipt)
}

function proofOf(fact: ShippedFact, { facts, conduct }: Proving): readonly ReceivedFact[] {
  const shipment = facts.shipments[fact.shipmentKey]
  if (shipment === undefined || shipment.cancelled) return []
  const receivedDate = dayOfProof(shipment, facts, conduct)
  if (receivedDate === null) return []
  const { documentNumber, documentLineNumber, orderLineNumber, scheduleNumber, item } = fact
  return [
    {
      receiptNumber: `${proofPrefix}${documentNumber}`,
      receiptLineNumber: documentLineNumber,
      receiptType: 'receipt',
      receivedDate,
      issuedAt: shipment.arrivedAt ?? fact.issuedAt,
      quantity: fact.quantityShipped,
      unitOfMeasure: fact.unitOfMeasure,
      ...(orderLineNumber !== null && { orderLineNumber }),
      item,
      ...(scheduleNumber !== undefined && { scheduleNumber }),
      shipNoticeNumber: documentNumber,
      proof: true,
    },
  ]
}

/** What a proof of delivery is called among receipts: the number of its ship notice, with this before it. */
const proofPrefix = 'POD-'

/** The day the goods count as delivered, on the buyer's calendar; null while nothing proves that they were. */
function dayOfProof(
  { arrivedAt, shipDate, issuedAt }: AnnouncedFact,
  facts: OrderFacts,
  conduct: Conduct | null,
): CalendarDate | null {
  const { timeZone } = buyerCalendarOf(facts)
  if (arrivedAt !== undefined) return localDateOf(arrivedAt, timeZone)
  if (conduct?.proofOfDelivery !== 'ship-notice') return null
  return shipDate ?? localDateOf(issuedAt, timeZone)
}
