import { joinKey } from '@counterfoil/core'
import type { PurgedAggregate, Unfinished } from '@counterfoil/runtime'
import { batchOf, deleteFrom } from './batch.ts'
import type { Query } from './connections.ts'
import { type SqlRow, storable, textOf } from './stored.ts'

type Owned = Pick<PurgedAggregate, 'tenant' | 'reference'>

const owner = {
  tenant: ['text', ({ tenant }: Owned) => storable(tenant)],
  kind: ['text', ({ reference }: Owned) => reference.kind],
  key: ['text', ({ reference }: Owned) => storable(reference.key)],
} as const

const unfinishedInOrder = {
  open: 'FROM work_row t WHERE t.open',
  message: "FROM message t WHERE t.status <> 'dead'",
  timer: 'FROM timer t WHERE true',
  effect: "FROM effect t WHERE t.state IN ('waiting', 'dead')",
  head: 'FROM audit t WHERE t.head IS NULL',
} as const satisfies Readonly<Record<Unfinished, string>>

const isIts = 't.tenant = given.tenant AND t.kind = given.kind AND t.key = given.key'

/** Asks of each aggregate why it may not be purged: one row for each, with a column for each answer. */
export const askUnfinished = batchOf<Owned>(owner, (names, rows) => {
  const answers = Object.entries(unfinishedInOrder).map(
    ([unfinished, from]) => `EXISTS (SELECT ${from} AND ${isIts}) AS "${unfinished}"`,
  )
  return `SELECT ${names}, ${answers.join(', ')} FROM ${rows}`
})

const all: readonly Unfinished[] = ['open', 'message', 'timer', 'effect', 'head']

/** Why the aggregate of a row may not be purged. */
export function unfinishedIn(row: SqlRow): readonly Unfinished[] {
  return all.filter((unfinished) => row[unfinished] === 't')
}

/** The answers to requests, in their order. */
export function unfinishedFrom(
  rows: readonly SqlRow[],
  requests: readonly Owned[],
): readonly (readonly Unfinished[])[] {
  const nameOf = (row: SqlRow) =>
    joinKey(['tenant', 'kind', 'key'].map((column) => textOf(row, column)))
  const found = new Map(rows.map((row) => [nameOf(row), unfinishedIn(row)]))
  return requests.map(
    ({ tenant, reference: { kind, key } }) => found.get(joinKey([tenant, kind, key])) ?? [],
  )
}

const forgetEvents = deleteFrom<Owned>('event', owner)
const forgetAudit = deleteFrom<Owned>('audit', owner)
const forgetEffects = deleteFrom<Owned>('effect', owner)
const forgetMessages = deleteFrom<Owned>('message', owner)
const forgetLinks = deleteFrom<Owned>('link', owner)
// A link stands once from each side, so the far sides are found along the near ones.
const forgetFarLinks = batchOf<Owned>(
  owner,
  (_names, rows) =>
    `DELETE FROM link far USING ${rows} JOIN link near ON near.tenant = given.tenant
       AND near.kind = given.kind AND near.key = given.key
     WHERE far.tenant = near.tenant AND far.kind = near.other_kind AND far.key = near.other_key
       AND far.other_kind = near.kind AND far.other_key = near.key`,
)

type LetterId = { readonly tenant: string; readonly deadLetterId: string }

/** Asks for the dead letters that are to go, as they are by now. */
export const askLetters = batchOf<LetterId>(
  {
    tenant: ['text', ({ tenant }) => storable(tenant)],
    id: ['text', ({ deadLetterId }) => storable(deadLetterId)],
  },
  (names, rows) => `SELECT ${names}, body FROM ${rows} JOIN dead_letter USING (${names})`,
)

type Named = { readonly tenant: string; readonly name: string }
const forgetNamed = (table: string, column: string) =>
  deleteFrom<Named>(table, {
    tenant: ['text', ({ tenant }) => storable(tenant)],
    [column]: ['text', ({ name }: Named) => storable(name)],
  })
const forgetRows = forgetNamed('work_row', 'source')
const forgetDeadLetters = forgetNamed('dead_letter', 'id')
const forgetOriginals = forgetNamed('original', 'delivery_key')

/** The statements that take everything of aggregates out but their states, which are their tombstones by now. */
export function purgeQueries(purged: readonly PurgedAggregate[]): readonly Query[] {
  const named = (names: (one: PurgedAggregate) => readonly string[]): readonly Named[] =>
    purged.flatMap((one) => names(one).map((name) => ({ tenant: one.tenant, name })))
  return [
    ...forgetEvents(purged),
    ...forgetAudit(purged),
    ...forgetEffects(purged),
    ...forgetMessages(purged),
    ...forgetFarLinks(purged),
    ...forgetLinks(purged),
    ...forgetRows(named(({ sources }) => sources)),
    ...forgetDeadLetters(
      named(({ deadLetters }) => deadLetters.map(({ deadLetterId }) => deadLetterId)),
    ),
    ...forgetOriginals(named(({ deliveryKeys }) => deliveryKeys)),
  ]
}
