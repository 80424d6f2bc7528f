import * as z from 'zod'
import { Authority } from '../authority/authority-answer.ts'
import { Instant } from '../calendar/instant.ts'

const person = z.string().min(1).max(120).meta({ 'x-personal': 'name' })
const role = z.string().min(1).max(60)

/** What one person answered to an approval: in which step, as which role, for whom, and why. */
export const ApprovalAnswer = z.strictObject({
  /** The step it was given in, from 1. */
  step: z.int().positive(),
  answer: z.enum(['approved', 'rejected', 'returned']),
  by: person,
  /** The role it counts for: one of those asked, or the one called when nobody answered. */
  asRole: role,
  /** Whose authority it rests on, where it is not the person's own. */
  onBehalfOf: person.optional(),
  at: Instant,
  reason: z.string().max(1000).nullable(),
  /** What the host said of the person's authority. Absent: no host was asked. */
  authority: Authority.optional(),
})
export type ApprovalAnswer = z.infer<typeof ApprovalAnswer>

/** A person handed this one decision to another, who may take it for them. */
export const ApprovalHandover = z.strictObject({
  step: z.int().positive(),
  from: person,
  to: person,
  /** The role of the one who handed it over. */
  asRole: role,
  at: Instant,
  reason: z.string().max(1000),
  /** What the host said of the authority of the one who handed it over. Absent: no host was asked. */
  authority: Authority.optional(),
})
export type ApprovalHandover = z.infer<typeof ApprovalHandover>

/** How far an approval of several steps is: who is asked now, until when, and what was answered so far. */
export const ApprovalProgress = z.strictObject({
  /** The step that is asked now, from 1. */
  step: z.int().positive(),
  /** When the step has to be answered. */
  dueAt: Instant,
  /** When the whole request falls if it is not decided. Absent: it does not fall. */
  expiresAt: Instant.optional(),
  /** Roles called in this step because nobody answered in time; each may now decide it. */
  escalatedTo: z.array(role).max(20),
  /** Every answer, in the order they were given. */
  answers: z.array(ApprovalAnswer).max(400),
  handedOver: z.array(ApprovalHandover).max(100),
})
export type ApprovalProgress = z.infer<typeof ApprovalProgress>
