import { isOpenTask, splitKey, type Task } from '@counterfoil/core'
import type { ViewRow } from '../store/stored-records.ts'

/** The work-queue row of a task. Its body is the task itself. */
export function taskRow(task: Task, supplier: string | null): ViewRow {
  return {
    view: 'task',
    id: task.taskId,
    buyerOrganisation: splitKey(task.subject.key)[1] ?? '',
    supplier,
    state: task.state,
    open: isOpenTask(task),
    ownerRole: task.owner.role,
    openedAt: task.openedAt,
    dueAt: task.dueAt,
    body: task,
  }
}
