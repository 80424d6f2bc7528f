import type { Instant } from '../calendar/instant.ts'
import { moveLifecycle } from '../lifecycle/move-lifecycle.ts'
import { type Actor, refusalOfPerson } from '../message/actor.ts'
import { approvalLifecycle, type ApprovalEvent } from './approval-lifecycle.machine.ts'
import { Approval } from './approval.ts'

/**
 * Why an actor may not decide on an approval; null when he may. Only a person approves, never the one who asked for it and
 * never one of those who made what is to be approved (INV-15).
 */
export function refusalToDecide(
  approval: Approval,
  actor: Actor,
  makers: readonly string[],
): { readonly reason: string; readonly sentence: string } | null {
  const nobody = refusalOfPerson(actor)
  if (nobody !== null) return nobody
  if (actor.id === approval.requestedBy || makers.includes(actor.id)) {
    return {
      reason: 'same-person',
      sentence: `\`${actor.id}\` asked for this approval or entered what it is for, so somebody else has to decide`,
    }
  }
  return null
}

/** Records what became of an approval; null when it was decided before. */
export function decideApproval(
  approval: Approval,
  type: ApprovalEvent['type'],
  decision: { readonly by: string; readonly at: Instant; readonly reason: string | null },
): Approval | null {
  const moved = moveLifecycle(
    approvalLifecycle,
    { value: approval.state, context: undefined },
    { type },
  )
  if (!moved.changed) return null
  return {
    ...approval,
    state: Approval.shape.state.parse(moved.value),
    decidedBy: decision.by,
    decidedAt: decision.at,
    reason: decision.reason,
  }
}
