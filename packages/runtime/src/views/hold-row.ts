import { splitKey } from '@counterfoil/core'
import type { HoldSummary } from './summaries.ts'
import type { ViewRow } from '../store/stored-records.ts'

/** The work-queue row of a hold. Its body is the hold with what would clear it. */
export function holdRow(hold: HoldSummary, supplier: string | null): ViewRow {
  return {
    view: 'hold',
    id: hold.holdId,
    buyerOrganisation: splitKey(hold.invoiceKey)[1] ?? '',
    supplier,
    state: hold.state,
    open: hold.state === 'placed' || hold.state === 'under-review',
    ownerRole: hold.ownerRole,
    openedAt: hold.placedAt,
    dueAt: null,
    body: hold,
  }
}
