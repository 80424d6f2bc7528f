import { describe, expect, it } from 'vitest'
import { verifyAuditChain } from '../audit/audit-chain.ts'
import { aMilestone } from '../milestone/milestone.examples.ts'
import { aPolicy } from '../policy/policy.examples.ts'
import { aShipNotice, aShipNoticeLine } from '../ship-notice/ship-notice.examples.ts'
import { decideShipment, newShipmentState, recordShipmentEvent } from './decide-shipment.ts'
import { shipmentEvents } from './shipment-events.ts'
import {
  aCountedLine,
  aReceiver,
  aShipmentKey,
  aShipmentMessage,
  comparisonOf,
  milestoneReported,
  noticeReceived,
  tellShipment,
} from './shipment-lifecycle.examples.ts'
import {
  tooMany,
  tooLate,
  aNotice,
  aWithdrawal,
  counted,
  openCodes,
  lastOutcome,
  clock,
} from './shipment-papers.examples.ts'
import { shipmentStatus } from './shipment-regions.ts'

describe('shipment', () => {
  it('tells each order its own lines and waits for their answers and the goods (R-55)', () => {
    const lines = [
      aShipNoticeLine(),
      aShipNoticeLine({ documentLineNumber: '2', orderNumber: '4712' }),
    ]
    const { state, intents } = tellShipment([noticeReceived(aShipNotice({ lines }))])
    const told = intents.filter((intent) => intent.kind === 'tell')
    expect(told.map(({ to, type, data }) => [to.key, type, data['lines']])).toEqual([
      ['acme/0001/4711', 'shipment.announced', [lines[0]]],
      ['acme/0001/4712', 'shipment.announced', [lines[1]]],
    ])
    expect(state.regions).toEqual({
      notice: 'submitted',
      amendment: 'original',
      alignment: 'not-compared',
      transport: 'in-transit',
      schedule: 'on-schedule',
      reconciliation: 'open',
      standing: 'open',
    })
    expect(Object.values(state.facts.waits).map(({ type }) => type)).toEqual([
      'comparison.overdue',
      'arrival.overdue',
    ])
  })

  it('is aligned once every order says it fits', () => {
    const { state } = tellShipment([aNotice, comparisonOf('4711')])
    expect(state.regions).toMatchObject({ notice: 'validated', alignment: 'aligned' })
    expect(shipmentStatus(state.facts)).toBe('in-transit')
  })

  it('that does not fit the order alerts the warehouse before the goods come (R-96, R-17)', () => {
    const { state, intents } = tellShipment([
      aNotice,
      comparisonOf('4711', { discrepancies: [tooMany, tooLate] }),
    ])
    expect(state.regions).toMatchObject({ alignment: 'pre-arrival-alert', notice: 'validated' })
    expect(
      intents.filter((intent) => intent.kind === 'notify' && intent.role === 'warehouse'),
    ).toEqual([
      {
        kind: 'notify',
        role: 'warehouse',
        topic: 'ship-notice-misaligned',
        subject: 'ship notice ASN-1 of S100',
        sentence:
          'goods expected on 2026-11-27 do not fit what was ordered: line 1: 15 EA are on their way where 10 were still to come, 5 too many; line 1: the shipment is announced for 2026-11-27 instead of 2026-11-26, 1 day late',
      },
    ])
    expect(state.facts.cases.map(({ code, owner }) => [code, owner.role])).toEqual([
      ['ASN_OVER', 'buyer'],
      ['ASN_DATE', 'buyer'],
    ])
  })

  it('is closed by itself once everything announced was counted (R-56)', () => {
    const { state } = tellShipment([aNotice, comparisonOf('4711'), counted(aCountedLine())])
    expect(state.regions).toMatchObject({
      transport: 'received',
      reconciliation: 'matched',
      standing: 'closed',
    })
    expect(state.facts.waits).toEqual({})
  })

  it('tells the orders when the carrier reports a later day and when the goods are here (R-43, R-33)', () => {
    const later = aMilestone({
      documentNumber: 'MS-2',
      code: 'arrived',
      timeMeaning: 'estimated',
      issuedAt: '2026-11-26T06:00:00Z',
      at: '2026-11-30T10:00:00Z',
    })
    const here = aMilestone({
      documentNumber: 'MS-3',
      code: 'gate-in',
      issuedAt: '2026-11-30T11:00:00Z',
      at: '2026-11-30T10:50:00Z',
    })
    const onTheWay = tellShipment([aNotice, comparisonOf('4711'), milestoneReported(later)])
    expect(onTheWay.state.regions).toMatchObject({ schedule: 'delayed' })
    expect(onTheWay.state.facts.cases.map(({ code }) => code)).toEqual(['SHIPMENT_DELAY'])
    const { state, intents } = tellShipment([
      aNotice,
      comparisonOf('4711'),
      milestoneReported(later),
      milestoneReported(here, '2026-11-30T11:00:00Z'),
    ])
    const told = intents.filter((intent) => intent.kind === 'tell').slice(1)
    expect(told.map(({ type, data }) => [type, data])).toEqual([
      [
        'shipment.delayed',
        {
          shipmentKey: 'acme/0001/S100/ASN-1',
          reportedAt: '2026-11-26T06:00:00Z',
          newEstimatedDate: '2026-11-30',
        },
      ],
      [
        'shipment.arrived',
        { shipmentKey: 'acme/0001/S100/ASN-1', arrivedAt: '2026-11-30T10:50:00Z' },
      ],
    ])
    expect(state.regions).toMatchObject({ schedule: 'late', transport: 'arrived' })
    expect(state.facts.cases.map((one) => one.state)).toEqual(['auto-resolved'])
  })
})

