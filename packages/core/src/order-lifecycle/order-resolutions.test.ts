import { describe, expect, it } from 'vitest'
import { instant } from '../calendar/instant.ts'
import { checkInvariants } from '../invariants/check-invariants.ts'
import type { Actor } from '../message/actor.ts'
import { aPurchaseOrder } from '../purchase-order/purchase-order.examples.ts'
import { aReceipt, aReceiptLine } from '../receipt/receipt.examples.ts'
import { aShipNotice } from '../ship-notice/ship-notice.examples.ts'
import { passTime } from '../world/pass-time.ts'
import { tellWorld } from '../world/tell-world.ts'
import { aTradingPolicy, aWorldTold } from '../world/world.examples.ts'
import type { World } from '../world/world.ts'
import { anOrderKey, anOrderMessage, aStrictPolicy } from './order-lifecycle.examples.ts'

const policy = aTradingPolicy()
const tom: Actor = { kind: 'user', id: 'tom', roles: ['receiving'] }

let minute = 0
function say(world: World, type: string, data: object, by = tom) {
  minute += 1
  const at = new Date(Date.UTC(2026, 11, 2, 8, minute)).toISOString().replace('.000Z', 'Z')
  const message = {
    ...anOrderMessage(type as 'note.recorded', data, { at }),
    id: `${type}@${minute}`,
    actor: by,
  }
  return tellWorld(world, message, { policy, now: message.receivedAt })
}
function said(world: World, type: string, data: object, by = tom): World {
  const { world: after, outcome } = say(world, type, data, by)
  if (outcome.kind !== 'applied') throw new Error(JSON.stringify(outcome))
  return after
}
const orderOf = (world: World) => {
  const order = world.orders[anOrderKey]
  if (order === undefined) throw new Error('there is no order')
  return order
}
const caseOf = (world: World) => {
  const [first] = orderOf(world).desk.cases
  if (first === undefined) throw new Error('there is no case')
  return first
}
const tasksOf = (world: World) => orderOf(world).desk.tasks ?? []
const scheduleOf = (world: World) => orderOf(world).standing.lines[0]?.schedules[0]
const topicsSince = (before: World, after: World) =>
  after.effects
    .slice(before.effects.length)
    .flatMap(({ intent }) =>
      'topic' in intent ? [intent.topic] : intent.kind === 'write-back' ? [intent.record] : [],
    )
const resolved = (world: World, code: string, more: object = {}) =>
  said(world, 'case.resolved', { exceptionId: caseOf(world).exceptionId, code, ...more })

/** Ten ordered and ten counted, of which three are damaged. */
const damaged = () =>
  aWorldTold([
    aPurchaseOrder(),
    aReceipt({ lines: [aReceiptLine({ conditions: [{ condition: 'damaged', quantity: '3' }] })] }),
  ])
const aReturn = aReceipt({
  documentNumber: 'RT-1',
  receiptType: 'return',
  lines: [aReceiptLine({ quantity: '3' })],
})

describe('a case of damaged goods', () => {
  it('settled by sending them back has the warehouse and the supplier told, and the pieces come again', () => {
    const before = damaged()
    expect(caseOf(before).code).toBe('RCV_DAMAGED')
    const sent = resolved(before, 'return-to-vendor', { note: 'three torn' })
    expect(topicsSince(before, sent)).toEqual(
      expect.arrayContaining(['return-order', 'goods-returned']),
    )
    const order = sent.effects.find(
      ({ intent }) => 'record' in intent && intent.record === 'return-order',
    )
    expect(order?.intent).toMatchObject({
      system: 'wms',
      data: { orderLineNumber: '1', quantity: '3', replacement: true, because: 'three torn' },
    })
    const gone = aWorldTold([aReturn], { world: sent, from: '2026-12-03T08:00:00Z' })
    // 10 - 3 = 7 are here, and three are open again.
    expect(scheduleOf(gone)?.quantities).toMatchObject({ received: '10', returned: '3', open: '3' })
    expect(checkInvariants(gone)).toEqual([])
  })

  it('settled without a replacement gives the pieces up once they have gone', () => {
    const sent = resolved(damaged(), 'return-to-vendor', { noReplacement: true })
    const gone = aWorldTold([aReturn], { world: sent, from: '2026-12-03T08:00:00Z' })
    expect(scheduleOf(gone)?.states.closure).not.toBe('open')
    expect(scheduleOf(gone)?.quantities.open).toBe('0')
    expect(checkInvariants(gone)).toEqual([])
  })

  it('asks the supplier for a credit or a replacement, and the carrier’s claim goes to transport', () => {
    const before = damaged()
    expect(topicsSince(before, resolved(before, 'credit-request'))).toContain('credit-requested')
    expect(topicsSince(before, resolved(before, 'replace'))).toContain('replacement-requested')
    const claimed = resolved(before, 'carrier-claim')
    expect(tasksOf(claimed)).toMatchObject([
      { owner: { role: 'transport', person: null }, state: 'open', exceptionId: null },
    ])
    expect(checkInvariants(claimed)).toEqual([])
  })
})

describe('eight of ten counted', () => {
  it('are the last where the balance is given up', () => {
    const eight = aWorldTold(
      [
        aPurchaseOrder(),
        aShipNotice(),
        aReceipt({
          lines: [
            aReceiptLine({
              quantity: '8',
              shipNoticeNumber: 'ASN-1',
              conditions: [{ condition: 'short', quantity: '2' }],
            }),
          ],
        }),
      ],
      { policy: aStrictPolicy() },
    )
    expect(caseOf(eight).code).toBe('RCV_SHORT')
    const closed = resolved(eight, 'short-close', { note: 'enough' })
    expect(topicsSince(eight, closed)).toContain('line-short-closed')
    expect(scheduleOf(closed)?.quantities.open).toBe('0')
    expect(checkInvariants(closed)).toEqual([])
  })
})

