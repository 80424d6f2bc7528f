import { type AggregateReference, joinKey } from '@counterfoil/core'
import type { Commit } from '../store/commit.ts'
import type { ClaimRequest } from '../store/store.ts'
import type { ClaimedEffect, Effect, EffectRecord, EffectResult } from '../store/stored-records.ts'
import { createHeap, type Heap } from './heap.ts'
import { allTimers, momentOf } from './memory-reads.ts'
import {
  type MemoryTables,
  nextPosition,
  ownerKey,
  type WaitingEffect,
  type WaitingLine,
} from './memory-tables.ts'

/** Stores what is to be carried out outside, and what came of attempts at it. */
export function storeEffects(tables: MemoryTables, commit: Commit): void {
  for (const effect of commit.effects ?? []) {
    keep(tables, {
      position: nextPosition(tables),
      notBefore: null,
      isLeased: false,
      record: { ...effect, ...newFate },
    })
  }
  for (const result of commit.effectResults ?? []) {
    const before = tables.effects.get(joinKey([result.tenant, result.key]))
    if (before !== undefined && mayFollow(before, result)) keep(tables, afterResult(before, result))
  }
}

const newFate = {
  state: 'waiting',
  attempts: 0,
  attemptsFailed: 0,
  leasesLost: 0,
  settledAt: null,
  connector: null,
  reference: null,
  sentence: null,
} as const

// Two processes may have asked at once after a lease ran out: what was done stays done, whatever the slower one says.
function mayFollow({ record: { state, attempts } }: WaitingEffect, result: EffectResult): boolean {
  if (result.kind === 'retry' || result.kind === 'given-back') {
    return state === 'waiting' && attempts === result.attempt
  }
  if (result.kind === 'delivered' || result.kind === 'dead') return state === 'waiting'
  return state === 'waiting' || state === 'dead'
}

function afterResult(before: WaitingEffect, result: EffectResult): Fate {
  const { record } = before
  const ended = { ...before, isLeased: false, notBefore: null }
  const settled = (change: Partial<EffectRecord>): Fate => ({
    ...ended,
    record: { ...record, settledAt: result.at, ...change },
  })
  switch (result.kind) {
    case 'delivered':
      return settled({
        state: 'delivered',
        connector: result.connector,
        reference: result.reference,
        sentence: null,
      })
    case 'dead':
    case 'discarded':
      return settled({ state: result.kind, sentence: result.sentence })
    case 'redrive':
      return settled({ state: 'waiting', attemptsFailed: 0, leasesLost: 0, settledAt: null })
    case 'given-back':
      return { ...ended, notBefore: result.notBefore }
    case 'retry': {
      const { notBefore, sentence } = result
      const attemptsFailed = record.attemptsFailed + 1
      return { ...ended, notBefore, record: { ...record, attemptsFailed, leasesLost: 0, sentence } }
    }
  }
}

/** Takes everything out that an aggregate ever asked for. */
export function forgetEffects(
  tables: MemoryTables,
  tenant: string,
  reference: AggregateReference,
): void {
  const owner = ownerKey(tenant, reference)
  for (const [key, { record }] of tables.effects) {
    if (ownerKey(record.tenant, record.aggregate) === owner) tables.effects.delete(key)
  }
  for (const { lanes } of tables.lines.values()) lanes.delete(owner)
}

type Fate = Omit<WaitingEffect, 'time'>

/** Keeps an effect as it is now, and has whatever may be taken by now stand where it is found. */
function keep(tables: MemoryTables, kept: Fate): void {
  const { record, position, notBefore } = kept
  const now = { ...kept, time: notBefore === null ? -Infinity : momentOf(notBefore) }
  tables.effects.set(effectKey(record), now)
  const line = lineOf(tables, record)
  const owner = ownerKey(record.tenant, record.aggregate)
  const before = line.lanes.get(owner) ?? []
  const at = before.findIndex((one) => one.position >= position)
  const isKnown = before[at]?.position === position
  const lane =
    record.state === 'waiting'
      ? before.toSpliced(at < 0 ? before.length : at, isKnown ? 1 : 0, now)
      : before.toSpliced(at < 0 ? before.length : at, isKnown ? 1 : 0)
  const [first] = lane
  if (first === undefined) line.lanes.delete(owner)
  else line.lanes.set(owner, lane)
  if (first !== undefined && first !== before[0]) makeFound(line, first)
}

function effectKey({ tenant, key }: Pick<Effect, 'tenant' | 'key'>): string {
  return joinKey([tenant, key])
}

function lineOf(tables: MemoryTables, { tenant, destination }: Effect): WaitingLine {
  const key = joinKey([tenant, destination])
  const known = tables.lines.get(key)
  if (known !== undefined) return known
  const line: WaitingLine = {
    tenant,
    destination,
    lanes: new Map(),
    untimed: createHeap(byDecision),
    timed: createHeap((a, b) => a.time - b.time || byDecision(a, b)),
    latestTime: -Infinity,
  }
  tables.lines.set(key, line)
  return line
}

function byDecision(a: WaitingEffect, b: WaitingEffect): number {
  return a.position - b.position
}

