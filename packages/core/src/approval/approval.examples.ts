import { instant } from '../calendar/instant.ts'
import { officeHours } from '../calendar/office-hours.ts'
import { Approval } from './approval.ts'
import type { ApprovalRequirement, ApprovalStep } from './approval-requirement.ts'
import { beginProgress } from './run-approval.ts'

/** A step that any of these roles decides within a working day, and nobody is called for. */
export function aStep(...roles: readonly string[]): ApprovalStep {
  return { roles: [...roles], mode: 'any', dueBusinessHours: 8, escalateToRole: null }
}

/** An approval over 12000.00 EUR that runs in steps, asked for on 1 December at ten. */
export function anApprovalInSteps(
  steps: readonly ApprovalStep[],
  also: { readonly fourEyes?: boolean; readonly expiresAfterBusinessHours?: number } = {},
): Approval {
  const at = instant('2026-12-01T10:00:00Z')
  const requirement: ApprovalRequirement = {
    outcome: 'needed',
    fourEyes: false,
    ...also,
    steps: [...steps],
  }
  return Approval.parse({
    approvalId: 'delivery-1#4',
    decisionType: 'accept-variance',
    subject: 'acme/0001/S100/INV-1/standard#a1b2c3',
    requestedBy: 'counterfoil',
    requestedAt: at,
    exposure: { amount: '12000.00', currency: 'EUR' },
    approverRole: steps[0]?.roles[0] ?? '',
    state: 'requested',
    decidedBy: null,
    decidedAt: null,
    reason: null,
    requirement,
    progress: beginProgress(requirement, { at, calendar: officeHours }),
  })
}
