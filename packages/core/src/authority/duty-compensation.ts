import * as z from 'zod'
import { Instant } from '../calendar/instant.ts'
import { Duty, type DutyBreach } from './duty.ts'

const person = z.string().min(1).max(120).meta({ 'x-personal': 'name' })

/** A second approver stands for two duties that one person does in one case: the compensating control that auditors list. */
export const DutyCompensation = z.strictObject({
  duties: z.tuple([Duty, Duty]),
  /** Who does both. */
  person,
  /** Who stands for it: a person with no hand in either. */
  approvedBy: person,
  at: Instant,
  reason: z.string().min(1).max(1000),
})
export type DutyCompensation = z.infer<typeof DutyCompensation>

/** Two duties in either order. */
export function isSamePair([a, b]: readonly [Duty, Duty], [c, d]: readonly [Duty, Duty]): boolean {
  return (a === c && b === d) || (a === d && b === c)
}

/** Whether somebody stands for what one person does against the separation of duties. */
export function isCompensated(
  { person: who, did, duty }: DutyBreach,
  compensations: readonly DutyCompensation[],
): boolean {
  return compensations.some((one) => one.person === who && isSamePair(one.duties, [did, duty]))
}
