import type { AgreementAnswered } from '../agreement/agreement-answer.ts'
import type { Instant } from '../calendar/instant.ts'
import type { OrderLine } from '../purchase-order/order-line.ts'
import { currentOrder } from './current-order.ts'
import type { ShipmentAnnounced } from './order-events.ts'
import type { ToldFact } from './order-fact.ts'
import type { ChangeDecision, OrderFacts } from './order-facts.ts'
import { schedulePlace } from './order-frame.ts'
import type { OrderStanding } from './order-state.ts'
import { recordAnswer } from './record-answer.ts'
import { recordBilling, withdrawBilling } from './record-billing.ts'
import {
  recordCancelRequest,
  recordLineCancelAnswer,
  recordLineCancelRequest,
} from './record-cancellation.ts'
import { recordChangeNews, recordChangeRequest, recordDecision } from './record-change.ts'
import { recordOrderApproved, recordOrderRerouted, withApprovalsEnded } from './order-approval.ts'
import {
  isSameDraft,
  recordDraft,
  shortClose,
  shortCloseLine,
  withControl,
  withLineControl,
  withoutApproval,
  withoutControl,
  withoutLineControl,
} from './record-control.ts'
import { recordImportedOrder, recordOrder } from './record-order.ts'
import { placeOfOverdue } from './inspections-awaited.ts'
import { recordInspection, recordPutAway, recordReceipt } from './record-receipt.ts'
import { type Gathered, gatheredFacts, withGathered } from './record-gathered.ts'
import { recordMoved } from './record-moved.ts'
import { recordArrival, recordDelay, recordShipment } from './record-shipment.ts'
import type { Recording, TouchedLines } from './recording.ts'

/** What an order knows when it is told something. */
export type Known = { readonly facts: OrderFacts; readonly standing: OrderStanding }

/**
 * Adds what an order is told to its facts, or says why it adds nothing. The same documents in any order lead to the same
 * facts; what people decide is recorded as they decided it.
 */
export function recordTold(known: Known, told: ToldFact): Recording {
  const recording = recordSaid(known, told)
  return isGathering(told) ? withGathered(recording, told.data) : recording
}

/** Documents that something was looked up about as they came in. */
type GatheringFact = Extract<
  ToldFact,
  {
    readonly type:
      | 'order.drafted'
      | 'order.issued'
      | 'order.imported'
      | 'acknowledgment.received'
      | 'receipt.recorded'
      | 'unordered-goods.received'
  }
>

const gathering: ReadonlySet<ToldFact['type']> = new Set<GatheringFact['type']>([
  'order.drafted',
  'order.issued',
  'order.imported',
  'acknowledgment.received',
  'receipt.recorded',
  'unordered-goods.received',
])

function isGathering(told: ToldFact): told is GatheringFact {
  return gathering.has(told.type)
}

