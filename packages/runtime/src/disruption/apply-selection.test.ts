import { type Actor, verifyAuditChain } from '@counterfoil/core'
import { describe, expect, it } from 'vitest'
import type { Command } from '../act/command.ts'
import { applySelection } from './apply-selection.ts'
import { previewChange } from './preview-change.ts'
import { reviewDisruption } from './review-disruption.ts'
import { type BulkChange, readSelection, selectionIdOf } from './selection.ts'
import {
  anOrder,
  command,
  controller,
  insolvency,
  struckBooks,
  today,
} from './struck-supplier.examples.ts'
import { sumDisruption } from './sum-disruption.ts'
import type { Touched } from './touched.ts'

type Books = Awaited<ReturnType<typeof struckBooks>>

const invoice = { kind: 'invoice', key: 'acme/0001/S100/INV-4713/standard' } as const
const reroute: BulkChange = { kind: 'reroute', toRole: 'insolvency-desk' }
const reassign: BulkChange = { kind: 'reassign', toRole: 'insolvency-desk', toPerson: 'ines' }

const preview = ({ store }: Books, change: BulkChange) =>
  previewChange(store, { disruption: insolvency(), today, change })

async function approvalOf({ runtime }: Books) {
  const found = await runtime.queries.aggregate({ tenant: 'acme', reference: invoice })
  const { facts } = JSON.parse(JSON.stringify(found?.state))
  return facts.approvals[0]
}

const casesOf = async ({ runtime }: Books) =>
  (await runtime.queries.exceptions({ tenant: 'acme' })).rows

const auditOf = async ({ runtime }: Books) =>
  (await runtime.queries.audit({ tenant: 'acme', limit: 500 })).rows

