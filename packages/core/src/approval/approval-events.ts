import * as z from 'zod'
import { Instant } from '../calendar/instant.ts'
import { Approval } from './approval.ts'

const id = z.string().min(1).max(600)

/** Somebody with authority has to agree before it goes on. */
export const ApprovalRequested = z.strictObject({ approval: Approval })

/** A step of an approval is done, and the next is asked, until `dueAt`. */
export const ApprovalAsked = z.strictObject({
  approvalId: id,
  step: z.int().positive(),
  dueAt: Instant,
})

/** Nobody answered a step of an approval in time: the role that is called may now decide it, until `dueAt`. */
export const ApprovalEscalated = z.strictObject({
  approvalId: id,
  step: z.int().positive(),
  toRole: z.string().max(60),
  dueAt: Instant,
  because: z.string().max(2000),
})

/** A person hands an approval that waits to another role: whoever was asked is away, or cannot answer in time. */
export const ApprovalRerouted = z.strictObject({
  approvalId: id,
  /** The role it is taken from, one of those asked now. Absent: the first of them. */
  fromRole: z.string().trim().min(1).max(60).optional(),
  toRole: z.string().trim().min(1).max(60),
  reason: z.string().trim().min(1).max(1000),
})
