import { type AggregateReference, CounterfoilError } from '@counterfoil/core'
import type { Chance } from '../simulation/chance.ts'
import type { Commit } from '../store/commit.ts'
import type { EffectResult } from '../store/stored-records.ts'
import type { Store } from '../store/store.ts'
import { same } from './check.ts'
import { headKey, nextHead } from './heads.ts'
import { original, person } from './people.ts'
import {
  chain,
  command,
  deadLetter,
  delivery,
  document,
  effect,
  event,
  message,
  noon,
  parked,
  quarantined,
  registered,
  row,
  settled,
  stateOf,
  timer,
} from './records.ts'
import {
  auditedIdsOf,
  messageIdOf,
  messagesMax,
  sharedNumbers,
  sharedOrders,
} from './tenant-view.ts'

/** Who does a step, by which chances, and about which order. */
type Step = {
  readonly store: Store
  readonly chance: Chance
  readonly tenant: string
  readonly reference: AggregateReference
}

/** Effects of one order; few, so that tenants meet at most of their keys. */
const effectsMax = 8

/** What one tenant may do to a store. Every one uses the keys that the other tenant uses. */
const steps: readonly ((step: Step) => Commit | Promise<Commit>)[] = [
  decide,
  ({ tenant, reference, chance }) => ({ queue: [said(tenant, reference, chance)] }),
  ({ tenant, reference, chance }) => ({ requeue: [said(tenant, reference, chance)] }),
  ({ tenant, reference, chance }) => {
    const told = said(tenant, reference, chance)
    const kind = chance.oneOf(['duplicate', 'dead', 'parked'] as const)
    return { settled: [kind === 'parked' ? parked(told) : settled(told, kind)] }
  },
  ({ tenant, reference, chance }) => ({
    timersArmed: [timer(chance.oneOf(sharedNumbers), noon, { tenant, aggregate: reference })],
  }),
  ({ tenant, reference, chance }) => ({
    timersCancelled: [
      { tenant, aggregate: reference, timerId: chance.oneOf(sharedNumbers), armedVersion: 1 },
    ],
  }),
  ({ tenant, reference, chance }) => ({
    rows: [
      {
        tenant,
        source: `${reference.kind}:${reference.key}`,
        aggregate: reference,
        rows: [row(reference.key, { open: chance.happens(0.5), dueAt: noon })],
      },
    ],
  }),
  ({ tenant, reference, chance }) => ({
    effects: [
      effect(`${reference.key}/${chance.below(effectsMax)}`, {
        tenant,
        aggregate: reference,
        destination: chance.oneOf(['people', 'erp']),
      }),
    ],
  }),
  claim,
  signHead,
  async ({ store, tenant, chance }) => {
    await store.people.meet({ tenant, people: [person(chance.oneOf(sharedNumbers))] })
    return {}
  },
  async ({ store, tenant, chance }) => {
    await store.people.forget({ tenant, names: [chance.oneOf(sharedNumbers)] })
    return {}
  },
  ({ tenant, chance }) => ({
    originals: [original(chance.oneOf(sharedNumbers), { tenant, connection: `of ${tenant}` })],
  }),
  ({ tenant, reference, chance }) => ({
    effectResults: [resultOf(tenant, `${reference.key}/${chance.below(effectsMax)}`, chance)],
  }),
  ({ tenant, reference, chance }) => ({
    links: [{ tenant, from: reference, to: chance.oneOf(sharedOrders) }],
  }),
  ({ tenant, chance }) => ({ deliveries: [delivery(chance.oneOf(sharedNumbers), tenant)] }),
  ({ tenant, chance }) => ({
    documents: [
      document(chance.oneOf(sharedNumbers), { owner: tenant, revision: chance.below(3) }),
    ],
  }),
  ({ tenant, chance }) => ({ commands: [command(chance.oneOf(sharedNumbers), tenant)] }),
  ({ tenant, chance }) => ({
    quarantined: [
      quarantined(chance.oneOf(sharedNumbers), {
        tenant,
        raw: `of ${tenant}`,
        state: chance.oneOf(['quarantined', 'repaired', 'discarded'] as const),
      }),
    ],
  }),
  ({ tenant, chance }) => ({
    deadLetters: [
      deadLetter(chance.oneOf(sharedNumbers), {
        tenant,
        sentence: `of ${tenant}`,
        state: chance.oneOf(['waiting', 'redriven', 'discarded'] as const),
      }),
    ],
  }),
  ({ tenant, chance }) => ({
    register: [registered(chance.oneOf(sharedNumbers), { tenant, total: '1.00' })],
  }),
]

