import { compareInstants, type Instant } from '../calendar/instant.ts'
import type { Decimal } from '../decimal/decimal.ts'
import { signOfFigure, writeFigure } from '../match/figure.ts'
import type { OrderLine } from '../purchase-order/order-line.ts'
import { countReceipts } from './count-receipts.ts'
import type { InspectionFact, LineFacts, OrderFacts, ReceivedFact } from './order-facts.ts'
import type { OrderState } from './order-state.ts'
import { receiptPlace } from './record-receipt.ts'

/** Goods of one receipt line that quality control has still to decide on. */
export type AwaitedInspection = {
  readonly orderLineNumber: string
  readonly receiptNumber: string
  readonly receiptLineNumber: string
  /** Names the wait: the same receipt line waits anew after its goods were reworked. */
  readonly place: string
  /** In the order line's unit of measure. */
  readonly quantity: Decimal
  readonly unitOfMeasure: string
  /** When it began: with the count, or with the rework that was asked for last. */
  readonly since: Instant
}

/** Every receipt line that waits for quality control, in the order of the order's lines. Blocked goods wait for a person. */
export function inspectionsAwaited({
  facts,
  standing,
}: Pick<OrderState, 'facts' | 'standing'>): readonly AwaitedInspection[] {
  const lines = standing.order?.lines ?? []
  return lines.flatMap((line) => {
    const known = facts.lines[line.orderLineNumber]
    return known === undefined || !isForQuality(known) ? [] : awaitedOn(line, known)
  })
}

function isForQuality({ received, inspected }: LineFacts): boolean {
  return inspected.length > 0 || received.some(({ disposition }) => disposition === 'inspection')
}

function awaitedOn(line: OrderLine, known: LineFacts): readonly AwaitedInspection[] {
  const { orderLineNumber, unitOfMeasure } = line
  return countReceipts(line, known).standing.flatMap(({ fact, pending }) => {
    const isForQuality =
      fact.disposition === 'inspection' || known.inspected.some((one) => isOf(one, fact))
    if (signOfFigure(pending) <= 0 || !isForQuality) return []
    const { receiptNumber, receiptLineNumber } = fact
    return [
      {
        orderLineNumber,
        receiptNumber,
        receiptLineNumber,
        place: inspectionPlace(known.inspected, fact),
        quantity: writeFigure(pending),
        unitOfMeasure,
        since: sinceWhen(known.inspected, fact),
      },
    ]
  })
}

/** The name of the wait a receipt line is in: how often its goods went to be reworked tells one from the next. */
export function inspectionPlace(
  inspected: readonly InspectionFact[],
  fact: Pick<ReceivedFact, 'receiptNumber' | 'receiptLineNumber'>,
): string {
  const reworked = inspected.filter((one) => isOf(one, fact) && one.disposition === 'rework')
  return `${receiptPlace(fact.receiptNumber, fact.receiptLineNumber)}/${reworked.length}`
}

/** The wait a clock that ran out was for. */
export function placeOfOverdue(
  { lines }: OrderFacts,
  fact: Pick<ReceivedFact, 'receiptNumber' | 'receiptLineNumber'>,
): string {
  return inspectionPlace(
    Object.values(lines).flatMap(({ inspected }) => inspected),
    fact,
  )
}

function isOf(
  inspection: InspectionFact,
  { receiptNumber, receiptLineNumber }: Pick<ReceivedFact, 'receiptNumber' | 'receiptLineNumber'>,
): boolean {
  return (
    inspection.receiptNumber === receiptNumber && inspection.receiptLineNumber === receiptLineNumber
  )
}

function sinceWhen(inspected: readonly InspectionFact[], fact: ReceivedFact): Instant {
  let since = fact.issuedAt
  for (const one of inspected) {
    const isRework = isOf(one, fact) && one.disposition === 'rework'
    if (isRework && compareInstants(one.issuedAt, since) > 0) since = one.issuedAt
  }
  return since
}
