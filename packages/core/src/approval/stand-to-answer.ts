import type { AuthorityRefusal } from '../authority/authority-refusal.ts'
import { compareInstants, type Instant } from '../calendar/instant.ts'
import type { ApprovalAnswer, ApprovalHandover } from './approval-progress.ts'
import type { Approval } from './approval.ts'
import {
  type Acting,
  personsActing,
  refusalOfWhoRerouted,
  refusalToDecide,
} from './decide-approval.ts'
import {
  agreedInStep,
  answerApproval,
  askedRoles,
  currentStep,
  isIndependent,
  isLastStep,
  isOpenApproval,
  isStepAgreed,
  personsOf,
} from './run-approval.ts'

/** What a person answers, and as which role, where they say so. */
export type Answering = Acting & {
  readonly answer: ApprovalAnswer['answer']
  readonly asRole?: string | undefined
  readonly at: Instant
  readonly reason: string | null
}

/** An answer that may be given, or why it may not. */
export type AnswerStanding =
  | { readonly kind: 'may'; readonly answer: ApprovalAnswer }
  | ({ readonly kind: 'refused' } & AuthorityRefusal)

/**
 * Whether a person may answer an approval now, and what the answer counts as. In this order: it is open; a person answers, who
 * neither asked nor made it nor chose who is asked, nor acts for one who did; the role is one of those asked; the limit reaches; and nobody is counted
 * twice where several have to agree.
 */
export function standToAnswer(
  approval: Approval,
  answering: Answering,
  makers: readonly string[],
): AnswerStanding {
  const { actor, authority } = answering
  if (!isOpenApproval(approval)) {
    return refusedAs('already-decided', `the approval is ${approval.state}`)
  }
  const refusal = refusalToDecide(approval, actor, makers, authority)
  if (refusal !== null) return { kind: 'refused', ...refusal }
  const handed = handedTo(approval, actor.id)
  const asRole = handed?.asRole ?? roleOfAnswer(approval, answering)
  if (asRole === null) {
    const roles = askedRoles(approval).join(', ')
    return refusedAs('role-not-asked', `the approval is asked of ${roles}: one of them decides`)
  }
  const given = answerOf(approval, answering, { asRole, handedBy: handed?.from })
  const own = personsOf(given).find((one) => one === approval.requestedBy || makers.includes(one))
  if (own !== undefined) {
    return refusedAs(
      'same-person',
      `\`${own}\` asked for this approval or entered what it is for, and who acts for them may not decide it either`,
    )
  }
  const chose = refusalOfWhoRerouted(approval, personsOf(given))
  if (chose !== null) return { kind: 'refused', ...chose }
  if (answering.answer !== 'approved') return { kind: 'may', answer: given }
  return countedTwice(approval, given) ?? { kind: 'may', answer: given }
}

/**
 * The role an answer counts for: the one the host answered with, or that the person names, or that they have and nobody
 * answered as yet. Null where none of those asked is theirs. Where nobody says which roles a person has, whoever answers
 * answers for the role that is asked.
 */
function roleOfAnswer(approval: Approval, { actor, authority, asRole }: Answering): string | null {
  const asked = askedRoles(approval)
  if (authority !== undefined) return asked.includes(authority.asRole) ? authority.asRole : null
  const isTold = actor.roles.length > 0
  const theirs = isTold ? asked.filter((role) => actor.roles.includes(role)) : asked
  if (asRole !== undefined) return theirs.includes(asRole) ? asRole : null
  const answered = new Set(agreedInStep(approval).map((one) => one.asRole))
  return theirs.find((role) => !answered.has(role)) ?? theirs[0] ?? null
}

function answerOf(
  approval: Approval,
  { actor, authority, answer, at, reason }: Answering,
  { asRole, handedBy }: { readonly asRole: string; readonly handedBy: string | undefined },
): ApprovalAnswer {
  const onBehalfOf = handedBy ?? authority?.onBehalfOf ?? actor.onBehalfOf
  return {
    step: approval.progress?.step ?? 1,
    answer,
    by: actor.id,
    asRole,
    ...(onBehalfOf !== undefined && { onBehalfOf }),
    at,
    reason,
    ...(authority !== undefined && { authority }),
  }
}

/** One person's word, or authority, counts once in a step; and two persons agree in all where two are asked for. */
function countedTwice(approval: Approval, given: ApprovalAnswer): AnswerStanding | null {
  const twice = agreedInStep(approval).find((one) => !isIndependent(one, given))
  if (twice !== undefined) {
    const who = personsOf(given).find((one) => personsOf(twice).includes(one)) ?? given.by
    return refusedAs(
      'already-answered',
      `\`${who}\` agreed in this step already: somebody else has to agree as well`,
    )
  }
  const { requirement, progress } = approval
  if (requirement?.outcome !== 'needed' || !requirement.fourEyes) return null
  const earlier = (progress?.answers ?? []).filter(({ answer }) => answer === 'approved')
  const isNew = earlier.every((one) => isIndependent(one, given))
  const after = answerApproval(approval, given)
  const isUndecided = after.state !== 'approved' && isLastStep(after) && isStepAgreed(after)
  return isUndecided && !isNew
    ? refusedAs(
        'four-eyes',
        `\`${given.by}\` agreed in an earlier step, and two different persons have to agree`,
      )
    : null
}

/** Who handed this decision to a person, in the step that is asked now, and in a role that it was not taken from since. */
export function handedTo(
  { progress, rerouted = [] }: Approval,
  person: string,
): ApprovalHandover | undefined {
  return progress?.handedOver.findLast(
    (one) =>
      one.step === progress.step &&
      one.to === person &&
      !rerouted.some(
        ({ step, fromRole, at }) =>
          step === one.step && fromRole === one.asRole && compareInstants(at, one.at) >= 0,
      ),
  )
}

/** Why a decision may not be handed to another; null when it may. */
export function refusalToHandOver(
  approval: Approval,
  {
    to,
    makers,
    ...answering
  }: Answering & { readonly to: string; readonly makers: readonly string[] },
): AuthorityRefusal | null {
  if (currentStep(approval) === null) {
    return {
      reason: 'no-steps',
      sentence: 'it was asked of one role: whoever has the role decides',
    }
  }
  const standing = standToAnswer(approval, { ...answering, answer: 'rejected' }, makers)
  if (standing.kind === 'refused') return standing
  const handed = handedTo(approval, answering.actor.id)
  if (handed !== undefined) {
    return {
      reason: 'handed-over-once',
      sentence: `\`${handed.from}\` handed it over already: decide it, or let them decide`,
    }
  }
  if (personsActing(answering).includes(to)) {
    return { reason: 'delegation-to-oneself', sentence: 'nobody hands a decision to themselves' }
  }
  if (to === approval.requestedBy || makers.includes(to)) {
    return {
      reason: 'same-person',
      sentence: `\`${to}\` asked for this approval or entered what it is for, so it cannot be theirs to decide`,
    }
  }
  return refusalOfWhoRerouted(approval, [to])
}

function refusedAs(reason: string, sentence: string): AnswerStanding {
  return { kind: 'refused', reason, sentence }
}
