import { personsActing } from '../approval/decide-approval.ts'
import { contentHashOf } from '../document/document-content-hash.ts'
import { compareInstants } from '../calendar/instant.ts'
import { officeHours } from '../calendar/office-hours.ts'
import { changeCases } from '../exception/change-case.ts'
import type { AgreementFact, AgreementFactOf } from './agreement-events.ts'
import type { AgreementFacts, AgreementVersion } from './agreement-state.ts'

/**
 * Adds what happened to what is known of an agreement. The same facts in another order, or twice, add up to the same; what
 * a person decided keeps its order.
 */
export function recordAgreementFact(facts: AgreementFacts, fact: AgreementFact): AgreementFacts {
  switch (fact.type) {
    case 'agreement.issued':
      return issued(facts, fact)
    case 'release.counted':
      return counted(facts, fact)
    case 'cumulative.reset': {
      const { from } = fact.data
      const isLater = facts.resetFrom === null || from > facts.resetFrom
      return isLater ? { ...facts, resetFrom: from } : facts
    }
    case 'agreement.closed':
      return {
        ...facts,
        closing: facts.closing ?? { at: fact.at, by: fact.by.id, because: fact.data.reason },
      }
    case 'release.judged': {
      const { identity, judgement } = fact.data
      return { ...facts, judged: { ...facts.judged, [identity]: judgement } }
    }
    case 'wait.started': {
      const { timerId, type, dueAt } = fact.data
      const waits = { ...facts.waits, [timerId]: { type, dueAt, over: false } }
      // A correction that moves the last day has it waited for anew, so it is not over yet.
      return type === 'agreement.expired'
        ? { ...facts, waits, expiredVersion: null }
        : { ...facts, waits }
    }
    case 'wait.ended': {
      const { [fact.data.timerId]: _, ...waits } = facts.waits
      return { ...facts, waits }
    }
    case 'agreement.expired': {
      const expiredVersion = facts.versions.at(-1)?.document.version ?? null
      return { ...rang(facts, fact.data.timerId), expiredVersion }
    }
    case 'agreement.overdue':
      return rang(facts, fact.data.timerId)
    case 'case.opened': {
      const { case: opened, wantedKey } = fact.data
      return {
        ...facts,
        cases: [...facts.cases, opened],
        caseKeys: { ...facts.caseKeys, [opened.exceptionId]: wantedKey },
      }
    }
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
      return { ...facts, cases: changeCases(facts.cases, fact, facts.calendar ?? officeHours) }
  }
}

function issued(
  facts: AgreementFacts,
  { by, authority, data: { document, calendars } }: AgreementFactOf<'agreement.issued'>,
): AgreementFacts {
  const hash = contentHashOf(document)
  const calendar = calendars?.buyer ?? facts.calendar
  if (facts.versions.some((version) => version.hash === hash)) return { ...facts, calendar }
  const version = {
    hash,
    document,
    ...(by.kind === 'user' && { issuedBy: personsActing({ actor: by, authority }) }),
  }
  const versions = [...facts.versions, version].toSorted(byVersion)
  return { ...facts, calendar, versions }
}

/** Whatever came first, the same text is the last: of one version the later revision, then the later issue. */
function byVersion(a: AgreementVersion, b: AgreementVersion): number {
  return (
    a.document.version - b.document.version ||
    a.document.revision - b.document.revision ||
    compareInstants(a.document.issuedAt, b.document.issuedAt) ||
    (a.hash < b.hash ? -1 : 1)
  )
}

/** The last telling of a release counts, by the order's own count of its events. */
function counted(
  facts: AgreementFacts,
  { data }: AgreementFactOf<'release.counted'>,
): AgreementFacts {
  const known = facts.releases[data.orderNumber]
  if (known !== undefined && known.orderSequence >= data.orderSequence) return facts
  const entries = Object.entries({ ...facts.releases, [data.orderNumber]: data })
  const releases = Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)))
  return { ...facts, releases }
}

function rang(facts: AgreementFacts, timerId: string): AgreementFacts {
  const wait = facts.waits[timerId]
  if (wait === undefined) return facts
  return { ...facts, waits: { ...facts.waits, [timerId]: { ...wait, over: true } } }
}
