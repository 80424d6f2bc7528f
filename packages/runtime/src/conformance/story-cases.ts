import type { Actor, MessageData, PolicySource } from '@counterfoil/core'
import { createVirtualClock } from '../clock/virtual-clock.ts'
import { same } from './check.ts'
import { disruptionStories } from './disruption-stories.ts'
import { recountStories } from './recount-stories.ts'
import { refusalStories } from './refusal-stories.ts'
import { retentionStories } from './retention-stories.ts'
import { severalOrdersStories } from './several-orders-stories.ts'
import { agreementStories } from './agreement-stories.ts'
import { type ConformanceCase, type StoreHarness } from './store-conformance.ts'
import {
  aCount,
  delivered,
  theAcknowledgment,
  theInvoice,
  theOrder,
  wholeLife,
} from './story-documents.ts'
import type { Stage } from './story-stage.ts'
import { tenantStories } from './tenant-stories.ts'
import { createDesk, openWorld, recorded, standing } from './story-world.ts'

const released = {
  orders: ['4711 completed'],
  shipments: ['ASN-1 closed'],
  invoices: ['INV-1 released 124.00'],
  cases: [],
  holds: [],
}
const nothingAside = { parked: [], quarantined: [], deadLetters: [] }
const clerk: Actor = { kind: 'user', id: 'kim', roles: ['accounts-payable', 'buyer'] }

