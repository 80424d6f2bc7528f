import {
  type AggregateReference,
  type AggregateState,
  type AuditEntry,
  compareInstants,
  CounterfoilError,
  type DomainEvent,
  ExceptionCase,
  type Instant,
  instant,
} from '@counterfoil/core'
import type { Machines } from '../machines/machines.ts'
import { isSameState, replayerOf, replayStored } from '../machines/replay-stored.ts'
import { auditOf, eventsOf } from '../machines/stored-events.ts'
import { isTombstone, purgedSentence } from '../retention/tombstone.ts'
import { aggregateText } from '../store/aggregate-text.ts'
import type { Store } from '../store/store.ts'
import type { View } from '../store/stored-records.ts'
import { HoldSummary } from '../views/summaries.ts'
import type { AggregateMoment, OrderMoment, TimelineEntry } from './queries.ts'
import { entryOf, storyOf } from './timeline.ts'

/** What an order, its shipments and its invoices were at an instant, from their stored events alone. */
export async function readOrderAt(
  store: Store,
  machines: Machines,
  request: { readonly tenant: string; readonly orderKey: string; readonly at: string },
): Promise<OrderMoment | null> {
  const { tenant, orderKey } = request
  const at = instant(request.at)
  const log = await readLog(store, tenant, await storyOf(store, tenant, orderKey))
  const pasts = log.stories.flatMap((story) => pastOf(machines, story, at) ?? [])
  const order = pasts.find(({ moment }) => moment.reference.kind === 'order')
  if (order === undefined) return null
  const all = pasts.filter((past) => past === order || haveTalked(past, order))
  return {
    at,
    order: order.moment,
    shipments: momentsOf(all, 'shipment'),
    invoices: momentsOf(all, 'invoice'),
    exceptions: bodiesOf(all, 'exception', ExceptionCase),
    holds: bodiesOf(all, 'hold', HoldSummary),
    steps: stepsOf(log.events, all),
  }
}

/** An aggregate as it is stored, with everything that led there. */
type Story = {
  readonly reference: AggregateReference
  readonly stored: AggregateState
  readonly events: readonly DomainEvent[]
  readonly audit: ReadonlyMap<string, readonly AuditEntry[]>
}

/** An aggregate as it was, and the events until then. */
type Past = Pick<Story, 'events' | 'audit'> & { readonly moment: AggregateMoment }

// The states first: what happens meanwhile is in the log and belongs to none of them.
async function readLog(
  store: Store,
  tenant: string,
  references: readonly AggregateReference[],
): Promise<{ readonly events: readonly DomainEvent[]; readonly stories: readonly Story[] }> {
  const loaded = await store.load(
    references.map((reference) => ({ tenant, reference, messageIds: [] })),
  )
  const events = await eventsOf(store, { tenant, aggregates: references })
  const byAggregate = Map.groupBy(events, ({ aggregate }) => aggregateText(aggregate))
  const stories = await Promise.all(
    loaded.map(async ({ reference, state }): Promise<readonly Story[]> => {
      if (state === null) return []
      if (isTombstone(state)) {
        if (reference.kind !== 'order') return []
        throw new CounterfoilError('AGGREGATE_NOT_FOUND', purgedSentence(reference, state))
      }
      const own = byAggregate.get(aggregateText(reference)) ?? []
      const audit = await auditOf(store, { tenant, aggregate: reference })
      return [{ reference, stored: state, events: own.slice(0, state.sequence), audit }]
    }),
  )
  return { events, stories: stories.flat() }
}

function pastOf(machines: Machines, story: Story, at: Instant): Past | null {
  const { reference, stored, audit } = story
  const version = versionAt(story, at)
  if (version === 0) return null
  const replayer = replayerOf(machines, reference, stored)
  const events = story.events.slice(0, version)
  const state = replayStored(replayer, reference, events, audit)
  const isCurrent = version === stored.sequence
  const whole = isCurrent ? state : replayStored(replayer, reference, story.events, audit)
  const moment: AggregateMoment = {
    reference,
    version,
    state,
    rows: replayer.conducted.rowsOf(state),
    isCurrent,
    verified: replayer.isMaker ? isSameState(whole, stored) : null,
  }
  return { moment, events, audit }
}

/** How many events had been decided. What followed from a decision was decided with it; clocks of two processes may differ. */
function versionAt({ events, audit }: Story, at: Instant): number {
  let version = 0
  let decidedAt: Instant | null = null
  for (const { id, sequence, receivedAt } of events) {
    decidedAt = audit.get(id)?.[0]?.at ?? decidedAt ?? instant(receivedAt)
    if (compareInstants(decidedAt, at) <= 0) version = sequence
  }
  return version
}

/** One of the two was told something by the other. */
function haveTalked(one: Past, other: Past): boolean {
  return wasTold(one, other) || wasTold(other, one)
}

function wasTold(one: Past, by: Past): boolean {
  const ids = new Set(by.events.map(({ id }) => id))
  return one.events.some(({ causedBy }) => causedBy !== null && ids.has(causedBy))
}

function momentsOf(
  pasts: readonly Past[],
  kind: AggregateReference['kind'],
): readonly AggregateMoment[] {
  return pasts.flatMap(({ moment }) => (moment.reference.kind === kind ? [moment] : []))
}

function bodiesOf<Body>(
  pasts: readonly Past[],
  view: View,
  schema: { readonly parse: (body: unknown) => Body },
): readonly Body[] {
  return pasts
    .flatMap(({ moment }) => moment.rows)
    .filter((row) => row.view === view)
    .map(({ body }) => schema.parse(body))
}

function stepsOf(events: readonly DomainEvent[], pasts: readonly Past[]): readonly TimelineEntry[] {
  const byAggregate = new Map(
    pasts.map((past) => [aggregateText(past.moment.reference), past] as const),
  )
  return events.flatMap((event) => {
    const past = byAggregate.get(aggregateText(event.aggregate))
    if (past === undefined || event.sequence > past.moment.version) return []
    return [entryOf(event, past.audit.get(event.id) ?? [])]
  })
}
