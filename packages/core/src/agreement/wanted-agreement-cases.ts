import type { Discrepancy } from '../discrepancy/discrepancy.ts'
import type { ExceptionCase, ExceptionCode, ExceptionSubject } from '../exception/exception.ts'
import { isOpenCase } from '../exception/open-case.ts'
import { splitKey } from '../identity/identity.ts'
import { contradictionKey, outOfTolerance } from './agreement-standing.ts'
import { type AgreementFacts, currentAgreement } from './agreement-state.ts'
import { agreementWaitId } from './wanted-agreement-waits.ts'

/** A case the facts call for: what it is about, and what is wrong in words. */
export type WantedAgreementCase = {
  /** Names the reason, so that it is opened once and cured when the reason is gone. */
  readonly key: string
  readonly code: ExceptionCode
  readonly subject: ExceptionSubject
  readonly discrepancy: Discrepancy | null
  readonly sentence: string
  readonly exposure: ExceptionCase['exposure']
}

/** Every case the facts call for now. */
export function wantedAgreementCases(facts: AgreementFacts): readonly WantedAgreementCase[] {
  const findings = outOfTolerance(facts).map((one) => ({
    key: one.key,
    code: one.code,
    subject: subjectOf(facts, one.agreementLineNumber),
    discrepancy: one.discrepancy,
    sentence: `${nameOfAgreement(facts)}: ${one.sentence}`,
    exposure: one.exposure,
  }))
  return [...ownCases(facts), ...findings]
}

function ownCases(facts: AgreementFacts): readonly WantedAgreementCase[] {
  const own = (key: string, code: ExceptionCode, sentence: string): WantedAgreementCase => ({
    key,
    code,
    subject: subjectOf(facts, null),
    discrepancy: null,
    sentence: `${nameOfAgreement(facts)}: ${sentence}`,
    exposure: null,
  })
  const contradiction = contradictionKey(facts)
  if (contradiction !== null) {
    const sentence = 'two texts of one version say different things: ask for the next version'
    return [own(contradiction, 'CONFLICTING_DOCUMENT', sentence)]
  }
  const isMissed = facts.waits[agreementWaitId(facts)]?.over === true
  if (currentAgreement(facts) !== null || !isMissed) return []
  const releases = Object.keys(facts.releases).join(', ')
  const sentence = `releases are ordered against it (${releases}), and it has not come`
  return [own('missing', 'MASTER_DATA_MISSING', sentence)]
}

function subjectOf(facts: AgreementFacts, line: string | null): ExceptionSubject {
  const key = facts.agreementKey
  return { aggregate: 'agreement', key, ...(line !== null && { line }) }
}

/** Wanted cases that are not open yet and that nobody settled. Another measure of the same difference is another case. */
export function agreementCasesToOpen(facts: AgreementFacts): readonly WantedAgreementCase[] {
  return wantedAgreementCases(facts).filter(
    ({ key }) =>
      !facts.cases.some(
        (one) =>
          facts.caseKeys[one.exceptionId] === key &&
          (isOpenCase(one) || one.state !== 'auto-resolved'),
      ),
  )
}

/** Open cases whose reason is gone. */
export function agreementCasesToCure(facts: AgreementFacts): readonly ExceptionCase[] {
  const open = facts.cases.filter(isOpenCase)
  if (open.length === 0) return []
  const wanted = new Set(wantedAgreementCases(facts).map(({ key }) => key))
  return open.filter((one) => !wanted.has(facts.caseKeys[one.exceptionId] ?? ''))
}

/** How the agreement is called in what people read. */
export function nameOfAgreement(facts: AgreementFacts): string {
  const agreement = currentAgreement(facts)
  return agreement === null
    ? `agreement ${splitKey(facts.agreementKey).at(-1) ?? ''}`
    : `agreement ${agreement.documentNumber} with ${agreement.supplier}`
}
