import { calendarDate } from '../calendar/calendar-date.ts'
import { decimal } from '../decimal/decimal.ts'
import { measureDate, measureQuantity, measureText } from '../discrepancy/measure-discrepancy.ts'
import { isOpenCase } from '../exception/open-case.ts'
import { aShipNotice } from '../ship-notice/ship-notice.examples.ts'
import {
  type aCountedLine,
  aShipmentKey,
  aShipmentMessage,
  noticeReceived,
  type Told,
} from './shipment-lifecycle.examples.ts'

/** Line 1 of order 4711 on line 1 of the notice. */
export const place = {
  documentNumber: 'ASN-1',
  documentLineNumber: '1',
  orderNumber: '4711',
  orderLineNumber: '1',
  scheduleNumber: null,
}

/** Fifteen pieces are on their way where ten were to come. */
export const tooMany = measureQuantity('over-shipment', place, {
  expected: decimal('10'),
  actual: decimal('15'),
  unitOfMeasure: 'EA',
})

/** The goods are announced for the day after they were promised. */
export const tooLate = measureDate('late-shipment', place, {
  expected: calendarDate('2026-11-26'),
  actual: calendarDate('2026-11-27'),
})

/** Ship notice ASN-1 over ten pieces of order 4711, as it comes in. */
export const aNotice = noticeReceived(aShipNotice())

/** The withdrawal of ship notice ASN-1. */
export const aWithdrawal = noticeReceived(
  aShipNotice({ revision: 1, purpose: 'cancel', issuedAt: '2026-11-26T08:00:00Z' }),
)

/** What an order says was counted of the shipment. */
export const counted = (...lines: readonly ReturnType<typeof aCountedLine>[]) =>
  aShipmentMessage(
    'goods.received',
    { shipmentKey: 'acme/0001/S100/ASN-1', lines },
    { at: '2026-11-27T10:00:00Z' },
  )

/** An article nobody ordered is on its way. */
export const notOrdered = measureText('item-not-ordered', place, {
  expected: null,
  actual: 'SKU-9',
})

/** The desks that were told something, in turn. */
export const rolesTold = (told: Told) =>
  told.intents.flatMap((intent) => (intent.kind === 'notify' ? [intent.role] : []))

/** What the supplier was told was wrong, with the topic. */
export const suppliersTold = (told: Told) =>
  told.intents.flatMap((intent) =>
    intent.kind === 'send-supplier-notice' ? [[intent.topic, intent.data['findings']]] : [],
  )

/** The codes of the cases that are open. */
export const openCodes = ({ state }: Told) =>
  state.facts.cases.filter(isOpenCase).map(({ code }) => code)

/** What became of the last message. */
export const lastOutcome = ({ decisions }: Told) => decisions.at(-1)?.outcome

/** A clock of the shipment that ran out. */
export const clock = (
  type: 'comparison.overdue' | 'arrival.overdue' | 'receiving.overdue',
  at: string,
) =>
  aShipmentMessage(
    type,
    {
      timerId: `${aShipmentKey}/${type.split('.')[0] ?? ''}${type.startsWith('comp') ? '/0' : ''}`,
    },
    { at },
  )