function makeFound(line: WaitingLine, waiting: WaitingEffect): void {
  const heap = waiting.notBefore === null ? line.untimed : line.timed
  heap.push(waiting)
  line.latestTime = Math.max(line.latestTime, waiting.time)
}

const nobodySuspected = { leasesLost: Infinity, limit: 0 }

/** With the lease it was given last, which is over where it may be claimed. */
function leasesLostBy({ record, isLeased }: WaitingEffect): number {
  return record.leasesLost + (isLeased ? 1 : 0)
}

/** Takes what may be delivered now and marks it taken. */
export function claimFromTables(
  tables: MemoryTables,
  {
    now,
    leaseUntil,
    waitsUntilMax,
    limit,
    destinationMax = limit,
    except = [],
    suspects = nobodySuspected,
  }: ClaimRequest,
): readonly ClaimedEffect[] {
  const each = Math.min(limit, destinationMax)
  const moment = momentOf(now)
  const latest = waitsUntilMax === undefined ? Infinity : momentOf(waitsUntilMax)
  const lines = [...tables.lines.values()].filter(
    ({ tenant, destination }) =>
      !except.some((one) => one.tenant === tenant && one.destination === destination),
  )
  const found = lines.flatMap((line) => [
    ...takeFirst(line, line.untimed, { limit: each, moment }),
    ...takeFirst(line, line.timed, { limit: each, moment }),
    ...takeLate(line, { limit: each, latest }),
  ])
  const inOrder = found.toSorted(byDecision)
  const isSuspect = (one: WaitingEffect): boolean => leasesLostBy(one) >= suspects.leasesLost
  const left = inOrder.filter(isSuspect).slice(suspects.limit)
  const given = firstOfEach(
    inOrder.filter((one) => !left.includes(one)),
    each,
  ).slice(0, limit)
  for (const one of inOrder) {
    if (!given.includes(one)) makeFound(lineOf(tables, one.record), one)
  }
  return given.map((waiting) => {
    const { record } = waiting
    const taken = {
      ...record,
      attempts: record.attempts + 1,
      leasesLost: leasesLostBy(waiting),
    }
    keep(tables, { ...waiting, notBefore: leaseUntil, isLeased: true, record: taken })
    return claimedOf(taken)
  })
}

/** The first so many of each destination, in the order they are given in. */
function firstOfEach(ones: readonly WaitingEffect[], each: number): readonly WaitingEffect[] {
  const counts = new Map<string, number>()
  return ones.filter(({ record: { tenant, destination } }) => {
    const line = joinKey([tenant, destination])
    const count = (counts.get(line) ?? 0) + 1
    counts.set(line, count)
    return count <= each
  })
}

/** Takes so many that may be taken off a heap, and what is of before with them. */
function takeFirst(
  line: WaitingLine,
  heap: Heap<WaitingEffect>,
  { limit, moment }: { readonly limit: number; readonly moment: number },
): readonly WaitingEffect[] {
  const taken = new Set<WaitingEffect>()
  while (taken.size < limit) {
    const first = firstOf(line, heap)
    if (first === undefined || first.time > moment) break
    heap.pop()
    taken.add(first)
  }
  return [...taken]
}

/** Takes so many that wait until later than anybody should. */
function takeLate(
  line: WaitingLine,
  { limit, latest }: { readonly limit: number; readonly latest: number },
): readonly WaitingEffect[] {
  if (line.latestTime <= latest) return []
  const first = [...line.lanes.values()]
    .flatMap((lane) => lane.slice(0, 1))
    .toSorted((a, b) => b.time - a.time)
  const taken = first.filter(({ time }) => time > latest).slice(0, limit)
  line.latestTime = first[taken.length]?.time ?? -Infinity
  return taken
}

function firstOf(line: WaitingLine, heap: Heap<WaitingEffect>): WaitingEffect | undefined {
  for (let first = heap.first(); first !== undefined; first = heap.first()) {
    const { tenant, aggregate } = first.record
    if (line.lanes.get(ownerKey(tenant, aggregate))?.[0] === first) return first
    heap.pop()
  }
  return undefined
}

function claimedOf({
  state: _state,
  settledAt: _settledAt,
  connector: _connector,
  reference: _reference,
  sentence: _sentence,
  ...claimed
}: EffectRecord): ClaimedEffect {
  return claimed
}

/** The earliest instant at which a timer is due or an effect can be claimed; null when nothing is to come. */
export function nextDueInTables(tables: MemoryTables): string | null {
  const lines = [...tables.lines.values()]
  const untimed = lines
    .flatMap((line) => firstOf(line, line.untimed) ?? [])
    .toSorted(byDecision)
    .slice(0, 1)
  const timed = lines.flatMap((line) => firstOf(line, line.timed)?.notBefore ?? [])
  const timers = Array.from(allTimers(tables), ({ dueAt }) => dueAt)
  const decided = untimed.map(({ record }) => record.decidedAt)
  return [...timers, ...decided, ...timed].toSorted((a, b) => momentOf(a) - momentOf(b))[0] ?? null
}