describe('a task for a case of an order', () => {
  const ask = (world: World, more: object = {}) =>
    said(world, 'task.added', {
      exceptionId: caseOf(world).exceptionId,
      sentence: 'take pictures of the torn bags',
      role: 'warehouse',
      ...more,
    })

  it('has an owner and a due time on the calendar, and its case goes on when the last is done (R-64)', () => {
    const one = ask(damaged(), { dueBusinessHours: 2 })
    // Wednesday 8:01 or so and two working hours.
    expect(tasksOf(one)).toMatchObject([
      {
        owner: { role: 'warehouse', person: null },
        state: 'open',
        dueAt: expect.stringMatching(/^2026-12-02T10:/),
      },
    ])
    const two = ask(one, { person: 'wilma', sentence: 'count the torn bags' })
    const waiting = said(two, 'case.waiting', {
      exceptionId: caseOf(two).exceptionId,
      for: 'internal',
    })
    const [first, second] = tasksOf(waiting)
    const half = said(said(waiting, 'task.taken', { taskId: first?.taskId }), 'task.done', {
      taskId: first?.taskId,
      note: 'in the archive',
    })
    expect(tasksOf(half)[0]).toMatchObject({
      state: 'done',
      owner: { role: 'warehouse', person: 'tom' },
      done: { by: 'tom', note: 'in the archive' },
    })
    expect(caseOf(half).state).toBe('waiting-internal')
    const all = said(half, 'task.cancelled', { taskId: second?.taskId, reason: 'counted by hand' })
    expect(caseOf(all).state).toBe('in-progress')
    expect(say(all, 'task.done', { taskId: second?.taskId }).outcome).toMatchObject({
      kind: 'refused',
      reason: 'task-over',
    })
    expect(checkInvariants(all)).toEqual([])
  })

  it('is called for when its time has run out, is given on, and falls with its case', () => {
    const asked = ask(damaged(), { dueBusinessHours: 2 })
    const late = passTime(asked, { until: instant('2026-12-02T17:00:00Z'), policy })
    expect(topicsSince(asked, late)).toContain('task-overdue')
    expect(tasksOf(late)[0]?.overdueSince).toBe(tasksOf(late)[0]?.dueAt)
    const given = said(late, 'task.assigned', {
      taskId: tasksOf(late)[0]?.taskId,
      role: 'quality',
      person: 'quinn',
    })
    expect(tasksOf(given)[0]?.owner).toEqual({ role: 'quality', person: 'quinn' })
    const settled = resolved(given, 'scrap')
    expect(tasksOf(settled)[0]).toMatchObject({
      state: 'cancelled',
      done: { by: 'counterfoil', note: 'its case was settled: scrap' },
    })
    expect(checkInvariants(settled)).toEqual([])
  })

  it('stands by itself where it is for no case, and for no case that is not open', () => {
    const alone = said(damaged(), 'task.added', {
      exceptionId: null,
      sentence: 'call the carrier',
      role: 'transport',
    })
    expect(tasksOf(alone)).toMatchObject([
      { exceptionId: null, subject: { aggregate: 'order', key: anOrderKey } },
    ])
    const settled = resolved(damaged(), 'scrap')
    const late = { exceptionId: caseOf(settled).exceptionId, sentence: 'x', role: 'y' }
    expect(say(settled, 'task.added', late).outcome).toMatchObject({ reason: 'case-settled' })
    expect(say(settled, 'task.added', { ...late, exceptionId: 'none' }).outcome).toMatchObject({
      reason: 'case-unknown',
    })
  })
})

describe('two cases of one order', () => {
  const both = () =>
    aWorldTold([
      aPurchaseOrder(),
      aReceipt({
        lines: [
          aReceiptLine({
            conditions: [
              { condition: 'damaged', quantity: '3' },
              { condition: 'packaging', quantity: '2' },
            ],
          }),
        ],
      }),
    ])

  it('are merged into one that is open, which takes the tasks over', () => {
    const world = both()
    const [one, other] = orderOf(world).desk.cases
    if (one === undefined || other === undefined) throw new Error('there are not two cases')
    const merge = (exceptionId: string, into: string, of = world) =>
      say(of, 'case.merged', { exceptionId, into })
    expect(merge(one.exceptionId, one.exceptionId).outcome).toMatchObject({
      reason: 'merged-into-itself',
    })
    expect(merge(one.exceptionId, 'no-such-case').outcome).toMatchObject({ reason: 'case-unknown' })
    const asked = said(world, 'task.added', {
      exceptionId: one.exceptionId,
      sentence: 'look at the bags',
      role: 'quality',
    })
    const merged = said(asked, 'case.merged', {
      exceptionId: one.exceptionId,
      into: other.exceptionId,
    })
    expect(tasksOf(merged)).toMatchObject([{ exceptionId: other.exceptionId, state: 'open' }])
    // A circle cannot be closed: what was merged is not open.
    expect(merge(other.exceptionId, one.exceptionId, merged).outcome).toMatchObject({
      reason: 'case-settled',
    })
    expect(checkInvariants(merged)).toEqual([])
  })
})
