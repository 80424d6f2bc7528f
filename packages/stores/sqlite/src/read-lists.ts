import type { AggregateReference, AuditEntry, DomainEvent } from '@counterfoil/core'
import { AggregateKind } from '@counterfoil/core'
import {
  type ChainOwner,
  type DeadLetter,
  type Effect,
  type EffectRecord,
  type OriginalText,
  type QuarantinedDocument,
  registerNumber,
  type RegisterEntry,
  type RegisterRequest,
  registerTotal,
  type Store,
  type StoredViewRow,
  type ViewCount,
  type ViewRequest,
} from '@counterfoil/runtime'
import type { SqlRow } from './connection.ts'
import type { Database } from './database.ts'
import { type Condition, equal, readPage, wanted } from './page.ts'
import { parkedOf } from './read-aggregate.ts'
import { attemptsOf, effectStateOf } from './read-waiting.ts'
import { bodyOf, momentOf, numberOf, textOf, textOrNull } from './stored.ts'

type Request<Name extends keyof Store> = Store[Name] extends (request: infer Asked) => unknown
  ? Asked
  : never

/** A page of the log. */
export function readEvents(database: Database, request: Request<'events'>) {
  const { tenant, aggregates } = request
  const ofAggregates: Condition | null =
    aggregates === undefined
      ? null
      : [
          '(kind, key) IN (SELECT value ->> 0, value ->> 1 FROM json_each(?))',
          JSON.stringify(aggregates.map(({ kind, key }) => [kind, key])),
        ]
  return readPage(database, request, {
    select: 'SELECT position, body FROM event',
    where: wanted(equal('tenant', tenant), ofAggregates),
    orderBy: ['position'],
    rowOf: bodyOf<DomainEvent>,
  })
}

/** A page of audit entries, chain by chain. */
export function readAudit(database: Database, request: Request<'audit'>) {
  const { tenant, aggregate, eventIds } = request
  const ofEvents: Condition | null =
    eventIds === undefined
      ? null
      : ['event_id IN (SELECT value FROM json_each(?))', JSON.stringify(eventIds)]
  return readPage(database, request, {
    select: 'SELECT kind, key, sequence, body FROM audit',
    where: wanted(equal('tenant', tenant), ...ofOwner(aggregate), ofEvents),
    orderBy: ['kind', 'key', 'sequence'],
    rowOf: bodyOf<AuditEntry>,
  })
}

/** A page of effects with their fate. */
export function readEffects(database: Database, request: Request<'effects'>) {
  const { tenant, aggregate, state } = request
  return readPage(database, request, {
    select: 'SELECT * FROM effect',
    where: wanted(equal('tenant', tenant), ...ofOwner(aggregate), equal('state', state)),
    orderBy: ['position'],
    rowOf: (row): EffectRecord => ({
      ...bodyOf<Effect>(row),
      state: effectStateOf(row),
      ...attemptsOf(row),
      settledAt: textOrNull(row, 'settled_at'),
      connector: textOrNull(row, 'connector'),
      reference: textOrNull(row, 'reference'),
      sentence: textOrNull(row, 'sentence'),
    }),
  })
}

/** A page of parked messages, longest parked first. */
export function readParked(database: Database, request: Request<'parked'>) {
  return readPage(database, request, {
    select: 'SELECT * FROM message',
    where: wanted(equal('status', 'parked'), equal('tenant', request.tenant)),
    orderBy: ['position'],
    rowOf: parkedOf,
  })
}

/** A page of quarantined documents. */
export function readQuarantined(database: Database, request: Request<'quarantined'>) {
  const { tenant, quarantineId, state } = request
  return readPage(database, request, {
    select: 'SELECT position, body FROM quarantined',
    where: wanted(equal('tenant', tenant), equal('id', quarantineId), equal('state', state)),
    orderBy: ['position'],
    rowOf: bodyOf<QuarantinedDocument>,
  })
}

