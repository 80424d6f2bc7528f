import { changeTasks, isOpenTask, openTask } from '../exception/change-task.ts'
import { isOpenCase } from '../exception/open-case.ts'
import { resumeCase } from '../exception/steer-case.ts'
import { tenantOfKey } from '../identity/identity.ts'
import type { Intent } from '../message/intent.ts'
import { nameOfOrder, type OrderChange } from './order-change-told.ts'
import type { OrderDecision } from './order-events.ts'
import type { OrderFact } from './order-fact.ts'
import type { OrderFacts } from './order-facts.ts'
import { buyerCalendarOf, type OrderDesk, type OrderState } from './order-state.ts'

/** What happens to the tasks of an order. */
export type OrderTaskFact = Extract<OrderFact, { readonly type: `task.${string}` }>

/** Opens a task or moves one on. */
export function recordOrderTask(
  desk: OrderDesk,
  fact: OrderTaskFact,
  { facts, key }: { readonly facts: OrderFacts; readonly key: string },
): OrderDesk {
  const tasks = desk.tasks ?? []
  if (fact.type === 'task.opened') return { ...desk, tasks: [...tasks, fact.data.task] }
  if (fact.type !== 'task.added') return { ...desk, tasks: changeTasks(tasks, fact) }
  const { exceptionId, sentence, role, person, dueBusinessHours } = fact.data
  const of = desk.cases.find((one) => one.exceptionId === exceptionId)
  const task = openTask({
    tenant: tenantOfKey(key),
    taskId: fact.id,
    exceptionId,
    subject: of?.subject ?? { aggregate: 'order', key },
    sentence,
    role,
    person,
    openedAt: fact.at,
    dueBusinessHours,
    calendar: buyerCalendarOf(facts),
  })
  return { ...desk, tasks: [...tasks, task] }
}

/** A case that waited for its tasks is its owner's again. */
export function recordResumed(
  desk: OrderDesk,
  fact: Extract<OrderFact, { readonly type: 'case.resumed' }>,
  facts: OrderFacts,
): OrderDesk {
  const { exceptionId } = fact.data
  const calendar = buyerCalendarOf(facts)
  return {
    ...desk,
    cases: desk.cases.map((exceptionCase) =>
      exceptionCase.exceptionId === exceptionId
        ? resumeCase({ exceptionCase, at: fact.at, calendar })
        : exceptionCase,
    ),
  }
}

/** What follows for tasks without anybody saying so: they fall with their case, and the case resumes after the last. */
export function nextOrderTaskStep({ desk }: OrderState): OrderDecision | null {
  const tasks = desk.tasks ?? []
  for (const task of tasks) {
    if (!isOpenTask(task)) continue
    const of = desk.cases.find(({ exceptionId }) => exceptionId === task.exceptionId)
    if (of === undefined || isOpenCase(of)) continue
    const because = `its case was settled: ${of.resolution?.code ?? of.state}`
    return { type: 'task.dropped', data: { taskId: task.taskId, because } }
  }
  for (const one of desk.cases) {
    if (one.state !== 'waiting-internal') continue
    const own = tasks.filter(({ exceptionId }) => exceptionId === one.exceptionId)
    if (own.length === 0 || own.some(isOpenTask)) continue
    const because = `the last task was ${own.at(-1)?.state ?? 'done'}`
    return { type: 'case.resumed', data: { exceptionId: one.exceptionId, because } }
  }
  return null
}

/** Whoever gets a task, or is late with one, is told. */
export function taskNotices({ before, after, fact }: OrderChange): Intent[] {
  if (fact.type === 'task.opened' || fact.type === 'task.added') {
    const task = after.desk.tasks?.at(-1)
    return task === undefined
      ? []
      : [noticeOf(after, task.owner.role, 'task-opened', task.sentence)]
  }
  if (fact.type !== 'task.overdue') return []
  const late = before.desk.tasks?.find(({ taskId }) => taskId === fact.data.taskId)
  if (late === undefined) return []
  const sentence = `${late.sentence} (was due at ${late.dueAt})`
  return [noticeOf(after, late.owner.role, 'task-overdue', sentence)]
}

function noticeOf(state: OrderState, role: string, topic: string, sentence: string): Intent {
  return {
    kind: 'notify',
    role,
    topic,
    subject: nameOfOrder(state).slice(0, 400),
    sentence: sentence.slice(0, 2000),
  }
}
