import { type AggregateReference, CounterfoilError, ExceptionCase, Task } from '@counterfoil/core'
import type { Machines } from '../machines/machines.ts'
import type { Page, Store, ViewRequest } from '../store/store.ts'
import type { StoredViewRow, View } from '../store/stored-records.ts'
import { isTombstone } from '../retention/tombstone.ts'
import type { NamesApart } from '../people/names-apart.ts'
import { dayMoment } from '../views/day-moment.ts'
import {
  AgreementSummary,
  DisputeSummary,
  DriftSummary,
  HoldSummary,
  InvoiceSummary,
  OrderSummary,
  ShipmentSummary,
} from '../views/summaries.ts'
import type { AggregateStanding, Paging, Queries, TimelineEntry } from './queries.ts'
import { readOrderAt } from './order-at.ts'
import { readComparisons, readHistory, readTimeline } from './timeline.ts'

/** Rows of a page when nobody says how many. */
export const pageRowsDefault = 100
/** The most rows of a page anybody gets, however many are asked for. */
export const pageRowsMax = 500

/** Everything that can be asked, over a store. */
export function createQueries({
  store,
  machines,
  names,
  refuseWhenClosed,
}: {
  readonly store: Store
  readonly machines: Machines
  readonly names: NamesApart
  readonly refuseWhenClosed: () => void
}): Queries {
  const asked =
    <Request extends Owned, Answer>(answer: (request: Request) => Promise<Answer>) =>
    async (request: Request): Promise<Answer> => {
      refuseWhenClosed()
      return names.reveal(request.tenant, await answer(request))
    }
  // Audit entries are shown as they are hashed, or nobody could check them.
  const steps =
    <Request extends Owned>(answer: (request: Request) => Promise<Page<TimelineEntry>>) =>
    async (request: Request): Promise<Page<TimelineEntry>> => {
      refuseWhenClosed()
      const page = await answer(request)
      const named = await names.reveal(request.tenant, page)
      return { ...named, rows: withAuditOf(page.rows, named.rows) }
    }
  return {
    ...lists(store, asked),
    ...single(store, asked),
    aggregate: asked(async ({ tenant, reference }) => {
      const [loaded] = await store.load([{ tenant, reference, messageIds: [] }])
      const state = loaded?.state ?? null
      if (state === null || isTombstone(state)) return null
      const linked = await store.linked({ tenant, reference })
      return { reference, version: state.sequence, state, linked }
    }),
    aggregates: asked(({ tenant, references }) => readAggregates(store, tenant, references)),
    timeline: steps((request) => readTimeline(store, { ...request, ...pageOf(request) })),
    orderAt: async (request) => {
      refuseWhenClosed()
      const moment = await readOrderAt(store, machines, request)
      if (moment === null) return null
      const named = await names.reveal(request.tenant, moment)
      return { ...named, steps: withAuditOf(moment.steps, named.steps) }
    },
    history: steps((request) => readHistory(store, { ...request, ...pageOf(request) })),
    comparisons: asked((request) => readComparisons(store, { ...request, ...pageOf(request) })),
    ...counts(store, asked),
    quarantined: asked((request) => store.quarantined({ ...request, ...pageOf(request) })),
    parked: asked((request) => store.parked({ ...request, ...pageOf(request) })),
    deadLetters: asked((request) => store.deadLetters({ ...request, ...pageOf(request) })),
    effects: asked((request) => store.effects({ ...request, ...pageOf(request) })),
    events: asked(({ aggregate, ...request }) =>
      store.events({
        ...request,
        ...pageOf(request),
        aggregates: aggregate === undefined ? undefined : [aggregate],
      }),
    ),
    audit: async (request) => {
      refuseWhenClosed()
      return store.audit({ ...request, ...pageOf(request) })
    },
  }
}

async function readAggregates(
  store: Store,
  tenant: string,
  references: readonly AggregateReference[],
): Promise<readonly (AggregateStanding | null)[]> {
  if (references.length > pageRowsMax) {
    throw new CounterfoilError(
      'COMMAND_INVALID',
      `cannot read ${references.length} aggregates at once: ask for ${pageRowsMax} at most`,
    )
  }
  const loaded = await store.load(
    references.map((reference) => ({ tenant, reference, messageIds: [] })),
  )
  return loaded.map(({ reference, state }) =>
    state === null || isTombstone(state) ? null : { reference, version: state.sequence, state },
  )
}

type Owned = { readonly tenant: string }

type Asked = <Request extends Owned, Answer>(
  answer: (request: Request) => Promise<Answer>,
) => (request: Request) => Promise<Answer>

function counts(
  store: Store,
  asked: Asked,
): Pick<
  Queries,
  | 'ordersByState'
  | 'shipmentsByState'
  | 'invoicesByState'
  | 'agreementsByState'
  | 'exceptionsByOwner'
  | 'holdsByOwner'
  | 'tasksByOwner'
  | 'disputesByOwner'
> {
  const countsOf = (view: View) =>
    asked(({ tenant }: { readonly tenant: string }) => store.counts({ tenant, view }))
  return {
    ordersByState: countsOf('order'),
    shipmentsByState: countsOf('shipment'),
    invoicesByState: countsOf('invoice'),
    agreementsByState: countsOf('agreement'),
    exceptionsByOwner: countsOf('exception'),
    holdsByOwner: countsOf('hold'),
    tasksByOwner: countsOf('task'),
    disputesByOwner: countsOf('dispute'),
  }
}

function lists(
  store: Store,
  asked: Asked,
): Pick<
  Queries,
  | 'orders'
  | 'shipments'
  | 'exceptions'
  | 'holds'
  | 'drift'
  | 'invoices'
  | 'agreements'
  | 'tasks'
  | 'disputes'