const stories: Readonly<Record<string, (stage: Stage) => Promise<void>>> = {
  'an order is confirmed, shipped, received, billed, matched and released, and nobody touches it':
    async ({ harness: { store }, policies }) => {
      const world = openWorld({ store, policies })
      const answers = await world.tell(...wholeLife())
      same(
        answers.map(({ outcome }) => outcome),
        answers.map(() => 'accepted'),
        'every document is accepted',
      )
      same(await standing(world.runtime), released, 'what the desks see')
      const [invoice] = (await world.runtime.queries.invoices({ tenant: 'acme' })).rows
      same(invoice?.touchless, true, 'nobody touched the invoice')
      const { parked, quarantined, deadLetters } = await recorded(world.runtime)
      same({ parked, quarantined, deadLetters }, nothingAside, 'nothing is set aside')
      const payments = world.desk.done.filter(
        ({ intent }) => intent.kind === 'write-back' && intent.system === 'finance',
      )
      same(payments.length, 1, 'finance is told once')
    },
  'an invoice over more than was received is held, and a later receipt releases it': async ({
    harness: { store },
    policies,
  }) => {
    const world = openWorld({ store, policies })
    await world.tell(theOrder(), theAcknowledgment(), aCount('6'), theInvoice())
    const held = await standing(world.runtime)
    same(held.invoices, ['INV-1 on-hold nothing'], 'nothing is paid')
    same(held.holds.length > 0, true, 'a hold says why')
    const [hold] = (await world.runtime.queries.holds({ tenant: 'acme' })).rows
    same((hold?.clearedBy ?? '').includes('receipt'), true, 'and what would clear it')
    await world.tell(aCount('4', { documentNumber: 'GR-2', issuedAt: '2026-11-30T10:00:00Z' }))
    const { invoices, holds } = await standing(world.runtime)
    same(invoices, ['INV-1 released 124.00'], 'the balance came')
    same(holds, [], 'no hold is left')
    const [ended] = (await world.runtime.queries.holds({ tenant: 'acme', open: false })).rows
    same(ended?.released?.by, 'counterfoil', 'the hold went by itself')
  },
  'an invoice before any receipt waits for it': async ({ harness: { store }, policies }) => {
    const world = openWorld({ store, policies })
    await world.tell(theOrder(), theAcknowledgment(), theInvoice())
    same((await standing(world.runtime)).invoices, ['INV-1 awaiting-receipt nothing'], 'it waits')
    await world.tell(aCount('10'))
    same((await standing(world.runtime)).invoices, ['INV-1 released 124.00'], 'the goods came')
  },
  'a price over the order is held until a person who saw the invoice releases it': async ({
    harness: { store },
    policies,
  }) => {
    const world = openWorld({ store, policies })
    await world.tell(theOrder(), theAcknowledgment(), aCount('10'), theInvoice('150.00'))
    same((await standing(world.runtime)).invoices, ['INV-1 on-hold nothing'], 'held')
    const { queries, act, tick } = world.runtime
    const { rows: holds } = await queries.holds({ tenant: 'acme' })
    const reference = {
      kind: 'invoice',
      key: (await queries.invoices({ tenant: 'acme' })).rows[0]?.invoiceKey ?? '',
    } as const
    for (const [index, { holdId }] of holds.entries()) {
      const detail = await queries.aggregate({ tenant: 'acme', reference })
      const command = {
        tenant: 'acme',
        aggregate: reference,
        type: 'hold.released',
        data: { holdId, code: 'accept_variance', reason: 'agreed by telephone with the supplier' },
        actor: clerk,
        idempotencyKey: `release-${index}`,
      }
      const stale = await act({ ...command, expectedVersion: (detail?.version ?? 0) - 1 })
      same(stale.outcome, 'version-conflict', 'somebody who saw an older version')
      const applied = await act({ ...command, expectedVersion: detail?.version ?? 0 })
      same(applied.outcome, 'applied', 'somebody who saw this version')
      same(await act({ ...command, expectedVersion: detail?.version ?? 0 }), applied, 'again')
    }
    await tick()
    same((await standing(world.runtime)).invoices, ['INV-1 released 150.00'], 'released')
  },
  'a disputed price stands in the queue of disputes, and what a colleague has to do in that of tasks (R-64)':
    async ({ harness: { store }, policies }) => {
      const world = openWorld({ store, policies })
      await world.tell(theOrder(), theAcknowledgment(), aCount('10'), theInvoice('150.00'))
      const { queries, act, tick } = world.runtime
      const tenant = 'acme'
      const [invoice] = (await queries.invoices({ tenant })).rows
      const [price] = (await queries.exceptions({ tenant })).rows
      const aggregate = { kind: 'invoice', key: invoice?.invoiceKey ?? '' } as const
      const exceptionId = price?.exceptionId ?? ''
      let commands = 0
      const say = async (type: string, data: MessageData) => {
        commands += 1
        const idempotencyKey = `said-${commands}`
        const command = { tenant, aggregate, type, data, actor: clerk, expectedVersion: null }
        const answer = await act({ ...command, idempotencyKey })
        same(answer.outcome, 'applied', type)
        await tick()
      }
      const eur = (amount: string) => ({ amount, currency: 'EUR' })
      await say('invoice.disputed', { exceptionId, claim: eur('26.00'), text: 'as ordered' })
      const [opened] = (await queries.disputes({ tenant })).rows
      const disputeId = opened?.disputeId ?? ''
      await say('dispute.sent', { disputeId, text: 'to the supplier' })
      const offer = { disputeId, text: 'by telephone', from: 'supplier', amount: eur('20.00') }
      await say('dispute.offered', offer)
      const [offered] = (await queries.disputes({ tenant, state: 'supplier-responded' })).rows
      const offerId = offered?.offers?.[0]?.offerId ?? ''
      await say('dispute.accepted', { disputeId, offerId, text: 'agreed' })
      const chosen = { disputeId, settlement: 'credit-memo', text: 'please credit' }
      await say('dispute.settlement-chosen', chosen)
      const settling = await queries.dispute({ tenant, disputeId })
      same(settling?.state, 'settling', 'the credit memo is to come')
      same(settling?.balance.remaining?.amount, '20.00', '20.00 agreed less nothing received')
      same(settling?.balance.unsettled?.amount, '6.00', '26.00 claimed less 20.00 settled')
      same((await queries.disputesByOwner({ tenant })).length, 1, 'one queue has it')
      const ask = { exceptionId, sentence: 'send the price list', role: 'sales', person: 'Rita' }
      await say('task.added', ask)
      await say('task.added', { ...ask, sentence: 'call them', person: null })
      const tasksOf = async (of: { readonly ownerRole?: string; readonly person?: string }) =>
        (await queries.tasks({ tenant, ...of })).rows.map(({ sentence }) => sentence)
      same((await tasksOf({ ownerRole: 'sales' })).length, 2, 'both by their desk')
      same(await tasksOf({ person: 'Rita' }), ['send the price list'], 'one by its person')
      same(await tasksOf({ ownerRole: 'receiving' }), [], 'none at another desk')
      const [task] = (await queries.tasks({ tenant, person: 'Rita' })).rows
      const taskId = task?.taskId ?? ''
      await say('task.done', { taskId, note: 'sent' })
      same((await queries.task({ tenant, taskId }))?.state, 'done', 'done is kept')
      same(await tasksOf({ ownerRole: 'sales' }), ['call them'], 'and is on no list of open ones')
    },
  'a supplier who does not answer is reminded, and the case is cured by the late answer (R-21)':
    async ({ harness: { store }, policies }) => {
      const world = openWorld({ store, policies })
      await world.tell(theOrder())
      // Longer than any rule lets an answer take.
      world.clock.advanceTo('2026-12-10T09:00:00Z')
      await world.runtime.tick()
      const { rows } = await world.runtime.queries.exceptions({ tenant: 'acme' })
      const late = rows.filter(({ code }) => code === 'LATE_CONFIRMATION')
      same(late.length, 1, 'one case for the buyer')
      same(late[0]?.owner.role === '', false, 'somebody owns it')
      const reminders = world.desk.done.filter(
        ({ intent }) => intent.kind === 'send-supplier-notice',
      )
      same(reminders.length > 0, true, 'the supplier was reminded')
      await world.tell(theAcknowledgment({ issuedAt: '2026-12-10T09:30:00Z' }))
      const { rows: open } = await world.runtime.queries.exceptions({ tenant: 'acme' })
      const codes = open.map(({ code }) => code).filter((code) => code === 'LATE_CONFIRMATION')
      same(codes, [], 'the case is cured')
    },
  'the same documents in another order, each of them twice, end in the same': async ({
    harness,
    policies,
  }) => {
    const tenants = ['first', 'second', 'third', 'fourth', 'fifth']
    const world = openWorld({ store: harness.store, policies })
    for (const [turn, tenant] of tenants.entries()) {
      const life = wholeLife(tenant)
      const turned = [...life.slice(turn), ...life.slice(0, turn)]
      const mixed = turn % 2 === 0 ? turned : turned.toReversed()
      await world.tell(...mixed.flatMap((document) => [document, document]))
    }
    for (const tenant of tenants) {
      same(await standing(world.runtime, tenant), released, `documents begun at \`${tenant}\``)
      const { parked, quarantined, deadLetters } = await recorded(world.runtime, tenant)
      same({ parked, quarantined, deadLetters }, nothingAside, 'nothing is set aside')
    }
    same(await standing(world.runtime, 'acme'), { ...empty }, 'another tenant sees nothing')
  },
  'the same documents received again after a restart repeat no effect': async ({
    harness,
    policies,
  }) => {
    const desk = createDesk()
    const clock = createVirtualClock('2026-11-24T09:00:00Z')
    const first = openWorld({ store: harness.store, policies, desk, clock })
    await first.tell(...wholeLife())
    const before = [await standing(first.runtime), await recorded(first.runtime), desk.asked()]
    const store = harness.openAgain === undefined ? harness.store : await reopened(harness, first)
    const again = openWorld({ store, policies, desk, clock })
    const answers = await again.tell(...wholeLife())
    same(
      answers.map(({ outcome }) => outcome),
      answers.map(() => 'duplicate'),
      'every document is known',
    )
    const after = [await standing(again.runtime), await recorded(again.runtime), desk.asked()]
    same(after, before, 'nothing happened')
    await again.runtime.close()
  },
  'two runtimes on one store share the work, and nothing is done twice': async ({
    harness,
    policies,
  }) => {
    const desk = createDesk()
    const other = harness.openAgain === undefined ? harness.store : await harness.openAgain()
    const clock = createVirtualClock('2026-11-24T09:00:00Z')
    const worlds = [harness.store, other].map((store) =>
      openWorld({ store, policies, desk, clock }),
    )
    for (const document of wholeLife()) {
      const outcomes = await Promise.all(
        worlds.map(
          async ({ runtime }) => (await runtime.receive(delivered(document))).documents[0],
        ),
      )
      same(
        outcomes.map((answer) => answer?.outcome ?? 'none').toSorted(),
        ['accepted', 'duplicate'],
        'one takes the document, the other knows it',
      )
      await Promise.all(worlds.map(({ runtime }) => runtime.tick()))
      for (const { runtime } of worlds) await runtime.tick()
    }
    for (const { runtime } of worlds) same(await standing(runtime), released, 'what both see')
    same(desk.asked(), desk.done.length, 'no effect was asked twice')
    if (other !== harness.store) await other.close()
  },
  'a record that changed in the ERP is not overwritten, and somebody is told': async ({
    harness: { store },
    policies,
  }) => {
    const desk = createDesk(({ intent }) =>
      intent.kind === 'write-back' && intent.system === 'erp'
        ? { kind: 'conflict', currentVersion: 2, sentence: 'the order is at version 2 there' }
        : null,
    )
    const world = openWorld({ store, policies, desk })
    await world.tell(theOrder(), theAcknowledgment())
    const { rows } = await world.runtime.queries.exceptions({ tenant: 'acme' })
    same(
      rows.map(({ code }) => code),
      ['SOR_CONFLICT'],
      'a case for the conflict',
    )
    same((await recorded(world.runtime)).deadLetters, [], 'the answer was understood')
  },
  ...disruptionStories,
  ...recountStories,
  ...refusalStories,
  ...severalOrdersStories,
  ...agreementStories,
  ...retentionStories,
  ...tenantStories,
}

const empty = { orders: [], shipments: [], invoices: [], cases: [], holds: [] }

async function reopened(
  { openAgain }: StoreHarness,
  { runtime }: { readonly runtime: { readonly close: () => Promise<void> } },
) {
  await runtime.close()
  if (openAgain === undefined) throw new Error('the store cannot be opened again')
  return openAgain()
}

/**
 * Whole lives of orders on a runtime over a store, under the canonical rules or a host's own that are like them: proof
 * that everything a runtime needs of a store works together. Bound to no test runner.
 */
export function storyCases(
  makeHarness: () => Promise<StoreHarness>,
  { policies }: { readonly policies: PolicySource },
): readonly ConformanceCase[] {
  return Object.entries(stories).map(([name, tell]) => ({
    name: `stories: ${name}`,
    run: async () => {
      const harness = await makeHarness()
      try {
        await tell({ harness, policies })
      } finally {
        await harness.dispose()
      }
    },
  }))
}
