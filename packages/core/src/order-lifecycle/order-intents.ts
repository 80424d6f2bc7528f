import { agreementIntents } from './tell-agreement.ts'
import type { Intent } from '../message/intent.ts'
import { orderNotices } from './order-notices.ts'
import { resolutionIntents } from './order-resolutions.ts'
import { taskNotices } from './order-tasks.ts'
import type { OrderChange } from './order-change-told.ts'
import { ledgerIntents } from './tell-invoices.ts'
import { ownBillIntents } from './tell-own-bills.ts'
import { shipmentIntents } from './tell-shipments.ts'
import { rippleIntents } from './ripple-dates.ts'
import { recordsWritten } from './write-records.ts'

/** What the world is told or asked because of one event: systems, invoices, shipments, its agreement, people, the supplier and clocks. */
export function orderIntents(change: OrderChange): Intent[] {
  return [
    ...recordsWritten(change),
    ...rippleIntents(change),
    ...ledgerIntents(change),
    ...shipmentIntents(change),
    ...agreementIntents(change),
    ...ownBillIntents(change),
    ...orderNotices(change),
    ...resolutionIntents(change),
    ...taskNotices(change),
    ...clocks(change),
  ]
}

function clocks({ fact }: OrderChange): Intent[] {
  if (fact.type === 'clock.started') {
    const { timerId, type, dueAt, data } = fact.data
    return [{ kind: 'arm-timer', timerId, type, dueAt, data }]
  }
  if (fact.type === 'clocks.started') {
    return fact.data.clocks.map((clock) => ({ kind: 'arm-timer', ...clock }))
  }
  if (fact.type === 'clocks.stopped') {
    return fact.data.timerIds.map((timerId) => ({ kind: 'cancel-timer', timerId }))
  }
  return fact.type === 'clock.stopped' ? [{ kind: 'cancel-timer', timerId: fact.data.timerId }] : []
}
