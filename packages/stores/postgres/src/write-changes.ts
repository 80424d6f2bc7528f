import type { AggregateReference, AggregateState, MachineStamp } from '@counterfoil/core'
import { registerNumber, registerTotal, type RowsChange, type ViewRow } from '@counterfoil/runtime'
import { deleteFrom, insertInto, batchOf } from './batch.ts'
import type { Query } from './connections.ts'
import type { Changes, MessageChange, NewEffect, Placed, TimerChange } from './decide-commits.ts'
import type { EffectFate, KnownFacts } from './known-facts.ts'
import { purgeQueries } from './purge.ts'
import { stateText } from './recent-in-tables.ts'
import { slotOf } from './slots.ts'
import { asText, momentOf, momentOrLast, storable } from './stored.ts'

type Part<Name extends keyof Changes> =
  Changes[Name] extends Map<string, infer Value>
    ? Value
    : Changes[Name] extends readonly (infer Value)[]
      ? Value
      : never

/** The statements that make changes true. */
export function queriesFor(changes: Changes, facts: KnownFacts): readonly Query[] {
  return [
    ...decisionQueries(changes),
    ...messageQueries(changes),
    ...timerQueries(changes),
    ...effectQueries(changes, facts),
    ...intakeQueries(changes),
    ...purgeQueries(changes.purged),
  ]
}

/** How a row's aggregate is spelled in its columns. */
function ownerColumns<Row>(
  ownerOf: (row: Row) => {
    readonly tenant: string
    readonly aggregate: { readonly kind: string; readonly key: string }
  },
) {
  return {
    tenant: ['text', (row: Row) => storable(ownerOf(row).tenant)],
    kind: ['text', (row: Row) => ownerOf(row).aggregate.kind],
    key: ['text', (row: Row) => storable(ownerOf(row).aggregate.key)],
  } as const
}

function slotColumn<Row>(
  ownerOf: (row: Row) => { readonly tenant: string; readonly aggregate: AggregateReference },
) {
  return {
    slot: ['smallint', (row: Row) => slotOf(ownerOf(row).tenant, ownerOf(row).aggregate.key)],
  } as const
}

const optional = (text: string | null): string | null => (text === null ? null : storable(text))

const storeAggregates = insertInto<Part<'aggregates'>>(
  'aggregate',
  {
    ...ownerColumns(({ tenant, reference }: Part<'aggregates'>) => ({
      tenant,
      aggregate: reference,
    })),
    version: ['bigint', ({ state }) => state.sequence],
    body: ['json', ({ state }) => stateText(state)],
    machine: ['text', ({ state }) => shapedBy(state, ({ name }) => storable(name))],
    machine_version: ['bigint', ({ state }) => shapedBy(state, ({ version }) => version)],
    shape: ['text', ({ state }) => shapedBy(state, ({ shape }) => optional(shape ?? null))],
  },
  `ON CONFLICT (tenant, kind, key) DO UPDATE SET version = excluded.version, body = excluded.body,
   machine = excluded.machine, machine_version = excluded.machine_version, shape = excluded.shape`,
)

/** What is stored of the machine of a state; nothing for a state without a shape. */
function shapedBy<Value>(
  { machine }: AggregateState,
  read: (machine: MachineStamp) => Value,
): Value | null {
  return machine.shape === undefined ? null : read(machine)
}

const storeEvents = insertInto<Part<'events'>>('event', {
  position: ['bigint', ({ position }) => position],
  ...ownerColumns(({ record }: Part<'events'>) => record.event),
  sequence: ['bigint', ({ record }) => record.event.sequence],
  id: ['text', ({ record }) => storable(record.event.id)],
  message_id: ['text', ({ record }) => optional(record.messageId)],
  body: ['json', ({ record }) => asText(record.event)],
})

const storeAudit = insertInto<Part<'audit'>>('audit', {
  ...ownerColumns(({ tenant, reference }: Part<'audit'>) => ({ tenant, aggregate: reference })),
  sequence: ['bigint', ({ entry }) => entry.sequence],
  event_id: ['text', ({ entry }) => storable(entry.eventId)],
  body: ['json', ({ entry }) => asText(entry)],
})

