import { instant, TradeDocument } from '@counterfoil/core'
import { readAll } from '@counterfoil/runtime'
import { describe, expect, it } from 'vitest'
import { createInsight, type Insight } from './create-insight.ts'
import { followBooks } from './follow-books.ts'
import type { MetricName } from './measurement.ts'
import { metricDefinitions } from './metrics.ts'
import { type Life, live, pattern, tell } from './some-lives.examples.ts'

const life: Life = {
  number: 'PO-1',
  supplier: 'S100',
  item: 'SKU-1',
  ordered: 10,
  issuedAt: '2026-11-23T09:00:00Z',
  wanted: '2026-11-27',
  answer: { at: '2026-11-23T13:00:00Z', promised: '2026-11-27' },
  announced: { at: '2026-11-26T08:00:00Z', quantity: 10 },
  counted: { day: '2026-11-27', quantity: 10, damaged: 0 },
  billed: { day: '2026-11-28', price: 12.4 },
}
const end = '2026-12-10T12:00:00Z'
const now = instant(end)

async function insightOf(...lives: readonly Life[]): Promise<Insight> {
  const { store } = await live(lives, end)
  const insight = createInsight()
  await followBooks(insight, { store, tenant: 'acme' })
  return insight
}

describe('the age of cases (R-123)', () => {
  it('runs while a case is open, and ends with it', async () => {
    // Ten pieces are billed at 13.40; nobody has looked at it since 28 November, 11:00: 12 days and 1 hour.
    const insight = await insightOf({ ...life, billed: { day: '2026-11-28', price: 13.4 } })
    const open = insight.measurements({
      tenant: 'acme',
      metric: 'exception-aging',
      now,
      where: { variant: 'open' },
    })
    const [price] = open.filter(({ orderKeys }) => orderKeys.includes('acme/0001/PO-1'))
    expect(price?.figures['hours']).toBe('289')
    const [row] = insight.read({
      tenant: 'acme',
      metric: 'exception-aging',
      now,
      where: { variant: 'open', item: 'SKU-1' },
    })
    expect(row?.summaries).toMatchObject({ days4to7: '0', days8to14: '1', days15on: '0' })
    const later = insight.read({
      tenant: 'acme',
      metric: 'exception-aging',
      now: instant('2026-12-13T11:00:00Z'),
      where: { variant: 'open', item: 'SKU-1' },
    })
    expect(later[0]?.summaries).toMatchObject({ days8to14: '0', days15on: '1' })
  })
})

describe('the first answer (R-118)', () => {
  it('is as old as its first text, whatever corrected it since', async () => {
    const { store, runtime, clock } = await live(
      [{ ...life, announced: null, counted: null, billed: null }],
      '2026-11-24T10:00:00Z',
    )
    const { rows } = await runtime.queries.events({ tenant: 'acme' })
    const answered = rows.find(({ type }) => type === 'acknowledgment.received')
    const issuedAt = '2026-11-24T11:00:00Z'
    const corrected = { ...TradeDocument.parse(answered?.data['document']), revision: 1, issuedAt }
    clock.advanceTo(issuedAt)
    await tell(runtime, corrected)
    const insight = createInsight()
    await followBooks(insight, { store, tenant: 'acme' })
    const [row] = insight.read({ tenant: 'acme', metric: 'confirmation-cycle-time', now })
    // Issued on Monday at 9, first answered at 13; the correction of Tuesday makes it no later.
    expect(row?.summaries).toMatchObject({ unanswered: '0', medianHours: '4' })
  })
})

describe('the response to a change (R-119)', () => {
  it('runs from the supplier’s other day until the buyer decides, in office hours', async () => {
    // Promised two months late on Monday, 13:00; nobody has decided on Tuesday, 10:00.
    const late: Life = {
      ...life,
      answer: { at: '2026-11-23T13:00:00Z', promised: '2027-01-27' },
      announced: null,
      counted: null,
      billed: null,
    }
    const { store, runtime, clock } = await live([late], '2026-11-24T10:00:00Z')
    const insight = createInsight()
    await followBooks(insight, { store, tenant: 'acme' })
    const ask = {
      tenant: 'acme',
      metric: 'change-response-time',
      where: { variant: 'supplier' },
    } as const
    const [waiting] = insight.read({ ...ask, now: instant(clock.now()) })
    // 13 to 17 on Monday, 8 to 10 on Tuesday.
    expect(waiting?.summaries).toMatchObject({ changes: '1', waiting: '1', medianHours: '6' })
    const [{ subject } = { subject: '' }] = insight.measurements({
      ...ask,
      now: instant(clock.now()),
    })
    const answer = await runtime.act({
      tenant: 'acme',
      actor: { kind: 'user', id: 'kim', roles: ['buyer'] },
      idempotencyKey: 'reject',
      aggregate: { kind: 'order', key: 'acme/0001/PO-1' },
      type: 'change.decided',
      data: { changeId: subject, decision: 'reject', reason: 'too late for the season' },
      expectedVersion: null,
    })
    expect(answer.outcome).toBe('applied')
    await followBooks(insight, { store, tenant: 'acme' })
    const [decided] = insight.read({ ...ask, now })
    expect(decided?.summaries).toMatchObject({ changes: '1', waiting: '0', medianHours: '6' })
  })
})

