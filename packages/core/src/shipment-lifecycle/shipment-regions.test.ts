import { describe, expect, it } from 'vitest'
import { calendarDate } from '../calendar/calendar-date.ts'
import { measureDate } from '../discrepancy/measure-discrepancy.ts'
import { aMilestone } from '../milestone/milestone.examples.ts'
import { aShipNotice } from '../ship-notice/ship-notice.examples.ts'
import { shipmentMilestones } from './describe-shipment.ts'
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
  aNotice,
  clock,
  counted,
  lastOutcome,
  openCodes,
  place,
} from './shipment-papers.examples.ts'
import { shipmentStatus } from './shipment-regions.ts'

describe('a shipment on its way', () => {
  it('is known by a report before its notice came, and told to the orders with it (R-43)', () => {
    const here = aMilestone({ code: 'arrived', at: '2026-11-27T07:00:00Z' })
    const first = tellShipment([milestoneReported(here)])
    expect(shipmentStatus(first.state.facts)).toBe('arrived')
    expect(first.intents.map(({ kind }) => kind)).toEqual(['arm-timer'])
    const { intents, state } = tellShipment([milestoneReported(here), aNotice])
    expect(intents.flatMap((intent) => (intent.kind === 'tell' ? [intent.type] : []))).toEqual([
      'shipment.announced',
      'shipment.arrived',
    ])
    expect(state.regions).toMatchObject({ notice: 'submitted', transport: 'arrived' })
  })

  it('shows each milestone as planned, estimated and actual (R-43)', () => {
    const reports = [
      aMilestone({ documentNumber: 'M1', timeMeaning: 'planned', at: '2026-11-25T10:00:00Z' }),
      aMilestone({ documentNumber: 'M2', at: '2026-11-25T11:00:00Z', location: 'Kiel' }),
      aMilestone({ documentNumber: 'M3', code: 'booked', at: '2026-11-24T09:00:00Z' }),
      aMilestone({ documentNumber: 'M2', revision: 1, at: '2026-11-25T12:00:00Z' }),
    ]
    const { state } = tellShipment(reports.map((report) => milestoneReported(report)))
    expect(shipmentMilestones(state.facts)).toEqual([
      {
        code: 'booked',
        planned: null,
        estimated: null,
        actual: '2026-11-24T09:00:00Z',
        location: null,
      },
      {
        code: 'departed',
        planned: '2026-11-25T10:00:00Z',
        estimated: null,
        actual: '2026-11-25T12:00:00Z',
        location: null,
      },
    ])
  })

  it('is expected as long as the day it leaves is to come', () => {
    const { state } = tellShipment([noticeReceived(aShipNotice({ shipDate: '2026-11-26' }))])
    expect(state.regions).toMatchObject({ transport: 'expected' })
    expect(shipmentStatus(state.facts)).toBe('submitted')
  })

  it('that is lost opens a case, and closes it when the goods turn up', () => {
    const lost = aMilestone({ documentNumber: 'M1', code: 'lost', location: 'Hamburg' })
    const told = tellShipment([aNotice, comparisonOf('4711'), milestoneReported(lost)])
    expect(told.state.facts.cases).toMatchObject([
      {
        code: 'LOST',
        sentence: 'ship notice ASN-1: the carrier reports the goods lost at Hamburg',
      },
    ])
    expect(shipmentStatus(told.state.facts)).toBe('lost')
    expect(Object.keys(told.state.facts.waits)).toEqual([expect.stringContaining('/case/')])
    const found = tellShipment([
      aNotice,
      comparisonOf('4711'),
      milestoneReported(lost),
      counted(aCountedLine()),
    ])
    expect(openCodes(found)).toEqual([])
    expect(shipmentStatus(found.state.facts)).toBe('closed')
  })

  it('is overdue when the day ends and nobody reported it, until the carrier names another day', () => {
    const evening = clock('arrival.overdue', '2026-11-27T17:00:00Z')
    const told = tellShipment([aNotice, comparisonOf('4711'), evening])
    expect(told.state.facts.waits[`${aShipmentKey}/arrival`]).toMatchObject({
      dueAt: '2026-11-27T17:00:00Z',
      over: true,
    })
    expect(shipmentStatus(told.state.facts)).toBe('overdue')
    expect(told.state.facts.cases).toMatchObject([
      {
        code: 'SHIPMENT_DELAY',
        sentence:
          'ship notice ASN-1: it was expected on 2026-11-27, and nobody reported its arrival',
      },
    ])
    const estimate = aMilestone({
      documentNumber: 'M1',
      code: 'arrived',
      timeMeaning: 'estimated',
      issuedAt: '2026-11-27T18:00:00Z',
      at: '2026-11-30T10:00:00Z',
    })
    const moved = tellShipment([
      aNotice,
      comparisonOf('4711'),
      evening,
      milestoneReported(estimate),
    ])
    expect(moved.state.regions).toMatchObject({ schedule: 'delayed' })
    expect(moved.state.facts.waits[`${aShipmentKey}/arrival`]).toMatchObject({
      dueAt: '2026-11-30T17:00:00Z',
      over: false,
    })
  })

  it('that only the carrier makes late is one case for transport, not one more for the dock', () => {
    const estimate = aMilestone({
      documentNumber: 'M1',
      code: 'arrived',
      timeMeaning: 'estimated',
      issuedAt: '2026-11-26T06:00:00Z',
      at: '2026-11-30T10:00:00Z',
    })
    const lateBy = (expected: string) =>
      comparisonOf('4711', {
        discrepancies: [
          measureDate('late-shipment', place, {
            expected: calendarDate(expected),
            actual: calendarDate('2026-11-30'),
          }),
        ],
      })
    const inTime = tellShipment([aNotice, milestoneReported(estimate), lateBy('2026-11-27')])
    expect(openCodes(inTime)).toEqual(['SHIPMENT_DELAY'])
    expect(inTime.state.regions).toMatchObject({ alignment: 'aligned', schedule: 'delayed' })
    const lateAnyway = tellShipment([aNotice, milestoneReported(estimate), lateBy('2026-11-26')])
    expect(new Set(openCodes(lateAnyway))).toEqual(new Set(['SHIPMENT_DELAY', 'ASN_DATE']))
  })

  it('takes the hours of the buyer’s desks where they are known', () => {
    const calendars = {
      buyer: {
        id: 'kiel',
        timeZone: 'Europe/Berlin',
        workingDays: [1, 2, 3, 4, 5],
        opens: '06:00',
        closes: '22:00',
        holidays: [],
      },
    }
    const message = aShipmentMessage('ship-notice.received', { document: aShipNotice(), calendars })
    const { state } = tellShipment([message])
    expect(state.facts.waits[`${aShipmentKey}/arrival`]?.dueAt).toBe('2026-11-27T21:00:00Z')
  })

  it('takes the later word of a new notice over an older estimate', () => {
    const estimate = aMilestone({
      documentNumber: 'M1',
      code: 'arrived',
      timeMeaning: 'estimated',
      issuedAt: '2026-11-25T09:30:00Z',
      at: '2026-11-30T10:00:00Z',
    })
    const replaced = aShipNotice({
      revision: 1,
      purpose: 'replace',
      issuedAt: '2026-11-25T12:00:00Z',
      estimatedDeliveryDate: '2026-11-28',
    })
    const { intents } = tellShipment([
      aNotice,
      milestoneReported(estimate),
      noticeReceived(replaced),
    ])
    const days = intents.flatMap((intent) =>
      intent.kind === 'tell' && intent.type === 'shipment.delayed'
        ? [intent.data['newEstimatedDate']]
        : [],
    )
    expect(days).toEqual(['2026-11-30', '2026-11-28'])
  })
})

