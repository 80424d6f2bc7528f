import { addBusinessHours } from '../calendar/business-hours.ts'
import type { BusinessCalendar } from '../calendar/business-calendar.ts'
import type { Instant } from '../calendar/instant.ts'
import type { Approval } from './approval.ts'
import { moveApproval } from './decide-approval.ts'
import type { ApprovalAnswer, ApprovalHandover, ApprovalProgress } from './approval-progress.ts'
import type { ApprovalRequirement, ApprovalStep } from './approval-requirement.ts'

/** What an approval asks for where it asks for steps. */
type Needed = Extract<ApprovalRequirement, { readonly outcome: 'needed' }>

/** How an approval begins: its first step is asked, and every due time is counted once, on the buyer's calendar. */
export function beginProgress(
  requirement: Needed,
  { at, calendar }: { readonly at: Instant; readonly calendar: BusinessCalendar },
): ApprovalProgress | null {
  const [first] = requirement.steps
  if (first === undefined) return null
  const { expiresAfterBusinessHours: limit } = requirement
  return {
    step: 1,
    dueAt: addBusinessHours(at, first.dueBusinessHours, calendar),
    ...(limit !== undefined && { expiresAt: addBusinessHours(at, limit, calendar) }),
    escalatedTo: [],
    answers: [],
    handedOver: [],
  }
}

/** True while an approval waits for somebody. */
export function isOpenApproval({ state }: Pick<Approval, 'state'>): boolean {
  return state === 'requested' || state === 'delegated' || state === 'escalated'
}

/** The step that is asked now, of whom it was handed to since; null where the approval knows no steps. */
export function currentStep({ requirement, progress, rerouted }: Approval): ApprovalStep | null {
  if (requirement?.outcome !== 'needed' || progress === undefined) return null
  const step = requirement.steps[progress.step - 1]
  if (step === undefined || rerouted === undefined) return step ?? null
  const roles = rerouted
    .filter((one) => one.step === progress.step)
    .reduce(
      (asked, { fromRole, toRole }) => asked.map((role) => (role === fromRole ? toRole : role)),
      step.roles,
    )
  return { ...step, roles: [...new Set(roles)] }
}

/** The roles that may answer now: those of the step, and those called because nobody answered in time. */
export function askedRoles(approval: Approval): readonly string[] {
  const step = currentStep(approval)
  if (step === null) return [approval.approverRole]
  return [...new Set([...step.roles, ...(approval.progress?.escalatedTo ?? [])])]
}

/** Adds what one person answered; the last yes of the last step approves, a no or a return ends it at once. */
export function answerApproval(approval: Approval, given: ApprovalAnswer): Approval {
  const { progress } = approval
  if (progress === undefined) return approval
  const answered = { ...approval, progress: { ...progress, answers: [...progress.answers, given] } }
  const decision = { by: given.by, at: given.at, reason: given.reason }
  switch (given.answer) {
    case 'rejected':
      return moveApproval(answered, 'approval.rejected', decision) ?? approval
    case 'returned':
      return moveApproval(answered, 'approval.returned', decision) ?? approval
    case 'approved':
      return isLastStep(answered) && isStepDone(answered)
        ? (moveApproval(answered, 'approval.approved', decision) ?? approval)
        : answered
  }
}

/** The step to ask next, from 1; null while this one is not done, and after the last. */
export function nextStep(approval: Approval): number | null {
  const { progress } = approval
  if (progress === undefined || !isOpenApproval(approval)) return null
  return isStepDone(approval) && !isLastStep(approval) ? progress.step + 1 : null
}

/** Asks the next step. */
export function askStep(
  approval: Approval,
  { step, dueAt }: { readonly step: number; readonly dueAt: Instant },
): Approval {
  const { progress } = approval
  if (progress === undefined) return approval
  const asked = { ...approval, progress: { ...progress, step, dueAt, escalatedTo: [] } }
  const approverRole = currentStep(asked)?.roles[0] ?? approval.approverRole
  const state = approval.state === 'requested' ? 'requested' : movedState(asked, 'approval.asked')
  return { ...asked, approverRole, state }
}

