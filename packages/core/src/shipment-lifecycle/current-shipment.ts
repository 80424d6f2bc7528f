import type { CalendarDate } from '../calendar/calendar-date.ts'
import { compareInstants, type Instant } from '../calendar/instant.ts'
import { officeHours } from '../calendar/office-hours.ts'
import { localDateOf } from '../calendar/time-zone.ts'
import type { OrderNumber } from '../identity/identity.ts'
import type { Milestone } from '../milestone/milestone.ts'
import type { ShipNotice } from '../ship-notice/ship-notice.ts'
import { isAnythingCounted } from './count-shipment.ts'
import type { MilestoneVersion, NoticeVersion, ShipmentFacts } from './shipment-state.ts'

/**
 * The notice that counts: the highest revision, and of one revision the last replacement. Of two first issues under one
 * number the one issued first counts, so that the order in which they came in does not matter. Goods that were counted
 * cannot be withdrawn any more, so then a withdrawal is left out of account. Null before a notice came.
 */
export function currentNotice(facts: ShipmentFacts): ShipNotice | null {
  return currentVersion(facts)?.document ?? null
}

/** The version of the notice that counts, with its hash. */
export function currentVersion(facts: ShipmentFacts): NoticeVersion | null {
  const standing = rankedNotices(facts).filter(({ hash }) => !facts.setAside.includes(hash))
  const highest = standing.at(-1) ?? null
  if (highest?.document.purpose !== 'cancel' || !isAnythingCounted(facts)) return highest
  return standing.findLast(({ document }) => document.purpose !== 'cancel') ?? highest
}

/**
 * The number the notice goes to the orders under. Partners number their corrections badly: every replacement is revision
 * 1, and what a person or a count brought back has a lower number than what it takes the place of. So it is counted on
 * with every notice and with everything that was left out. It never falls, and it follows from what is known, not from
 * the order in which that came.
 */
export function noticeRevision(facts: ShipmentFacts): number {
  const { notices, setAside } = facts
  const current = currentVersion(facts)
  const revisions = notices.map(({ document }) => document.revision)
  const withdrawals = notices.filter(
    ({ hash, document }) => document.purpose === 'cancel' && hash !== current?.hash,
  )
  const further = Math.max(0, notices.length - 1)
  return Math.max(0, ...revisions) + further + setAside.length + withdrawals.length
}

/**
 * Notices that contradict the one that counts: another first issue under the same number, or a withdrawal of goods that
 * are here already. They wait for a person.
 */
export function contradictingNotices(facts: ShipmentFacts): readonly NoticeVersion[] {
  const current = currentVersion(facts)
  if (current === null) return []
  return facts.notices.filter(
    (version) =>
      version.hash !== current.hash &&
      !facts.setAside.includes(version.hash) &&
      !isReplacing(current, version),
  )
}

/** From the first to the last that may count. */
function rankedNotices(facts: ShipmentFacts): readonly NoticeVersion[] {
  return facts.notices.toSorted((a, b) => {
    if (a.hash === b.hash) return 0
    if (isReplacing(a, b)) return 1
    if (isReplacing(b, a)) return -1
    return compareInstants(b.document.issuedAt, a.document.issuedAt) || (a.hash < b.hash ? 1 : -1)
  })
}

/** True where one notice says that it takes the place of another: by its number, or as a later replacement of it. */
function isReplacing(
  { document: one }: NoticeVersion,
  { document: other }: NoticeVersion,
): boolean {
  if (one.revision !== other.revision) return one.revision > other.revision
  if (one.purpose === 'original') return false
  return other.purpose === 'original' || compareInstants(one.issuedAt, other.issuedAt) > 0
}

/** The orders a notice is for, each once, in the order of its lines. */
export function announcedOrders(notice: ShipNotice): readonly OrderNumber[] {
  return [...new Set(notice.lines.map(({ orderNumber }) => orderNumber))]
}

/** True once the notice is withdrawn: nothing will come, and nothing has. */
export function isCancelled(facts: ShipmentFacts): boolean {
  return currentNotice(facts)?.purpose === 'cancel'
}

/** The reports that count, one for each report number, oldest issue first. */
export function currentMilestones(facts: ShipmentFacts): readonly Milestone[] {
  const byNumber = Map.groupBy(facts.milestones, ({ document }) => document.documentNumber)
  return [...byNumber.values()]
    .flatMap((versions) => versions.toSorted(byRevision).slice(0, 1))
    .toSorted(
      (a, b) =>
        compareInstants(a.document.issuedAt, b.document.issuedAt) || (a.hash < b.hash ? -1 : 1),
    )
    .map(({ document }) => document)
}

function byRevision({ document: a, hash }: MilestoneVersion, other: MilestoneVersion): number {
  const b = other.document
  if (a.revision !== b.revision) return b.revision - a.revision
  return compareInstants(a.issuedAt, b.issuedAt) || (hash < other.hash ? -1 : 1)
}

/** When the goods came to the gate: the earliest report of it; null while nobody reported it. */
export function arrivedAt(facts: ShipmentFacts): Instant | null {
  const arrivals = currentMilestones(facts)
    .filter(({ code, timeMeaning }) => timeMeaning === 'actual' && arrivalCodes.has(code))
    .map(({ at }) => at)
  return arrivals.toSorted(compareInstants)[0] ?? null
}

const arrivalCodes: ReadonlySet<Milestone['code']> = new Set(['arrived', 'gate-in', 'unloaded'])

/** True once the goods are here: somebody reported it, or somebody counted them. */
export function isHere(facts: ShipmentFacts): boolean {
  return isAnythingCounted(facts) || arrivedAt(facts) !== null
}

/** A report of when the goods will come: who said it last counts. */
export type ArrivalEstimate = { readonly reportedAt: Instant; readonly date: CalendarDate }

/**
 * The last word on when the goods will come, of the reports and the notice. Null while only the notice has said so, or
 * nobody.
 */
export function latestEstimate(facts: ShipmentFacts): ArrivalEstimate | null {
  const reported = currentMilestones(facts)
    .filter(({ code, timeMeaning }) => timeMeaning === 'estimated' && arrivalCodes.has(code))
    .map(({ issuedAt, at }) => ({ reportedAt: issuedAt, date: dayOf(facts, at) }))
    .at(-1)
  if (reported === undefined) return null
  const notice = currentNotice(facts)
  const date = notice?.estimatedDeliveryDate ?? null
  if (notice === null || date === null) return reported
  return compareInstants(notice.issuedAt, reported.reportedAt) > 0
    ? { reportedAt: notice.issuedAt, date }
    : reported
}

/** The day the goods are expected: the last estimate, else what the notice says; null when nobody said. */
export function expectedDate(facts: ShipmentFacts): CalendarDate | null {
  return latestEstimate(facts)?.date ?? currentNotice(facts)?.estimatedDeliveryDate ?? null
}

/** The day an instant is at the buyer's desks. */
export function dayOf(facts: ShipmentFacts, at: Instant): CalendarDate {
  return localDateOf(at, (facts.calendar ?? officeHours).timeZone)
}

/** True when the order answered about the notice as it counts now. */
export function isCompared(facts: ShipmentFacts, orderNumber: string): boolean {
  return facts.comparisons[orderNumber]?.revision === noticeRevision(facts)
}
