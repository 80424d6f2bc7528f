import { officeHours } from '../calendar/office-hours.ts'
import type { ExceptionCase } from '../exception/exception.ts'
import { awaitSettlement, finishCase, resumeCase } from '../exception/steer-case.ts'
import { isOpenRemedy, type Remedy } from '../resolution/remedy.ts'
import { resolutionEffects } from '../resolution/resolution-effects.ts'
import type { InvoiceFact, InvoiceFactOf } from './invoice-fact.ts'
import { isMonetary, isSettledInFull, remediesOf, remediesOfCase } from './invoice-remedies.ts'
import type { InvoiceFacts } from './invoice-state.ts'

type RemedyFact = Extract<InvoiceFact, { readonly type: `remedy.${string}` }>

/** Starts a remedy or moves one on, and with it the case it settles. */
export function recordRemedy(facts: InvoiceFacts, fact: RemedyFact): InvoiceFacts {
  switch (fact.type) {
    case 'remedy.started':
      return started(facts, fact)
    case 'remedy.approved':
      return withCaseOf(changed(facts, fact.data.remedyId, { state: 'under-way' }), fact)
    case 'remedy.advanced':
      return changed(facts, fact.data.remedyId, { received: fact.data.received })
    case 'remedy.ended':
      return ended(facts, fact)
    case 'remedy.reopened':
      return reopened(facts, fact)
  }
}

function changed(facts: InvoiceFacts, remedyId: string, change: Partial<Remedy>): InvoiceFacts {
  return {
    ...facts,
    remedies: remediesOf(facts).map((remedy) =>
      remedy.remedyId === remedyId ? { ...remedy, ...change } : remedy,
    ),
  }
}

function started(facts: InvoiceFacts, fact: InvoiceFactOf<'remedy.started'>): InvoiceFacts {
  const { remedy } = fact.data
  const next = { ...facts, remedies: [...remediesOf(facts), remedy] }
  return withCaseOf(next, { at: fact.at, data: { remedyId: remedy.remedyId } })
}

/** The case waits for whom its remedy waits for. */
function withCaseOf(
  facts: InvoiceFacts,
  {
    at,
    data,
  }: Pick<InvoiceFactOf<'remedy.approved'>, 'at'> & {
    readonly data: { readonly remedyId: string }
  },
): InvoiceFacts {
  const remedy = remediesOf(facts).find((one) => one.remedyId === data.remedyId)
  if (remedy === undefined) return facts
  const waitsFor = whoIsWaitedFor(remedy)
  if (waitsFor === null) return facts
  const calendar = facts.calendar ?? officeHours
  return withCase(facts, remedy.exceptionId, (exceptionCase) => {
    const waiting = awaitSettlement({ exceptionCase, at, calendar }, waitsFor)
    // Turned down by the rules, it goes back to who chose it.
    return remedy.state === 'refused'
      ? resumeCase({ exceptionCase: waiting, at, calendar })
      : waiting
  })
}

function whoIsWaitedFor(remedy: Remedy): 'supplier' | 'internal' | 'approval' | null {
  if (remedy.state === 'refused') return 'internal'
  if (remedy.state === 'awaiting-approval') return 'approval'
  // An amount ends when it is there, however soon that is; until then the case is open.
  if (isMonetary(remedy) && remedy.waitsFor === null) return 'internal'
  return remedy.waitsFor === 'finance' ? 'internal' : remedy.waitsFor
}

function withCase(
  facts: InvoiceFacts,
  exceptionId: string,
  change: (exceptionCase: ExceptionCase) => ExceptionCase,
): InvoiceFacts {
  return {
    ...facts,
    cases: facts.cases.map((one) => (one.exceptionId === exceptionId ? change(one) : one)),
  }
}

function ended(facts: InvoiceFacts, fact: InvoiceFactOf<'remedy.ended'>): InvoiceFacts {
  const { remedyId, outcome, received, because } = fact.data
  const next = changed(facts, remedyId, {
    state: outcome,
    received,
    ended: { at: fact.at, because },
  })
  const remedy = remediesOf(next).find((one) => one.remedyId === remedyId)
  if (remedy === undefined) return next
  const steering = { at: fact.at, calendar: facts.calendar ?? officeHours }
  return withCase(next, remedy.exceptionId, (exceptionCase) =>
    caseAfter(next, { exceptionCase, ...steering }, remedy),
  )
}

/** The case waits again for what was taken back, and what was let pass for it is held again. */
function reopened(facts: InvoiceFacts, fact: InvoiceFactOf<'remedy.reopened'>): InvoiceFacts {
  const { remedyId, received } = fact.data
  const next = changed(facts, remedyId, { state: 'under-way', received, ended: null })
  const remedy = remediesOf(next).find((one) => one.remedyId === remedyId)
  if (remedy === undefined) return next
  return withoutAcceptance(withCaseOf(next, fact), remedy.exceptionId)
}

/** What was let pass with a case is not let pass any more. */
export function withoutAcceptance(facts: InvoiceFacts, exceptionId: string): InvoiceFacts {
  const texts = new Set(
    facts.holds
      .filter((hold) => hold.exceptionId === exceptionId)
      .map(({ holdId }) => facts.holdTexts[holdId]),
  )
  const accepted = Object.entries(facts.accepted).filter(([text]) => !texts.has(text))
  return { ...facts, accepted: Object.fromEntries(accepted) }
}

/** What is brought in full settles the case; what is left of it goes back to its owner. */
function caseAfter(
  facts: InvoiceFacts,
  steering: Parameters<typeof finishCase>[0],
  remedy: Remedy,
): ExceptionCase {
  const { exceptionCase } = steering
  const { code, startedBy: by, rootCause, note } = remedy
  const isOver =
    remedy.state === 'done' && (!isMonetary(remedy) || isSettledInFull(facts, exceptionCase))
  if (isOver) {
    const cause = rootCause ?? exceptionCase.classification?.rootCause ?? null
    return finishCase(steering, { code, by, note, rootCause: cause })
  }
  const isWaiting = remediesOfCase(facts, exceptionCase.exceptionId).some(isOpenRemedy)
  return isWaiting ? exceptionCase : resumeCase(steering)
}

/** The remedy that lets the hold of a case go: all its money is accounted for, or it was approved as it is. */
export function settlingRemedy(facts: InvoiceFacts, exceptionCase: ExceptionCase): Remedy | null {
  const done = remediesOfCase(facts, exceptionCase.exceptionId).filter(
    ({ state }) => state === 'done',
  )
  const accepted = done.find(({ code }) => resolutionEffects[code].kind === 'accept')
  if (accepted !== undefined) return accepted
  return isSettledInFull(facts, exceptionCase) ? (done.findLast(isMonetary) ?? null) : null
}
