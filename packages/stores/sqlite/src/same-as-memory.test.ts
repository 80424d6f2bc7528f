import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type AggregateReference,
  CounterfoilError,
  instant,
  type Message,
  systemActor,
  TenantId,
} from '@counterfoil/core'
import { type ClaimRequest, type Commit, createMemoryStore, type Store } from '@counterfoil/runtime'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createSqliteStore } from './create-sqlite-store.ts'

const tenants = ['a', 'b'] as const
const moments = [
  '2026-11-25T09:00:00Z',
  '2026-11-25T10:00:00+01:00',
  '2026-11-25T09:30:00Z',
  '2026-11-25T10:00:00Z',
] as const

const aTenant = fc.constantFrom(...tenants)
const aMoment = fc.constantFrom(...moments)
const aSmall = fc.nat(3)
const aReference = fc.record({
  kind: fc.constantFrom('order' as const, 'invoice' as const),
  key: fc.constantFrom('1', '2', 'ü', '\u{1F69A}'),
})
const anOwner = fc.record({ tenant: aTenant, reference: aReference })

const aMessage = fc.tuple(anOwner, fc.nat(5)).map(([{ tenant, reference }, number]): Message => ({
  id: `m${number}`,
  tenant: TenantId.parse(tenant),
  aggregate: reference,
  type: 'test.said',
  schemaVersion: 1,
  occurredAt: instant(moments[0]),
  receivedAt: instant(moments[0]),
  actor: systemActor,
  causedBy: null,
  data: { number },
}))

const anOutcome = fc.oneof(
  fc.constantFrom(
    { kind: 'applied' as const },
    { kind: 'duplicate' as const },
    { kind: 'dead' as const },
  ),
  aSmall.map((number) => ({ kind: 'parked' as const, reason: `r${number}`, sentence: 'waits' })),
)

const aTimer = fc
  .tuple(anOwner, aSmall, fc.integer({ min: 1, max: 3 }), aMoment)
  .map(([{ tenant, reference }, number, armedVersion, dueAt]) => ({
    tenant,
    aggregate: reference,
    timerId: `t${number}`,
    armedVersion,
    dueAt: instant(dueAt),
    type: 'test.said',
    data: {},
    causedBy: 'e',
  }))

const anEffect = fc
  .tuple(anOwner, fc.nat(9), aSmall, aMoment)
  .map(([{ tenant, reference }, number, destination, decidedAt]) => ({
    tenant,
    key: `k${number}`,
    aggregate: reference,
    destination: `d${destination % 2}`,
    intent: {
      kind: 'notify' as const,
      role: 'buyer',
      topic: 't',
      subject: 's',
      sentence: 'look',
    },
    decidedAt,
  }))

const aResult = fc
  .tuple(aTenant, fc.nat(9), aMoment, fc.nat(5), fc.integer({ min: 1, max: 3 }))
  .map(([tenant, number, at, which, attempt]) => {
    const base = { tenant, key: `k${number}`, at }
    const kinds = [
      { ...base, kind: 'delivered' as const, connector: 'c', reference: 'r' },
      { ...base, kind: 'retry' as const, attempt, notBefore: at, sentence: 'no answer' },
      { ...base, kind: 'given-back' as const, attempt, notBefore: at },
      { ...base, kind: 'dead' as const, sentence: 'refused' },
      { ...base, kind: 'discarded' as const, sentence: 'not wanted' },
      { ...base, kind: 'redrive' as const },
    ]
    return kinds[which] ?? { ...base, kind: 'redrive' as const }
  })

const aRow = fc
  .tuple(fc.nat(9), fc.option(aMoment), fc.option(aMoment), fc.boolean(), fc.option(aSmall))
  .map(([number, dueAt, openedAt, open, owner]) => ({
    view: 'exception' as const,
    id: `x${number}`,
    buyerOrganisation: '0001',
    supplier: owner === null ? null : `S${owner}`,
    state: `s${number % 2}`,
    open,
    ownerRole: owner === null ? null : `o${owner}`,
    openedAt,
    dueAt,
    body: { number },
  }))

const aCommit = fc.record(
  {
    aggregates: fc.array(
      fc.tuple(anOwner, aSmall, aSmall).map(([{ tenant, reference }, versionBefore, more]) => ({
        tenant,
        reference,
        versionBefore,
        state: {
          key: reference.key,
          sequence: versionBefore + more,
          auditHead: null,
          machine: { name: 'm', version: 1 },
        },
      })),
      { maxLength: 1 },
    ),
    purged: fc.array(
      fc.tuple(anOwner, aSmall).map(([{ tenant, reference }, versionBefore]) => ({
        tenant,
        reference,
        versionBefore,
        state: {
          key: reference.key,
          sequence: versionBefore + 1,
          auditHead: null,
          machine: { name: 'purged', version: 1 },
        },
        sources: [`${reference.kind}:${reference.key}`],
        deadLetters: [],
        deliveryKeys: [],
      })),
      { maxLength: 2 },
    ),
    rows: fc.array(
      fc
        .tuple(anOwner, fc.uniqueArray(aRow, { selector: ({ id }) => id, maxLength: 3 }))
        .map(([{ tenant, reference }, rows]) => {
          const source = `${reference.kind}:${reference.key}`
          // An id belongs to one source: rows of two sources under one id are no promise of the contract.
          const own = rows.map((row) => ({ ...row, id: `${source}/${row.id}` }))
          return { tenant, source, aggregate: reference, rows: own }
        }),
      { maxLength: 2 },
    ),
    events: fc.array(
      fc.tuple(aMessage, fc.integer({ min: 1, max: 12 })).map(([message, sequence]) => ({
        event: { ...message, id: `${message.id}#${sequence}`, sequence },
        messageId: sequence % 2 === 0 ? message.id : null,
      })),
      { maxLength: 2 },
    ),
    queue: fc.array(aMessage, { maxLength: 3 }),
    requeue: fc.array(aMessage, { maxLength: 2 }),
    settled: fc.array(
      fc
        .tuple(aMessage, anOutcome, aMoment)
        .map(([message, outcome, at]) => ({ message, outcome, at })),
      { maxLength: 3 },
    ),
    effects: fc.array(anEffect, { maxLength: 2 }),
    effectResults: fc.array(aResult, { maxLength: 2 }),
    timersCancelled: fc.array(aTimer, { maxLength: 2 }),
    timersArmed: fc.array(aTimer, { maxLength: 2 }),
    links: fc.array(
      fc
        .tuple(anOwner, aReference)
        .map(([{ tenant, reference }, to]) => ({ tenant, from: reference, to })),
      { maxLength: 2 },
    ),
    cursors: fc.array(
      aSmall.map((number) => ({ connector: `c${number % 2}`, cursor: `${number}` })),
      { maxLength: 1 },
    ),
  },
  { requiredKeys: [] },
)

