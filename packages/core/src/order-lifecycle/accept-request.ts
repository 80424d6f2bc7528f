import { applyDifferences } from '../order-change/apply-differences.ts'
import { discrepancyIdentity } from '../discrepancy/measure-discrepancy.ts'
import { masterErrors } from '../masters/record-master-check.ts'
import { currentOrder } from './current-order.ts'
import { measureRequest } from './measure-request.ts'
import { differenceStanding } from './order-frame.ts'
import type { OrderState } from './order-state.ts'

/** A change request of the supplier that the rules accept as a whole, and that can be made; null when there is none. */
export function requestToAccept({ facts, desk, standing }: OrderState): string | null {
  const current = currentOrder(facts)
  if (current === null || facts.changes.length === 0) return null
  // What the master does not know is nothing to agree to; a person decides once the master was mended.
  if (masterErrors(facts.masters).length > 0) return null
  const { order } = current
  for (const change of facts.changes) {
    const found = measureRequest(change, { facts, desk, order, current })
    const isOpen = standing.changes.some(
      ({ changeId, state }) => changeId === change.changeId && state === 'pending-decision',
    )
    const isAccepted =
      found.length > 0 &&
      found.every(
        (discrepancy) => differenceStanding(desk, discrepancyIdentity(discrepancy)) === 'accepted',
      )
    if (!isOpen || !isAccepted) continue
    if (applyDifferences(order, change.differences).outcome === 'applied') return change.changeId
  }
  return null
}
