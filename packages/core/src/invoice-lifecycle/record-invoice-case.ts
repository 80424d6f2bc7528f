import { officeHours } from '../calendar/office-hours.ts'
import { isOpenDispute } from '../dispute/change-dispute.ts'
import { changeCases } from '../exception/change-case.ts'
import { isOpenTask } from '../exception/change-task.ts'
import { isOpenHold } from '../hold/change-hold.ts'
import { isOpenRemedy } from '../resolution/remedy.ts'
import { contradictingVersions } from './current-invoice.ts'
import type { InvoiceFact } from './invoice-fact.ts'
import type { InvoiceFacts } from './invoice-state.ts'

/** What happens to a case of an invoice: opened, worked on by people, called for again, or gone with its reason. */
export type CaseFact = Exclude<
  Extract<InvoiceFact, { readonly type: `case.${string}` }>,
  { readonly type: 'case.resumed' }
>

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
  if (fact.type === 'case.merged') return withMerged(next, fact.data)
  const isSettled = fact.type === 'case.resolved' || fact.type === 'case.bypassed'
  return isSettled ? settled(next, exceptionId) : next
}

/** The open tasks, holds, disputes and remedies of a merged case go on with the one that goes on. */
function withMerged(
  facts: InvoiceFacts,
  { exceptionId, into }: { readonly exceptionId: string; readonly into: string },
): InvoiceFacts {
  const isMerged = facts.cases.some(
    (one) => one.exceptionId === exceptionId && one.state === 'merged',
  )
  if (!isMerged) return facts
  const { tasks, remedies } = facts
  return {
    ...facts,
    holds: facts.holds.map((hold) =>
      hold.exceptionId === exceptionId && isOpenHold(hold) ? { ...hold, exceptionId: into } : hold,
    ),
    disputes: facts.disputes.map((dispute) =>
      dispute.exceptionId === exceptionId && isOpenDispute(dispute)
        ? { ...dispute, exceptionId: into }
        : dispute,
    ),
    ...(tasks === undefined
      ? {}
      : {
          tasks: tasks.map((task) =>
            task.exceptionId === exceptionId && isOpenTask(task)
              ? { ...task, exceptionId: into }
              : task,
          ),
        }),
    ...(remedies === undefined
      ? {}
      : {
          remedies: remedies.map((remedy) =>
            remedy.exceptionId === exceptionId && isOpenRemedy(remedy)
              ? { ...remedy, exceptionId: into }
              : remedy,
          ),
        }),
  }
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
