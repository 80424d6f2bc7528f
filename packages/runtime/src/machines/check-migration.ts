import {
  type AggregateReference,
  type AggregateState,
  CounterfoilError,
  type Instant,
  type Intent,
  type MachineStamp,
  type Message,
  type PolicySource,
  systemActor,
  TenantId,
} from '@counterfoil/core'
import type { ConductedAggregate } from '../runtime.ts'
import { pagesOf } from '../store/pages-of.ts'
import type { Store } from '../store/store.ts'
import type { MachineCount, StoredState } from '../store/stored-records.ts'
import { describeStamp, isSameStamp } from './machine-stamp.ts'
import { isNotTaken, type Machines, registerMachines } from './machines.ts'
import type { TakePolicy } from './older-machine.ts'
import { changesBetween, type StateChange } from './state-changes.ts'
import { purgeStamp } from '../retention/tombstone.ts'
import { takeState } from './take-state.ts'

/** A stored state that the machines of a release would change, or could not go on with. */
export type CheckedState = {
  readonly tenant: string
  readonly key: string
  readonly outcome: 'changed' | 'broken'
  /** Why it breaks, or what changes, in words. */
  readonly sentence: string
  /** Where the state would differ. */
  readonly changes: readonly StateChange[]
  /** What the lists show of it, and what they would. */
  readonly shownBefore: string | null
  readonly shownAfter: string | null
  /** What it would decide by itself at its next message, by type of event. */
  readonly decides: readonly string[]
  /** What it would ask for then: effects, timers, messages to others. */
  readonly asks: readonly Intent[]
}

/** The states that one machine made, and what becomes of them. */
export type CheckedGroup = {
  readonly kind: AggregateReference['kind']
  readonly machine: MachineStamp
  readonly count: number
  /** `current`: made by the machine of the release. `unknown`: nobody said how they are taken, so all of them are refused. */
  readonly take: 'current' | 'unknown' | TakePolicy['kind']
  /** The machine they go on under; null where none does. */
  readonly under: MachineStamp | null
  readonly same: number
  readonly changed: number
  readonly broken: number
  /** Some of those that break, then some of those that change. */
  readonly examples: readonly CheckedState[]
}

/** What the machines of a release would make of the states in a store. */
export type MigrationCheck = {
  readonly states: number
  readonly groups: readonly CheckedGroup[]
  /** False where a state would be refused or could not be taken as said. */
  readonly isSafe: boolean
}

/** What a check is made of. */
export type MigrationCheckRequest = {
  readonly store: Pick<Store, 'machines' | 'states' | 'events' | 'rows'>
  /** The aggregates of the release, with how they take older states. */
  readonly aggregates: readonly ConductedAggregate[]
  /** The rules that say what a state would decide next. */
  readonly policies: PolicySource
  readonly now: Instant
  /** Examples of each outcome in each group; 5 unless said otherwise. */
  readonly examplesMax?: number
}

const statesPerPage = 100
const changesMax = 20

/**
 * Runs the machines of a release over the stored states, and says what would change and what would break. Reads only. States
 * that the machine of the release made are counted and not read.
 */
export async function checkMigration(request: MigrationCheckRequest): Promise<MigrationCheck> {
  const machines = registerMachines(request.aggregates)
  const groups: CheckedGroup[] = []
  for (const counted of await request.store.machines()) {
    const { kind, machine, count } = counted
    if (machine !== null && isSameStamp(machine, purgeStamp)) continue
    const fate = machine === null ? null : fateOf(machines, kind, machine)
    if (machine !== null && fate?.take === 'current') {
      groups.push({ kind, machine, ...fate, count, same: count, ...noneChecked })
    } else {
      groups.push(...(await checkStates(request, machines, counted)))
    }
  }
  return {
    states: groups.reduce((sum, { count }) => sum + count, 0),
    groups,
    isSafe: groups.every(({ broken }) => broken === 0),
  }
}

const noneChecked = { changed: 0, broken: 0, examples: [] }

/** Checks states one by one. Those without a shape may be of several machines: each says itself which made it. */
async function checkStates(
  request: MigrationCheckRequest,
  machines: Machines,
  counted: MachineCount,
): Promise<readonly CheckedGroup[]> {
  const groups = new Map<string, CheckedGroup>()
  for await (const stored of statesOf(request.store, counted)) {
    const { mappedFrom: _mappedFrom, ...machine } = stored.state.machine
    const name = describeStamp(machine)
    const group = groups.get(name) ?? {
      kind: counted.kind,
      machine,
      ...fateOf(machines, counted.kind, machine),
      count: 0,
      same: 0,
      ...noneChecked,
    }
    const checked = await checkState(request, machines, stored)
    groups.set(name, withState(group, checked, request.examplesMax ?? examplesMaxDefault))
  }
  return [...groups.values()]
}

const examplesMaxDefault = 5

