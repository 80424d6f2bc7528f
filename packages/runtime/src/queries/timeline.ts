import type { AggregateReference, DomainEvent } from '@counterfoil/core'
import type { Page, Store } from '../store/store.ts'
import { comparisonsIn, explainEvent } from './explain-event.ts'
import type { ComparisonSummary, TimelineEntry } from './queries.ts'

/** Aggregates of one order's story: its shipments and invoices, and what they in turn talk to is not its own. */
async function storyOf(
  store: Store,
  tenant: string,
  orderKey: string,
): Promise<readonly AggregateReference[]> {
  const reference: AggregateReference = { kind: 'order', key: orderKey }
  const linked = await store.linked({ tenant, reference })
  return [reference, ...linked.filter(({ kind }) => kind !== 'order')]
}

/** A page of what happened to an order, its shipments and its invoices, in the order in which it was decided. */
export async function readTimeline(
  store: Store,
  request: {
    readonly tenant: string
    readonly orderKey: string
    readonly limit: number
    readonly cursor?: string | undefined
  },
): Promise<Page<TimelineEntry>> {
  const { tenant, orderKey, limit, cursor } = request
  const aggregates = await storyOf(store, tenant, orderKey)
  const page = await store.events({ tenant, aggregates, limit, cursor })
  const rows = await Promise.all(page.rows.map((event) => entryOf(store, event)))
  return { rows, cursor: page.cursor }
}

/** A page of the comparisons made for an order, by the events that recorded them: all, or only those in or out of tolerance. */
export async function readComparisons(
  store: Store,
  request: {
    readonly tenant: string
    readonly orderKey: string
    readonly withinTolerance?: boolean | undefined
    readonly limit: number
    readonly cursor?: string | undefined
  },
): Promise<Page<ComparisonSummary>> {
  const { tenant, orderKey, withinTolerance, limit, cursor } = request
  const aggregates = await storyOf(store, tenant, orderKey)
  const page = await store.events({ tenant, aggregates, limit, cursor })
  const rows = page.rows
    .flatMap(comparisonsIn)
    .filter((one) => withinTolerance === undefined || one.withinTolerance === withinTolerance)
  return { rows, cursor: page.cursor }
}

async function entryOf(store: Store, event: DomainEvent): Promise<TimelineEntry> {
  const { tenant, aggregate } = event
  const audit = await store.audit({ tenant, aggregate, eventIds: [event.id], limit: auditPerEvent })
  return {
    aggregate,
    sequence: event.sequence,
    occurredAt: event.occurredAt,
    receivedAt: event.receivedAt,
    type: event.type,
    eventId: event.id,
    causedBy: event.causedBy,
    actor: event.actor,
    ...explainEvent(event),
    audit: audit.rows,
    data: event.data,
  }
}

/** An event has one audit entry; a host's own aggregate may write a few. */
const auditPerEvent = 20