const storeLinks = insertInto<Part<'links'>>(
  'link',
  {
    ...ownerColumns(({ tenant, from }: Part<'links'>) => ({ tenant, aggregate: from })),
    other_kind: ['text', ({ to }) => to.kind],
    other_key: ['text', ({ to }) => storable(to.key)],
  },
  'ON CONFLICT DO NOTHING',
)

const forgetRows = deleteFrom<RowsChange>('work_row', {
  tenant: ['text', ({ tenant }) => storable(tenant)],
  source: ['text', ({ source }) => storable(source)],
})

type ShownRow = Omit<RowsChange, 'rows'> & { readonly row: ViewRow }
const storeRows = insertInto<ShownRow>('work_row', {
  ...ownerColumns((shown: ShownRow) => shown),
  view: ['text', ({ row }) => row.view],
  id: ['text', ({ row }) => storable(row.id)],
  source: ['text', ({ source }) => storable(source)],
  buyer_organisation: ['text', ({ row }) => storable(row.buyerOrganisation)],
  supplier: ['text', ({ row }) => optional(row.supplier)],
  state: ['text', ({ row }) => storable(row.state)],
  open: ['boolean', ({ row }) => row.open],
  owner_role: ['text', ({ row }) => optional(row.ownerRole)],
  opened: ['bigint', ({ row }) => momentOrLast(row.openedAt)],
  due: ['bigint', ({ row }) => momentOrLast(row.dueAt)],
  body: ['json', ({ row, aggregate }) => asText({ ...row, aggregate })],
})

function decisionQueries(changes: Changes): readonly Query[] {
  const { aggregates, events, audit, links, rows } = changes
  const shown = [...rows.values()].flatMap(({ rows: own, ...source }) =>
    own.map((row) => ({ ...source, row })),
  )
  return [
    ...storeAggregates(aggregates.values()),
    ...storeEvents(events),
    ...storeAudit(audit),
    ...storeLinks(links.flatMap((link) => [link, { ...link, from: link.to, to: link.from }])),
    ...forgetRows(rows.values()),
    ...storeRows(shown),
  ]
}

const messageColumns = {
  ...ownerColumns(({ message }: MessageChange) => message),
  id: ['text', ({ message }: MessageChange) => storable(message.id)],
} as const
const forgetMessages = deleteFrom<MessageChange>('message', messageColumns)
const storeMessages = insertInto<MessageChange>(
  'message',
  {
    ...messageColumns,
    ...slotColumn(({ message }: MessageChange) => message),
    status: ['text', ({ waiting }) => waiting?.status ?? null],
    position: ['bigint', ({ waiting }) => waiting?.position ?? null],
    reason: ['text', ({ waiting }) => optional(waiting?.reason ?? null)],
    sentence: ['text', ({ waiting }) => optional(waiting?.sentence ?? null)],
    parked_at: ['text', ({ waiting }) => optional(waiting?.parkedAt ?? null)],
    body: ['json', ({ message }) => asText(message)],
  },
  `ON CONFLICT (tenant, kind, key, id) DO UPDATE SET status = excluded.status, position = excluded.position,
   reason = excluded.reason, sentence = excluded.sentence, parked_at = excluded.parked_at, body = excluded.body`,
)

function messageQueries({ messages }: Changes): readonly Query[] {
  const all = [...messages.values()]
  return [
    ...forgetMessages(all.filter(({ waiting }) => waiting === null)),
    ...storeMessages(all.filter(({ waiting }) => waiting !== null)),
  ]
}

type OneTimer = TimerChange['timer']
const timerColumns = {
  ...ownerColumns((timer: OneTimer) => timer),
  id: ['text', ({ timerId }: OneTimer) => storable(timerId)],
} as const
const forgetTimers = deleteFrom<OneTimer>('timer', timerColumns)
const cancelTimers = deleteFrom<OneTimer>('timer', {
  ...timerColumns,
  armed_version: ['bigint', ({ armedVersion }) => armedVersion],
})
const armTimers = insertInto<Extract<TimerChange, { readonly kind: 'armed' }>['timer']>(
  'timer',
  {
    ...timerColumns,
    ...slotColumn((timer: OneTimer) => timer),
    armed_version: ['bigint', ({ armedVersion }) => armedVersion],
    due: ['bigint', ({ dueAt }) => momentOf(dueAt)],
    body: ['json', (timer) => asText(timer)],
  },
  `ON CONFLICT (tenant, kind, key, id) DO UPDATE SET armed_version = excluded.armed_version,
   due = excluded.due, body = excluded.body`,
)

