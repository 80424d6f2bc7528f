import {
  checkInvariants,
  CounterfoilError,
  type DocumentEnvelope,
  type World,
} from '@counterfoil/core'
import { createPolicySource } from '@counterfoil/rules'
import { createRuntime, type Runtime, type Store } from '@counterfoil/runtime'
import { canonicalRuleSets } from './books.ts'
import { type LifeKind, type OrderLife, tenants } from './order-life.ts'
import { readBooks, type TenantBooks } from './read-books.ts'
import type { Senders } from './senders.ts'
import type { Asked } from './systems.ts'

/** What is wrong with books, counted. Nothing is wrong when every number is 0. */
export type Faults = {
  readonly 'accepted documents lost': number
  readonly 'decisions applied twice': number
  readonly 'orders that stand otherwise than undisturbed': number
  readonly 'records unlike the replay of their events': number
  readonly 'audit chains broken': number
  readonly 'other invariants broken': number
  readonly 'messages and documents set aside': number
  readonly 'effects lost': number
  readonly 'effects without their key': number
  readonly 'effects under a second key': number
  readonly 'effects out of order': number
}

/** How an order of each kind stands at its end, and what was asked of each system for it, when nothing disturbs it. */
export type Undisturbed = Readonly<Record<LifeKind, LifeEnd>>
type LifeEnd = { readonly standing: string; readonly asked: Readonly<Record<string, number>> }

/** What was done outside: acknowledged to senders, asked of systems. */
export type Outside = {
  readonly senders: Pick<Senders, 'acknowledged' | 'lost' | 'lives'>
  readonly asked: readonly Asked[]
}

/** Holds books and how every order ended against what the senders were told and the systems were asked. */
export async function compareBooks(
  store: Store,
  outside: Outside,
  undisturbed: Undisturbed,
): Promise<Faults> {
  const books = await allBooks(store)
  const lives = outside.senders.lives.map((life) => {
    const own = books.find(({ tenant }) => tenant === life.tenant)
    const expected = undisturbed[life.kind]
    return { expected, found: own === undefined ? null : lifeEnd(life, own.world, outside.asked) }
  })
  const faults = await brokenPromises(store, outside)
  return {
    ...faults,
    'effects lost':
      faults['effects lost'] +
      sum(lives.map(({ expected, found }) => missing(expected.asked, found?.asked ?? {}))),
    'orders that stand otherwise than undisturbed': lives.filter(
      ({ expected, found }) => found?.standing !== expected.standing,
    ).length,
  }
}

/** Holds books against what the senders were told and the systems were asked. Nobody may be writing meanwhile. */
export async function brokenPromises(
  store: Store,
  { senders, asked }: Outside,
): Promise<Omit<Faults, 'orders that stand otherwise than undisturbed'>> {
  const books = await allBooks(store)
  const broken = books.flatMap(({ world }) => checkInvariants(world))
  const brokenOf = (...numbers: readonly number[]): number =>
    broken.filter(({ invariant }) => numbers.includes(invariant)).length
  return {
    'accepted documents lost': await lostOf(store, senders),
    'decisions applied twice': brokenOf(2) + sum(books.map(({ world }) => toldTwice(world))),
    'records unlike the replay of their events': brokenOf(18),
    'audit chains broken': brokenOf(1),
    'other invariants broken': broken.length - brokenOf(1, 2, 18),
    'messages and documents set aside': sum(books.map(({ setAside }) => setAside)),
    'effects lost': sum(books.map((own) => neverAsked(own, asked))),
    'effects without their key': withoutKey(books, asked),
    'effects under a second key': secondKeys(asked),
    'effects out of order': sum(books.map((own) => outOfOrder(own, asked))),
  }
}

function allBooks(store: Store): Promise<readonly TenantBooks[]> {
  return Promise.all(tenants.map((tenant) => readBooks(store, tenant)))
}

/** Said to be delivered, and no system knows of it. */
function neverAsked({ tenant, effects }: TenantBooks, asked: readonly Asked[]): number {
  const keys = new Set(asked.filter((one) => one.tenant === tenant).map(({ key }) => key))
  return effects.filter(({ key, state }) => state === 'delivered' && !keys.has(key)).length
}

/** How the orders of each kind ended; for a run that nothing disturbed. */
export async function undisturbedEnd(
  store: Store,
  lives: readonly OrderLife[],
  asked: readonly Asked[],
): Promise<Undisturbed> {
  const endOf = async (kind: LifeKind): Promise<LifeEnd> => {
    const life = lives.find((one) => one.kind === kind)
    if (life === undefined) throw new Error(`nobody lived an order of kind ${kind}`)
    const { world } = await readBooks(store, life.tenant)
    return lifeEnd(life, world, asked)
  }
  return { plain: await endOf('plain'), overbilled: await endOf('overbilled') }
}

