import {
  addMilliseconds,
  type AggregateKind,
  AggregateReference,
  compareInstants,
  CounterfoilError,
  type Instant,
  instant,
  splitKey,
} from '@counterfoil/core'
import type { Clock } from '../clock/clock.ts'
import { auditOf } from '../machines/stored-events.ts'
import { aggregateText } from '../store/aggregate-text.ts'
import { ownerOfChain } from '../store/head-ledger.ts'
import { pagesOf } from '../store/pages-of.ts'
import type { Store } from '../store/store.ts'
import type { Unfinished } from '../store/stored-records.ts'
import type { RetentionRules } from './retention-rules.ts'
import { readChain } from './stored-chain.ts'
import { isTombstone } from './tombstone.ts'

/** Why an aggregate stays, for programs and in words. */
export type StayReason = {
  readonly reference: AggregateReference
  readonly reason:
    | Unfinished
    | 'legal-hold'
    | 'quarantine'
    | 'recent'
    | 'not-shown'
    | 'too-many'
    | 'broken'
  readonly sentence: string
}

/** Aggregates that are linked with one another, however far: they are purged together, or all of them stay. */
export type RetentionGroup = {
  /** By kind, then key. */
  readonly members: readonly AggregateReference[]
  /** Why they stay; empty where they may be purged. */
  readonly stays: readonly StayReason[]
}

/** What a review is about. */
export type RetentionReview = { readonly tenant: string; readonly rules: RetentionRules }

/** The most aggregates that are purged together; more of them stay. */
const groupMax = 2000
const rowsPerPage = 200
const dayMilliseconds = 86_400_000
const kinds: readonly AggregateKind[] = ['order', 'shipment', 'invoice', 'agreement']

/** Goes through all orders, shipments, invoices and agreements of a tenant, group by group. Reads only. */
export async function* reviewRetention(
  { store, clock }: { readonly store: Store; readonly clock: Clock },
  { tenant, rules }: RetentionReview,
): AsyncGenerator<RetentionGroup> {
  const seen = new Set<string>()
  const now = instant(clock.now())
  const held = await heldIn(store, rules)
  const awaited = await awaitedIn(store, tenant)
  for await (const reference of shown(store, tenant)) {
    if (seen.has(aggregateText(reference))) continue
    const { members, isWhole } = await groupOf(store, tenant, reference, seen)
    for (const member of members) seen.add(aggregateText(member))
    const stays = isWhole
      ? await staysOf(store, { tenant, rules, now, members, held, awaited })
      : [{ reference, reason: 'too-many', sentence: tooMany } as const]
    yield { members, stays }
  }
}

const tooMany = `more than ${groupMax} orders, shipments, invoices and agreements hang together`

/** What a legal hold names. A hold that names nothing would keep nothing, so it is refused by `SETTINGS_INVALID`. */
async function heldIn(store: Store, rules: RetentionRules): Promise<ReadonlySet<string>> {
  const requests = rules.legalHold.map(heldBy)
  const loaded = await store.load(requests)
  const missing = loaded.find(({ state }) => state === null)
  if (missing === undefined) return new Set(rules.legalHold)
  throw holdsNothing(aggregateText(missing.reference))
}

/** What is loaded for a name. One of another tenant is looked for there: a slip in the tenant's name would keep nothing. */
function heldBy(name: string) {
  const reference = AggregateReference.safeParse(ownerOfChain(name)).data
  const tenant = splitKey(reference?.key ?? '')[0]
  if (reference === undefined || tenant === undefined) throw holdsNothing(name)
  return { tenant, reference, messageIds: [] }
}

const holdsNothing = (name: string): CounterfoilError =>
  new CounterfoilError(
    'SETTINGS_INVALID',
    `the legal hold names \`${name}\`, which is not in the books: write its key as the books have it`,
  )

/** What a document waits for in quarantine, as far as such a document says. */
async function awaitedIn(store: Store, tenant: string): Promise<ReadonlySet<string>> {
  const awaited = new Set<string>()
  const asked = { tenant, state: 'quarantined' } as const
  for await (const page of pagesOf((request) => store.quarantined({ ...asked, ...request }))) {
    for (const { aggregates = [] } of page) {
      for (const reference of aggregates) awaited.add(aggregateText(reference))
    }
  }
  return awaited
}

/** Every aggregate that a list shows. */
async function* shown(store: Store, tenant: string): AsyncGenerator<AggregateReference> {
  for (const view of kinds) {
    let cursor: string | undefined
    do {
      const page = await store.rows({ tenant, view, limit: rowsPerPage, cursor })
      for (const { aggregate } of page.rows) {
        if (aggregate.kind !== 'document') yield { kind: aggregate.kind, key: aggregate.key }
      }
      cursor = page.cursor ?? undefined
    } while (cursor !== undefined)
  }
}

