import { compareInstants, documentKey, type Instant, type OrderState } from '@counterfoil/core'
import type { Measurement } from '../measurement.ts'
import { hoursBetween } from './hours.ts'
import { firstOf, measured, oneIf } from './measure.ts'
import { dimensionsOf, type OrderContext } from './order-context.ts'

/** Of each schedule: from when it was first ordered to the first answer that speaks of it, whatever it says. */
export function measureConfirmations(context: OrderContext): readonly Measurement[] {
  const { state, order, supplierCalendar } = context
  return order.lines.flatMap((line) =>
    line.schedules.flatMap(({ scheduleNumber }) => {
      const place = { orderLineNumber: line.orderLineNumber, scheduleNumber }
      const at = firstOrdered(state, place)
      const answered = firstAnswer(state, place, at)
      const fate = fateOf(state, place)
      if (answered === null && fate.kind === 'given-up') return []
      const until = answered ?? (fate.kind === 'came' ? fate.at : null)
      return measured({
        metric: 'confirmation-cycle-time',
        subject: `${place.orderLineNumber}/${scheduleNumber}`,
        at,
        dimensions: dimensionsOf(context, line, scheduleNumber),
        orderKeys: [state.key],
        figures: {
          unanswered: oneIf(answered === null),
          ...(until !== null && { hours: hoursBetween(at, until, supplierCalendar) }),
        },
        ...(until === null && { running: { since: at, calendar: supplierCalendar } }),
      })
    }),
  )
}

type Place = { readonly orderLineNumber: string; readonly scheduleNumber: string }

/** When the schedule was first part of the order. */
function firstOrdered({ standing }: OrderState, place: Place): Instant {
  const version = standing.versions.find(({ lines }) =>
    lines.some(
      ({ orderLineNumber, schedules }) =>
        orderLineNumber === place.orderLineNumber &&
        schedules.some(({ scheduleNumber }) => scheduleNumber === place.scheduleNumber),
    ),
  )
  const { order, versions } = standing
  const issuedAt = version?.issuedAt ?? versions[0]?.issuedAt ?? order?.issuedAt
  if (issuedAt === undefined) throw new TypeError('an order was measured that was never issued')
  return issuedAt
}

/** An answer before the schedule was ordered is none to it. */
function firstAnswer({ facts }: OrderState, place: Place, after: Instant): Instant | null {
  const answers = facts.lines[place.orderLineNumber]?.answers ?? []
  const toIt = answers
    .filter(({ scheduleNumber = place.scheduleNumber }) => scheduleNumber === place.scheduleNumber)
    .map((answer) => firstIssueOf(facts, answer))
  const toAll = facts.acknowledgments
    .filter(({ silence }) => silence !== 'unanswered')
    .map((answer) => firstIssueOf(facts, answer))
  return firstOf([...toIt, ...toAll].filter((issuedAt) => compareInstants(issuedAt, after) >= 0))
}

/** A corrected answer was given when its first text was. */
function firstIssueOf(
  { documents, issued }: OrderState['facts'],
  { documentNumber, issuedAt }: { readonly documentNumber: string; readonly issuedAt: Instant },
): Instant {
  const { supplier } = issued ?? {}
  if (supplier === undefined) return issuedAt
  return (
    documents[documentKey({ kind: 'acknowledgment', supplier, documentNumber })]?.firstIssuedAt ??
    issuedAt
  )
}

type Fate = { readonly kind: 'open' | 'given-up' } | { readonly kind: 'came'; readonly at: Instant }

/** Whether an answer is still waited for; else when the goods came without one, or that nobody wants them any more. */
function fateOf({ standing, facts }: OrderState, place: Place): Fate {
  const schedule = standing.lines
    .find(({ orderLineNumber }) => orderLineNumber === place.orderLineNumber)
    ?.schedules.find(({ scheduleNumber }) => scheduleNumber === place.scheduleNumber)
  const isCancelled = standing.states.cancellation === 'cancelled'
  if (schedule === undefined || isCancelled) return { kind: 'given-up' }
  if (schedule.states.closure === 'open') return { kind: 'open' }
  const received = facts.lines[place.orderLineNumber]?.received ?? []
  const at = firstOf(received.map(({ issuedAt }) => issuedAt))
  return at === null ? { kind: 'given-up' } : { kind: 'came', at }
}
