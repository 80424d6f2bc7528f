import type { AggregateReference, AuditEntry, DomainEvent } from '@counterfoil/core'
import * as z from 'zod'
import { aggregateText } from '../store/aggregate-text.ts'
import type { Page, Store } from '../store/store.ts'
import { comparisonsIn } from './comparisons-in.ts'
import { explainEvent } from './explain-event.ts'
import { headEvent } from './head-event.ts'
import type { ComparisonSummary, TimelineEntry } from './queries.ts'

/** Aggregates of one order's story: its shipments and invoices; what they in turn talk to, and its agreement with all other releases, is not its own. */
export async function storyOf(
  store: Store,
  tenant: string,
  orderKey: string,
): Promise<readonly AggregateReference[]> {
  const reference: AggregateReference = { kind: 'order', key: orderKey }
  const linked = await store.linked({ tenant, reference })
  const isOfStory = (kind: string) => kind === 'shipment' || kind === 'invoice'
  return [reference, ...linked.filter(({ kind }) => isOfStory(kind))]
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
  return readSteps(store, { tenant, aggregates, limit, cursor })
}

/** A page of what happened to one aggregate. */
export async function readHistory(
  store: Store,
  request: {
    readonly tenant: string
    readonly aggregate: AggregateReference
    readonly limit: number
    readonly cursor?: string | undefined
  },
): Promise<Page<TimelineEntry>> {
  const { tenant, aggregate, limit, cursor } = request
  return readSteps(store, { tenant, aggregates: [aggregate], limit, cursor })
}

async function readSteps(
  store: Store,
  request: {
    readonly tenant: string
    readonly aggregates: readonly AggregateReference[]
    readonly limit: number
    readonly cursor: string | undefined
  },
): Promise<Page<TimelineEntry>> {
  const { tenant } = request
  const page = await store.events(request)
  const audit = await auditOf(store, tenant, page.rows)
  const rows = page.rows.map((event) =>
    entryOf(event, audit.get(auditKey(aggregateText(event.aggregate), event.id)) ?? []),
  )
  return { rows, cursor: page.cursor }
}

/**
 * A page of the comparisons made for an order, by the events that recorded them: all, or only those in or out of tolerance.
 * One event may record hundreds, so a page may end, and the next begin, in the middle of one. A page that found little in
 * many events ends early, with a cursor to go on.
 */
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
  const { tenant, orderKey, withinTolerance, limit } = request
  const aggregates = await storyOf(store, tenant, orderKey)
  const rows: ComparisonSummary[] = []
  let place = readPlace(request.cursor)
  for (let pages = 0; pages < eventPagesMax; pages += 1) {
    const cursor = place.events ?? undefined
    const page = await store.events({ tenant, aggregates, limit: eventsPerPage, cursor })
    const found = page.rows
      .flatMap(comparisonsIn)
      .filter((one) => withinTolerance === undefined || one.withinTolerance === withinTolerance)
      .slice(place.skip)
    const taken = found.slice(0, limit - rows.length)
    rows.push(...taken)
    if (taken.length < found.length) {
      place = { ...place, skip: place.skip + taken.length }
      return { rows, cursor: JSON.stringify(place) }
    }
    if (page.cursor === null) return { rows, cursor: null }
    place = { events: page.cursor, skip: 0 }
    if (rows.length === limit) break
  }
  return { rows, cursor: JSON.stringify(place) }
}

/** Where a page of comparisons begins: after so many comparisons of the events after a cursor. */
const Place = z.strictObject({ events: z.string().nullable(), skip: z.int().nonnegative() })

function readPlace(cursor: string | undefined): z.infer<typeof Place> {
  return cursor === undefined ? { events: null, skip: 0 } : Place.parse(JSON.parse(cursor))
}

/** Events looked through at once, and how often at most for one page. */
const eventsPerPage = 100
const eventPagesMax = 20

async function auditOf(
  store: Store,
  tenant: string,
  events: readonly DomainEvent[],
): Promise<ReadonlyMap<string, readonly AuditEntry[]>> {
  const byAggregate = Map.groupBy(events, ({ aggregate }) => aggregateText(aggregate))
  const found = new Map<string, AuditEntry[]>()
  for (const group of byAggregate.values()) {
    const [first] = group
    if (first === undefined) continue
    const eventIds = group.map(({ id }) => id)
    const limit = eventIds.length * auditPerEvent
    const page = await store.audit({ tenant, aggregate: first.aggregate, eventIds, limit })
    for (const entry of page.rows) {
      const key = auditKey(entry.aggregate, entry.eventId)
      found.set(key, [...(found.get(key) ?? []), entry])
    }
  }
  return found
}

/** An event with what it means and why. */
export function entryOf(event: DomainEvent, audit: readonly AuditEntry[]): TimelineEntry {
  return {
    aggregate: event.aggregate,
    sequence: event.sequence,
    occurredAt: event.occurredAt,
    receivedAt: event.receivedAt,
    type: event.type,
    eventId: event.id,
    causedBy: event.causedBy,
    actor: event.actor,
    headline: headEvent(event),
    ...explainEvent(event),
    audit,
    data: event.data,
  }
}

function auditKey(aggregate: string, eventId: string): string {
  return JSON.stringify([aggregate, eventId])
}

/** An event has one audit entry; a host's own aggregate may write a few. */
const auditPerEvent = 20
