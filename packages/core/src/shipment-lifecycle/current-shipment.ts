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
 * The notice that counts: the highest revision; of two texts of one revision the one issued first, so that the order in
 * which they came in does not matter. Goods that were counted cannot be withdrawn any more, so then a withdrawal is left
 * out of account. Null before a notice came.
 */
export function currentNotice(facts: ShipmentFacts): ShipNotice | null {
  return currentVersion(facts)?.document ?? null
}

/** The version of the notice that counts, with its hash. */
export function currentVersion(facts: ShipmentFacts): NoticeVersion | null {
  const [highest, ...others] = standing(facts)
  if (highest === undefined) return null
  if (highest.document.purpose !== 'cancel' || !isAnythingCounted(facts)) return highest
  return others.find((version) => version.document.purpose !== 'cancel') ?? highest
}

/**
 * Notices that contradict the one that counts: another content under the same revision, or a withdrawal of goods that are
 * here already. They wait for a person.
 */
export function contradictingNotices(facts: ShipmentFacts): readonly NoticeVersion[] {
  const current = currentVersion(facts)
  if (current === null) return []
  return standing(facts).filter(
    (version) =>
      version.hash !== current.hash && version.document.revision >= current.document.revision,
  )
}

function standing(facts: ShipmentFacts): readonly NoticeVersion[] {
  return facts.notices.filter(({ hash }) => !facts.setAside.includes(hash)).toSorted(byPrecedence)
}

function byPrecedence(a: NoticeVersion | MilestoneVersion, b: NoticeVersion | MilestoneVersion) {
  if (a.document.revision !== b.document.revision) return b.document.revision - a.document.revision
  return compareInstants(a.document.issuedAt, b.document.issuedAt) || (a.hash < b.hash ? -1 : 1)
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
    .flatMap((versions) => versions.toSorted(byPrecedence).slice(0, 1))
    .toSorted(
      (a, b) =>
        compareInstants(a.document.issuedAt, b.document.issuedAt) || (a.hash < b.hash ? -1 : 1),
    )
    .map(({ document }) => document)
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
  const revision = currentNotice(facts)?.revision
  return revision !== undefined && facts.comparisons[orderNumber]?.revision === revision
}