function lifeEnd({ tenant, number }: OrderLife, world: World, asked: readonly Asked[]): LifeEnd {
  const isOwn = (key: string): boolean => key.split(/[/-]/).includes(number)
  const own = <State>(states: Readonly<Record<string, State>>): readonly State[] =>
    Object.entries(states).flatMap(([key, state]) => (isOwn(key) ? [state] : []))
  const standing = JSON.stringify([
    own(world.orders).map((order) => order.standing),
    own(world.shipments).map(({ regions }) => regions),
    own(world.invoices).map(({ regions }) => regions),
  ])
  const requests = new Map(
    asked
      .filter((one) => one.tenant === tenant && isOwn(one.aggregate.key))
      .map((one) => [contentOf(one), one.destination]),
  )
  const destinations = Map.groupBy(requests.values(), (destination) => destination)
  return {
    standing: standing.replaceAll(number, 'NUMBER').replaceAll(`"${tenant}"`, '"TENANT"'),
    asked: Object.fromEntries([...destinations].map(([name, { length }]) => [name, length])),
  }
}

const contentOf = ({ tenant, aggregate, intent }: Asked): string =>
  JSON.stringify([tenant, aggregate, intent])

const sum = (numbers: readonly number[]): number => numbers.reduce((one, other) => one + other, 0)

function missing(
  expected: Readonly<Record<string, number>>,
  found: Readonly<Record<string, number>>,
): number {
  return sum(
    Object.entries(expected).map(([name, count]) => Math.max(0, count - (found[name] ?? 0))),
  )
}

/** What was acknowledged is handed over once more: whoever takes it for new has lost it. */
async function lostOf(
  store: Store,
  { acknowledged, lost }: Pick<Senders, 'acknowledged' | 'lost'>,
): Promise<number> {
  const runtime = createRuntime({
    store,
    policies: createPolicySource(canonicalRuleSets()),
    connectors: [],
    // All of it at once, however much it is.
    limits: { undecidedDocumentsMax: Infinity, undecidedCharactersMax: Infinity },
  })
  const answers = await Promise.all(
    Array.from(acknowledged, async (delivery) => {
      const outcome = await outcomeOf(runtime, delivery)
      return outcome === 'duplicate' && !lost.has(delivery)
    }),
  )
  return answers.filter((isKnown) => !isKnown).length
}

/** What a document is taken for; null where there is no room to take one that was not there. */
async function outcomeOf(runtime: Runtime, delivery: DocumentEnvelope): Promise<string | null> {
  try {
    const { documents } = await runtime.receive(delivery)
    return documents[0]?.outcome ?? null
  } catch (error) {
    if (CounterfoilError.is(error) && error.code === 'STORE_UNAVAILABLE') return null
    throw error
  }
}

/** A document stands once in the log of each aggregate it was told to. */
function toldTwice({ log }: World): number {
  const texts = log.flatMap(({ id, aggregate }) =>
    /^document:[^#]*#0$/.test(id) ? [`${aggregate.kind}:${aggregate.key} ${id.split(':')[1]}`] : [],
  )
  return texts.length - new Set(texts).size
}

/** Asked without a key, or under one that no decision gave. */
function withoutKey(books: readonly TenantBooks[], asked: readonly Asked[]): number {
  const given = new Set(
    books.flatMap(({ tenant, effects }) => effects.map(({ key }) => `${tenant} ${key}`)),
  )
  return asked.filter(({ tenant, key }) => !given.has(`${tenant} ${key}`)).length
}

function secondKeys(asked: readonly Asked[]): number {
  const keys = Map.groupBy(asked, contentOf)
  return sum([...keys.values()].map((same) => new Set(same.map(({ key }) => key)).size - 1))
}

/** Of one aggregate and destination, what was first asked in another order than it was decided. */
function outOfOrder({ tenant, effects }: TenantBooks, asked: readonly Asked[]): number {
  const laneOf = ({ aggregate, destination }: Pick<Asked, 'aggregate' | 'destination'>): string =>
    `${aggregate.kind}:${aggregate.key} ${destination}`
  const first = asked.filter((one) => one.tenant === tenant && !one.isRepeated)
  const decided = Map.groupBy(effects, laneOf)
  return sum(
    [...Map.groupBy(first, laneOf)].map(([lane, requests]) => {
      const known = new Set(requests.map(({ key }) => key))
      const wanted = (decided.get(lane) ?? []).filter(({ key }) => known.has(key))
      return wanted.filter(({ key }, index) => requests[index]?.key !== key).length
    }),
  )
}
