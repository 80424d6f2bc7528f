import { compareInstants, decimal, type Instant, type OrderState } from '@counterfoil/core'
import type { Measurement } from '../measurement.ts'
import { hoursBetween } from './hours.ts'
import { firstOf, measured } from './measure.ts'
import { dimensionsOf, type OrderContext } from './order-context.ts'

type Change = OrderState['standing']['changes'][number]

/**
 * How long a change waited to be decided. A wish of the supplier waits for the buyer, in the buyer's hours; a new version
 * of the buyer's waits for the supplier's answer to it, in the supplier's.
 */
export function measureChangeResponses(context: OrderContext): readonly Measurement[] {
  return [...supplierWishes(context), ...buyerVersions(context)]
}

function supplierWishes(context: OrderContext): readonly Measurement[] {
  const { state, order, buyerCalendar } = context
  return state.standing.changes.flatMap((change) => {
    const at = change.initiator === 'supplier' ? receivedAt(state, change) : null
    const answer = answerTo(state, change)
    if (at === null || answer === 'dropped') return []
    const line = order.lines.find((one) => one.orderLineNumber === change.orderLineNumber)
    return measured({
      metric: 'change-response-time',
      subject: change.changeId,
      at,
      dimensions: {
        ...dimensionsOf(context, line, change.scheduleNumber ?? undefined),
        variant: 'supplier',
      },
      orderKeys: [state.key],
      ...(answer === 'open'
        ? { figures: {}, running: { since: at, calendar: buyerCalendar } }
        : {
            figures: {
              hours: answer === 'automatic' ? decimal(0) : hoursBetween(at, answer, buyerCalendar),
            },
          }),
    })
  })
}

function receivedAt({ facts }: OrderState, change: Change): Instant | null {
  const document = [...facts.changes, ...facts.acknowledgments].find(
    ({ documentNumber }) => documentNumber === change.documentNumber,
  )
  return document?.issuedAt ?? null
}

/** When a person decided, or that the rules did at once, that nobody has yet, or that nobody has to any more. */
function answerTo(
  { facts }: OrderState,
  change: Change,
): Instant | 'automatic' | 'open' | 'dropped' {
  const decided = facts.decisions[change.changeId]
  if (decided !== undefined) return decided.at
  if (change.facts.isAutoAccepted) return 'automatic'
  return change.state === 'pending-decision' ||
    change.state === 'pending-impact' ||
    change.state === 'submitted'
    ? 'open'
    : 'dropped'
}

/** Each version after the first that the buyer issued; one that a later version overtook unanswered is left out. */
function buyerVersions(context: OrderContext): readonly Measurement[] {
  const { state, supplierCalendar } = context
  const issued = state.standing.versions.filter(({ source }) => source === 'issued')
  return issued.slice(1).flatMap((version, index) => {
    const next = issued[index + 2]
    const answered = firstOf(
      state.facts.acknowledgments
        .filter(({ issuedAt, orderVersion }) =>
          orderVersion === null
            ? compareInstants(issuedAt, version.issuedAt) >= 0
            : orderVersion >= version.version,
        )
        .map(({ issuedAt }) => issuedAt),
    )
    const isOvertaken =
      next !== undefined && (answered === null || compareInstants(answered, next.issuedAt) > 0)
    const isOver = state.standing.states.completion !== 'open'
    if (isOvertaken || (answered === null && isOver)) return []
    return measured({
      metric: 'change-response-time',
      subject: `version ${version.version}`,
      at: version.issuedAt,
      dimensions: { ...dimensionsOf(context, undefined), variant: 'buyer' },
      orderKeys: [state.key],
      ...(answered === null
        ? { figures: {}, running: { since: version.issuedAt, calendar: supplierCalendar } }
        : { figures: { hours: hoursBetween(version.issuedAt, answered, supplierCalendar) } }),
    })
  })
}
