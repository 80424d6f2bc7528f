import { describe, expect, it } from 'vitest'
import type * as z from 'zod'
import { instant } from '../calendar/instant.ts'
import { decimal } from '../decimal/decimal.ts'
import { measureQuantity, measureText } from '../discrepancy/measure-discrepancy.ts'
import { reachedBy, unreached, type Walk } from '../lifecycle/walk-lifecycle.examples.ts'
import type { Milestone } from '../milestone/milestone.ts'
import { aMilestone } from '../milestone/milestone.examples.ts'
import { aPolicyReference } from '../policy/policy.examples.ts'
import { aShipNotice } from '../ship-notice/ship-notice.examples.ts'
import type { ShipNotice } from '../ship-notice/ship-notice.ts'
import { findingKey } from './find-deviations.ts'
import type { ShipmentFact, ShipmentFactOf } from './shipment-fact.ts'
import { aCountedLine, aReceiver, aShipmentKey } from './shipment-lifecycle.examples.ts'
import { shipmentLifecycle } from './shipment-lifecycle.machine.ts'
import { type AssessedFinding, unknownShipment } from './shipment-state.ts'
import { arrivalWaitId } from './shipment-wait.ts'

function fact<Type extends ShipmentFact['type']>(
  type: Type,
  data: ShipmentFactOf<Type>['data'],
): ShipmentFact {
  const at = instant('2026-11-27T10:00:00Z')
  return { type, data, id: type, at, by: aReceiver } as ShipmentFact
}
const notice = (document: Partial<z.input<typeof ShipNotice>> = {}) =>
  fact('ship-notice.received', { document: aShipNotice(document) })
const report = (document: Partial<z.input<typeof Milestone>>) =>
  fact('milestone.reported', { document: aMilestone(document) })
const count = (line: Parameters<typeof aCountedLine>[0] = {}) =>
  fact('goods.received', { shipmentKey: aShipmentKey, lines: [aCountedLine(line)] })
const answer = fact('ship-notice.compared', {
  shipmentKey: aShipmentKey,
  orderNumber: '4711' as never,
  revision: 0,
  aligned: true,
  discrepancies: [],
})

const place = {
  documentNumber: 'ASN-1',
  documentLineNumber: '1',
  orderNumber: '4711',
  orderLineNumber: '1',
  scheduleNumber: null,
}
const measured = { expected: decimal('10'), actual: decimal('15'), unitOfMeasure: 'EA' }
const policy = { reference: aPolicyReference, firedRules: [], because: [], facts: {} }
const tooMany: AssessedFinding = {
  step: 'quantity',
  code: 'ASN_OVER',
  discrepancy: measureQuantity('over-shipment', place, measured),
  judgement: 'outside',
  policy,
}
const notOrdered: AssessedFinding = {
  step: 'item',
  code: 'ASN_ITEM',
  discrepancy: measureText('item-not-ordered', place, { expected: null, actual: 'SKU-9' }),
  judgement: 'outside',
  policy,
}
const assessed = (...findings: AssessedFinding[]) =>
  fact('ship-notice.assessed', { revision: 0, findings })

const walk = (...events: readonly ShipmentFact[]): Walk<typeof shipmentLifecycle> => ({
  input: unknownShipment(aShipmentKey),
  events,
})
const planned = notice({ shipDate: '2026-11-26' })
const departed = report({ documentNumber: 'M-LEFT', code: 'departed' })
const notDeparted = report({
  documentNumber: 'M-LEFT',
  revision: 1,
  code: 'departed',
  timeMeaning: 'planned',
})
const arrived = report({ documentNumber: 'M-HERE', code: 'arrived', at: '2026-11-30T09:00:00Z' })
const notArrived = report({
  documentNumber: 'M-HERE',
  revision: 1,
  code: 'arrived',
  timeMeaning: 'planned',
})
const later = { documentNumber: 'M-WHEN', code: 'arrived', timeMeaning: 'estimated' } as const
const timerId = arrivalWaitId(unknownShipment(aShipmentKey))

describe('the paths of a shipment', () => {
  it('reach every state and every transition (R-36, R-43)', () => {
    const reached = reachedBy(
      shipmentLifecycle,
      // the notice, its corrections and its withdrawal
      walk(
        notice(),
        notice({ revision: 1, purpose: 'replace', carrier: 'Südfracht' }),
        notice({ revision: 2, purpose: 'cancel' }),
        answer,
        assessed(),
        assessed(notOrdered),
        count(),
      ),
      // how it fits the order
      walk(
        notice(),
        answer,
        assessed(),
        assessed(tooMany),
        fact('warehouse.alerted', {
          differences: [findingKey(tooMany)],
          expectedOn: null,
          sentence: 'too many',
        }),
        arrived,
      ),
      // the way of the goods
      walk(
        planned,
        departed,
        notDeparted,
        report({ documentNumber: 'M-LOST', code: 'lost' }),
        arrived,
        notArrived,
      ),
      walk(
        notice(),
        arrived,
        count({ quantity: '4' }),
        count({ quantity: '10', revision: 1 }),
        count({ quantity: '10', revision: 2, receiptType: 'reversal' }),
        count({ quantity: '9', revision: 3, final: true }),
        count({ quantity: '9', revision: 4 }),
        fact('shipment.closed', { reason: 'the supplier credits the rest' }),
      ),
      // the day of the goods
      walk(
        notice(),
        report({ ...later, at: '2026-12-01T09:00:00Z' }),
        report({ ...later, revision: 1, at: '2026-11-27T09:00:00Z' }),
        fact('wait.started', {
          timerId,
          type: 'arrival.overdue',
          dueAt: instant('2026-11-27T17:00:00Z'),
          data: {},
        }),
        fact('arrival.overdue', { timerId }),
        arrived,
        notArrived,
      ),
    )
    expect(unreached(shipmentLifecycle, reached)).toEqual({ states: [], transitions: [] })
  })
})