function timerQueries({ timers }: Changes): readonly Query[] {
  const all = [...timers.values()]
  return [
    ...forgetTimers(all.flatMap((change) => (change.kind === 'gone' ? [change.timer] : []))),
    ...cancelTimers(
      all.flatMap((change) =>
        change.kind === 'cancelled'
          ? change.armedVersions.map((armedVersion) => ({ ...change.timer, armedVersion }))
          : [],
      ),
    ),
    ...armTimers(all.flatMap((change) => (change.kind === 'armed' ? [change.timer] : []))),
  ]
}

type Fated = { readonly fate: EffectFate }
const fateColumns = {
  state: ['text', ({ fate }: Fated) => fate.state],
  attempts: ['integer', ({ fate }: Fated) => fate.attempts],
  attempts_failed: ['integer', ({ fate }: Fated) => fate.attemptsFailed],
  leases_lost: ['integer', ({ fate }: Fated) => fate.leasesLost],
  leased: ['boolean', ({ fate }: Fated) => fate.isLeased],
  not_before: ['text', ({ fate }: Fated) => optional(fate.notBefore)],
  not_before_moment: [
    'bigint',
    ({ fate }: Fated) => (fate.notBefore === null ? null : momentOf(fate.notBefore)),
  ],
  settled_at: ['text', ({ fate }: Fated) => optional(fate.settledAt)],
  connector: ['text', ({ fate }: Fated) => optional(fate.connector)],
  reference: ['text', ({ fate }: Fated) => optional(fate.reference)],
  sentence: ['text', ({ fate }: Fated) => optional(fate.sentence)],
} as const

const storeEffects = insertInto<NewEffect & Fated>('effect', {
  position: ['bigint', ({ position }) => position],
  ...ownerColumns(({ effect }: NewEffect) => effect),
  ...slotColumn(({ effect }: NewEffect) => effect),
  id: ['text', ({ effect }) => storable(effect.key)],
  destination: ['text', ({ effect }) => storable(effect.destination)],
  ...fateColumns,
  body: ['json', ({ effect }) => asText(effect)],
})

type Settled = Fated & { readonly tenant: string; readonly key: string }
const settleEffects = batchOf<Settled>(
  {
    tenant: ['text', ({ tenant }) => storable(tenant)],
    id: ['text', ({ key }) => storable(key)],
    ...fateColumns,
  },
  (_names, rows) => {
    const set = Object.keys(fateColumns).map((name) => `${name} = given.${name}`)
    return `UPDATE effect SET ${set.join(', ')} FROM ${rows}
      WHERE effect.tenant = given.tenant AND effect.id = given.id`
  },
)

function effectQueries(changes: Changes, { fates }: KnownFacts): readonly Query[] {
  const fateOf = (key: string): readonly Fated[] => {
    const fate = fates.get(key)
    return fate === undefined ? [] : [{ fate }]
  }
  const added = new Set(changes.effects.map(({ key }) => key))
  const settled = [...changes.settledEffects].filter(([key]) => !added.has(key))
  return [
    ...storeEffects(
      changes.effects.flatMap((one) => fateOf(one.key).map((fated) => ({ ...one, ...fated }))),
    ),
    ...settleEffects(
      settled.flatMap(([key, { tenant, key: id }]) =>
        fateOf(key).map((fated) => ({ tenant, key: id, ...fated })),
      ),
    ),
  ]
}

const storeDeliveries = insertInto<Part<'deliveries'>>('delivery', {
  tenant: ['text', ({ tenant }) => storable(tenant)],
  delivery_key: ['text', ({ deliveryKey }) => storable(deliveryKey)],
  body: ['json', (delivery) => asText(delivery)],
})

