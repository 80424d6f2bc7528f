import {
  type AggregateReference,
  epochMillisecondsOf,
  instant,
  type MachineStamp,
} from '@counterfoil/core'
import { isSameStamp } from '../machines/machine-stamp.ts'
import { isSameAggregate } from '../store/aggregate-text.ts'
import { registerNumber, registerTotal } from '../store/register-search.ts'
import type { RegisterRequest, Store, ViewCount, ViewRequest } from '../store/store.ts'
import type {
  KnownMessage,
  LoadedAggregate,
  MachineCount,
  RegisterEntry,
  StoredState,
  StoredViewRow,
  Timer,
} from '../store/stored-records.ts'
import { compareKeys, type SortKey } from './in-order.ts'
import { type MemoryTables, ownedKey, ownerKey } from './memory-tables.ts'

/** One aggregate with its waiting messages and timers. */
export function loadAggregate(
  tables: MemoryTables,
  request: {
    readonly tenant: string
    readonly reference: AggregateReference
    readonly messageIds: readonly string[]
  },
): LoadedAggregate {
  const { tenant, reference, messageIds } = request
  const owner = ownerKey(tenant, reference)
  const messages = tables.messages.get(owner) ?? new Map()
  const known = messageIds.flatMap((messageId): KnownMessage[] => {
    const isApplied = tables.appliedMessages.has(ownedKey(tenant, reference, messageId))
    const status = isApplied ? 'applied' : messages.get(messageId)?.status
    return status === undefined ? [] : [{ messageId, status }]
  })
  return {
    reference,
    state: tables.states.get(owner)?.state ?? null,
    known,
    parked: [...messages.values()]
      .filter(({ status }) => status === 'parked')
      .toSorted((a, b) => a.position - b.position)
      .map(({ message, reason, sentence, parkedAt }) => ({ message, reason, sentence, parkedAt })),
    timers: [...(tables.timers.get(owner)?.values() ?? [])].toSorted((a, b) =>
      compareKeys(timerOrder(a), timerOrder(b)),
    ),
  }
}

/** The states of a kind or a machine, in no order. */
export function selectStates(
  tables: MemoryTables,
  { kind, machine }: StatesRequest,
): readonly StoredState[] {
  return [...tables.states.values()].filter(
    ({ reference, state }) =>
      (kind === undefined || kind === reference.kind) &&
      (machine === undefined || isMadeBy(machine, state.machine)),
  )
}

type StatesRequest = Pick<Parameters<Store['states']>[0], 'kind' | 'machine'>

function isMadeBy(wanted: MachineStamp | null, found: MachineStamp): boolean {
  return wanted?.shape === undefined ? found.shape === undefined : isSameStamp(wanted, found)
}

/** How many states each machine made. */
export function countMachines(tables: MemoryTables): readonly MachineCount[] {
  const counts = new Map<string, MachineCount>()
  for (const { reference, state } of tables.states.values()) {
    const { name, version, shape } = state.machine
    const machine = shape === undefined ? null : { name, version, shape }
    const key = JSON.stringify([reference.kind, machine])
    counts.set(key, { kind: reference.kind, machine, count: (counts.get(key)?.count ?? 0) + 1 })
  }
  return [...counts.values()].toSorted((a, b) => compareKeys(machineOrder(a), machineOrder(b)))
}

function machineOrder({ kind, machine }: MachineCount): SortKey {
  if (machine === null) return [kind, 0]
  return [kind, 1, machine.name, machine.version, machine.shape ?? null]
}

/** What timers are put in order by: due time, then tenant, aggregate and id. */
export function timerOrder(timer: Timer): SortKey {
  const { tenant, aggregate, timerId, dueAt } = timer
  return [momentOf(dueAt), tenant, aggregate.kind, aggregate.key, timerId]
}

/** Every armed timer of every tenant. */
export function* allTimers(tables: MemoryTables): Generator<Timer> {
  for (const timers of tables.timers.values()) yield* timers.values()
}

/** Milliseconds of an instant however it is spelled. */
export function momentOf(text: string): number {
  return epochMillisecondsOf(instant(text))
}

/** The rows a request selects, in no order. */
export function* selectRows(tables: MemoryTables, request: ViewRequest): Generator<StoredViewRow> {
  for (const { tenant, aggregate, rows } of tables.rows.values()) {
    if (tenant !== request.tenant) continue
    if (request.aggregate !== undefined && !isSameAggregate(aggregate, request.aggregate)) continue
    for (const row of rows) {
      if (passes({ ...row, aggregate }, request)) yield { ...row, aggregate }
    }
  }
}

function passes(row: StoredViewRow, request: ViewRequest): boolean {
  const isEqual = <Value>(wanted: Value | undefined, actual: Value): boolean =>
    wanted === undefined || wanted === actual
  return (
    row.view === request.view &&
    isEqual(request.id, row.id) &&
    isEqual(request.buyerOrganisation, row.buyerOrganisation) &&
    isEqual<string | null>(request.supplier, row.supplier) &&
    isEqual(request.state, row.state) &&
    isEqual(request.open, row.open) &&
    isEqual<string | null>(request.ownerRole, row.ownerRole) &&
    isNotAfter(row.dueAt, request.dueBefore) &&
    isNotAfter(row.openedAt, request.openedBefore)
  )
}

function isNotAfter(moment: string | null, latest: string | undefined): boolean {
  if (latest === undefined) return true
  return moment !== null && momentOf(moment) <= momentOf(latest)
}

/** What rows are put in order by. */
export function rowOrder(row: StoredViewRow, orderBy: ViewRequest['orderBy']): SortKey {
  const moment = orderBy === 'due' ? row.dueAt : orderBy === 'opened' ? row.openedAt : null
  return [moment === null ? null : momentOf(moment), row.id]
}

/** Rows of a view by state, owner and whether they are open. */
export function countRows(
  tables: MemoryTables,
  request: Pick<ViewRequest, 'tenant' | 'view'>,
): readonly ViewCount[] {
  const counts = new Map<string, ViewCount>()
  for (const { state, ownerRole, open } of selectRows(tables, { ...request, limit: 1 })) {
    const key = JSON.stringify([state, ownerRole, open])
    counts.set(key, { state, ownerRole, open, count: (counts.get(key)?.count ?? 0) + 1 })
  }
  return [...counts.values()].toSorted((a, b) => compareKeys(countOrder(a), countOrder(b)))
}

// A count without owner comes before the others, where a row without due time comes after them.
function countOrder({ state, ownerRole, open }: ViewCount): SortKey {
  return [state, ownerRole === null ? 0 : 1, ownerRole, open ? 0 : 1]
}

/** Register entries that share a number, or date and total, with an invoice. */
export function searchRegister(
  tables: MemoryTables,
  request: RegisterRequest,
): readonly RegisterEntry[] {
  const numbers = new Set(request.invoiceNumbers.map(registerNumber))
  const total = registerTotal(request.totalAmount)
  return [...tables.register.values()]
    .filter(({ record: { tenant, buyerOrganisation, invoiceKey, invoice } }) => {
      if (tenant !== request.tenant || buyerOrganisation !== request.buyerOrganisation) return false
      if (invoiceKey === request.exceptInvoiceKey) return false
      if (numbers.has(registerNumber(invoice.invoiceNumber))) return true
      const isSameDay = invoice.invoiceDate === request.invoiceDate
      return isSameDay && total !== null && registerTotal(invoice.totalAmount) === total
    })
    .toSorted((a, b) => a.position - b.position)
    .slice(0, request.limit)
    .map(({ record }) => record)
}
