import { officeHours } from '../calendar/office-hours.ts'
import { changeCases } from '../exception/change-case.ts'
import { contradictingVersions } from './current-invoice.ts'
import type { InvoiceFact } from './invoice-fact.ts'
import type { InvoiceFacts } from './invoice-state.ts'

/** What happens to a case of an invoice: opened, worked on by people, called for again, or gone with its reason. */
export type CaseFact = Extract<InvoiceFact, { readonly type: `case.${string}` }>

/** Opens a case or moves one on; a settled case stays in the list, so its history stays. */
export function recordInvoiceCase(facts: InvoiceFacts, fact: CaseFact): InvoiceFacts {
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
  return isSettled ? settled(next, exceptionId) : next
}

/** With its case, a contradiction is settled: the text that counts goes on counting and the others are set aside. */
function settled(facts: InvoiceFacts, exceptionId: string): InvoiceFacts {
  const key = facts.caseKeys[exceptionId] ?? ''
  if (key === 'contradiction') {
    const hashes = contradictingVersions(facts).map((version) => version.hash)
    return { ...facts, setAside: [...new Set([...facts.setAside, ...hashes])].toSorted() }
  }
  if (!key.startsWith('conflict/')) return facts
  return {
    ...facts,
    conflicts: facts.conflicts.filter((conflict) => `conflict/${conflict.conflictId}` !== key),
  }
}