/** All that hangs together with an aggregate; not whole where it is more than `groupMax`, or part of what was before. */
async function groupOf(
  store: Store,
  tenant: string,
  first: AggregateReference,
  seen: ReadonlySet<string>,
): Promise<{ readonly members: readonly AggregateReference[]; readonly isWhole: boolean }> {
  const group = new Map([[aggregateText(first), first]])
  let isWhole = true
  for (const reference of group.values()) {
    for (const one of await store.linked({ tenant, reference })) {
      if (seen.has(aggregateText(one))) isWhole = false
      else group.set(aggregateText(one), one)
    }
    isWhole &&= group.size <= groupMax
    if (!isWhole) break
  }
  const sorted = [...group].toSorted(([a], [b]) => (a < b ? -1 : 1))
  return { members: sorted.map(([, member]) => member), isWhole }
}

type Reviewed = RetentionReview & {
  readonly now: Instant
  readonly members: readonly AggregateReference[]
  readonly held: ReadonlySet<string>
  readonly awaited: ReadonlySet<string>
}

/**
 * The reasons of each member: how long ago something happened only where nothing else keeps the group, and whether its books
 * hold only where it may go.
 */
async function staysOf(store: Store, reviewed: Reviewed): Promise<readonly StayReason[]> {
  const { tenant, members, held, awaited } = reviewed
  const stays: StayReason[] = members
    .filter((reference) => held.has(aggregateText(reference)))
    .map((reference) => ({ reference, reason: 'legal-hold', sentence: 'a legal hold names it' }))
  for (const reference of members) {
    if (!awaited.has(aggregateText(reference))) continue
    const sentence = 'a document for it waits in quarantine'
    stays.push({ reference, reason: 'quarantine', sentence })
  }
  const unfinished = await store.unfinished(members.map((reference) => ({ tenant, reference })))
  for (const [index, reasons] of unfinished.entries()) {
    const reference = members[index]
    if (reference === undefined) continue
    for (const reason of reasons) stays.push({ reference, reason, sentence: sentences[reason] })
  }
  if (stays.some(({ reason }) => reason !== 'head')) return stays
  const ages = await Promise.all(members.map((member) => ageOf(store, reviewed, member)))
  stays.push(...ages.flat())
  if (stays.some(({ reason }) => reason !== 'head')) return stays
  for (const reference of members) stays.push(...(await breaksOf(store, { tenant, reference })))
  return stays
}

const sentences: Readonly<Record<Unfinished, string>> = {
  open: 'it, or a case or hold of it, is still open',
  message: 'a message for it waits',
  timer: 'a clock of it runs',
  effect: 'something that was asked of another system for it is not settled',
  head: 'it has audit entries that no signed head speaks of yet',
}

async function ageOf(
  store: Store,
  { tenant, rules, now }: Reviewed,
  reference: AggregateReference,
): Promise<readonly StayReason[]> {
  const view = reference.kind
  const own = await store.rows({ tenant, view, aggregate: reference, limit: 1 })
  if (own.rows.length === 0) {
    const [loaded] = await store.load([{ tenant, reference, messageIds: [] }])
    const state = loaded?.state ?? null
    // Of what was purged before only a late document knows.
    if (state === null || isTombstone(state)) return []
    return [{ reference, reason: 'not-shown', sentence: 'no list shows whether it is closed' }]
  }
  const chain = await auditOf(store, { tenant, aggregate: reference })
  const lastAt = [...chain.values()].at(-1)?.at(-1)?.at
  if (lastAt === undefined) return []
  const days = rules.days[reference.kind] ?? rules.days.order
  const keptUntil = addMilliseconds(lastAt, days * dayMilliseconds)
  if (compareInstants(keptUntil, now) <= 0) return []
  const sentence = `something happened to it at ${lastAt}, and it is kept ${days} days after that`
  return [{ reference, reason: 'recent', sentence }]
}

/** What was changed in the books would be lost with them, so it stays until somebody has looked. */
async function breaksOf(
  store: Store,
  { tenant, reference }: { readonly tenant: string; readonly reference: AggregateReference },
): Promise<readonly StayReason[]> {
  const chain = await readChain(store, { tenant, reference })
  if (chain === 'nothing') return []
  if (chain === 'moved') return [{ reference, reason: 'recent', sentence: 'it is being changed' }]
  const { broken } = chain
  return broken === null ? [] : [{ reference, reason: 'broken', sentence: broken }]
}
