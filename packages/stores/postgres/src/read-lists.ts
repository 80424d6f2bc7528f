import { AggregateKind, type AggregateReference } from '@counterfoil/core'
import type { AuditEntry, DomainEvent } from '@counterfoil/core'
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
import type { Query } from './connections.ts'
import { attemptsOf, effectStateOf } from './known-facts.ts'
import { type Condition, equal, type OrderColumn, readPage, wanted } from './page.ts'
import { parkedOf } from './read-aggregates.ts'
import {
  bodyOf,
  momentOf,
  numberOf,
  ownerOf,
  type SqlRow,
  storable,
  textOf,
  textOrNull,
} from './stored.ts'

type Request<Name extends keyof Store> = Store[Name] extends (request: infer Asked) => unknown
  ? Asked
  : never

/** Asks one statement about the tenant of a request and gives its rows. */
export type Ask = (query: Query) => Promise<readonly SqlRow[]>

const byPosition: readonly OrderColumn[] = [['position', 'bigint']]

/** A page of the log. */
export function readEvents(ask: Ask, request: Request<'events'>) {
  const { tenant, aggregates } = request
  const owners = aggregates?.map((aggregate) => ownerOf(tenant, aggregate))
  const ofAggregates: Condition | null =
    owners === undefined
      ? null
      : [
          '(kind, key) IN (SELECT * FROM unnest(?::text[], ?::text[]))',
          owners.map(([, kind]) => kind),
          owners.map(([, , key]) => key),
        ]
  return readPage(ask, request, {
    select: 'SELECT position, body FROM event',
    where: wanted(textEqual('tenant', tenant), ofAggregates),
    orderBy: byPosition,
    rowOf: bodyOf<DomainEvent>,
  })
}

/** A page of audit entries, chain by chain. */
export function readAudit(ask: Ask, request: Request<'audit'>) {
  const { tenant, aggregate, eventIds } = request
  const ofEvents: Condition | null =
    eventIds === undefined ? null : ['event_id = ANY (?::text[])', eventIds.map(storable)]
  return readPage(ask, request, {
    select: 'SELECT kind, key, sequence, body FROM audit',
    where: wanted(textEqual('tenant', tenant), ...ofOwner(aggregate), ofEvents),
    orderBy: [
      ['kind', 'text'],
      ['key', 'text'],
      ['sequence', 'bigint'],
    ],
    rowOf: bodyOf<AuditEntry>,
  })
}

