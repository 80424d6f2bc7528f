import { discrepancyForRules } from '../discrepancy/discrepancy-for-rules.ts'
import type { Decimal } from '../decimal/decimal.ts'
import { absoluteDecimal, isPositiveDecimal, isZeroDecimal } from '../decimal/decimal-arithmetic.ts'
import { isWithinPercent } from '../decimal/ratio.ts'
import type { Discrepancy } from '../discrepancy/discrepancy.ts'
import { type Judgement, judgeDiscrepancy } from '../discrepancy/judge-discrepancy.ts'
import type { DecisionContext } from '../message/decision.ts'
import type { PolicyAnswer, PolicyDecision } from '../policy/policy.ts'
import type { Tolerance } from '../policy/tolerance.ts'
import type { OrderLine } from '../purchase-order/order-line.ts'
import { lineFactsForRules, orderFactsForRules } from './order-rule-facts.ts'
import type { OrderState } from './order-state.ts'

/** How a difference is judged, and why. */
export type JudgedDiscrepancy = { readonly judgement: Judgement; readonly policy: PolicyDecision }

/**
 * Holds a difference against the tolerance rules. How much more than ordered may come is a term of the order itself: where
 * the order line says it, that stands, and the rules are asked only where it does not.
 */
export function judgeDifference(
  state: OrderState,
  discrepancy: Discrepancy,
  context: DecisionContext,
): JudgedDiscrepancy {
  const line = lineOf(state, discrepancy)
  const { value, decision } = limitsFor(state, discrepancy, context)
  const agreed = line === undefined ? null : judgeByTerms(discrepancy, line)
  const judgement =
    agreed ?? judgeDiscrepancy(discrepancy, value, percentBaseOf(state, discrepancy, value))
  return { judgement, policy: decision }
}

/** The limits in force for a difference, and why. */
export function limitsFor(
  state: OrderState,
  discrepancy: Discrepancy,
  { policy }: DecisionContext,
): PolicyAnswer<Tolerance> {
  return policy.tolerance({
    ...orderFactsForRules(state),
    ...lineFactsForRules(lineOf(state, discrepancy)),
    discrepancy: discrepancyForRules(discrepancy),
  })
}

function lineOf({ standing }: OrderState, discrepancy: Discrepancy): OrderLine | undefined {
  return standing.order?.lines.find(
    ({ orderLineNumber }) => orderLineNumber === discrepancy.orderLineNumber,
  )
}

function judgeByTerms(discrepancy: Discrepancy, line: OrderLine): Judgement | null {
  if (discrepancy.kind === 'nominal-weight-variance') return judgeWeight(discrepancy, line)
  if (discrepancy.kind !== 'over-receipt' && discrepancy.kind !== 'over-shipment') return null
  const { overUnlimited, overPercent } = line.deliveryTolerance
  if (overUnlimited) return 'within'
  // Of one shipment too much may have come although all of the line is not more than was ordered.
  const isOfOrder = discrepancy.documentNumber === discrepancy.orderNumber
  if (overPercent === null || !isOfOrder || !isPositiveDecimal(discrepancy.difference)) return null
  return isWithinPercent(discrepancy.difference, line.quantityOrdered, overPercent)
    ? 'within'
    : 'outside'
}

/** The weight is measured where the order says how far it may be off, either way. */
function judgeWeight(
  { difference, expected }: Extract<Discrepancy, { readonly kind: 'nominal-weight-variance' }>,
  { deliveryTolerance: { weightPercent } }: OrderLine,
): Judgement | null {
  if (weightPercent === undefined || weightPercent === null) return null
  return isWithinPercent(absoluteDecimal(difference), expected, weightPercent)
    ? 'within'
    : 'outside'
}

/** What a percentage of a quantity is of, as the tolerance asks; what was ordered where nothing was expected. */
function percentBaseOf(
  { standing }: OrderState,
  discrepancy: Discrepancy,
  { percentBase }: Tolerance,
): Decimal | undefined {
  if (!('unitOfMeasure' in discrepancy)) return undefined
  const { orderLineNumber, scheduleNumber } = discrepancy
  const line = standing.order?.lines.find((one) => one.orderLineNumber === orderLineNumber)
  const schedule = standing.lines
    .find((one) => one.orderLineNumber === orderLineNumber)
    ?.schedules.find((one) => one.scheduleNumber === scheduleNumber)
  if (percentBase === 'line') return line?.quantityOrdered
  if (percentBase === 'open') return schedule?.quantities.open
  return isZeroDecimal(discrepancy.expected)
    ? (schedule?.quantities.ordered ?? line?.quantityOrdered)
    : undefined
}
