import { contentHashOf } from '../document/document-content-hash.ts'
import { officeHours } from '../calendar/office-hours.ts'
import { checkCaseCommand, checkOverdueCase } from '../exception/change-case.ts'
import { canonicalJson } from '../hash/canonical-json.ts'
import { type Answer, duplicate, parked, refused } from '../message/answer.ts'
import type { Message } from '../message/message.ts'
import { announcedOrders, currentNotice, isCancelled, noticeRevision } from './current-shipment.ts'
import { countKey, isRecounted } from './record-shipment-fact.ts'
import type {
  GoodsReceived,
  GoodsReceivedLine,
  ShipmentMessage,
  ShipNoticeCompared,
} from './shipment-messages.ts'
import { standingState } from './shipment-regions.ts'
import type { ShipmentFacts, ShipmentState } from './shipment-state.ts'

/**
 * Why a message is not to be applied: it was before, it has to wait, or it is not allowed. Null when it is to be applied.
 */
export function checkShipmentMessage(
  state: ShipmentState,
  message: Message,
  said: ShipmentMessage,
): Answer | null {
  if (state.messageIds.includes(message.id)) return duplicate('this message was applied before')
  return answerTo(state.facts, message, said)
}

function answerTo(facts: ShipmentFacts, message: Message, said: ShipmentMessage): Answer | null {
  switch (said.type) {
    case 'ship-notice.received': {
      const hash = contentHashOf(said.data.document)
      return facts.notices.some((version) => version.hash === hash)
        ? duplicate('the same ship notice came before')
        : null
    }
    case 'milestone.reported': {
      const hash = contentHashOf(said.data.document)
      return facts.milestones.some((version) => version.hash === hash)
        ? duplicate('the same report came before')
        : null
    }
    case 'ship-notice.compared':
      return answerToComparison(facts, said.data)
    case 'goods.received':
      return said.data.lines.every((line) => isCountKnown(facts, line)) &&
        !isAnythingGone(facts, said.data)
        ? duplicate('these counts are known')
        : null
    case 'shipment.closed':
      return answerToClosing(facts, message)
    case 'comparison.overdue':
    case 'arrival.overdue':
    case 'receiving.overdue': {
      const wait = facts.waits[said.data.timerId]
      const isOver = wait === undefined || wait.over
      return isOver ? duplicate('nothing waits for it any more') : null
    }
    case 'case.overdue':
      return checkOverdueCase(facts.cases, said.data)
    case 'case.classified':
    case 'case.assigned':
    case 'case.taken':
    case 'case.waiting':
    case 'case.proposed':
    case 'case.approved':
    case 'case.executing':
    case 'case.resolved':
    case 'case.verified':
    case 'case.closed':
    case 'case.bypassed':
    case 'case.merged':
    case 'case.reopened':
      return checkCaseCommand(facts.cases, {
        message,
        command: said,
        calendar: facts.calendar ?? officeHours,
      })
  }
}

function answerToComparison(facts: ShipmentFacts, said: ShipNoticeCompared): Answer | null {
  const notice = currentNotice(facts)
  const { orderNumber, aligned, discrepancies } = said
  if (notice === null) {
    return parked(
      'ship-notice-not-received',
      `the answer of order ${orderNumber} is about a notice that has not come`,
    )
  }
  const revision = said.revision ?? noticeRevision(facts)
  if (revision < noticeRevision(facts)) {
    return duplicate(`order ${orderNumber} answered about a notice that was replaced`)
  }
  if (!announcedOrders(notice).includes(orderNumber)) {
    return duplicate(`the notice no longer names order ${orderNumber}`)
  }
  const answer = { revision, aligned, discrepancies }
  const known = facts.comparisons[orderNumber]
  return known !== undefined && canonicalJson(known) === canonicalJson(answer)
    ? duplicate(`order ${orderNumber} answered the same before`)
    : null
}

function isCountKnown(facts: ShipmentFacts, line: GoodsReceivedLine): boolean {
  const counts = Object.values(facts.counts)
  const isReplaced = counts.some(
    (other) =>
      other.orderNumber === line.orderNumber &&
      other.receiptNumber === line.receiptNumber &&
      other.revision > line.revision,
  )
  const known = facts.counts[countKey(line)]
  return isReplaced || (known !== undefined && canonicalJson(known) === canonicalJson(line))
}

/** True where a recount leaves out a line that was counted before. */
function isAnythingGone(facts: ShipmentFacts, { lines, recount }: GoodsReceived): boolean {
  const kept = new Set(lines.map(countKey))
  return Object.values(facts.counts).some(
    (line) => isRecounted(line, recount) && !kept.has(countKey(line)),
  )
}

function answerToClosing(facts: ShipmentFacts, message: Message): Answer | null {
  if (isCancelled(facts)) return refused('shipment-cancelled', 'the supplier withdrew the notice')
  if (standingState(facts) === 'closed') return refused('already-closed', 'the shipment is closed')
  if (message.actor.kind === 'user') return null
  return refused('not-a-person', 'only a person can close a shipment that does not close by itself')
}
