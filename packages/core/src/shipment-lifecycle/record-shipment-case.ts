import { compareInstants } from '../calendar/instant.ts'
import { officeHours } from '../calendar/office-hours.ts'
import { changeCases } from '../exception/change-case.ts'
import { contradictingNotices, currentVersion } from './current-shipment.ts'
import type { ShipmentFact } from './shipment-fact.ts'
import type { ShipmentFacts } from './shipment-state.ts'
import { contradictionKey } from './wanted-shipment-cases.ts'

/** What happens to a case of a shipment: opened, worked on by people, called for again, or gone with its reason. */
export type ShipmentCaseFact = Extract<ShipmentFact, { readonly type: `case.${string}` }>

/** Opens a case or moves one on; a settled case stays in the list, so its history stays. */
export function recordShipmentCase(facts: ShipmentFacts, fact: ShipmentCaseFact): ShipmentFacts {
  if (fact.type === 'case.opened') {
    const { case: opened, wantedKey } = fact.data
    return {
      ...facts,
      cases: [...facts.cases, opened],
      caseKeys: { ...facts.caseKeys, [opened.exceptionId]: wantedKey },
    }
  }
  const { exceptionId } = fact.data
  const next = {
    ...facts,
    cases: changeCases(facts.cases, fact, facts.calendar ?? officeHours),
  }
  const isSettled = fact.type === 'case.resolved' || fact.type === 'case.bypassed'
  if (!isSettled || facts.caseKeys[exceptionId] !== contradictionKey) return next
  const code = fact.type === 'case.resolved' ? fact.data.code : null
  return { ...withOthersAside(next, code), assessment: null }
}

/**
 * With its case, a contradiction is settled: the notice that counts goes on counting and the others are set aside. Settled
 * as `take-later`, the one issued last takes its place.
 */
function withOthersAside(facts: ShipmentFacts, code: string | null): ShipmentFacts {
  const current = currentVersion(facts)
  const all = [...(current === null ? [] : [current]), ...contradictingNotices(facts)]
  const latest = all.toSorted((a, b) =>
    compareInstants(b.document.issuedAt, a.document.issuedAt),
  )[0]
  const kept = code === 'take-later' ? latest : current
  const hashes = all.map(({ hash }) => hash).filter((hash) => hash !== kept?.hash)
  return { ...facts, setAside: [...new Set([...facts.setAside, ...hashes])].toSorted() }
}
