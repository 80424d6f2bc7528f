import { describe, expect, it } from 'vitest'
import { aPolicy, aRoute, aTolerance } from '../policy/policy.examples.ts'
import { aPack, aShipNotice, aShipNoticeLine } from '../ship-notice/ship-notice.examples.ts'
import { validatedSteps } from './describe-shipment.ts'
import { comparisonOf, noticeReceived, tellShipment } from './shipment-lifecycle.examples.ts'
import {
  tooMany,
  aNotice,
  aWithdrawal,
  notOrdered,
  suppliersTold,
  openCodes,
  lastOutcome,
  clock,
} from './shipment-papers.examples.ts'
import { shipmentStatus } from './shipment-regions.ts'

const notOpen = (orderNumber: string) => ({
  kind: 'order-not-open',
  documentNumber: 'ASN-1',
  documentLineNumber: null,
  orderNumber,
  orderLineNumber: null,
  scheduleNumber: null,
  expected: null,
  actual: `order ${orderNumber} is not known`,
})

describe('a ship notice that is checked', () => {
  it('is rejected when nothing of it can be received, and the supplier hears why (R-50, R-98)', () => {
    const told = tellShipment([aNotice, comparisonOf('4711', { discrepancies: [notOrdered] })])
    expect(told.state.regions).toMatchObject({ notice: 'rejected' })
    expect(shipmentStatus(told.state.facts)).toBe('rejected')
    expect(suppliersTold(told)).toEqual([
      ['ship-notice-rejected', ['line 1: SKU-9 is on its way, which nobody ordered']],
    ])
  })

  it('is validated when another line can be received', () => {
    const lines = [
      aShipNoticeLine(),
      aShipNoticeLine({ documentLineNumber: '2', orderNumber: '4712' }),
    ]
    const told = tellShipment([
      noticeReceived(aShipNotice({ lines })),
      comparisonOf('4711', { discrepancies: [notOrdered] }),
      comparisonOf('4712'),
    ])
    expect(told.state.regions).toMatchObject({
      notice: 'validated',
      alignment: 'pre-arrival-alert',
    })
    expect(suppliersTold(told).map(([topic]) => topic)).toEqual(['ship-notice-misaligned'])
  })

  it('is rejected when the order it names never answers', () => {
    const told = tellShipment([aNotice, clock('comparison.overdue', '2026-11-26T17:00:00Z')])
    expect(told.state.regions).toMatchObject({ notice: 'rejected' })
    expect(told.state.facts.cases).toMatchObject([
      { code: 'ASN_ITEM', discrepancy: notOpen('4711'), state: 'detected' },
    ])
    const late = tellShipment([
      aNotice,
      clock('comparison.overdue', '2026-11-26T17:00:00Z'),
      comparisonOf('4711'),
    ])
    expect(late.state.regions).toMatchObject({ notice: 'validated', alignment: 'aligned' })
    expect(openCodes(late)).toEqual([])
  })

  it('shows each step of the validation in its order (R-50)', () => {
    const packs = [aPack(), aPack()]
    const waiting = tellShipment([noticeReceived(aShipNotice({ packs }))])
    expect(validatedSteps(waiting.state.facts).map(({ step, outcome }) => [step, outcome])).toEqual(
      [
        ['order', 'pending'],
        ['version', 'passed'],
        ['item', 'pending'],
        ['unit', 'pending'],
        ['quantity', 'pending'],
        ['date', 'pending'],
        ['pack', 'failed'],
        ['completeness', 'passed'],
      ],
    )
    const answered = tellShipment([
      noticeReceived(aShipNotice({ packs })),
      comparisonOf('4711', { discrepancies: [tooMany] }),
    ])
    const failed = validatedSteps(answered.state.facts).filter(
      ({ outcome }) => outcome === 'failed',
    )
    expect(failed.map(({ step, sentences }) => [step, sentences])).toEqual([
      ['quantity', ['line 1: 15 EA are on their way where 10 were still to come, 5 too many']],
      ['pack', [expect.stringContaining('handling unit P1 is named twice')]],
    ])
    expect(openCodes(answered)).toEqual(['ASN_DUPLICATE', 'ASN_OVER'])
    expect(validatedSteps(tellShipment([aWithdrawal]).state.facts)).toEqual([])
  })

  it('is aligned where the order finds the difference inside its tolerances, and the difference is kept', () => {
    const answer = comparisonOf('4711', { discrepancies: [tooMany], aligned: true })
    const { state } = tellShipment([aNotice, answer])
    expect(state.regions).toMatchObject({ alignment: 'aligned' })
    expect(state.facts.assessment).toMatchObject([{ judgement: 'within', discrepancy: tooMany }])
    expect(state.facts.cases).toEqual([])
  })

  it('is misaligned where the order says so, also when the measure alone would pass', () => {
    const generous = aPolicy({ tolerance: () => aTolerance({ upper: { abs: '9', pct: null } }) })
    const answer = comparisonOf('4711', { discrepancies: [tooMany] })
    expect(tellShipment([aNotice, answer], generous).state.regions).toMatchObject({
      alignment: 'pre-arrival-alert',
    })
  })

  it('is settled before the dock: due when the goods are expected, however long the route allows', () => {
    const slow = aPolicy({ routing: () => aRoute({ dueBusinessHours: 900, ownerRole: 'inbound' }) })
    const answer = comparisonOf('4711', { discrepancies: [tooMany] })
    const { state } = tellShipment([aNotice, answer], slow)
    expect(state.facts.cases).toMatchObject([
      { code: 'ASN_OVER', owner: { role: 'inbound', person: null }, dueAt: '2026-11-27T08:00:00Z' },
    ])
    const today = noticeReceived(aShipNotice({ estimatedDeliveryDate: '2026-11-25' }))
    expect(tellShipment([today, answer], slow).state.facts.cases).toMatchObject([
      { dueAt: '2026-11-25T10:00:00Z' },
    ])
    const unknown = noticeReceived(aShipNotice({ estimatedDeliveryDate: null }))
    const [one] = tellShipment([unknown, answer], slow).state.facts.cases
    expect(one?.dueAt.startsWith('2027')).toBe(true)
  })

  it('that is replaced is compared anew, and what no longer differs is cured (R-36)', () => {
    const replaced = noticeReceived(
      aShipNotice({ revision: 1, purpose: 'replace', issuedAt: '2026-11-25T12:00:00Z' }),
    )
    const told = tellShipment([
      aNotice,
      comparisonOf('4711', { discrepancies: [tooMany] }),
      replaced,
      comparisonOf('4711', { revision: 2 }),
    ])
    expect(told.state.regions).toMatchObject({ amendment: 'amended', alignment: 'aligned' })
    expect(told.state.facts.cases).toMatchObject([
      { code: 'ASN_OVER', state: 'auto-resolved', resolution: { code: 'cured' } },
    ])
    expect(lastOutcome(tellShipment([aNotice, replaced, comparisonOf('4711')]))).toEqual({
      kind: 'duplicate',
      sentence: 'order 4711 answered about a notice that was replaced',
    })
  })

  it('that no longer names an order tells it so', () => {
    const lines = [
      aShipNoticeLine(),
      aShipNoticeLine({ documentLineNumber: '2', orderNumber: '4712' }),
    ]
    const told = tellShipment([
      noticeReceived(aShipNotice({ lines })),
      noticeReceived(
        aShipNotice({ revision: 1, purpose: 'replace', issuedAt: '2026-11-25T12:00:00Z' }),
      ),
      comparisonOf('4712', { revision: 2 }),
    ])
    const last = told.intents.findLast((intent) => intent.kind === 'tell')
    expect(last).toMatchObject({
      to: { key: 'acme/0001/4712' },
      type: 'shipment.announced',
      data: { revision: 2, lines: [] },
    })
    expect(lastOutcome(told)).toMatchObject({
      kind: 'duplicate',
      sentence: 'the notice no longer names order 4712',
    })
  })
})