type Step =
  | { readonly kind: 'commit'; readonly commit: Commit }
  | ({ readonly kind: 'claim' } & ClaimRequest)

const aStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: aCommit.map((commit) => ({ kind: 'commit' as const, commit })) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('claim' as const),
      now: aMoment,
      leaseUntil: aMoment,
      limit: fc.integer({ min: 1, max: 4 }),
      suspects: fc.option(
        fc.record({ leasesLost: fc.integer({ min: 1, max: 2 }), limit: fc.nat(1) }),
        { nil: undefined },
      ),
    }),
  },
)

async function take(store: Store, step: Step): Promise<unknown> {
  if (step.kind === 'claim') return store.claimEffects(step)
  try {
    return await store.commit(step.commit)
  } catch (error) {
    return CounterfoilError.is(error) ? error.code : error
  }
}

/** Everything a store can be asked, in pages of two. */
async function everything(store: Store): Promise<unknown> {
  const all = async <Row>(
    read: (page: { readonly limit: number; readonly cursor: string | undefined }) => Promise<{
      readonly rows: readonly Row[]
      readonly cursor: string | null
    }>,
  ): Promise<readonly Row[]> => {
    const rows: Row[] = []
    let cursor: string | undefined
    do {
      const page = await read({ limit: 2, cursor })
      rows.push(...page.rows)
      cursor = page.cursor ?? undefined
    } while (cursor !== undefined)
    return rows
  }
  const references: AggregateReference[] = ['1', '2', 'ü', '\u{1F69A}'].flatMap((key) => [
    { kind: 'order' as const, key },
    { kind: 'invoice' as const, key },
  ])
  const messageIds = ['m0', 'm1', 'm2', 'm3', 'm4', 'm5']
  const ofTenant = async (tenant: string) => ({
    loaded: (
      await store.load(references.map((reference) => ({ tenant, reference, messageIds })))
    ).map(({ known, ...rest }) => ({
      ...rest,
      known: known.toSorted((a, b) => (a.messageId < b.messageId ? -1 : 1)),
    })),
    unfinished: await store.unfinished(references.map((reference) => ({ tenant, reference }))),
    linked: await Promise.all(references.map((reference) => store.linked({ tenant, reference }))),
    events: await all((page) => store.events({ tenant, ...page })),
    some: await all((page) =>
      store.events({ tenant, aggregates: references.slice(1, 4), ...page }),
    ),
    effects: await all((page) => store.effects({ tenant, ...page })),
    waiting: await all((page) => store.effects({ tenant, state: 'waiting', ...page })),
    parked: await all((page) => store.parked({ tenant, ...page })),
    counts: await store.counts({ tenant, view: 'exception' }),
    byId: await all((page) => store.rows({ tenant, view: 'exception', ...page })),
    byDue: await all((page) => store.rows({ tenant, view: 'exception', orderBy: 'due', ...page })),
    byOpened: await all((page) =>
      store.rows({ tenant, view: 'exception', orderBy: 'opened', open: true, ...page }),
    ),
    due: await all((page) =>
      store.rows({ tenant, view: 'exception', dueBefore: moments[2], ...page }),
    ),
  })
  return {
    a: await ofTenant('a'),
    b: await ofTenant('b'),
    queued: (await store.queued({ limit: 100 })).map(({ message }) => message),
    timers: await store.dueTimers({ now: moments[2], limit: 100 }),
    // One moment may be spelled in several ways; which of them is given is no promise.
    nextDueAt: Date.parse((await store.nextDueAt()) ?? moments[0]),
    cursors: [await store.cursor({ connector: 'c0' }), await store.cursor({ connector: 'c1' })],
  }
}

it('whatever is committed and claimed, the SQLite store answers as the in-memory store does', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'counterfoil-'))
  let runs = 0
  await fc.assert(
    fc.asyncProperty(fc.array(aStep, { maxLength: 25 }), async (steps) => {
      const memory = createMemoryStore()
      const file = join(folder, `${(runs += 1)}.sqlite`)
      const sqlite = createSqliteStore({ file, synchronous: 'normal' })
      for (const step of steps) expect(await take(sqlite, step)).toEqual(await take(memory, step))
      expect(await everything(sqlite)).toEqual(await everything(memory))
      await sqlite.close()
    }),
    { numRuns: 60 },
  )
  rmSync(folder, { recursive: true })
})
