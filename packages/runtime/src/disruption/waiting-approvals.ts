import { type Approval, currentStep, isOpenApproval } from '@counterfoil/core'
import type { WaitingApproval } from './touched.ts'

/** The approvals that wait, one for each role that is asked now and has not agreed; first asked first. */
export function waitingApprovals(approvals: readonly Approval[]): readonly WaitingApproval[] {
  return approvals.filter(isOpenApproval).flatMap((approval) =>
    waitingRoles(approval).map((approverRole) => ({
      approvalId: approval.approvalId,
      approverRole,
    })),
  )
}

function waitingRoles(approval: Approval): readonly string[] {
  const { progress } = approval
  const agreed = new Set(
    (progress?.answers ?? [])
      .filter(({ step, answer }) => step === progress?.step && answer === 'approved')
      .map(({ asRole }) => asRole),
  )
  const roles = currentStep(approval)?.roles ?? [approval.approverRole]
  return roles.filter((role) => !agreed.has(role))
}
