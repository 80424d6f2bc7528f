import { type DomainEvent, instant, messageData, systemActor, TenantId } from '@counterfoil/core'
import { describe, expect, it } from 'vitest'
import {
  theAcknowledgment,
  theInvoice,
  theOrder,
  wholeLife,
} from '../conformance/story-documents.ts'
import { createMemoryStore } from '../memory-store/memory-store.ts'
import { booksOf } from './books.examples.ts'
import { comparisonsIn } from './comparisons-in.ts'
import { headEvent } from './head-event.ts'
import { readComparisons } from './timeline.ts'

const tenant = 'acme'
const orderKey = 'acme/0001/4711'
const at = instant('2026-11-25T12:00:00Z')

function anEvent(
  event: Partial<Omit<DomainEvent, 'data'>> & { readonly data?: object },
): DomainEvent {
  return {
    id: 'e1',
    tenant: TenantId.parse(tenant),
    aggregate: { kind: 'order', key: orderKey },
    type: 'variance.recorded',
    schemaVersion: 1,
    occurredAt: at,
    receivedAt: at,
    actor: systemActor,
    causedBy: null,
    sequence: 1,
    ...event,
    data: messageData(event.data ?? {}),
  }
}

describe('the timeline of an order', () => {
  it('goes over the order, its shipments and its invoices, each step with its audit entry (R-14, R-60)', async () => {
    const { queries } = await booksOf(...wholeLife())
    const all = (await queries.timeline({ tenant, orderKey, limit: 500 })).rows
    expect(new Set(all.map(({ aggregate }) => aggregate.kind))).toEqual(
      new Set(['order', 'shipment', 'invoice']),
    )
    for (const { audit, eventId, aggregate } of all) {
      const chain = `${aggregate.kind}:${aggregate.key}`
      expect(audit.map((entry) => [entry.eventId, entry.aggregate])).toEqual([[eventId, chain]])
    }
    const paged: string[] = []
    let cursor: string | undefined
    do {
      const page = await queries.timeline({ tenant, orderKey, limit: 4, cursor })
      paged.push(...page.rows.map(({ eventId }) => eventId))
      cursor = page.cursor ?? undefined
    } while (cursor !== undefined)
    expect(paged).toEqual(all.map(({ eventId }) => eventId))
  })

  it('leaves out orders that only share an invoice', async () => {
    const [line] = theInvoice().lines
    if (line === undefined) throw new Error('the invoice has no line')
    const other = theOrder({ documentNumber: '4712', orderNumber: '4712' })
    const both = theInvoice('248.00', {
      lines: [line, { ...line, documentLineNumber: '2', orderNumber: '4712' }],
    })
    const { queries } = await booksOf(theOrder(), other, both)
    const { rows } = await queries.timeline({ tenant, orderKey, limit: 500 })
    const keys = new Set(rows.map(({ aggregate }) => aggregate.key))
    expect(keys).toEqual(new Set([orderKey, 'acme/0001/S100/INV-1/standard']))
  })

  it('is told of one aggregate alone as its history', async () => {
    const { queries } = await booksOf(...wholeLife())
    const aggregate = { kind: 'invoice', key: 'acme/0001/S100/INV-1/standard' } as const
    const { rows } = await queries.history({ tenant, aggregate, limit: 500 })
    expect(rows.map(({ sequence }) => sequence)).toEqual(rows.map((_, index) => index + 1))
    expect(rows[0]?.headline).toBe('invoice received: INV-1')
    expect((await queries.history({ tenant: 'globex', aggregate })).rows).toEqual([])
  })

  it('says what a judged difference is and how it was judged', async () => {
    const late = theAcknowledgment({
      lines: theAcknowledgmentLines('2026-12-04'),
      decision: 'accepted-with-changes',
    })
    const { queries } = await booksOf(theOrder(), late)
    const { rows } = await queries.timeline({ tenant, orderKey, limit: 500 })
    const recorded = rows.find(({ type }) => type === 'variance.recorded')
    expect(recorded?.explanation[0]).toBe(
      'line 1, schedule 1: the supplier promises 2026-12-04 instead of 2026-11-27, 7 days late, more than is accepted',
    )
  })
})

function theAcknowledgmentLines(promisedDate: string) {
  const document = theAcknowledgment()
  if (document.kind !== 'acknowledgment') throw new Error('no acknowledgment')
  return document.lines.map((line) => ({
    ...line,
    responses: line.responses.map((response) => ({ ...response, promisedDate })),
  }))
}

