import { contentHashOf } from '../document/document-content-hash.ts'
import { joinKey } from '../identity/identity.ts'
import { closingBasis } from './shipment-regions.ts'
import { currentVersion, noticeRevision } from './current-shipment.ts'
import { recordShipmentCase } from './record-shipment-case.ts'
import type { ShipmentFact, ShipmentFactOf } from './shipment-fact.ts'
import type { GoodsReceived, GoodsReceivedLine } from './shipment-messages.ts'
import type { ShipmentFacts } from './shipment-state.ts'

/**
 * Adds what happened to what is known of a shipment. The same facts in another order, or twice, add up to the same; what
 * a person decided keeps its order.
 */
export function recordShipmentFact(facts: ShipmentFacts, fact: ShipmentFact): ShipmentFacts {
  switch (fact.type) {
    case 'ship-notice.received':
      return noticed(facts, fact)
    case 'milestone.reported':
      return reported(facts, fact)
    case 'ship-notice.compared':
      return compared(facts, fact)
    case 'goods.received':
      return counted(facts, fact.data)
    case 'ship-notice.assessed':
      return { ...facts, assessment: fact.data.findings }
    case 'warehouse.alerted':
      return { ...facts, alerted: sorted([...facts.alerted, ...fact.data.differences]) }
    case 'shipment.closed':
      return closed(facts, fact)
    case 'wait.started': {
      const { timerId, type, dueAt } = fact.data
      return { ...facts, waits: { ...facts.waits, [timerId]: { type, dueAt, over: false } } }
    }
    case 'wait.ended': {
      const { [fact.data.timerId]: _, ...waits } = facts.waits
      return { ...facts, waits }
    }
    case 'comparison.overdue':
    case 'arrival.overdue':
    case 'receiving.overdue':
      return rang(facts, fact.data.timerId)
    case 'case.opened':
    case 'case.cured':
    case 'case.overdue':
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
      return recordShipmentCase(facts, fact)
  }
}

/** Where a counted line is kept: one place for each line of a receipt of an order. */
export function countKey({
  orderNumber,
  receiptNumber,
  receiptLineNumber,
}: GoodsReceivedLine): string {
  return joinKey([orderNumber, receiptNumber, receiptLineNumber])
}

function noticed(
  facts: ShipmentFacts,
  { data: { document, calendars, masters } }: ShipmentFactOf<'ship-notice.received'>,
): ShipmentFacts {
  const hash = contentHashOf(document)
  const calendar = calendars?.buyer ?? facts.calendar
  if (facts.notices.some((version) => version.hash === hash)) return { ...facts, calendar }
  const masterFindings = masters?.findings ?? []
  const text = { hash, document, ...(masterFindings.length > 0 && { masterFindings }) }
  const notices = [...facts.notices, text].toSorted(byHash)
  return withoutOldAnswers({ ...facts, calendar, notices, assessment: null })
}

/** Answers about a notice that no longer counts are forgotten: its number never comes back. */
function withoutOldAnswers(facts: ShipmentFacts): ShipmentFacts {
  const revision = noticeRevision(facts)
  const current = Object.entries(facts.comparisons).filter(([, one]) => one.revision >= revision)
  return { ...facts, comparisons: Object.fromEntries(current) }
}

function reported(
  facts: ShipmentFacts,
  { data: { document } }: ShipmentFactOf<'milestone.reported'>,
): ShipmentFacts {
  const hash = contentHashOf(document)
  if (facts.milestones.some((version) => version.hash === hash)) return facts
  const milestones = [...facts.milestones, { hash, document }].toSorted(byHash)
  return { ...facts, milestones, assessment: null }
}

/** Only the answer about the latest notice counts; of several about one notice the last. */
function compared(
  facts: ShipmentFacts,
  { data }: ShipmentFactOf<'ship-notice.compared'>,
): ShipmentFacts {
  const { orderNumber, aligned, discrepancies } = data
  const revision = data.revision ?? noticeRevision(facts)
  const known = facts.comparisons[orderNumber]
  if (known !== undefined && known.revision > revision) return facts
  return {
    ...facts,
    comparisons: { ...facts.comparisons, [orderNumber]: { revision, aligned, discrepancies } },
    assessment: null,
  }
}

/** A later count of a receipt takes the place of the earlier, line for line and also where a line is gone. */
function counted(facts: ShipmentFacts, { lines, recount }: GoodsReceived): ShipmentFacts {
  const standing = Object.values(facts.counts).filter((line) => !isRecounted(line, recount))
  const byKey = new Map(standing.map((line) => [countKey(line), line]))
  for (const line of lines) {
    const key = countKey(line)
    const known = byKey.get(key)
    if (known === undefined || known.revision <= line.revision) byKey.set(key, line)
  }
  const all = [...byKey.values()]
  const latestOf = new Map<string, number>()
  for (const line of all) {
    latestOf.set(receiptKey(line), Math.max(line.revision, latestOf.get(receiptKey(line)) ?? 0))
  }
  const latest = all.filter((line) => line.revision >= (latestOf.get(receiptKey(line)) ?? 0))
  const keyed = latest.map((line) => [countKey(line), line] as const)
  const counts = Object.fromEntries(keyed.toSorted(([a], [b]) => (a < b ? -1 : 1)))
  const next = { ...facts, counts }
  // A count can bring back a notice that was withdrawn.
  return currentVersion(next)?.hash === currentVersion(facts)?.hash
    ? next
    : withoutOldAnswers({ ...next, assessment: null })
}

/** True for a line of a count that a recount takes the place of. */
export function isRecounted(line: GoodsReceivedLine, recount: GoodsReceived['recount']): boolean {
  return (
    recount !== undefined &&
    line.orderNumber === recount.orderNumber &&
    line.receiptNumber === recount.receiptNumber &&
    line.revision <= recount.revision
  )
}

function receiptKey({ orderNumber, receiptNumber }: GoodsReceivedLine): string {
  return joinKey([orderNumber, receiptNumber])
}

function closed(facts: ShipmentFacts, fact: ShipmentFactOf<'shipment.closed'>): ShipmentFacts {
  const { at, by, data } = fact
  return {
    ...facts,
    closing: { at, by: by.id, because: data.reason, basis: closingBasis(facts) },
  }
}

/** The clock of a wait rang; the wait stays until what it waits for comes. */
function rang(facts: ShipmentFacts, timerId: string): ShipmentFacts {
  const wait = facts.waits[timerId]
  if (wait === undefined) return facts
  return {
    ...facts,
    waits: { ...facts.waits, [timerId]: { ...wait, over: true } },
    assessment: null,
  }
}

function byHash(a: { readonly hash: string }, b: { readonly hash: string }): number {
  return a.hash < b.hash ? -1 : 1
}

function sorted(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].toSorted()
}
