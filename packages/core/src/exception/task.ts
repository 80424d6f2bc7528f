import * as z from 'zod'
import { TenantId } from '../identity/identity.ts'
import { Instant } from '../calendar/instant.ts'
import { ExceptionSubject } from './exception.ts'

/** One thing a person has to do: about a case, or by itself. It always has an owner and a due time. */
export const Task = z.strictObject({
  /** Whose books it is in. */
  tenant: TenantId,
  taskId: z.string().min(1).max(400),
  /** The case it helps to settle; null for work that no case asks for. */
  exceptionId: z.string().max(400).nullable(),
  subject: ExceptionSubject,
  /** What is to be done, written for the one who does it. */
  sentence: z.string().min(1).max(1000),
  /** The remedy it is part of; absent for work that somebody asked for. */
  remedyId: z.string().max(400).optional(),
  owner: z.strictObject({
    role: z.string().min(1).max(60),
    person: z.string().max(120).nullable(),
  }),
  openedAt: Instant,
  /** Counted once on the calendar of the desk, and kept. */
  dueAt: Instant,
  /** Since when its owner's time has run out; absent while it has not. */
  overdueSince: Instant.optional(),
  state: z.enum(['open', 'in-progress', 'done', 'cancelled']),
  done: z
    .strictObject({ by: z.string().max(120), at: Instant, note: z.string().max(2000).nullable() })
    .nullable(),
})
export type Task = z.infer<typeof Task>
