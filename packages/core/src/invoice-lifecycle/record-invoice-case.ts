import { officeHours } from '../calendar/office-hours.ts'
import {
  applyCaseCommand,
  cureCase,
  escalateCase,
  isCaseCommandType,
  type CaseCommand,
} from '../exception/apply-case-command.ts'
import type { ExceptionCase } from '../exception/exception.ts'
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
    cases: facts.cases.map((one) =>
      one.exceptionId === exceptionId ? changedCase(facts, one, fact) : one,
    ),
  }
  return isSettlingByPerson(fact) ? settled(next, exceptionId) : next
}

function changedCase(
  facts: InvoiceFacts,
  exceptionCase: ExceptionCase,
  fact: Exclude<CaseFact, { readonly type: 'case.opened' }>,
): ExceptionCase {
  if (fact.type === 'case.cured') {
    return cureCase({ exceptionCase, at: fact.at, because: fact.data.because }) ?? exceptionCase
  }
  if (fact.type === 'case.overdue') return escalateCase(exceptionCase) ?? exceptionCase
  return commanded(facts, exceptionCase, fact)
}

function commanded(
  facts: InvoiceFacts,
  exceptionCase: ExceptionCase,
  fact: CaseCommand & { readonly at: CaseFact['at']; readonly by: CaseFact['by'] },
): ExceptionCase {
  const answer = applyCaseCommand({
    exceptionCase,
    command: fact,
    by: fact.by.id,
    at: fact.at,
    calendar: facts.calendar ?? officeHours,
  })
  return answer.outcome === 'applied' ? answer.case : exceptionCase
}

function isSettlingByPerson(fact: CaseFact): boolean {
  return (
    isCaseCommandType(fact.type) && (fact.type === 'case.resolved' || fact.type === 'case.bypassed')
  )
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