describe('what is told to a shipment', () => {
  it('twice has no effect the second time, by its message or by its content', () => {
    const again = { ...aNotice, id: 'again' }
    expect(lastOutcome(tellShipment([aNotice, aNotice]))).toMatchObject({ kind: 'duplicate' })
    expect(lastOutcome(tellShipment([aNotice, again]))).toMatchObject({
      kind: 'duplicate',
      sentence: 'the same ship notice came before',
    })
    const report = milestoneReported(aMilestone())
    expect(lastOutcome(tellShipment([report, { ...report, id: 'again' }]))).toMatchObject({
      kind: 'duplicate',
    })
    const count = counted(aCountedLine())
    expect(lastOutcome(tellShipment([aNotice, count, { ...count, id: 'again' }]))).toMatchObject({
      kind: 'duplicate',
    })
    const answer = comparisonOf('4711')
    expect(lastOutcome(tellShipment([aNotice, answer, { ...answer, id: 'again' }]))).toMatchObject({
      kind: 'duplicate',
    })
  })

  it('too early waits until it can be used, and is not lost', () => {
    const told = tellShipment([counted(aCountedLine()), comparisonOf('4711'), aNotice])
    expect(told.decisions.map(({ outcome }) => outcome.kind)).toEqual([
      'applied',
      'parked',
      'applied',
      'applied',
    ])
    const alone = decideShipment(null, comparisonOf('4711'), {
      policy: aPolicy(),
      now: '2026-11-25T09:00:00Z',
    })
    expect(alone).toMatchObject({
      state: null,
      outcome: { kind: 'parked', reason: 'shipment-not-known' },
    })
  })

  it('in words it does not know, or that cannot be read, is answered with the reason', () => {
    const context = { policy: aPolicy(), now: '2026-11-25T09:00:00Z' }
    const unknown = { ...aNotice, type: 'goods.eaten' }
    expect(decideShipment(null, unknown, context).outcome).toMatchObject({
      kind: 'parked',
      reason: 'unknown-message-type',
    })
    const broken = { ...aNotice, data: { document: { kind: 'ship-notice' } } }
    expect(decideShipment(null, broken, context).outcome).toMatchObject({
      kind: 'refused',
      reason: 'invalid-data',
    })
  })

  it('leads to events that give the state again, each with an audit entry (R-32)', () => {
    const told = tellShipment([aNotice, comparisonOf('4711', { discrepancies: [tooMany] })])
    const events = told.decisions.flatMap((decision) => decision.events)
    for (const { type, data } of events) {
      const schema = Object.entries(shipmentEvents).find(([name]) => name === type)?.[1]
      expect(schema?.safeParse(data).success, type).toBe(true)
    }
    const replayed = events.reduce(recordShipmentEvent, newShipmentState(aShipmentKey))
    expect(replayed.facts).toEqual(told.state.facts)
    expect(replayed.regions).toEqual(told.state.regions)
    const audit = told.decisions.flatMap((decision) => decision.audit)
    expect(verifyAuditChain(audit)).toBeNull()
    expect(audit.map(({ event, to }) => [event, to])).toContainEqual([
      'warehouse.alerted',
      'pre-arrival-alert',
    ])
  })

  it('by a clock of something nobody waits for any more has no effect', () => {
    const evening = clock('arrival.overdue', '2026-11-27T17:00:00Z')
    const told = tellShipment([aNotice, counted(aCountedLine()), evening])
    expect(lastOutcome(told)).toEqual({
      kind: 'duplicate',
      sentence: 'nothing waits for it any more',
    })
  })

  it('waits for ever where the rules set no clock', () => {
    const patient = aPolicy({
      timing: () => ({
        remindAfterBusinessHours: [],
        escalateAfterBusinessHours: null,
        overdueAfterBusinessHours: null,
      }),
    })
    const { state } = tellShipment(
      [noticeReceived(aShipNotice({ estimatedDeliveryDate: null }))],
      patient,
    )
    expect(state.facts.waits).toEqual({})
  })
})