describe('a shipment at the dock', () => {
  it('is being unloaded until everything was counted', () => {
    const { state } = tellShipment([
      aNotice,
      comparisonOf('4711'),
      counted(aCountedLine({ quantity: '4' })),
    ])
    expect(shipmentStatus(state.facts)).toBe('unloading')
    expect(Object.values(state.facts.waits)).toMatchObject([{ type: 'receiving.overdue' }])
  })

  it('that was counted short or damaged is discrepant, and a person closes it (R-97, R-22)', () => {
    const short = counted(aCountedLine({ quantity: '8', final: true }))
    const told = tellShipment([aNotice, comparisonOf('4711'), short])
    expect(told.state.regions).toMatchObject({ reconciliation: 'discrepant', standing: 'open' })
    expect(shipmentStatus(told.state.facts)).toBe('discrepant')
    const damaged = aCountedLine({ conditions: [{ condition: 'damaged', quantity: '1' }] })
    expect(tellShipment([aNotice, counted(damaged)]).state.regions).toMatchObject({
      reconciliation: 'discrepant',
    })
    const close = aShipmentMessage(
      'shipment.closed',
      { reason: 'the supplier credits two pieces' },
      { by: aReceiver },
    )
    const closed = tellShipment([aNotice, comparisonOf('4711'), short, close])
    expect(shipmentStatus(closed.state.facts)).toBe('closed')
    expect(closed.state.facts.closing).toMatchObject({
      by: 'rita',
      because: 'the supplier credits two pieces',
    })
    expect(closed.state.facts.waits).toEqual({})
  })

  it('is open again when another count comes after its closing', () => {
    const close = aShipmentMessage('shipment.closed', { reason: 'enough' }, { by: aReceiver })
    const short = counted(aCountedLine({ quantity: '8', final: true }))
    const recount = aShipmentMessage(
      'goods.received',
      {
        shipmentKey: aShipmentKey,
        lines: [aCountedLine({ quantity: '7', revision: 1, final: true })],
      },
      { id: 'recount' },
    )
    const told = tellShipment([aNotice, comparisonOf('4711'), short, close, recount])
    expect(told.state.regions).toMatchObject({ standing: 'open', reconciliation: 'discrepant' })
  })

  it('whose goods nobody counts opens a case', () => {
    const here = milestoneReported(aMilestone({ code: 'unloaded', at: '2026-11-27T07:00:00Z' }))
    const tooLong = clock('receiving.overdue', '2026-12-01T07:00:00Z')
    const told = tellShipment([aNotice, comparisonOf('4711'), here, tooLong])
    expect(openCodes(told)).toEqual(['RCV_SHORT'])
    expect(shipmentStatus(told.state.facts)).toBe('unloading')
    const partly = tellShipment([
      aNotice,
      comparisonOf('4711'),
      counted(aCountedLine({ quantity: '4' })),
      tooLong,
    ])
    expect(partly.state.regions).toMatchObject({
      transport: 'received',
      reconciliation: 'discrepant',
    })
    expect(openCodes(partly)).toEqual([])
  })

  it('forgets lines that a recount no longer has', () => {
    const two = counted(
      aCountedLine({ quantity: '4' }),
      aCountedLine({ receiptLineNumber: '2', quantity: '5' }),
    )
    const recount = aShipmentMessage(
      'goods.received',
      { shipmentKey: aShipmentKey, lines: [aCountedLine({ quantity: '10', revision: 1 })] },
      { id: 'recount' },
    )
    const { state } = tellShipment([aNotice, comparisonOf('4711'), two, recount])
    expect(Object.values(state.facts.counts)).toMatchObject([{ quantity: '10', revision: 1 }])
    const older = tellShipment([aNotice, recount, two])
    expect(Object.values(older.state.facts.counts)).toHaveLength(1)
    expect(lastOutcome(older)).toMatchObject({ kind: 'duplicate' })
  })

  it('is known by a count before its notice came', () => {
    const { state } = tellShipment([counted(aCountedLine())])
    expect(shipmentStatus(state.facts)).toBe('unloading')
    const { state: then } = tellShipment([counted(aCountedLine()), aNotice, comparisonOf('4711')])
    expect(shipmentStatus(then.facts)).toBe('closed')
  })

  it('whose notice never comes opens a case, and closes it when the notice comes after all', () => {
    const tooLong = clock('receiving.overdue', '2026-12-01T07:00:00Z')
    const told = tellShipment([counted(aCountedLine()), tooLong])
    expect(told.state.facts.cases).toMatchObject([
      {
        code: 'MISSING_ASN',
        sentence: 'ship notice ASN-1: the goods are here, and the notice has not come',
      },
    ])
    const late = tellShipment([counted(aCountedLine()), tooLong, aNotice, comparisonOf('4711')])
    expect(openCodes(late)).toEqual([])
    expect(shipmentStatus(late.state.facts)).toBe('closed')
    const onTheWay = tellShipment([
      milestoneReported(aMilestone()),
      clock('arrival.overdue', '2026-12-01T07:00:00Z'),
    ])
    expect(openCodes(onTheWay)).toEqual(['MISSING_ASN'])
  })

  it('is counted to the end when the receiver says that some is missing', () => {
    const short = aCountedLine({
      quantity: '8',
      conditions: [{ condition: 'short', quantity: '2' }],
    })
    const { state } = tellShipment([aNotice, comparisonOf('4711'), counted(short)])
    expect(state.regions).toMatchObject({ transport: 'received', reconciliation: 'discrepant' })
  })
})
