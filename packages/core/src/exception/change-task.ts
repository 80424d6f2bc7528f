import * as z from 'zod'
import type { BusinessCalendar } from '../calendar/business-calendar.ts'
import { addBusinessHours } from '../calendar/business-hours.ts'
import type { Instant } from '../calendar/instant.ts'
import type { TenantId } from '../identity/identity.ts'
import type { Actor } from '../message/actor.ts'
import type { ExceptionSubject } from './exception.ts'
import type { Task } from './task.ts'

const taskId = z.string().min(1).max(400)
const reason = z.string().trim().min(1).max(1000)
const person = z.string().min(1).max(120).meta({ 'x-personal': 'name' })

/** What people say about tasks, by message type. */
export const taskCommandSchemas = {
  /** Somebody asks a colleague to do something: for a case, or by itself. */
  'task.added': z.strictObject({
    exceptionId: z.string().min(1).max(400).nullable(),
    sentence: z.string().trim().min(1).max(1000),
    role: z.string().min(1).max(60),
    person: person.nullish(),
    /** Working hours from now until it is due. Absent: a working day of nine. */
    dueBusinessHours: z.int().positive().max(2000).optional(),
  }),
  'task.taken': z.strictObject({ taskId }),
  'task.assigned': z.strictObject({
    taskId,
    role: z.string().min(1).max(60).optional(),
    person: person.nullable(),
  }),
  'task.done': z.strictObject({ taskId, note: z.string().max(2000).optional() }),
  'task.cancelled': z.strictObject({ taskId, reason }),
} as const

/** The type of a message that is about a task. */
export type TaskCommandType = keyof typeof taskCommandSchemas

/** A command about a task: its type and what it says. */
export type TaskCommand = {
  [Type in TaskCommandType]: {
    readonly type: Type
    readonly data: z.infer<(typeof taskCommandSchemas)[Type]>
  }
}[TaskCommandType]

/** What happens to a task besides what people say: its time runs out, or what it was for is settled. */
export type TaskChange = { readonly at: Instant; readonly by: Pick<Actor, 'id'> } & (
  | Exclude<TaskCommand, { readonly type: 'task.added' }>
  | { readonly type: 'task.overdue'; readonly data: { readonly taskId: string } }
  | {
      readonly type: 'task.dropped'
      readonly data: { readonly taskId: string; readonly because: string }
    }
)

/** Working hours a task has where nobody says how many. */
export const usualTaskHours = 9

/** Opens a task in the queue of a desk, or of one person there. Its due time is counted once, here, and kept. */
export function openTask(wanted: {
  readonly tenant: TenantId
  readonly taskId: string
  readonly exceptionId: string | null
  readonly subject: ExceptionSubject
  readonly sentence: string
  readonly role: string
  readonly person?: string | null | undefined
  readonly openedAt: Instant
  readonly dueBusinessHours?: number | undefined
  readonly calendar: BusinessCalendar
  readonly remedyId?: string
}): Task {
  const { tenant, exceptionId, subject, sentence, role, openedAt, calendar, remedyId } = wanted
  return {
    tenant,
    taskId: wanted.taskId,
    exceptionId,
    subject,
    sentence,
    ...(remedyId === undefined ? {} : { remedyId }),
    owner: { role, person: wanted.person ?? null },
    openedAt,
    dueAt: addBusinessHours(openedAt, wanted.dueBusinessHours ?? usualTaskHours, calendar),
    state: 'open',
    done: null,
  }
}

/** True while somebody still has to do it. */
export function isOpenTask({ state }: Pick<Task, 'state'>): boolean {
  return state === 'open' || state === 'in-progress'
}

/** Why something is not to be said about a task; null when it may. What is done or cancelled stays so. */
export function refusalOfTask(
  task: Task | undefined,
  type: Exclude<TaskCommandType, 'task.added'>,
): { readonly reason: string; readonly sentence: string } | null {
  if (task === undefined) return { reason: 'task-unknown', sentence: 'there is no such task' }
  if (isOpenTask(task)) return null
  return { reason: 'task-over', sentence: `\`${type}\` cannot be said: the task is ${task.state}` }
}

/** The tasks after a change of one of them; what a task does not take leaves it as it is. */
export function changeTasks(tasks: readonly Task[], change: TaskChange): readonly Task[] {
  return tasks.map((task) =>
    task.taskId === change.data.taskId && isOpenTask(task) ? changedTask(task, change) : task,
  )
}

function changedTask(task: Task, change: TaskChange): Task {
  const { owner } = task
  const { at } = change
  const by = change.by.id
  switch (change.type) {
    case 'task.taken':
      return { ...task, state: 'in-progress', owner: { role: owner.role, person: by } }
    case 'task.assigned': {
      const { role, person: next } = change.data
      return { ...task, state: 'open', owner: { role: role ?? owner.role, person: next } }
    }
    case 'task.done':
      return { ...task, state: 'done', done: { by, at, note: change.data.note ?? null } }
    case 'task.cancelled':
      return { ...task, state: 'cancelled', done: { by, at, note: change.data.reason } }
    case 'task.dropped':
      return { ...task, state: 'cancelled', done: { by, at, note: change.data.because } }
    case 'task.overdue':
      return { ...task, overdueSince: task.overdueSince ?? at }
  }
}
