import { addMilliseconds, type Connector, type ExceptionCase, instant } from '@counterfoil/core'
import {
  anInvoice,
  anInvoiceLine,
  anOrderLine,
  aPurchaseOrder,
  aReceipt,
  aReceiptLine,
} from '@counterfoil/core/examples'
import { createPolicySource } from '@counterfoil/rules'
import { loadRuleSetFolder } from '@counterfoil/rules/node'
import { describe, expect, it } from 'vitest'
import { createVirtualClock } from './clock/virtual-clock.ts'
import { createRuntime } from './create-runtime.ts'
import { createMemoryStore } from './memory-store/memory-store.ts'

const ruleSets = loadRuleSetFolder(new URL('../../rules/rulesets', import.meta.url).pathname)
const policies = createPolicySource(
  ruleSets.filter(({ ruleSet }) => ruleSet.id.startsWith('canonical-')),
)
const hour = 3_600_000
const begin = '2026-11-23T09:00:00Z'

/** A company of so many suppliers with four orders each that nobody answers, half of them damaged and billed too dear. */
async function aCompany(suppliers: number) {
  const told: string[] = []
  const desk: Connector = {
    contract: 'v1',
    name: 'desk',
    capabilities: {
      reads: [],
      writes: [
        'notify',
        'send-supplier-notice',
        'send-document/supplier',
        'write-back/erp',
        'write-back/wms',
        'write-back/finance',
      ],
    },
    read: () => Promise.resolve({ deliveries: [], cursor: null, more: false }),
    write: ({ intent }) => {
      if (intent.kind === 'notify') told.push(intent.role)
      return Promise.resolve({ kind: 'applied', reference: 'R1', repeated: false })
    },
  }
  const clock = createVirtualClock(begin)
  const store = createMemoryStore()
  const runtime = createRuntime({ store, policies, connectors: [desk], clock })
  const header = { tenant: 'acme', buyerOrganisation: '0001', timeZone: 'UTC' }
  const receive = async (document: object) => {
    await runtime.receive({ ...header, connection: 'edi', document: document as never })
  }
  for (let index = 0; index < suppliers * 4; index += 1) {
    const orderNumber = `PO-${index}`
    const supplier = `S${index % suppliers}`
    await receive(
      aPurchaseOrder({
        orderNumber,
        documentNumber: orderNumber,
        supplier,
        issuedAt: begin,
        lines: [anOrderLine()],
      }),
    )
    if (index % 2 === 1) continue
    const line = { orderNumber, orderLineNumber: '1' }
    await receive(
      aReceipt({
        documentNumber: `GR-${index}`,
        supplier,
        lines: [aReceiptLine({ ...line, conditions: [{ condition: 'damaged', quantity: '2' }] })],
      }),
    )
    await receive(
      anInvoice({
        documentNumber: `INV-${1000 + index}`,
        supplier,
        totalAmount: '190.00',
        lines: [anInvoiceLine({ ...line, amount: '190.00' })],
      }),
    )
  }
  await runtime.tick()
  const cases = async (): Promise<readonly ExceptionCase[]> => {
    const found: ExceptionCase[] = []
    let cursor: string | undefined
    do {
      const page = await runtime.queries.exceptions({ tenant: 'acme', cursor })
      found.push(...page.rows)
      cursor = page.cursor ?? undefined
    } while (cursor !== undefined)
    return found
  }
  const wait = async (hours: number): Promise<void> => {
    for (let passed = 0; passed < hours; passed += 1) {
      clock.advanceTo(addMilliseconds(instant(clock.now()), hour))
      await runtime.tick()
    }
  }
  return { runtime, store, receive, cases, wait, told, header }
}

const count = (values: readonly string[]) =>
  Object.fromEntries(
    [...Map.groupBy(values, (value) => value)]
      .map(([value, all]) => [value, all.length] as const)
      .toSorted(([one], [other]) => (one < other ? -1 : 1)),
  )