const storeDocuments = insertInto<Part<'documents'>>(
  'document',
  {
    position: ['bigint', ({ position }) => position],
    tenant: ['text', ({ record }) => storable(record.tenant)],
    document_key: ['text', ({ record }) => storable(record.documentKey)],
    revision: ['bigint', ({ record }) => record.revision],
    content_hash: ['text', ({ record }) => storable(record.contentHash)],
    body: ['json', ({ record }) => asText(record)],
  },
  'ON CONFLICT DO NOTHING',
)

const storeCommands = insertInto<Part<'commands'>>('command', {
  tenant: ['text', ({ tenant }) => storable(tenant)],
  idempotency_key: ['text', ({ idempotencyKey }) => storable(idempotencyKey)],
  body: ['json', (command) => asText(command)],
})

const replaceAside =
  'ON CONFLICT (tenant, id) DO UPDATE SET state = excluded.state, body = excluded.body'
const asideColumns = <Record extends { readonly tenant: string; readonly state: string }>(
  idOf: (record: Record) => string,
) =>
  ({
    position: ['bigint', ({ position }: Placed<Record>) => position],
    tenant: ['text', ({ record }: Placed<Record>) => storable(record.tenant)],
    id: ['text', ({ record }: Placed<Record>) => storable(idOf(record))],
    state: ['text', ({ record }: Placed<Record>) => record.state],
    body: ['json', ({ record }: Placed<Record>) => asText(record)],
  }) as const

const storeQuarantined = insertInto<Part<'quarantined'>>(
  'quarantined',
  asideColumns(({ quarantineId }: Part<'quarantined'>['record']) => quarantineId),
  replaceAside,
)
const storeDeadLetters = insertInto<Part<'deadLetters'>>(
  'dead_letter',
  asideColumns(({ deadLetterId }: Part<'deadLetters'>['record']) => deadLetterId),
  replaceAside,
)

const storeRegister = insertInto<Part<'register'>>(
  'register',
  {
    position: ['bigint', ({ position }) => position],
    tenant: ['text', ({ record }) => storable(record.tenant)],
    buyer_organisation: ['text', ({ record }) => storable(record.buyerOrganisation)],
    invoice_key: ['text', ({ record }) => storable(record.invoiceKey)],
    invoice_number: ['text', ({ record }) => registerNumber(record.invoice.invoiceNumber)],
    invoice_date: ['text', ({ record }) => record.invoice.invoiceDate],
    total_amount: ['text', ({ record }) => registerTotal(record.invoice.totalAmount)],
    body: ['json', ({ record }) => asText(record)],
  },
  `ON CONFLICT (tenant, invoice_key) DO UPDATE SET buyer_organisation = excluded.buyer_organisation,
   invoice_number = excluded.invoice_number, invoice_date = excluded.invoice_date,
   total_amount = excluded.total_amount, body = excluded.body`,
)

const storeOriginals = insertInto<Part<'originals'>>(
  'original',
  {
    tenant: ['text', ({ tenant }) => storable(tenant)],
    delivery_key: ['text', ({ deliveryKey }) => storable(deliveryKey)],
    body: ['json', (record) => asText(record)],
  },
  'ON CONFLICT (tenant, delivery_key) DO UPDATE SET body = excluded.body',
)

const storeCursors = insertInto<Part<'cursors'>>(
  'cursor',
  {
    connector: ['text', ({ connector }) => storable(connector)],
    cursor: ['text', ({ cursor }) => storable(cursor)],
  },
  'ON CONFLICT (connector) DO UPDATE SET cursor = excluded.cursor',
)

function intakeQueries(changes: Changes): readonly Query[] {
  return [
    ...storeDeliveries(changes.deliveries.values()),
    ...storeDocuments(changes.documents),
    ...storeCommands(changes.commands.values()),
    ...storeQuarantined(changes.quarantined.values()),
    ...storeDeadLetters(changes.deadLetters.values()),
    ...storeRegister(changes.register.values()),
    ...storeCursors(changes.cursors.values()),
    ...storeOriginals(changes.originals.values()),
  ]
}