/** Calls the role that decides where nobody answered in time, until a new due time. */
export function escalateApproval(
  approval: Approval,
  { toRole, dueAt }: { readonly toRole: string; readonly dueAt: Instant },
): Approval {
  const { progress } = approval
  if (progress === undefined) return approval
  const escalatedTo = [...progress.escalatedTo, toRole]
  const escalated = { ...approval, progress: { ...progress, dueAt, escalatedTo } }
  return { ...escalated, state: movedState(escalated, 'approval.escalated') }
}

/** Who may be called for the step that is asked now; null for nobody, or nobody else. */
export function roleToCall(approval: Approval): string | null {
  const role = currentStep(approval)?.escalateToRole ?? null
  return role === null || approval.progress?.escalatedTo.includes(role) === true ? null : role
}

/** Lets another person take this decision for the one who hands it over. */
export function handApprovalOver(approval: Approval, given: ApprovalHandover): Approval {
  const { progress } = approval
  if (progress === undefined) return approval
  const handed = {
    ...approval,
    progress: { ...progress, handedOver: [...progress.handedOver, given] },
  }
  return { ...handed, state: movedState(handed, 'approval.delegated') }
}

function movedState(
  approval: Approval,
  type: Parameters<typeof moveApproval>[1],
): Approval['state'] {
  return moveApproval(approval, type, null)?.state ?? approval.state
}

/** Everybody an answer rests on: who gave it, and whose authority it is. Nobody of them counts twice. */
export function personsOf({ by, onBehalfOf, authority }: ApprovalAnswer): readonly string[] {
  return [
    ...new Set([
      by,
      ...(onBehalfOf === undefined ? [] : [onBehalfOf]),
      ...(authority?.delegatedBy ?? []),
    ]),
  ]
}

/** True where two answers rest on different persons all through. */
export function isIndependent(one: ApprovalAnswer, other: ApprovalAnswer): boolean {
  const persons = personsOf(one)
  return personsOf(other).every((person) => !persons.includes(person))
}

/** The yes-answers to the step that is asked now. */
export function agreedInStep({ progress }: Approval): readonly ApprovalAnswer[] {
  return (progress?.answers ?? []).filter(
    ({ step, answer }) => step === progress?.step && answer === 'approved',
  )
}

/** Whether the roles of the step agreed, and, after the last, two different persons where that is asked for. */
export function isStepDone(approval: Approval): boolean {
  return isStepAgreed(approval) && (!isLastStep(approval) || areEyesEnough(approval))
}

/** Whether as many roles of the step agreed as have to. The role that was called decides in their place. */
export function isStepAgreed(approval: Approval): boolean {
  const step = currentStep(approval)
  if (step === null) return true
  const roles = new Set(agreedInStep(approval).map(({ asRole }) => asRole))
  if ((approval.progress?.escalatedTo ?? []).some((role) => roles.has(role))) return true
  const agreed = step.roles.filter((role) => roles.has(role)).length
  switch (step.mode) {
    case 'any':
      return agreed >= 1
    case 'all':
      return agreed >= step.roles.length
    case 'quorum':
      // A quorum nobody wrote down, or of more roles than there are, is all of them.
      return agreed >= Math.min(step.quorum ?? step.roles.length, step.roles.length)
  }
}

/** Whether two persons agreed who have nothing of each other's authority, where the approval asks for two. */
export function areEyesEnough({ requirement, progress }: Approval): boolean {
  if (requirement?.outcome !== 'needed' || !requirement.fourEyes) return true
  const agreed = (progress?.answers ?? []).filter(({ answer }) => answer === 'approved')
  return agreed.some((one, index) =>
    agreed.slice(index + 1).some((other) => isIndependent(one, other)),
  )
}

/** True in the last of the steps. */
export function isLastStep({ requirement, progress }: Approval): boolean {
  return requirement?.outcome !== 'needed' || (progress?.step ?? 1) >= requirement.steps.length
}
