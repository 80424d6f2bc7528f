import type { BusinessCalendar } from '../calendar/business-calendar.ts'
import type { CalendarDate } from '../calendar/calendar-date.ts'
import type { Judgement } from '../discrepancy/judge-discrepancy.ts'
import type { ExceptionCase } from '../exception/exception.ts'
import type { LifecycleValue } from '../lifecycle/state-tree.ts'
import type { AggregateState } from '../message/decision.ts'
import type { ReleaseCounted } from './agreement-messages.ts'
import type { PurchaseAgreement } from './purchase-agreement.ts'

/** One text of the agreement as it came in: the first issue, an extension, a correction, or a contradiction. */
export type AgreementVersion = {
  /** sha-256 of the document without its origin: the same content twice is the same text. */
  readonly hash: string
  readonly document: PurchaseAgreement
  /** Who entered it, and for whom. Absent: no person did, or it was not recorded. */
  readonly issuedBy?: readonly string[]
}

/** A clock that was started; `over` once it rang and what it waits for has not come yet. */
export type AgreementWait = {
  readonly type: string
  readonly dueAt: string
  readonly over: boolean
}

/**
 * Everything known of an agreement. Its texts and its releases only add facts, keyed by what they are about; what is
 * released, received and left follows from them. Plain JSON.
 */
export type AgreementFacts = {
  readonly agreementKey: string
  /** In canonical order: by version, revision, issue and hash. */
  readonly versions: readonly AgreementVersion[]
  /** The hours of the buyer's desks; null until somebody named them. */
  readonly calendar: BusinessCalendar | null
  /** The last telling of each release, by order number. */
  readonly releases: Readonly<Record<string, ReleaseCounted>>
  /** The last day a planner began the cumulative quantities anew from; null while nobody did. */
  readonly resetFrom: CalendarDate | null
  /** How each price was judged, by identity of the measure. */
  readonly judged: Readonly<Record<string, Judgement>>
  readonly cases: readonly ExceptionCase[]
  /** Case id to what it was wanted for. */
  readonly caseKeys: Readonly<Record<string, string>>
  readonly waits: Readonly<Record<string, AgreementWait>>
  /** The version whose last day was over when its clock rang; null while none was. */
  readonly expiredVersion: number | null
  readonly closing: { readonly at: string; readonly by: string; readonly because: string } | null
}

/** What the runtime stores of an agreement. */
export type AgreementState = AggregateState & {
  /** The state of every region of the lifecycle. */
  readonly regions: LifecycleValue
  readonly facts: AgreementFacts
  /** Ids of the messages applied so far; the same one again has no effect. */
  readonly messageIds: readonly string[]
}

/** An agreement nothing is known of yet. */
export function unknownAgreement(agreementKey: string): AgreementFacts {
  return {
    agreementKey,
    versions: [],
    calendar: null,
    releases: {},
    resetFrom: null,
    judged: {},
    cases: [],
    caseKeys: {},
    waits: {},
    expiredVersion: null,
    closing: null,
  }
}

/** The text that counts: the highest version; null before any came. */
export function currentAgreement({ versions }: AgreementFacts): PurchaseAgreement | null {
  return versions.at(-1)?.document ?? null
}

/** Other texts of the version that counts, under the same revision. */
export function contradictingAgreements({ versions }: AgreementFacts): readonly AgreementVersion[] {
  const current = versions.at(-1)
  if (current === undefined) return []
  const { version, revision } = current.document
  return versions.filter(
    ({ hash, document }) =>
      hash !== current.hash && document.version === version && document.revision === revision,
  )
}
