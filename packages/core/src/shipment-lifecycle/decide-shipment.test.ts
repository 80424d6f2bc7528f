import { describe, expect, it } from 'vitest'
import { decimal } from '../decimal/decimal.ts'
import { calendarDate } from '../calendar/calendar-date.ts'
import { measureDate, measureQuantity } from '../discrepancy/measure-discrepancy.ts'
import { aMilestone } from '../milestone/milestone.examples.ts'
import { aShipNotice, aShipNoticeLine } from '../ship-notice/ship-notice.examples.ts'
import {
  aCountedLine,
  aShipmentMessage,
  comparisonOf,
  milestoneReported,
  noticeReceived,
  tellShipment,
} from './shipment-lifecycle.examples.ts'
import { shipmentStatus } from './shipment-regions.ts'

const place = {
  documentNumber: 'ASN-1',
  documentLineNumber: '1',
  orderNumber: '4711',
  orderLineNumber: '1',
  scheduleNumber: null,
}
const tooMany = measureQuantity('over-shipment', place, {
  expected: decimal('10'),
  actual: decimal('15'),
  unitOfMeasure: 'EA',
})
const tooLate = measureDate('late-shipment', place, {
  expected: calendarDate('2026-11-26'),
  actual: calendarDate('2026-11-27'),
})
const notice = noticeReceived(aShipNotice())
const counted = (...lines: readonly ReturnType<typeof aCountedLine>[]) =>
  aShipmentMessage(
    'goods.received',
    { shipmentKey: 'acme/0001/S100/ASN-1', lines },
    { at: '2026-11-27T10:00:00Z' },
  )

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
    const { state } = tellShipment([notice, comparisonOf('4711')])
    expect(state.regions).toMatchObject({ notice: 'validated', alignment: 'aligned' })
    expect(shipmentStatus(state.facts)).toBe('in-transit')
  })

  it('that does not fit the order alerts the warehouse before the goods come (R-96, R-17)', () => {
    const { state, intents } = tellShipment([
      notice,
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
    const { state } = tellShipment([notice, comparisonOf('4711'), counted(aCountedLine())])
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
    const onTheWay = tellShipment([notice, comparisonOf('4711'), milestoneReported(later)])
    expect(onTheWay.state.regions).toMatchObject({ schedule: 'delayed' })
    expect(onTheWay.state.facts.cases.map(({ code }) => code)).toEqual(['SHIPMENT_DELAY'])
    const { state, intents } = tellShipment([
      notice,
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
