import { type ExceptionCase, isOpenCase, splitKey } from '@counterfoil/core'
import type { ViewRow } from '../store/stored-records.ts'

/** The work-queue row of a case. Its body is the case itself. */
export function caseRow(exception: ExceptionCase, supplier: string | null): ViewRow {
  return {
    view: 'exception',
    id: exception.exceptionId,
    buyerOrganisation: splitKey(exception.subject.key)[1] ?? '',
    supplier,
    state: exception.state,
    open: isOpenCase(exception),
    ownerRole: exception.owner.role,
    openedAt: exception.openedAt,
    dueAt: exception.dueAt,
    body: exception,
  }
}