function recordSaid(known: Known, told: ToldFact): Recording {
  const { facts } = known
  const lines = currentOrder(facts)?.order.lines ?? []
  switch (told.type) {
    case 'order.drafted':
      return recordDraft(
        isSameDraft(facts, told.data.document)
          ? facts
          : withApprovalsEnded(facts, 'approval.superseded', told),
        told.data.document,
        told.by.id,
      )
    case 'order.submitted':
      return withControl(facts, { submitted: true, submittedBy: told.by.id })
    case 'order.approved':
      return recordOrderApproved(facts, told)
    case 'approval.rerouted':
      return recordOrderRerouted(facts, told)
    case 'order.returned':
      return withoutApproval(withApprovalsEnded(facts, 'approval.returned', told))
    case 'order.recalled':
      return withoutApproval(withApprovalsEnded(facts, 'approval.recalled', told))
    case 'order.issued':
      return recordOrder(facts, told.data, 'issued')
    case 'order.imported':
      return recordImportedOrder(facts, told.data)
    case 'order.delivered':
      return withControl(facts, { deliveredVersion: told.data.orderVersion })
    case 'change.requested':
      return recordChangeRequest(facts, told.data.document, told.by)
    case 'acknowledgment.received':
      return recordAnswer(facts, told.data.document, lines)
    case 'receipt.recorded':
      return recordReceipt(facts, told.data, lines)
    case 'unordered-goods.received':
      return recordReceipt(facts, told.data, [])
    case 'document.moved':
      return recordMoved(facts, told.data)
    case 'inspection.recorded':
      return recordInspection(facts, told.data.document, lines)
    case 'goods.put-away':
      return recordPutAway(facts, told.data, { by: told.by.id, at: told.at })
    case 'change.decided':
      return recorded(recordDecision(facts, told.data.changeId, decisionOf(known, told)), 'all')
    case 'change.withdrawn':
      return news(facts, told.data.changeId, { withdrawn: said(told, told.data.reason) })
    case 'change.expired':
      return news(facts, told.data.changeId, { expired: true })
    case 'impact.assessed':
      return news(facts, told.data.changeId, { impact: told.data.impact })
    case 'write-back.answered':
      return recordWriteBack(facts, told.data)
    case 'order.held':
      return withControl(facts, { held: said(told, told.data.reason) })
    case 'order.released':
      return withoutControl(facts, 'held')
    case 'order.cancel-requested':
      return recordCancelRequest(facts, said(told, told.data.reason))
    case 'order.cancel-answered': {
      const { accepted, reason = null } = told.data
      return withControl(facts, { cancelAnswered: { accepted, reason } })
    }
    case 'order.archived':
      return withControl(facts, { archived: true })
    case 'schedule.short-closed':
      return shortClose(facts, told.data, said(told, told.data.reason))
    case 'line.cancel-requested':
      return recordLineCancelRequest(facts, told.data, said(told, told.data.reason))
    case 'line.cancel-answered':
      return recordLineCancelAnswer(facts, told.data)
    case 'line.short-closed':
      return shortCloseLine(known, told.data, said(told, told.data.reason))
    case 'line.cancelled':
      return lineControl(facts, told, 'cancelled')
    case 'line.held':
      return lineControl(facts, told, 'held')
    case 'line.reopened':
      return withoutLineControl(
        facts,
        told.data.orderLineNumber,
        'cancelled',
        'shortClosed',
        'cancelAsked',
      )
    case 'line.released':
      return withoutLineControl(facts, told.data.orderLineNumber, 'held')
    case 'note.recorded': {
      const note = { at: told.at, by: told.by.id, text: told.data.text }
      return recorded({ ...facts, notes: [...facts.notes, note] }, [])
    }
    case 'masters.looked-up':
    case 'ownership.compared':
      return recorded(gatheredFacts(facts, told.data satisfies Gathered), [])
    case 'shipment.announced':
      return recordAnnounced(known, told.data, lines)
    case 'shipment.arrived':
      return recordArrival(facts, told.data)
    case 'shipment.delayed':
      return recordDelay(facts, told.data, told.at)
    case 'billing.recorded':
      return recordBilling(facts, told.data)
    case 'billing.withdrawn':
      return withdrawBilling(facts, told.data.invoiceKey)
    case 'agreement.answered':
      return recordAgreement(facts, told.data)
    case 'acknowledgment.overdue':
      return recordLateAnswer(facts, told.data)
    case 'ship-notice.overdue':
      return recordMissingNotice(known, told.data)
    case 'inspection.overdue': {
      const place = placeOfOverdue(facts, told.data)
      return overdue(facts, { inspection: { ...facts.overdue.inspection, [place]: true } }, [])
    }
    case 'reconfirmation.due':
      return recordReconfirmation(known, told.data)
    case 'allocation.requested':
    case 'acknowledgment.reminder-due':
    case 'acknowledgment.escalation-due':
    case 'approval.overdue':
    case 'case.overdue':
    case 'task.overdue':
    case 'task.added':
    case 'task.taken':
    case 'task.assigned':
    case 'task.done':
    case 'task.cancelled':
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
      // These say nothing about the order itself; its ledger and its desk take them.
      return recorded(facts, [])
  }
}

/** Of several answers of one agreement the last counts, whichever comes last; another agreement's replaces it. */
function recordAgreement(facts: OrderFacts, answered: AgreementAnswered): Recording {
  const known = facts.agreement
  const isOlder =
    known?.agreementKey === answered.agreementKey &&
    known.agreementSequence >= answered.agreementSequence
  if (isOlder) return { kind: 'duplicate', sentence: 'a later answer of the agreement is known' }
  const lines = [...(known?.stopped ?? []), ...answered.stopped]
  const touched = new Set(lines.map(({ orderLineNumber }) => orderLineNumber))
  return recorded({ ...facts, agreement: answered }, [...touched])
}

function recorded(facts: OrderFacts, touched: TouchedLines): Recording {
  return { kind: 'recorded', facts, touched }
}

function said(
  told: { readonly by: { readonly id: string }; readonly at: Instant },
  reason: string,
) {
  return { by: told.by.id, at: told.at, reason }
}

type Commanded = Extract<ToldFact, { readonly type: 'line.cancelled' | 'line.held' }>

function lineControl(facts: OrderFacts, told: Commanded, what: 'cancelled' | 'held'): Recording {
  const { orderLineNumber, reason } = told.data
  return withLineControl(facts, orderLineNumber, { [what]: said(told, reason) })
}

function decisionOf(
  { standing }: Known,
  told: Extract<ToldFact, { readonly type: 'change.decided' }>,
): ChangeDecision {
  const { changeId, decision, reason = null, counter } = told.data
  const change = standing.changes.find((one) => one.changeId === changeId)
  return {
    decision,
    by: told.by.id,
    at: told.at,
    reason,
    basedOnVersion: change?.basedOnVersion ?? standing.order?.version ?? 1,
    differences: counter ?? change?.differences ?? [],
  }
}