> {
  const allTasks = asked(async (request: Parameters<Queries['tasks']>[0]) => {
    const { person: _, ...columns } = request
    return readRows(store, Task, {
      ...columns,
      ...pageOf(request),
      view: 'task',
      open: openOf(request.open),
      orderBy: 'due',
    })
  })
  return {
    drift: asked(async ({ policy, owner, ...request }) =>
      readRows(store, DriftSummary, {
        ...request,
        ...pageOf(request),
        view: 'drift',
        state: policy,
        ownerRole: owner,
        orderBy: 'opened',
      }),
    ),
    // Whose they are is asked by the name people know, so it is looked at once names are shown.
    tasks: async (request) => {
      const page = await allTasks(request)
      const { person } = request
      if (person === undefined) return page
      return { ...page, rows: page.rows.filter(({ owner }) => owner.person === person) }
    },
    disputes: asked(async (request) =>
      readRows(store, DisputeSummary, {
        ...request,
        ...pageOf(request),
        view: 'dispute',
        open: openOf(request.open),
        orderBy: 'due',
      }),
    ),
    orders: asked(async (request) =>
      readRows(store, OrderSummary, { ...request, ...pageOf(request), view: 'order' }),
    ),
    shipments: asked(async (request) =>
      readRows(store, ShipmentSummary, {
        ...request,
        ...pageOf(request),
        view: 'shipment',
        dueBefore: momentOf(request.dueBefore),
        orderBy: 'due',
      }),
    ),
    exceptions: asked(async (request) =>
      readRows(store, ExceptionCase, {
        ...request,
        ...pageOf(request),
        view: 'exception',
        open: openOf(request.open),
        orderBy: 'due',
      }),
    ),
    holds: asked(async (request) =>
      readRows(store, HoldSummary, {
        ...request,
        ...pageOf(request),
        view: 'hold',
        open: openOf(request.open),
        orderBy: 'opened',
      }),
    ),
    invoices: asked(async (request) =>
      readRows(store, InvoiceSummary, {
        ...request,
        ...pageOf(request),
        view: 'invoice',
        dueBefore: momentOf(request.dueBefore),
        orderBy: 'due',
      }),
    ),
    agreements: asked(async (request) =>
      readRows(store, AgreementSummary, {
        ...request,
        ...pageOf(request),
        view: 'agreement',
        dueBefore: momentOf(request.dueBefore),
        orderBy: 'due',
      }),
    ),
  }
}

function single(
  store: Store,
  asked: Asked,
): Pick<
  Queries,
  'order' | 'shipment' | 'exception' | 'hold' | 'invoice' | 'agreement' | 'task' | 'dispute'
> {
  return {
    task: asked(async ({ tenant, taskId }) =>
      readRow(store, Task, { tenant, view: 'task', id: taskId }),
    ),
    dispute: asked(async ({ tenant, disputeId }) =>
      readRow(store, DisputeSummary, { tenant, view: 'dispute', id: disputeId }),
    ),
    order: asked(async ({ tenant, orderKey }) =>
      readRow(store, OrderSummary, { tenant, view: 'order', id: orderKey }),
    ),
    shipment: asked(async ({ tenant, shipmentKey }) =>
      readRow(store, ShipmentSummary, { tenant, view: 'shipment', id: shipmentKey }),
    ),
    exception: asked(async ({ tenant, exceptionId }) =>
      readRow(store, ExceptionCase, { tenant, view: 'exception', id: exceptionId }),
    ),
    hold: asked(async ({ tenant, holdId }) =>
      readRow(store, HoldSummary, { tenant, view: 'hold', id: holdId }),
    ),
    invoice: asked(async ({ tenant, invoiceKey }) =>
      readRow(store, InvoiceSummary, { tenant, view: 'invoice', id: invoiceKey }),
    ),
    agreement: asked(async ({ tenant, agreementKey }) =>
      readRow(store, AgreementSummary, { tenant, view: 'agreement', id: agreementKey }),
    ),
  }
}

/** A schema, as far as reading a row with it needs. */
type RowSchema<Row> = { readonly parse: (body: unknown) => Row }

async function readRows<Row>(
  store: Store,
  schema: RowSchema<Row>,
  request: ViewRequest,
): Promise<Page<Row>> {
  const page = await store.rows(request)
  return { rows: page.rows.map((row) => readBody(schema, row)), cursor: page.cursor }
}

async function readRow<Row>(
  store: Store,
  schema: RowSchema<Row>,
  request: Omit<ViewRequest, 'limit'>,
): Promise<Row | null> {
  const { rows } = await store.rows({ ...request, limit: 1 })
  return rows[0] === undefined ? null : readBody(schema, rows[0])
}

function readBody<Row>(schema: RowSchema<Row>, { body }: StoredViewRow): Row {
  return schema.parse(body)
}

function momentOf(day: string | undefined): string | undefined {
  return day === undefined ? undefined : dayMoment(day)
}

function openOf(open: boolean | 'both' | undefined): boolean | undefined {
  return open === 'both' ? undefined : (open ?? true)
}

function pageOf({ limit = pageRowsDefault, cursor }: Omit<Paging, 'tenant'>): {
  readonly limit: number
  readonly cursor: string | undefined
} {
  if (!Number.isInteger(limit) || limit < 1) {
    throw new CounterfoilError(
      'COMMAND_INVALID',
      `cannot give \`${limit}\` rows: ask for a whole number from 1 to ${pageRowsMax}`,
    )
  }
  return { limit: Math.min(limit, pageRowsMax), cursor }
}

function withAuditOf(
  stored: readonly TimelineEntry[],
  named: readonly TimelineEntry[],
): readonly TimelineEntry[] {
  return named.map((step, index) => ({ ...step, audit: stored[index]?.audit ?? step.audit }))
}
