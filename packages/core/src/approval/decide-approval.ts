import { limitRefusal } from '../authority/check-limit.ts'
import type { Authority } from '../authority/authority-answer.ts'
import type { AuthorityRefusal } from '../authority/authority-refusal.ts'
import type { Instant } from '../calendar/instant.ts'
import { moveLifecycle } from '../lifecycle/move-lifecycle.ts'
import { type Actor, refusalOfPerson } from '../message/actor.ts'
import { approvalLifecycle, type ApprovalEvent } from './approval-lifecycle.machine.ts'
import { Approval } from './approval.ts'

/** Who acts, and on whose authority: as the host answered where it was asked. */
export type Acting = { readonly actor: Actor; readonly authority?: Authority | undefined }

/** Everybody an act rests on: who acts, whom they act for, and everybody the authority was delegated through. */
export function personsActing({ actor, authority }: Acting): readonly string[] {
  const { onBehalfOf } = actor
  const named = [actor.id, onBehalfOf, authority?.onBehalfOf, ...(authority?.delegatedBy ?? [])]
  return [...new Set(named.filter((person) => person !== undefined))]
}

/**
 * Why an actor may not decide on an approval; null when he may. Only a person approves, never the one who asked for it and
 * never one of those who made what is to be approved, be it themselves or by somebody they delegated to; and never beyond the
 * limit the host gave for them (INV-15).
 */
export function refusalToDecide(
  approval: Approval,
  actor: Actor,
  makers: readonly string[],
  authority?: Authority,
): AuthorityRefusal | null {
  const nobody = refusalOfPerson(actor)
  if (nobody !== null) return nobody
  const persons = personsActing({ actor, authority })
  const own = persons.find((person) => person === approval.requestedBy || makers.includes(person))
  if (own !== undefined) {
    return {
      reason: 'same-person',
      sentence: `\`${own}\` asked for this approval or entered what it is for, so somebody else has to decide`,
    }
  }
  const chose = refusalOfWhoRerouted(approval, persons)
  if (chose !== null) return chose
  return authority === undefined ? null : limitRefusal(authority, approval.exposure)
}

/** Why none of these persons may decide on an approval: one of them chose who is asked. Null where none of them did (INV-15). */
export function refusalOfWhoRerouted(
  { rerouted = [] }: Approval,
  persons: readonly string[],
): AuthorityRefusal | null {
  const chose = rerouted
    .flatMap(({ by, onBehalfOf, authority }) => [
      by,
      onBehalfOf,
      authority?.onBehalfOf,
      ...(authority?.delegatedBy ?? []),
    ])
    .find((person) => person !== undefined && persons.includes(person))
  if (chose === undefined) return null
  return {
    reason: 'same-person',
    sentence: `\`${chose}\` handed this approval to another role, so somebody else has to decide`,
  }
}

/** Moves an approval on and records who did; null when that cannot happen to it any more. */
export function moveApproval(
  approval: Approval,
  type: ApprovalEvent['type'],
  decision: { readonly by: string; readonly at: Instant; readonly reason: string | null } | null,
): Approval | null {
  const moved = moveLifecycle(
    approvalLifecycle,
    { value: approval.state, context: undefined },
    { type },
  )
  if (!moved.changed) return null
  const state = Approval.shape.state.parse(moved.value)
  if (decision === null) return { ...approval, state }
  const { by, at, reason } = decision
  return { ...approval, state, decidedBy: by, decidedAt: at, reason }
}

/** Records what became of an approval that one answer decides; null when it was decided before. */
export function decideApproval(
  approval: Approval,
  type: ApprovalEvent['type'],
  decision: { readonly by: string; readonly at: Instant; readonly reason: string | null },
): Approval | null {
  return moveApproval(approval, type, decision)
}