describe('rerouting the approvals that a disruption touches', () => {
  it('is previewed without changing anything, and has the same id as long as nothing changes (R-112)', async () => {
    const books = await struckBooks()
    const before = await auditOf(books)
    const selection = await preview(books, reroute)
    expect(selection.items).toMatchObject([
      { aggregate: invoice, fromRole: 'ap-manager', sentence: 'approval of invoice INV-4713' },
    ])
    expect(await preview(books, reroute)).toEqual(selection)
    expect(await auditOf(books)).toEqual(before)
  })

  it('hands them on, each by a command of its own that is audited with who and why, and told (R-112, INV-1)', async () => {
    const books = await struckBooks()
    const selection = await preview(books, reroute)
    const before = (await auditOf(books)).length
    const report = await applySelection(books.runtime, { selection, actor: controller })
    expect(report).toMatchObject({ applied: 1, changed: 0, refused: 0 })
    expect(await approvalOf(books)).toMatchObject({
      state: 'requested',
      approverRole: 'insolvency-desk',
      rerouted: [
        {
          fromRole: 'ap-manager',
          toRole: 'insolvency-desk',
          by: 'cora',
          reason: 'S100 filed for insolvency',
        },
      ],
    })
    const audit = await auditOf(books)
    expect(audit.length - before).toBe(1)
    expect(audit.filter(({ event }) => event === 'approval.rerouted')).toMatchObject([
      { actor: { id: 'cora' }, reason: 'S100 filed for insolvency' },
    ])
    expect(verifyAuditChain(audit)).toBeNull()
    await books.runtime.tick()
    const told = books.desk.done.flatMap(({ intent }) =>
      intent.kind === 'notify' && intent.role === 'insolvency-desk' ? [intent.topic] : [],
    )
    expect(told).toEqual(['approval-requested'])
  })

  it('takes the approvals of orders with those of invoices, in one selection (R-112)', async () => {
    const books = await struckBooks()
    const order = { kind: 'order', key: 'acme/0001/4715' } as const
    // 200 pieces at 12.40 are 2,480.00: up to 10,000 the procurement manager orders.
    const document = JSON.parse(JSON.stringify(anOrder('4715', { quantityOrdered: '200' })))
    await command(books, 'draft 4715', {
      aggregate: order,
      type: 'order.drafted',
      data: { document },
    })
    await command(books, 'submit 4715', { aggregate: order, type: 'order.submitted', data: {} })
    const review = { disruption: insolvency(), today }
    const touched: Touched[] = []
    for await (const one of reviewDisruption(books.store, review)) touched.push(one)
    expect(sumDisruption(touched).approvals).toBe(2)
    const selection = await preview(books, reroute)
    expect(selection.items).toMatchObject([
      { aggregate: order, fromRole: 'procurement-manager', sentence: 'approval of order 4715' },
      { aggregate: invoice, fromRole: 'ap-manager', sentence: 'approval of invoice INV-4713' },
    ])
    const report = await applySelection(books.runtime, { selection, actor: controller })
    expect(report).toMatchObject({ applied: 2, changed: 0, refused: 0 })
    const found = await books.runtime.queries.aggregate({ tenant: 'acme', reference: order })
    expect(JSON.parse(JSON.stringify(found?.state)).facts.approvals).toMatchObject([
      {
        approverRole: 'insolvency-desk',
        exposure: { amount: '2480.00', currency: 'EUR' },
        rerouted: [{ fromRole: 'procurement-manager', by: 'cora' }],
      },
    ])
    const rest = await preview(books, reroute)
    expect(rest.items).toEqual([])
  })

  it('leaves alone what was changed since it was looked at, and says so (R-112)', async () => {
    const books = await struckBooks()
    const selection = await preview(books, reroute)
    const { approvalId } = await approvalOf(books)
    const approved = { type: 'invoice.approved', data: { approvalId }, aggregate: invoice }
    expect(await command(books, 'approve', approved)).toMatchObject({ outcome: 'applied' })
    const report = await applySelection(books.runtime, { selection, actor: controller })
    expect(report).toMatchObject({
      applied: 0,
      changed: 1,
      items: [{ number: 1, outcome: 'changed', reason: 'VERSION_CONFLICT' }],
    })
    expect(report.items[0]?.sentence).toContain('it was changed since')
    expect(await approvalOf(books)).toMatchObject({ state: 'approved', approverRole: 'ap-manager' })
  })

  it('is refused to a machine, in words, and nothing changes', async () => {
    const books = await struckBooks()
    const selection = await preview(books, reroute)
    const actor: Actor = { kind: 'ai', id: 'assistant', roles: [] }
    const report = await applySelection(books.runtime, { selection, actor })
    expect(report).toMatchObject({
      refused: 1,
      items: [{ reason: 'not-a-person', sentence: 'only a person can decide this' }],
    })
    expect(await approvalOf(books)).toMatchObject({ approverRole: 'ap-manager' })
  })

  it('leaves out what another role has, and what is there already', async () => {
    const books = await struckBooks()
    const ofNobody = await preview(books, { ...reroute, fromRole: 'treasury' })
    const there = await preview(books, { kind: 'reroute', toRole: 'ap-manager' })
    expect([ofNobody.items, there.items]).toEqual([[], []])
  })
})

