import { type CalendarDate, decimal, instant } from '@counterfoil/core'
import type { Measurement } from '../measurement.ts'
import { measured, oneIf } from './measure.ts'
import { dimensionsOf, type OrderContext } from './order-context.ts'

/** Each order line of which something was counted and each count of what nobody ordered, and whether a case came of it. */
export function measureReceivingExceptions(context: OrderContext): readonly Measurement[] {
  const { state, order, counts } = context
  const excepted = new Set(
    state.desk.cases
      .filter(({ code }) => code.startsWith('RCV_'))
      .map(({ subject }) => subject.line ?? ''),
  )
  const ordered = order.lines.flatMap((line) => {
    const days = counts
      .filter(({ standing }) => standing.orderLineNumber === line.orderLineNumber)
      .map(({ fact }) => fact.receivedDate)
      .toSorted()
    const [first] = days
    return first === undefined
      ? []
      : [one(context, line.orderLineNumber, first, excepted.has(line.orderLineNumber))]
  })
  const unordered = state.facts.unplaced.received
    .filter(({ receiptType }) => receiptType === 'receipt')
    .map(({ receiptNumber, receiptLineNumber, receivedDate }) =>
      one(context, `${receiptNumber}/${receiptLineNumber}`, receivedDate, true),
    )
  return [...ordered, ...unordered]
}

function one(
  context: OrderContext,
  subject: string,
  day: CalendarDate,
  isExcepted: boolean,
): Measurement {
  const line = context.order.lines.find(({ orderLineNumber }) => orderLineNumber === subject)
  return measured({
    metric: 'document-exception-rate',
    subject,
    at: instant(`${day}T00:00:00Z`),
    dimensions: { ...dimensionsOf(context, line), variant: 'receiving' },
    orderKeys: [context.state.key],
    figures: { counted: decimal(1), excepted: oneIf(isExcepted) },
  })
}
