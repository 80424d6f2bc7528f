import type { Intent } from '../message/intent.ts'
import { type MessageData, messageData } from '../message/message.ts'
import { changedSchedules, type OrderChange } from './order-change-told.ts'
import type { LineStanding, OrderState, ScheduleStanding } from './order-state.ts'
import { versionRecord } from './record-told.ts'

/**
 * What the ERP is asked to write down, on the version it is based on: what the supplier confirmed, the version an agreed
 * change makes, and what of the goods is fit for use where a count was not as it should be. The ERP may refuse.
 */
export function recordsWritten(change: OrderChange): Intent[] {
  if (change.after.standing.order === null) return []
  return [...agreedVersions(change), ...confirmations(change), ...stockCorrections(change)]
}

function writeToErp(
  state: OrderState,
  record: string,
  data: MessageData,
  expectedVersion = state.standing.order?.version ?? 0,
): Intent {
  const { order } = state.standing
  return {
    kind: 'write-back',
    system: 'erp',
    record: record.slice(0, 120),
    expectedVersion,
    data: { orderNumber: order?.orderNumber ?? '', ...data },
  }
}

function agreedVersions({ before, after }: OrderChange): Intent[] {
  if (before.standing.versions === after.standing.versions) return []
  const { order } = after.standing
  const known = new Set(before.standing.versions.map(({ changeId }) => changeId))
  return after.standing.versions
    .filter(({ changeId }) => changeId !== undefined && !known.has(changeId))
    .flatMap(({ version, changeId = '' }): readonly Intent[] => {
      const decision = after.facts.decisions[changeId]
      const data = messageData({ changeId, differences: decision?.differences ?? [] })
      const written = writeToErp(after, versionRecord(version), data, version - 1)
      // The supplier always has the version that counts.
      return order !== null && order.version === version
        ? [written, { kind: 'send-document', to: 'supplier', document: order }]
        : [written]
    })
}

function confirmations(change: OrderChange): Intent[] {
  const { after } = change
  const lines = new Set<LineStanding>()
  for (const { line, was, is } of changedSchedules(change)) {
    if (isConfirmedOtherwise(was, is)) lines.add(line)
  }
  return [...lines].map((line) =>
    writeToErp(after, `confirmation/${line.orderLineNumber}`, {
      orderLineNumber: line.orderLineNumber,
      schedules: line.schedules.map(({ scheduleNumber, quantities, promisedDate, answeredBy }) => ({
        scheduleNumber,
        quantityConfirmed: quantities.confirmed,
        quantityBackordered: quantities.backordered,
        quantityRejected: quantities.rejected,
        promisedDate,
        answeredBy,
      })),
    }),
  )
}

function isConfirmedOtherwise(was: ScheduleStanding | undefined, is: ScheduleStanding): boolean {
  // What is still to be judged or decided takes nothing back.
  if (is.states.acknowledgment === 'change-proposed') return false
  if (was === undefined) return is.answeredBy !== null
  return (
    was.promisedDate !== is.promisedDate ||
    was.quantities.confirmed !== is.quantities.confirmed ||
    was.quantities.backordered !== is.quantities.backordered ||
    was.quantities.rejected !== is.quantities.rejected
  )
}

const stockNames = [
  'received',
  'accepted',
  'rejectedByQuality',
  'inInspection',
  'returned',
] as const

/** Good counts are booked by who counts. Where goods are not as they should be, the stock has to say so too. */
function stockCorrections(change: OrderChange): Intent[] {
  const { after, fact } = change
  const opened = fact.type === 'case.opened' ? fact.data.case : null
  const lines = new Set<string>()
  if (opened?.code.startsWith('RCV_') === true && opened.subject.line !== undefined) {
    lines.add(opened.subject.line)
  }
  const known = linesWithCases(after)
  for (const { line, was, is } of known.size === 0 ? [] : changedSchedules(change)) {
    if (!known.has(line.orderLineNumber)) continue
    if (stockNames.some((name) => was?.quantities[name] !== is.quantities[name])) {
      lines.add(line.orderLineNumber)
    }
  }
  return after.standing.lines
    .filter(({ orderLineNumber }) => lines.has(orderLineNumber))
    .map((line) =>
      writeToErp(after, `inventory/${line.orderLineNumber}`, {
        orderLineNumber: line.orderLineNumber,
        because: opened?.sentence ?? 'the goods were counted again',
        schedules: line.schedules.map(({ scheduleNumber, quantities }) => ({
          scheduleNumber,
          quantityReceived: quantities.received,
          quantityAccepted: quantities.accepted,
          quantityRejected: quantities.rejectedByQuality,
          quantityInInspection: quantities.inInspection,
          quantityReturned: quantities.returned,
        })),
      }),
    )
}

function linesWithCases({ desk }: OrderState): ReadonlySet<string> {
  return new Set(
    desk.cases.flatMap(({ code, subject }) =>
      code.startsWith('RCV_') && subject.line !== undefined ? [subject.line] : [],
    ),
  )
}