describe('goods that were counted and did not stay (R-121, R-124)', () => {
  const [counted] = pattern('receipt').lines
  const at = { orderNumber: 'PO-1', orderLineNumber: '1', shipNoticeNumber: 'ASN-PO-1' }
  const line = { ...counted, ...at, documentLineNumber: '1', item: { buyerItem: 'SKU-1' } }
  const count = (documentNumber: string, day: string, given: object) =>
    TradeDocument.parse({
      ...pattern('receipt'),
      documentNumber,
      issuedAt: `${day}T12:00:00Z`,
      receivedDate: day,
      ...given,
    })
  const reversal = (quantity: string, number = 'RV-1') =>
    count(number, '2026-11-27', {
      receiptType: 'reversal',
      lines: [{ ...line, quantity, reversesReceiptNumber: 'GR-PO-1' }],
    })

  async function after(...documents: readonly TradeDocument[]) {
    const { store, runtime, clock } = await live(
      [{ ...life, billed: null }],
      '2026-11-27T11:00:00Z',
    )
    for (const document of documents) {
      clock.advanceTo(document.issuedAt)
      await tell(runtime, document)
    }
    const insight = createInsight()
    await followBooks(insight, { store, tenant: 'acme' })
    return (metric: MetricName, variant?: string) =>
      insight.read({
        tenant: 'acme',
        metric,
        now,
        ...(variant !== undefined && { where: { variant } }),
      })
  }

  it('are late where what was reversed came again later', async () => {
    const again = count('GR-2', '2026-12-03', { lines: [{ ...line, quantity: '10' }] })
    const read = await after(reversal('10'), again)
    expect(read('on-time-inbound', 'original-request')[0]?.summaries).toMatchObject({
      onTime: '0',
      inFull: '1',
    })
    expect(read('supplier-variance', 'date')[0]?.summaries).toMatchObject({ trend: '6' })
    expect(read('ship-notice-accuracy', 'as-received')[0]?.summaries).toMatchObject({
      accuracy: '1',
      unitAccuracy: '1',
    })
  })

  it('are no lines of a receipt once they are reversed, in one or in halves, however it is spelled', async () => {
    for (const documents of [
      [reversal('10')],
      [reversal('10.0')],
      [reversal('5'), reversal('5', 'RV-2')],
    ]) {
      const read = await after(...documents)
      expect(read('receiving-discrepancy-rate')).toEqual([])
      expect(read('ship-notice-accuracy', 'as-received')).toEqual([])
    }
    const half = await after(reversal('5'))
    expect(half('receiving-discrepancy-rate')[0]?.summaries).toMatchObject({
      lines: '1',
      rate: '0',
    })
    expect(half('ship-notice-accuracy', 'as-received')[0]?.summaries).toMatchObject({
      accuracy: '0',
      unitAccuracy: '0.5',
    })
  })

  it('did not come where they went back, or were refused', async () => {
    const back = count('RT-1', '2026-11-28', {
      receiptType: 'return',
      lines: [{ ...line, quantity: '10', reversesReceiptNumber: 'GR-PO-1' }],
    })
    const read = await after(back)
    expect(read('on-time-inbound', 'original-request')[0]?.summaries).toMatchObject({
      onTime: '0',
      inFull: '0',
    })
  })
})

describe('leakage (R-125)', () => {
  it('is what was paid above the order inside tolerance', async () => {
    // 10 pieces at 12.41 instead of 12.40.
    const insight = await insightOf({ ...life, billed: { day: '2026-11-28', price: 12.41 } })
    const rows = insight.read({
      tenant: 'acme',
      metric: 'supplier-variance',
      now,
      where: { variant: 'leakage' },
      by: ['supplier', 'item'],
    })
    expect(rows).toEqual([
      {
        dimensions: { variant: 'leakage', currency: 'EUR', supplier: 'S100', item: 'SKU-1' },
        summaries: { counted: '1', trend: null, median: null, leakage: '0.1' },
        orderKeys: ['acme/0001/PO-1'],
      },
    ])
  })

  it('is nothing while the invoice waits for somebody', async () => {
    const insight = await insightOf({ ...life, billed: { day: '2026-11-28', price: 13.4 } })
    const where = { variant: 'leakage' }
    expect(insight.read({ tenant: 'acme', metric: 'supplier-variance', now, where })).toEqual([])
  })
})

describe('an insight', () => {
  it('shows nothing of another tenant', async () => {
    const insight = await insightOf(life)
    for (const { name } of metricDefinitions) {
      expect(insight.read({ tenant: 'other', metric: name, now })).toEqual([])
    }
  })

  it('is the same however often and in which order it was told', async () => {
    const lives = ['PO-1', 'PO-2', 'PO-3'].map((number) => ({ ...life, number }))
    const { store } = await live(lives, end)
    const whole = createInsight()
    await followBooks(whole, { store, tenant: 'acme' })
    const again = createInsight()
    const states = await readAll((page) => store.states(page))
    for (const { tenant, reference, state } of [...states.toReversed(), ...states]) {
      again.take(tenant, reference, state)
    }
    await followBooks(again, { store, tenant: 'acme' })
    for (const { name } of metricDefinitions) {
      const ask = { tenant: 'acme', metric: name, now, by: ['week', 'supplier'] } as const
      expect(again.read(ask)).toEqual(whole.read(ask))
    }
  })
})