function withState(
  group: CheckedGroup,
  checked: CheckedState | null,
  examplesMax: number,
): CheckedGroup {
  const outcome = checked?.outcome ?? 'same'
  const counts = { ...group, count: group.count + 1, [outcome]: group[outcome] + 1 }
  if (checked === null || group[checked.outcome] >= examplesMax) return counts
  const examples = [...group.examples, checked].toSorted(brokenFirst)
  return { ...counts, examples }
}

function brokenFirst(a: CheckedState, b: CheckedState): number {
  if (a.outcome === b.outcome) return 0
  return a.outcome === 'broken' ? -1 : 1
}

function fateOf(
  machines: Machines,
  kind: AggregateReference['kind'],
  machine: MachineStamp,
): Pick<CheckedGroup, 'take' | 'under'> {
  if (!machines.kinds.includes(kind)) return { take: 'unknown', under: null }
  const footing = machines.footingOf(kind, machine)
  if (footing.kind === 'unknown') return { take: 'unknown', under: null }
  const current = machines.currentOf(kind).machine
  if (footing.kind === 'current') return { take: 'current', under: current }
  const { take } = footing.older
  return { take: take.kind, under: take.kind === 'pin' ? take.aggregate.machine : current }
}

async function* statesOf(
  store: MigrationCheckRequest['store'],
  { kind, machine }: MachineCount,
): AsyncGenerator<StoredState> {
  const pages = pagesOf((page) => store.states({ kind, machine, ...page }), statesPerPage)
  for await (const page of pages) yield* page
}

/** What becomes of one state; null where it stays as it is. */
async function checkState(
  request: MigrationCheckRequest,
  machines: Machines,
  stored: StoredState,
): Promise<CheckedState | null> {
  const { tenant, reference } = stored
  const found = { tenant, key: reference.key }
  const shownBefore = await shownOf(request.store, stored)
  try {
    const taken = await takeState(request.store, machines, stored)
    const difference = differenceOf(request, machines, stored, taken)
    const isSame = difference.changes.length + difference.decides.length === 0
    if (isSame && difference.shownAfter === shownBefore) return null
    const sentence = sentenceOf(difference, shownBefore)
    return { ...found, outcome: 'changed', sentence, shownBefore, ...difference }
  } catch (error) {
    // An outage says nothing about the state.
    if (CounterfoilError.is(error) && error.retryable && !isNotTaken(error)) throw error
    const sentence = error instanceof Error ? error.message : String(error)
    return { ...found, outcome: 'broken', sentence, shownBefore, ...nothingDiffers }
  }
}

type Difference = Pick<CheckedState, 'changes' | 'shownAfter' | 'decides' | 'asks'>

const nothingDiffers: Difference = { changes: [], shownAfter: null, decides: [], asks: [] }

function differenceOf(
  { policies, now }: MigrationCheckRequest,
  machines: Machines,
  { tenant, reference, state }: StoredState,
  taken: AggregateState,
): Difference {
  const conducted = machines.conductedOf(reference, taken)
  const owner = TenantId.parse(tenant)
  const { scope, businessDate } = conducted.scopeOf(taken, nothingSaid(owner, reference, now))
  const policy = policies.pick(scope, businessDate)
  const outstanding = conducted.outstanding?.(taken, owner, { policy, now })
  return {
    changes: changesBetween(facts(state), facts(taken), changesMax),
    shownAfter: conducted.rowsOf(taken).find(({ view }) => view === reference.kind)?.state ?? null,
    decides: (outstanding?.events ?? []).map(({ type }) => type),
    asks: outstanding?.intents ?? [],
  }
}

/** What a state says apart from who made it. */
function facts({ machine: _machine, auditHead: _auditHead, ...said }: AggregateState): object {
  return said
}

function nothingSaid(tenant: TenantId, aggregate: AggregateReference, now: Instant): Message {
  return {
    id: 'migration-check',
    tenant,
    aggregate,
    type: 'nothing.said',
    schemaVersion: 1,
    occurredAt: now,
    receivedAt: now,
    actor: systemActor,
    causedBy: null,
    data: {},
  }
}

async function shownOf(
  store: MigrationCheckRequest['store'],
  { tenant, reference }: StoredState,
): Promise<string | null> {
  const request = { tenant, view: reference.kind, aggregate: reference, limit: 1 }
  return (await store.rows(request)).rows[0]?.state ?? null
}

function sentenceOf(
  { changes, decides, shownAfter }: Difference,
  shownBefore: string | null,
): string {
  const count = changes.length === changesMax ? `${changesMax} or more` : String(changes.length)
  const places = `${count} ${changes.length === 1 ? 'place' : 'places'}`
  const said = [
    changes.length === 0 ? 'the state stays as it is' : `the state changes in ${places}`,
    ...(changes.length === 0 && shownBefore !== shownAfter ? ['the lists show it otherwise'] : []),
    ...(decides.length === 0 ? [] : [`at its next message it decides ${decides.join(', ')}`]),
  ]
  return said.join(', and ')
}
