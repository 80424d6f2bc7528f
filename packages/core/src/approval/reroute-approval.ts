import type { Authority } from '../authority/authority-answer.ts'
import { type Actor, refusalOfPerson } from '../message/actor.ts'
import type { Approval, ApprovalRerouting } from './approval.ts'
import { type Acting, personsActing } from './decide-approval.ts'
import { agreedInStep, askedRoles, currentStep, isOpenApproval } from './run-approval.ts'

type Refusal = { readonly reason: string; readonly sentence: string }

/**
 * Why an approval may not be handed to another role; null where it may. A person hands it on who has nothing to do with what
 * is approved, from a role that is asked and has not agreed, and to one that is not asked already.
 */
export function refusalToReroute(
  approval: Approval,
  actor: Actor,
  {
    fromRole = approval.approverRole,
    toRole,
    makers,
    authority,
  }: {
    readonly fromRole?: string | undefined
    readonly toRole: string
    readonly makers: readonly string[]
    readonly authority?: Authority | undefined
  },
): Refusal | null {
  const nobody = refusalOfPerson(actor)
  if (nobody !== null) return nobody
  if (!isOpenApproval(approval)) {
    return { reason: 'already-decided', sentence: `the approval is ${approval.state}` }
  }
  const own = personsActing({ actor, authority }).find(
    (person) => person === approval.requestedBy || makers.includes(person),
  )
  if (own !== undefined) {
    return {
      reason: 'same-person',
      sentence: `\`${own}\` asked for this approval or entered what it is for, so somebody else says who decides`,
    }
  }
  const asked = askedRoles(approval)
  if (asked.includes(toRole)) {
    return { reason: 'same-role', sentence: `the approval waits for \`${toRole}\` already` }
  }
  const roles = currentStep(approval)?.roles ?? [approval.approverRole]
  if (!roles.includes(fromRole)) {
    return {
      reason: 'role-not-asked',
      sentence: `the approval waits for ${roles.join(', ')}, and not for \`${fromRole}\``,
    }
  }
  if (!agreedInStep(approval).some(({ asRole }) => asRole === fromRole)) return null
  return {
    reason: 'already-answered',
    sentence: `\`${fromRole}\` has agreed: there is nothing to hand on`,
  }
}

/**
 * Hands an approval to another role. What has to be approved, by when, and who may not approve it stay as they were; who
 * was asked before stands in its history.
 */
export function rerouteApproval(
  approval: Approval,
  {
    fromRole = approval.approverRole,
    toRole,
    reason,
    actor: { id: by, onBehalfOf },
    authority,
    at,
  }: Pick<ApprovalRerouting, 'toRole' | 'reason' | 'at'> &
    Acting & { readonly fromRole?: string | undefined },
): Approval {
  const { progress, approverRole, rerouted = [] } = approval
  const rerouting = {
    ...(progress !== undefined && { step: progress.step }),
    fromRole,
    toRole,
    by,
    ...(onBehalfOf !== undefined && { onBehalfOf }),
    at,
    reason,
    ...(authority !== undefined && { authority }),
  }
  return {
    ...approval,
    approverRole: approverRole === fromRole ? toRole : approverRole,
    rerouted: [...rerouted, rerouting],
  }
}
