import type { AggregateReference } from '@counterfoil/core'
import type { TimelineEntry } from '@counterfoil/runtime'
import { type Connection, connectPage, type PageArguments } from '../paging/paging.ts'
import type { Desk } from '../request/desk.ts'

/** A page of what happened to one aggregate. */
export function historyOf(
  { tenant, queries }: Desk,
  aggregate: AggregateReference,
  args: PageArguments,
): Promise<Connection<TimelineEntry>> {
  return connectPage({
    args,
    read: (paging) => queries.history({ tenant, aggregate, ...paging }),
    idOf: (entry) => entry.eventId,
    nodeOf: (entry) => entry,
  })
}