/** A page of the texts documents came as. */
export function readOriginals(database: Database, request: Request<'originals'>) {
  const { tenant, deliveryKeys } = request
  const ofDeliveries: Condition | null =
    deliveryKeys === undefined
      ? null
      : ['delivery_key IN (SELECT value FROM json_each(?))', JSON.stringify(deliveryKeys)]
  return readPage(database, request, {
    select: 'SELECT delivery_key, body FROM original',
    where: wanted(equal('tenant', tenant), ofDeliveries),
    orderBy: ['delivery_key'],
    rowOf: bodyOf<OriginalText>,
  })
}

/** A page of dead letters. */
export function readDeadLetters(database: Database, request: Request<'deadLetters'>) {
  const { tenant, deadLetterId, state } = request
  return readPage(database, request, {
    select: 'SELECT position, body FROM dead_letter',
    where: wanted(equal('tenant', tenant), equal('id', deadLetterId), equal('state', state)),
    orderBy: ['position'],
    rowOf: bodyOf<DeadLetter>,
  })
}

/** A page of a work queue. */
export function readRows(database: Database, request: ViewRequest) {
  const { orderBy } = request
  return readPage(database, request, {
    select: 'SELECT id, source, due, opened, body FROM work_row',
    where: wanted(
      equal('tenant', request.tenant),
      equal('view', request.view),
      equal('id', request.id),
      ...ofOwner(request.aggregate),
      equal('buyer_organisation', request.buyerOrganisation),
      equal('supplier', request.supplier),
      equal('state', request.state),
      request.open === undefined ? null : ['open = ?', request.open ? 1 : 0],
      equal('owner_role', request.ownerRole),
      notAfter('due', request.dueBefore),
      notAfter('opened', request.openedBefore),
    ),
    orderBy:
      orderBy === 'due' || orderBy === 'opened' ? [orderBy, 'id', 'source'] : ['id', 'source'],
    rowOf: bodyOf<StoredViewRow>,
  })
}

// A row without the instant stands at the end of time, and no instant asked for is that late.
function notAfter(column: string, latest: string | undefined): Condition | null {
  return latest === undefined ? null : [`${column} <= ?`, momentOf(latest)]
}

function ofOwner(owner: ChainOwner | undefined): readonly (Condition | null)[] {
  return [equal('kind', owner?.kind), equal('key', owner?.key)]
}

/** Rows of a view by state, owner and whether they are open. */
export function readCounts(
  database: Database,
  { tenant, view }: Request<'counts'>,
): readonly ViewCount[] {
  return database
    .all(
      `SELECT state, owner_role, open, count(*) AS count FROM work_row WHERE tenant = ? AND view = ?
       GROUP BY state, owner_role, open ORDER BY state, owner_role, open DESC`,
      tenant,
      view,
    )
    .map((row) => ({
      state: textOf(row, 'state'),
      ownerRole: textOrNull(row, 'owner_role'),
      open: numberOf(row, 'open') === 1,
      count: numberOf(row, 'count'),
    }))
}

/** The aggregates linked with one. */
export function readLinked(
  database: Database,
  { tenant, reference }: Request<'linked'>,
): readonly AggregateReference[] {
  return database
    .all(
      `SELECT other_kind, other_key FROM link WHERE tenant = ? AND kind = ? AND key = ?
       ORDER BY other_kind, other_key`,
      tenant,
      reference.kind,
      reference.key,
    )
    .map(referenceOf)
}

function referenceOf(row: SqlRow): AggregateReference {
  return { kind: AggregateKind.parse(row['other_kind']), key: textOf(row, 'other_key') }
}

/** Register entries that share a number, or date and total, with an invoice. */
export function readRegister(
  database: Database,
  request: RegisterRequest,
): readonly RegisterEntry[] {
  return database
    .all(
      `SELECT body FROM register WHERE tenant = ? AND buyer_organisation = ? AND invoice_key <> ?
       AND (invoice_number IN (SELECT value FROM json_each(?)) OR (invoice_date = ? AND total_amount = ?))
       ORDER BY position LIMIT ?`,
      request.tenant,
      request.buyerOrganisation,
      request.exceptInvoiceKey,
      JSON.stringify(request.invoiceNumbers.map(registerNumber)),
      request.invoiceDate,
      registerTotal(request.totalAmount),
      request.limit,
    )
    .map(bodyOf<RegisterEntry>)
}