describe('a shipment that is withdrawn', () => {
  it('is cancelled, and its orders, cases and clocks with it', () => {
    const told = tellShipment([
      aNotice,
      comparisonOf('4711', { discrepancies: [tooMany] }),
      aWithdrawal,
    ])
    expect(shipmentStatus(told.state.facts)).toBe('cancelled')
    expect(told.intents.findLast((intent) => intent.kind === 'tell')).toMatchObject({
      type: 'shipment.announced',
      data: { purpose: 'cancel' },
    })
    expect(openCodes(told)).toEqual([])
    expect(told.state.facts.cases[0]?.resolution?.note).toBe('the supplier withdrew the notice')
    expect(told.state.facts.waits).toEqual({})
    const close = aShipmentMessage('shipment.closed', { reason: 'gone' }, { by: aReceiver })
    expect(lastOutcome(tellShipment([aWithdrawal, close]))).toMatchObject({
      kind: 'refused',
      reason: 'shipment-cancelled',
    })
  })

  it('although its goods were counted waits for a person, and goes on', () => {
    const told = tellShipment([aNotice, comparisonOf('4711'), counted(aCountedLine()), aWithdrawal])
    expect(openCodes(told)).toEqual(['CONFLICTING_DOCUMENT'])
    expect(told.state.regions).toMatchObject({ reconciliation: 'matched', standing: 'open' })
  })
})

describe('a shipment that was counted again', () => {
  const recounted = (lines: readonly ReturnType<typeof aCountedLine>[]) =>
    aShipmentMessage('goods.received', {
      shipmentKey: aShipmentKey,
      lines,
      recount: { orderNumber: '4711', receiptNumber: 'GR-1', revision: 1 },
    })

  it('forgets a count that was found to be of other goods (R-97)', () => {
    const papers = [aNotice, comparisonOf('4711'), counted(aCountedLine()), recounted([])]
    const told = tellShipment(papers)
    expect(told.state.facts.counts).toEqual({})
    expect(told.state.regions).toMatchObject({ reconciliation: 'open' })
    const again = tellShipment([...papers, { ...recounted([]), id: 'again' }])
    expect(lastOutcome(again)).toMatchObject({ kind: 'duplicate' })
  })

  it('keeps what others counted', () => {
    const other = aCountedLine({ receiptNumber: 'GR-2' })
    const later = aCountedLine({ receiptLineNumber: '2', revision: 1 })
    const { state } = tellShipment([aNotice, counted(aCountedLine(), other), recounted([later])])
    expect(Object.values(state.facts.counts)).toEqual([later, other])
  })
})