describe('comparisons', () => {
  const check = (index: number) => ({
    check: 'price-amount',
    within: index % 3 !== 0,
    sentence: `check ${index} was made`,
  })

  /** A store in which an order has events that record so many checks each. */
  async function aStoreOf(checksPerEvent: readonly number[]) {
    const store = createMemoryStore()
    let number = 0
    const events = checksPerEvent.map((count, index) =>
      anEvent({
        id: `e${index}`,
        sequence: index + 1,
        data: { checks: Array.from({ length: count }, () => check((number += 1))) },
      }),
    )
    await store.commit({ events: events.map((event) => ({ event, messageId: null })) })
    return store
  }

  async function readAll(
    checksPerEvent: readonly number[],
    limit: number,
    withinTolerance?: boolean,
  ) {
    const store = await aStoreOf(checksPerEvent)
    const sentences: string[] = []
    let cursor: string | undefined
    for (;;) {
      const page = await readComparisons(store, {
        tenant,
        orderKey,
        limit,
        cursor,
        withinTolerance,
      })
      expect(page.rows.length).toBeLessThanOrEqual(limit)
      sentences.push(...page.rows.map(({ sentence }) => sentence))
      if (page.cursor === null) return sentences
      cursor = page.cursor
    }
  }

  it('are given once each, though one event may record more than a page holds', async () => {
    const counts = [3, 0, 250, 1, 7]
    const all = Array.from({ length: 261 }, (_, index) => `check ${index + 1} was made`)
    for (const limit of [1, 10, 100, 500]) expect(await readAll(counts, limit)).toEqual(all)
  })

  it('can be asked for inside or outside tolerance alone', async () => {
    const within = await readAll([10, 20], 4, true)
    const outside = await readAll([10, 20], 4, false)
    expect(within).toHaveLength(20)
    expect(outside).toHaveLength(10)
    expect(new Set([...within, ...outside]).size).toBe(30)
  })

  it('are looked for through long histories in which nothing was compared', async () => {
    const quiet = Array.from({ length: 2500 }, () => 0)
    const store = await aStoreOf([...quiet, 2])
    const first = await readComparisons(store, { tenant, orderKey, limit: 10 })
    expect(first.rows).toEqual([])
    const cursor = first.cursor ?? ''
    const second = await readComparisons(store, { tenant, orderKey, limit: 10, cursor })
    expect(second.rows).toHaveLength(2)
    expect(second.cursor).toBeNull()
  })

  it('are the checks of a match, the differences that were judged, and a ship notice that agrees', () => {
    const discrepancy = {
      kind: 'date-change',
      documentNumber: 'ACK-1',
      documentLineNumber: '1',
      orderNumber: '4711',
      orderLineNumber: '1',
      scheduleNumber: '1',
      expected: '2026-11-27',
      actual: '2026-11-28',
      differenceDays: 1,
    }
    const policy = { reference: { ruleSet: 'r', version: '1.0.0', hash: 'a' }, because: [] }
    const judged = (judgement: string) => ({ discrepancy, judgement, policy })
    const found = (type: string, data: object) =>
      comparisonsIn(anEvent({ type, data })).map((one) => [one.subject, one.withinTolerance])
    expect(found('invoice.matched', { result: { checks: [check(1)] } })).toEqual([
      ['price-amount', true],
    ])
    const variances = ['within', 'warn', 'outside', 'unknown'].map(judged)
    expect(found('variance.recorded', { variances })).toEqual([
      ['date-change', true],
      ['date-change', true],
      ['date-change', false],
    ])
    const [first] = comparisonsIn(anEvent({ data: { variances } }))
    expect(first).toMatchObject({ ruleSets: ['r@1.0.0'], eventId: 'e1', at })
    expect(found('shipment.compared', { aligned: true, discrepancies: [] })).toEqual([
      ['ship-notice', true],
    ])
    expect(found('shipment.compared', { aligned: false, discrepancies: [discrepancy] })).toEqual([])
  })
})

describe('a headline', () => {
  it.each([
    ['order.issued', { document: { documentNumber: '4711', revision: 0 } }, 'order issued: 4711'],
    [
      'receipt.recorded',
      { document: { documentNumber: 'GR-1', revision: 2 } },
      'receipt recorded: GR-1, revision 2',
    ],
    ['case.opened', { case: { code: 'PRICE_OVER' } }, 'case opened: PRICE_OVER'],
    ['invoice.held', { hold: { code: 'PRICE' } }, 'invoice held: PRICE'],
    ['invoice.matched', { result: { decision: 'match' } }, 'invoice matched: match'],
    [
      'wait.started',
      { timerId: 't', type: 'receipt.overdue', dueAt: at },
      'wait started: receipt overdue',
    ],
    ['change.decided', { changeId: 'c', decision: 'accept' }, 'change decided: accept'],
    ['case.resolved', { exceptionId: 'x', code: 'accept-as-is' }, 'case resolved: accept-as-is'],
    ['note.recorded', { text: 'Jim says Friday' }, 'note recorded'],
    ['order.archived', { document: null, case: 7 }, 'order archived'],
  ])('of %s says what happened in a few words', (type, data, headline) => {
    expect(headEvent(anEvent({ type, data }))).toBe(headline)
  })
})