/** A page of effects with their fate. */
export function readEffects(ask: Ask, request: Request<'effects'>) {
  const { tenant, aggregate, state } = request
  return readPage(ask, request, {
    select: 'SELECT * FROM effect',
    where: wanted(textEqual('tenant', tenant), ...ofOwner(aggregate), textEqual('state', state)),
    orderBy: byPosition,
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
export function readParked(ask: Ask, request: Request<'parked'>) {
  return readPage(ask, request, {
    select: 'SELECT position, body, reason, sentence, parked_at FROM message',
    where: wanted(["status = 'parked'"], textEqual('tenant', request.tenant)),
    orderBy: byPosition,
    rowOf: parkedOf,
  })
}

/** A page of quarantined documents. */
export function readQuarantined(ask: Ask, request: Request<'quarantined'>) {
  const { tenant, quarantineId, state } = request
  return readPage(ask, request, {
    select: 'SELECT position, body FROM quarantined',
    where: wanted(
      textEqual('tenant', tenant),
      textEqual('id', quarantineId),
      textEqual('state', state),
    ),
    orderBy: byPosition,
    rowOf: bodyOf<QuarantinedDocument>,
  })
}

/** A page of the texts documents came as. */
export function readOriginals(ask: Ask, request: Request<'originals'>) {
  const { tenant, deliveryKeys } = request
  const ofDeliveries: Condition | null =
    deliveryKeys === undefined
      ? null
      : ['delivery_key = ANY (?::text[])', deliveryKeys.map(storable)]
  return readPage(ask, request, {
    select: 'SELECT delivery_key, body FROM original',
    where: wanted(textEqual('tenant', tenant), ofDeliveries),
    orderBy: [['delivery_key', 'text']],
    rowOf: bodyOf<OriginalText>,
  })
}

/** A page of dead letters. */
export function readDeadLetters(ask: Ask, request: Request<'deadLetters'>) {
  const { tenant, deadLetterId, state } = request
  return readPage(ask, request, {
    select: 'SELECT position, body FROM dead_letter',
    where: wanted(
      textEqual('tenant', tenant),
      textEqual('id', deadLetterId),
      textEqual('state', state),
    ),
    orderBy: byPosition,
    rowOf: bodyOf<DeadLetter>,
  })
}

/** A page of a work queue. */
export function readRows(ask: Ask, request: ViewRequest) {
  const { orderBy } = request
  const last: readonly OrderColumn[] = [
    ['id', 'text'],
    ['source', 'text'],
  ]
  return readPage(ask, request, {
    select: 'SELECT id, source, due, opened, body FROM work_row',
    where: wanted(
      textEqual('tenant', request.tenant),
      textEqual('view', request.view),
      textEqual('id', request.id),
      ...ofOwner(request.aggregate),
      textEqual('buyer_organisation', request.buyerOrganisation),
      textEqual('supplier', request.supplier),
      textEqual('state', request.state),
      equal('open', request.open),
      textEqual('owner_role', request.ownerRole),
      notAfter('due', request.dueBefore),
      notAfter('opened', request.openedBefore),
    ),
    orderBy: orderBy === 'due' || orderBy === 'opened' ? [[orderBy, 'bigint'], ...last] : last,
    rowOf: bodyOf<StoredViewRow>,
  })
}

// A row without the instant stands at the end of time, and no instant asked for is that late.
function notAfter(column: string, latest: string | undefined): Condition | null {
  return latest === undefined ? null : [`${column} <= ?`, momentOf(latest)]
}

function ofOwner(owner: ChainOwner | undefined): readonly (Condition | null)[] {
  return [textEqual('kind', owner?.kind), textEqual('key', owner?.key)]
}

function textEqual(column: string, value: string | undefined): Condition | null {
  return equal(column, value === undefined ? undefined : storable(value))
}

/** Rows of a view by state, owner and whether they are open. */
export async function readCounts(
  ask: Ask,
  { tenant, view }: Request<'counts'>,
): Promise<readonly ViewCount[]> {
  const rows = await ask({
    sql: `SELECT state, owner_role, open, count(*) AS count FROM work_row WHERE tenant = $1 AND view = $2
     GROUP BY state, owner_role, open ORDER BY state, owner_role NULLS FIRST, open DESC`,
    values: [storable(tenant), view],
  })
  return rows.map((row) => ({
    state: textOf(row, 'state'),
    ownerRole: textOrNull(row, 'owner_role'),
    open: row['open'] === 't',
    count: numberOf(row, 'count'),
  }))
}

/** The aggregates linked with one. */
export async function readLinked(
  ask: Ask,
  { tenant, reference }: Request<'linked'>,
): Promise<readonly AggregateReference[]> {
  const rows = await ask({
    sql: `SELECT other_kind, other_key FROM link WHERE tenant = $1 AND kind = $2 AND key = $3
     ORDER BY other_kind, other_key`,
    values: ownerOf(tenant, reference),
  })
  return rows.map((row) => ({
    kind: AggregateKind.parse(row['other_kind']),
    key: textOf(row, 'other_key'),
  }))
}

/** Register entries that share a number, or date and total, with an invoice. */
export async function readRegister(
  ask: Ask,
  request: RegisterRequest,
): Promise<readonly RegisterEntry[]> {
  const rows = await ask({
    sql: `SELECT body FROM register WHERE tenant = $1 AND buyer_organisation = $2 AND invoice_key <> $3
     AND (invoice_number = ANY ($4::text[]) OR (invoice_date = $5 AND total_amount = $6))
     ORDER BY position LIMIT $7`,
    values: [
      storable(request.tenant),
      storable(request.buyerOrganisation),
      storable(request.exceptInvoiceKey),
      request.invoiceNumbers.map(registerNumber),
      request.invoiceDate,
      registerTotal(request.totalAmount),
      request.limit,
    ],
  })
  return rows.map(bodyOf<RegisterEntry>)
}
