import { TenantId } from '@counterfoil/core'
import type { Commit } from '../store/commit.ts'
import type { Page, Store } from '../store/store.ts'

type Owned = { readonly tenant: string }

const neighbourOf = (tenant: string): string => (tenant === 'acme' ? 'other' : 'acme')

const fromBoth =
  <Request extends Owned, Answer>(
    ask: (request: Request) => Promise<Answer>,
    join: (own: Answer, foreign: Answer) => Answer,
  ) =>
  async (request: Request): Promise<Answer> =>
    join(await ask(request), await ask({ ...request, tenant: neighbourOf(request.tenant) }))

const listed = <Row>(own: readonly Row[], foreign: readonly Row[]): readonly Row[] => [
  ...own,
  ...foreign,
]
const paged = <Row>(own: Page<Row>, foreign: Page<Row>): Page<Row> => ({
  ...own,
  rows: [...own.rows, ...foreign.rows],
})
const found = <Row>(own: Row | null, foreign: Row | null): Row | null => own ?? foreign

const read = (question: (store: Store) => Partial<Store>) => (store: Store) => ({
  ...store,
  ...question(store),
})

const written =
  (widen: (commit: Commit) => Commit) =>
  (store: Store): Store => ({ ...store, commit: (commit) => store.commit(widen(commit)) })

const ofBoth = <One extends Owned>(records: readonly One[] = []): readonly One[] =>
  records.flatMap((one) => [one, { ...one, tenant: neighbourOf(one.tenant) }])

/** Ways in which a store forgets the tenant, each in one place. */
export const forgetfulStores: Readonly<Record<string, (store: Store) => Store>> = {
  'load, where an order is not its own': read((store) => ({
    load: async (requests) => {
      const own = await store.load(requests)
      const foreign = await store.load(
        requests.map((one) => ({ ...one, tenant: neighbourOf(one.tenant) })),
      )
      return own.map((one, index) => (one.state === null ? (foreign[index] ?? one) : one))
    },
  })),
  delivery: read(({ delivery }) => ({ delivery: fromBoth(delivery, found) })),
  documents: read(({ documents }) => ({ documents: fromBoth(documents, listed) })),
  command: read(({ command }) => ({ command: fromBoth(command, found) })),
  register: read(({ register }) => ({ register: fromBoth(register, listed) })),
  rows: read(({ rows }) => ({ rows: fromBoth(rows, paged) })),
  counts: read(({ counts }) => ({ counts: fromBoth(counts, listed) })),
  events: read(({ events }) => ({ events: fromBoth(events, paged) })),
  'events of some orders': read(({ events }) => ({
    events: (request) =>
      request.aggregates === undefined ? events(request) : fromBoth(events, paged)(request),
  })),
  audit: read(({ audit }) => ({ audit: fromBoth(audit, paged) })),
  'audit of some events': read(({ audit }) => ({
    audit: (request) =>
      request.eventIds === undefined ? audit(request) : fromBoth(audit, paged)(request),
  })),
  linked: read(({ linked }) => ({ linked: fromBoth(linked, listed) })),
  parked: read(({ parked }) => ({ parked: fromBoth(parked, paged) })),
  effects: read(({ effects }) => ({ effects: fromBoth(effects, paged) })),
  quarantined: read(({ quarantined }) => ({ quarantined: fromBoth(quarantined, paged) })),
  'one quarantined document': read(({ quarantined }) => ({
    quarantined: (request) =>
      request.quarantineId === undefined
        ? quarantined(request)
        : fromBoth(quarantined, paged)(request),
  })),
  deadLetters: read(({ deadLetters }) => ({ deadLetters: fromBoth(deadLetters, paged) })),
  heads: read(({ heads }) => ({ heads: { ...heads, list: fromBoth(heads.list, paged) } })),
  'the last head': read(({ heads }) => ({
    heads: { ...heads, last: fromBoth(heads.last, found) },
  })),
  'the keys of heads': read(({ heads }) => ({
    heads: { ...heads, keys: fromBoth(heads.keys, listed) },
  })),
  'chains no head speaks of': read(({ heads }) => ({
    heads: { ...heads, grown: fromBoth(heads.grown, listed) },
  })),
  'the adding of heads': read(({ heads }) => ({
    heads: {
      ...heads,
      add: async ({ head, keys }) => {
        await heads.add({ head: { ...head, tenant: neighbourOf(head.tenant) }, keys })
        return heads.add({ head, keys })
      },
    },
  })),
  'the finding of people': read(({ people }) => ({
    people: { ...people, find: fromBoth(people.find, listed) },
  })),
  'the forgetting of people': read(({ people }) => ({
    people: {
      ...people,
      forget: async (request) => {
        await people.forget({ ...request, tenant: neighbourOf(request.tenant) })
        return people.forget(request)
      },
    },
  })),
  originals: read(({ originals }) => ({ originals: fromBoth(originals, paged) })),
  'the replacing of originals': written((commit) => ({
    ...commit,
    originals: ofBoth(commit.originals),
  })),
  'what an effect came to': written((commit) => ({
    ...commit,
    effectResults: ofBoth(commit.effectResults),
  })),
  'the settling of messages': written((commit) => ({
    ...commit,
    settled: (commit.settled ?? []).flatMap((one) => [
      one,
      {
        ...one,
        message: { ...one.message, tenant: TenantId.parse(neighbourOf(one.message.tenant)) },
      },
    ]),
  })),
  'the cancelling of timers': written((commit) => ({
    ...commit,
    timersCancelled: ofBoth(commit.timersCancelled),
  })),
  'the replacing of rows': written((commit) => ({ ...commit, rows: ofBoth(commit.rows) })),
  'the replacing of the quarantined': written((commit) => ({
    ...commit,
    quarantined: ofBoth(commit.quarantined),
  })),
  'the replacing of dead letters': written((commit) => ({
    ...commit,
    deadLetters: ofBoth(commit.deadLetters),
  })),
}
