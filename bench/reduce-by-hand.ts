import {
  type Acknowledgment,
  type CalendarDate,
  type Decimal,
  decimal,
  type Message,
  type PurchaseOrder,
  type Receipt,
} from '@counterfoil/core'

/** What the hand-written reducer knows of an order with one line and one schedule. */
export type HandOrder = {
  readonly ordered: Decimal
  readonly confirmed: Decimal
  readonly received: Decimal
  readonly invoiced: Decimal
  readonly promisedDate: CalendarDate | null
}

/**
 * The quantities of an order, kept by hand for whole pieces: documents are taken as they come, checked for nothing and
 * explained to nobody. No states, no cases, no clocks, no audit: the least anybody would write who only wants the sums.
 */
export function reduceByHand(history: readonly Message[]): HandOrder {
  let ordered = 0
  let confirmed = 0
  let received = 0
  let invoiced = 0
  let promisedDate: CalendarDate | null = null
  const seen = new Set<string>()
  for (const { id, type, data } of history) {
    if (seen.has(id)) continue
    seen.add(id)
    const document: unknown = data['document']
    switch (type) {
      case 'order.issued':
        ordered = Number((document as PurchaseOrder).lines[0]?.quantityOrdered)
        break
      case 'acknowledgment.received': {
        const answer = (document as Acknowledgment).lines[0]?.responses[0]
        confirmed = Number(answer?.quantity)
        promisedDate = answer?.promisedDate ?? null
        break
      }
      case 'receipt.recorded':
        received += Number((document as Receipt).lines[0]?.quantity)
        break
      case 'billing.recorded': {
        const [line] = data['lines'] as [{ readonly quantity: string }]
        invoiced += Number(line.quantity)
        break
      }
    }
  }
  return {
    ordered: decimal(ordered),
    confirmed: decimal(confirmed),
    received: decimal(received),
    invoiced: decimal(invoiced),
    promisedDate,
  }
}