describe('reassigning the cases that a disruption touches', () => {
  it('gives each to the role and the person, and tells no case of anybody else (R-112)', async () => {
    const books = await struckBooks()
    const selection = await preview(books, reassign)
    const before = await casesOf(books)
    const report = await applySelection(books.runtime, { selection, actor: controller })
    expect(report.applied).toBe(selection.items.length)
    expect(selection.items.length).toBeGreaterThan(0)
    const chosen = new Set(selection.items.map(({ id }) => id))
    const after = await casesOf(books)
    expect(after).toHaveLength(before.length)
    for (const { exceptionId, owner } of after) {
      const was = before.find((one) => one.exceptionId === exceptionId)?.owner
      const is = chosen.has(exceptionId) ? { role: 'insolvency-desk', person: 'ines' } : was
      expect(owner).toEqual(is)
    }
    const said = (await auditOf(books)).filter(({ event }) => event === 'case.assigned')
    expect(said.map(({ reason }) => reason)).toEqual(
      selection.items.map(() => 'S100 filed for insolvency'),
    )
  })

  it('of several cases of one aggregate gives them all', async () => {
    const books = await twoCases()
    const selection = await preview(books, reassign)
    const places = selection.items.map(({ aggregate }) => aggregate.key)
    expect(places.length).toBeGreaterThan(new Set(places).size)
    const report = await applySelection(books.runtime, { selection, actor: controller })
    expect(report).toMatchObject({ applied: selection.items.length, changed: 0 })
  })

  it('goes on after a crash at any step, and does nothing twice (R-112, INV-2)', async () => {
    const whole = await twoCases()
    const { items } = await preview(whole, reassign)
    await applySelection(whole.runtime, {
      selection: await preview(whole, reassign),
      actor: controller,
    })
    const expected = await auditOf(whole)
    for (let step = 0; step <= items.length; step += 1) {
      const books = await twoCases()
      const selection = await preview(books, reassign)
      await applySelection(dyingAt(books, step), { selection, actor: controller }).catch(() => null)
      const again = await applySelection(books.runtime, { selection, actor: controller })
      expect(again).toMatchObject({ applied: items.length, changed: 0, refused: 0 })
      const audit = await auditOf(books)
      expect(audit.map(({ hash }) => hash)).toEqual(expected.map(({ hash }) => hash))
    }
  })
})

/** Books in which the supplier refused both deliveries of order 4712 too: two cases at one order. */
async function twoCases(): Promise<Books> {
  const books = await struckBooks()
  await books.tell({
    kind: 'acknowledgment',
    tenant: 'acme',
    buyerOrganisation: '0001',
    supplier: 'S100',
    revision: 0,
    documentNumber: 'AK-4712',
    issuedAt: '2026-11-24T15:00:00Z',
    orderNumber: '4712',
    orderVersion: 1,
    decision: 'accepted-with-changes',
    unlistedLines: 'unanswered',
    lines: ['1', '2'].map((scheduleNumber) => ({
      documentLineNumber: scheduleNumber,
      orderLineNumber: '1',
      scheduleNumber,
      item: { buyerItem: 'SKU-1' },
      responses: [
        {
          action: 'reject',
          quantity: scheduleNumber === '1' ? '300' : '150',
          unitOfMeasure: 'EA',
          promisedDate: null,
          dateMeaning: 'delivery',
          reasonText: 'no goods left',
        },
      ],
    })),
  })
  return books
}

/** A runtime whose process ends after the command of a step was stored, before anybody hears of it. */
function dyingAt({ runtime }: Books, step: number): Pick<Books['runtime'], 'act'> {
  let steps = 0
  return {
    act: async (asked: Command) => {
      if (steps === step) throw new Error('the process ended')
      const answer = await runtime.act(asked)
      steps += 1
      if (steps === step) throw new Error('the process ended')
      return answer
    },
  }
}

describe('a selection', () => {
  it('is known by the hash of all that is in it: nothing can be put into it afterwards', async () => {
    const selection = await preview(await struckBooks(), reroute)
    expect(readSelection(JSON.parse(JSON.stringify(selection)))).toEqual(selection)
    const [item] = selection.items
    if (item === undefined) throw new Error('one approval waits')
    for (const altered of [
      { ...selection, items: [] },
      { ...selection, items: [{ ...item, version: item.version + 1 }] },
      { ...selection, change: { ...reroute, toRole: 'anybody' } },
      { ...selection, disruption: insolvency({ reason: 'another' }) },
    ]) {
      expect(() => readSelection(altered)).toThrow('changed since it was made')
    }
    expect(() => readSelection({ selectionId: 'x' })).toThrow('this is no selection')
    expect(selectionIdOf(selection)).toBe(selection.selectionId)
  })
})
