import {
  type Actor,
  addMilliseconds,
  type AggregateReference,
  hashOf,
  instant,
  type TradeDocumentInput,
} from '@counterfoil/core'
import type { Command } from '../act/command.ts'
import { type Chance, chanceOf } from '../simulation/chance.ts'
import type { Store } from '../store/store.ts'
import { same } from './check.ts'
import { runtimeViewOf } from './runtime-view.ts'
import {
  aCount,
  delivered,
  theAcknowledgment,
  theInvoice,
  theOrder,
  theShipNotice,
  wholeLife,
} from './story-documents.ts'
import type { Stage } from './story-stage.ts'
import { createDesk, openWorld, type StoryWorld } from './story-world.ts'

const clerk: Actor = {
  kind: 'user',
  id: 'kim',
  roles: ['accounts-payable', 'buyer', 'integration'],
}
const steps = 80
const monthsMax = 60
const dayMilliseconds = 86_400_000

/** Two companies that use one installation, and the same numbers for everything. */
export const tenantStories: Readonly<Record<string, (stage: Stage) => Promise<void>>> = {
  'whatever one company does, the other sees what it saw before': async ({
    harness: { store },
    policies,
  }) => {
    const desk = createDesk(({ intent }) =>
      intent.kind === 'write-back' && intent.system === 'finance'
        ? { kind: 'refused', reason: 'closed', sentence: 'the period is closed' }
        : null,
    )
    const world = openWorld({ store, policies, desk })
    await world.tell(...documentsOf('globex'))
    await world.runtime.receive(unreadable('globex', 'first'))
    await untilNothingIsDue(world, store)
    const before = await runtimeViewOf(world.runtime.queries, 'globex')
    const chance = chanceOf(1)
    for (let done = 0; done < steps; done += 1) {
      await chance.oneOf(acts)(world, chance)
      await world.runtime.tick()
    }
    same(
      await runtimeViewOf(world.runtime.queries, 'globex'),
      before,
      'what the other company sees',
    )
    same(await isBusy(world, 'acme'), [true, true, true, true], 'and much was done meanwhile')
  },
}

/** Lets every clock run out, so that nothing happens by itself any more. */
async function untilNothingIsDue({ runtime, clock }: StoryWorld, store: Store): Promise<void> {
  for (let months = 0; months < monthsMax && (await store.nextDueAt()) !== null; months += 1) {
    clock.advanceTo(addMilliseconds(instant(clock.now()), 30 * dayMilliseconds))
    await runtime.tick()
  }
  same(await store.nextDueAt(), null, 'nothing is due')
}

/** Nearly everything that comes in for order 4711: among it a price too high, and a count for an order nobody knows. */
function documentsOf(tenant: string): readonly TradeDocumentInput[] {
  return [
    ...wholeLife(tenant),
    theInvoice('150.00', { tenant, documentNumber: 'INV-2' }),
    theOrder({ tenant, documentNumber: '4712', orderNumber: '4712' }),
    aCount('3', { tenant, documentNumber: 'GR-2' }),
    theAcknowledgment({ tenant, documentNumber: 'AK-2', orderNumber: '9999' }),
    theShipNotice({ tenant, documentNumber: 'ASN-2' }),
  ]
}

const unreadable = (tenant: string, text: string) => ({
  tenant,
  buyerOrganisation: '0001',
  connection: 'mail',
  timeZone: 'UTC',
  body: `nobody can read the ${text}`,
})

const acts: readonly ((world: StoryWorld, chance: Chance) => Promise<unknown>)[] = [
  ({ runtime }, chance) => runtime.receive(delivered(chance.oneOf(documentsOf('acme')))),
  ({ runtime }, chance) => runtime.receive(delivered(chance.oneOf(documentsOf('acme')))),
  ({ runtime }, chance) =>
    runtime.receive(unreadable('acme', chance.oneOf(['first', 'second', 'third']))),
  async ({ clock }, chance) => {
    clock.advanceTo(addMilliseconds(instant(clock.now()), chance.below(20) * dayMilliseconds))
  },
  async (world, chance) => {
    const { rows } = await world.runtime.queries.holds({ tenant: 'acme' })
    const [hold] = rows.slice(chance.below(rows.length + 1))
    if (hold === undefined) return
    const data = { holdId: hold.holdId, code: 'accept_variance', reason: 'agreed' }
    await decide(world, { kind: 'invoice', key: hold.invoiceKey }, 'hold.released', data)
  },
  async (world, chance) => {
    const { rows } = await world.runtime.queries.exceptions({ tenant: 'acme' })
    const [one] = rows.slice(chance.below(rows.length + 1))
    if (one === undefined || one.subject.aggregate === 'document') return
    const { aggregate: kind, key } = one.subject
    await decide(world, { kind, key }, 'case.taken', { exceptionId: one.exceptionId })
  },
  async ({ runtime }, chance) => {
    const { rows } = await runtime.queries.quarantined({ tenant: 'acme', state: 'quarantined' })
    const [one] = rows.slice(chance.below(rows.length + 1))
    if (one === undefined) return
    const { quarantineId } = one
    const common = { ...by(quarantineId), quarantineId }
    await runtime.act(
      chance.oneOf<Command>([
        { ...common, type: 'quarantine.discarded' },
        { ...common, type: 'quarantine.repaired', body: 'still nothing' },
      ]),
    )
  },
  async ({ runtime }, chance) => {
    const { rows } = await runtime.queries.deadLetters({ tenant: 'acme', state: 'waiting' })
    const [one] = rows.slice(chance.below(rows.length + 1))
    if (one === undefined) return
    const { deadLetterId } = one
    const common = { ...by(deadLetterId), deadLetterId }
    await runtime.act(
      chance.oneOf<Command>([
        { ...common, type: 'dead-letter.discarded' },
        { ...common, type: 'dead-letter.redriven' },
      ]),
    )
  },
]

const by = (about: string) => ({
  tenant: 'acme',
  actor: clerk,
  note: 'looked at',
  idempotencyKey: hashOf(about),
})

async function decide(
  { runtime }: StoryWorld,
  aggregate: AggregateReference,
  type: string,
  data: Readonly<Record<string, string>>,
): Promise<void> {
  const { note: _note, ...header } = by(`${type}-${Object.values(data)[0] ?? ''}`)
  await runtime.act({ ...header, aggregate, type, data, expectedVersion: null })
}

/** Whether a company has cases, holds that were released, documents set aside and dead letters. */
async function isBusy({ runtime: { queries } }: StoryWorld, tenant: string) {
  const lists = await Promise.all([
    queries.exceptions({ tenant, open: 'both' }),
    queries.holds({ tenant, open: 'both' }),
    queries.quarantined({ tenant }),
    queries.deadLetters({ tenant }),
  ])
  return lists.map(({ rows }) => rows.length > 0)
}
