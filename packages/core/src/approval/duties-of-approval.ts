import { type Duty, type DutyDone, dutyOfPersons } from '../authority/duty.ts'
import type { Approval } from './approval.ts'
import { personsOf } from './run-approval.ts'

/** Who did a duty by agreeing to an approval, in whichever step, and for whom: what became of it since does not undo it. */
export function dutiesOfApproval(
  { progress, state, decidedBy }: Approval,
  duty: Duty,
): readonly DutyDone[] {
  if (progress === undefined) {
    return state === 'approved' && decidedBy !== null ? [{ duty, by: decidedBy }] : []
  }
  return progress.answers
    .filter(({ answer }) => answer === 'approved')
    .flatMap((answer) => dutyOfPersons(duty, personsOf(answer)))
}