describe('accountability as volume and suppliers grow (R-116)', () => {
  it('leaves no open case without one owner, a due time, words and a rule, on any day of three weeks (R-114, R-116, INV-17)', async () => {
    const { cases, wait } = await aCompany(3)
    for (let day = 0; day < 21; day += 1) {
      const open = await cases()
      for (const { code, owner, dueAt, openedAt, sentence, route, policy } of open) {
        expect([code, owner.role]).toEqual([code, expect.stringMatching(/^[a-z-]+$/)])
        expect(Date.parse(dueAt)).toBeGreaterThan(Date.parse(openedAt))
        expect(sentence).not.toBe('')
        expect(route.ownerRole).not.toBe('')
        expect(JSON.stringify(policy)).toContain('canonical-routing')
      }
      await wait(24)
    }
    expect((await cases()).length).toBeGreaterThan(12)
  })

  it('calls a superior by role for each that nobody settles, and the owner stays the owner (R-116)', async () => {
    const { cases, wait, told } = await aCompany(2)
    const before = new Map(
      (await cases()).map(({ exceptionId, owner }) => [exceptionId, owner.role]),
    )
    expect(before.size).toBeGreaterThan(4)
    await wait(24 * 14)
    const now = await cases()
    const stayed = now.filter(({ exceptionId }) => before.has(exceptionId))
    expect(stayed.length).toBe(before.size)
    for (const { exceptionId, owner, escalationLevel, route } of stayed) {
      expect(owner.role).toBe(before.get(exceptionId))
      expect(escalationLevel).toBe(Math.max(1, route.escalation.length))
      for (const { toRole } of route.escalation) expect(told).toContain(toRole)
    }
  })

  it('fills the queues of owners in proportion, and their counts add up to every open case (R-114, R-116)', async () => {
    const queues = async (suppliers: number) => {
      const { cases, runtime, wait } = await aCompany(suppliers)
      await wait(48)
      const open = await cases()
      const owned = (await runtime.queries.exceptionsByOwner({ tenant: 'acme' })).filter(
        (one) => one.open,
      )
      const byOwner = new Map<string, number>()
      for (const { ownerRole, count: some } of owned) {
        const role = ownerRole ?? 'nobody'
        byOwner.set(role, (byOwner.get(role) ?? 0) + some)
      }
      const counted = Object.fromEntries(
        [...byOwner].toSorted(([one], [other]) => (one < other ? -1 : 1)),
      )
      expect(counted).toEqual(count(open.map(({ owner }) => owner.role)))
      return counted
    }
    const [few, many] = [await queues(2), await queues(10)]
    expect(Object.keys(few).length).toBeGreaterThan(1)
    expect(few).not.toHaveProperty('nobody')
    // Five times as many suppliers, with four orders each: five times as much for each desk, and no desk beside them.
    expect(many).toEqual(
      Object.fromEntries(Object.entries(few).map(([role, some]) => [role, some * 5])),
    )
  })
})

describe('the integration, watched (R-114)', () => {
  it('says of what is set aside which connection it came by and why, and who has to look (R-114)', async () => {
    const { runtime, header } = await aCompany(1)
    for (const connection of ['edi', 'mail', 'mail']) {
      const body = `nobody reads this ${connection}`
      await runtime.receive({ ...header, connection, body })
    }
    await runtime.receive({ ...header, connection: 'mail', body: 'nor this' })
    await runtime.tick()
    const { rows } = await runtime.queries.quarantined({ tenant: 'acme' })
    // The same text by the same connection is the same delivery.
    expect(count(rows.map(({ envelope }) => envelope.connection))).toEqual({ edi: 1, mail: 2 })
    for (const { reason, sentence } of rows) {
      expect(reason).toBe('NOT_RECOGNISED')
      expect(sentence).not.toBe('')
    }
    expect((await runtime.health()).work?.quarantined.count).toBe(3)
    const open = (await runtime.queries.exceptions({ tenant: 'acme' })).rows
    const own = open.filter(({ subject }) => subject.aggregate === 'document')
    expect(own.map(({ owner }) => owner.role)).toEqual([
      'integration',
      'integration',
      'integration',
    ])
  })
})
