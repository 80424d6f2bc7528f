/** Who may do what, and why not: the question a host answers, and a directory that answers it. */
export { answerFromDirectory, delegationsMax } from './authority/answer-from-directory.ts'
export { Authority, ConvertedExposure } from './authority/authority-answer.ts'
export {
  AuthorityDirectory,
  ExposureRate,
  RoleAuthority,
  RoleHolder,
} from './authority/authority-directory.ts'
export type {
  AuthorityAnswer,
  AuthorityDesk,
  AuthorityQuestion,
} from './authority/authority-question.ts'
export type { AuthorityRefusal } from './authority/authority-refusal.ts'
export { convertExposure, limitRefusal } from './authority/check-limit.ts'
export { Delegation, type DelegationRecorded, recordDelegation } from './authority/delegation.ts'
export { DutyCompensation } from './authority/duty-compensation.ts'
export {
  breachesAmong,
  breachesOfDuty,
  Duty,
  type DutyBreach,
  DutyConflict,
  dutyConflicts,
  DutyDone,
} from './authority/duty.ts'