/** Wants something done under every key that the steps use. */
export async function wantAllDone(store: Store, tenant: string): Promise<void> {
  for (const aggregate of sharedOrders) {
    for (let number = 0; number < effectsMax; number += 1) {
      const key = `${aggregate.key}/${number}`
      await commitOrNot(store, { effects: [effect(key, { tenant, aggregate })] })
    }
  }
}

/** Does so many steps of one tenant, as the chances have it. */
export async function doSteps(
  { store, chance, tenant }: Omit<Step, 'reference'>,
  count: number,
): Promise<void> {
  for (let done = 0; done < count; done += 1) {
    const reference = chance.oneOf(sharedOrders)
    const commit = await chance.oneOf(steps)({ store, chance, tenant, reference })
    await commitOrNot(store, commit)
  }
}

// An effect key that is known already is refused, with nothing stored.
async function commitOrNot(store: Store, commit: Commit): Promise<void> {
  try {
    await store.commit(commit)
  } catch (error) {
    if (!CounterfoilError.is(error) || error.code !== 'INVARIANT_BROKEN') throw error
  }
}

/** A decision about an order, with its event and audit entry. */
async function decide({ store, tenant, reference }: Step): Promise<Commit> {
  const [loaded] = await store.load([{ tenant, reference, messageIds: [] }])
  const version = loaded?.state?.sequence ?? 0
  const told = said(tenant, reference, { below: () => version })
  return {
    aggregates: [
      { tenant, reference, versionBefore: version, state: stateOf(reference, version + 1) },
    ],
    events: [event(version + 1, told)],
    audit: chain(reference, auditedIdsOf(reference, version + 1), tenant).slice(-1),
    settled: [settled(told, 'applied')],
  }
}

/** Takes effects for delivery; nothing of anybody else is due. */
async function claim({ store, chance, tenant }: Step): Promise<Commit> {
  const leaseUntil = '2026-11-25T12:01:00Z'
  const claimed = await store.claimEffects({ now: noon, leaseUntil, limit: 1 + chance.below(5) })
  const owners = claimed.map((one) => one.tenant)
  same(
    owners,
    owners.map(() => tenant),
    'whose effects are given',
  )
  return { effectResults: claimed.map(({ key }) => resultOf(tenant, key, chance)) }
}

async function signHead({ store, tenant }: Step): Promise<Commit> {
  await store.heads.add({ head: await nextHead(store, tenant), keys: [headKey('k1')] })
  return {}
}

function said(tenant: string, to: AggregateReference, { below }: Pick<Chance, 'below'>) {
  const id = messageIdOf(to.key, 1 + below(messagesMax))
  return message(id, { to, owner: tenant, text: `of ${tenant}` })
}

function resultOf(tenant: string, key: string, chance: Chance): EffectResult {
  const common = { tenant, key, at: noon }
  const sentence = `of ${tenant}`
  return chance.oneOf<EffectResult>([
    { ...common, kind: 'delivered', connector: 'erp', reference: sentence },
    { ...common, kind: 'retry', attempt: 1, notBefore: noon, sentence },
    { ...common, kind: 'dead', sentence },
    { ...common, kind: 'discarded', sentence },
    { ...common, kind: 'redrive' },
  ])
}