function news(
  facts: OrderFacts,
  changeId: string,
  what: Parameters<typeof recordChangeNews>[2],
): Recording {
  return recorded(recordChangeNews(facts, changeId, what), 'all')
}

/** The record an agreed version is written to the ERP as. */
export function versionRecord(version: number): string {
  return `order-version/${version}`
}

function recordWriteBack(
  facts: OrderFacts,
  answered: Extract<ToldFact, { readonly type: 'write-back.answered' }>['data'],
): Recording {
  const { system, record, outcome, sentence } = answered
  const { [record]: _, ...others } = facts.failedWrites
  const failedWrites =
    outcome === 'applied' ? others : { ...others, [record]: { system, outcome, sentence } }
  const next = { ...facts, failedWrites }
  const agreed = currentOrder(facts)?.versions.find(
    ({ version, changeId }) => changeId !== undefined && versionRecord(version) === record,
  )
  if (agreed?.changeId === undefined) {
    const isNothingNew = outcome === 'applied' && facts.failedWrites[record] === undefined
    return recorded(isNothingNew ? facts : next, [])
  }
  return recorded(recordChangeNews(next, agreed.changeId, { written: outcome }), [])
}

function overdue(
  facts: OrderFacts,
  what: Partial<OrderFacts['overdue']>,
  touched: TouchedLines,
): Recording {
  return recorded({ ...facts, overdue: { ...facts.overdue, ...what } }, touched)
}

/** A notice that comes when it was missed already is late, however soon the goods follow. */
function recordAnnounced(
  { facts, standing }: Known,
  announced: ShipmentAnnounced,
  lines: readonly OrderLine[],
): Recording {
  const recording = recordShipment(facts, announced, lines)
  const overdue = facts.overdue.shipNotice
  if (recording.kind !== 'recorded' || overdue === undefined) return recording
  const { shipmentKey } = announced
  const lateNotices = { ...facts.lateNotices }
  for (const { orderLineNumber, schedules } of standing.lines) {
    const shipped = recording.facts.lines[orderLineNumber]?.shipped ?? []
    for (const { scheduleNumber, promisedDate, requestedDate } of schedules) {
      const place = schedulePlace(orderLineNumber, scheduleNumber)
      const day = overdue[place]
      const known = lateNotices[place] ?? []
      const isShipped = shipped.some(
        (fact) =>
          fact.shipmentKey === shipmentKey &&
          (fact.scheduleNumber ?? scheduleNumber) === scheduleNumber,
      )
      if (day === undefined || day !== (promisedDate ?? requestedDate) || !isShipped) continue
      if (known.some((notice) => notice.shipmentKey === shipmentKey)) continue
      lateNotices[place] = [...known, { day, shipmentKey }]
    }
  }
  return { ...recording, facts: { ...recording.facts, lateNotices } }
}

type PlaceOfSchedule = { readonly orderLineNumber: string; readonly scheduleNumber: string }

function recordLateAnswer(
  facts: OrderFacts,
  { orderVersion, about }: { readonly orderVersion: number; readonly about?: string | undefined },
): Recording {
  if (about === undefined) return overdue(facts, { acknowledgment: orderVersion }, [])
  const answers = [...new Set([...(facts.overdue.answers ?? []), about])].toSorted()
  return overdue(facts, { answers }, [])
}

function recordMissingNotice({ facts, standing }: Known, place: PlaceOfSchedule): Recording {
  const schedule = scheduleAt(standing, place)
  const day = schedule?.promisedDate ?? schedule?.requestedDate ?? ''
  const name = schedulePlace(place.orderLineNumber, place.scheduleNumber)
  const shipNotice = { ...facts.overdue.shipNotice, [name]: day }
  return overdue(facts, { shipNotice }, [place.orderLineNumber])
}

function recordReconfirmation({ facts, standing }: Known, place: PlaceOfSchedule): Recording {
  const answeredBy = scheduleAt(standing, place)?.answeredBy ?? ''
  const name = schedulePlace(place.orderLineNumber, place.scheduleNumber)
  const reconfirmation = { ...facts.overdue.reconfirmation, [name]: answeredBy }
  return overdue(facts, { reconfirmation }, [place.orderLineNumber])
}

/** The schedule at a place of the order; undefined where the current version has none there. */
export function scheduleAt(standing: OrderStanding, place: PlaceOfSchedule) {
  return standing.lines
    .find(({ orderLineNumber }) => orderLineNumber === place.orderLineNumber)
    ?.schedules.find(({ scheduleNumber }) => scheduleNumber === place.scheduleNumber)
}
