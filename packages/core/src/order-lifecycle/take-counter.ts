import { compareInstants, type Instant } from '../calendar/instant.ts'
import { applyDifferences, isInForce, isSameText } from '../order-change/apply-differences.ts'
import type { OrderDifference } from '../order-change/order-change.ts'
import type { PurchaseOrder } from '../purchase-order/purchase-order.ts'
import type { ChangeDecision, OrderFacts } from './order-facts.ts'
import type { ChangeStanding, OrderState } from './order-state.ts'
import { touches } from './stand-schedule-answer.ts'

/**
 * A change of the supplier that is just what the buyer countered with: the supplier takes the counter, and nobody has to
 * decide that again. Null when there is none. Anything else it answers is another proposal.
 */
export function counterTaken({
  facts,
  standing,
}: OrderState): { readonly changeId: string; readonly counteredId: string } | null {
  const { order } = standing
  if (order === null) return null
  const counters = Object.entries(facts.decisions).filter(
    ([, decision]) => decision.decision === 'counter' && isCurrent(decision, standing, facts),
  )
  if (counters.length === 0) return null
  for (const change of standing.changes) {
    if (!isOpen(change) || applyDifferences(order, change.differences).outcome === 'refused')
      continue
    const saidAt = issuedAtOf(facts, change)
    const counter = counters.find(
      ([, { at, differences }]) =>
        saidAt !== null &&
        compareInstants(saidAt, at) > 0 &&
        isSame(change.differences, wantedHere(differences, change, order)),
    )
    if (counter !== undefined) return { changeId: change.changeId, counteredId: counter[0] }
  }
  return null
}

function isOpen({ initiator, state }: ChangeStanding): boolean {
  return initiator === 'supplier' && (state === 'pending-decision' || state === 'pending-impact')
}

/** Nothing but what the supplier agreed to made another version of the order since. */
function isCurrent(
  { basedOnVersion }: ChangeDecision,
  { versions }: OrderState['standing'],
  { changes }: OrderFacts,
): boolean {
  const ofBuyer = new Set(
    changes.flatMap(({ changeId, initiator }) => (initiator === 'buyer' ? [changeId] : [])),
  )
  return versions.every(
    ({ version, source, changeId = '' }) =>
      version <= basedOnVersion || (source === 'agreed' && !ofBuyer.has(changeId)),
  )
}

function issuedAtOf(
  facts: OrderFacts,
  { changeId, documentNumber }: ChangeStanding,
): Instant | null {
  const request = facts.changes.find((one) => one.changeId === changeId)
  const answer = facts.acknowledgments.find((one) => one.documentNumber === documentNumber)
  return (request ?? answer)?.issuedAt ?? null
}

/** What a counter wants at the place of a change and is not so yet. */
function wantedHere(
  differences: readonly OrderDifference[],
  { orderLineNumber, scheduleNumber }: ChangeStanding,
  order: PurchaseOrder,
): readonly OrderDifference[] {
  return differences
    .filter((difference) => !isInForce(order, difference))
    .filter(
      (difference) =>
        orderLineNumber === null ||
        scheduleNumber === null ||
        touches([difference], { orderLineNumber }, { scheduleNumber }),
    )
}

function isSame(said: readonly OrderDifference[], wanted: readonly OrderDifference[]): boolean {
  return (
    wanted.length > 0 &&
    said.length === wanted.length &&
    wanted.every(({ path, to }) => said.some((one) => one.path === path && isSameText(one.to, to)))
  )
}
