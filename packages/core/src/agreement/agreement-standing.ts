import { isOpenCase } from '../exception/open-case.ts'
import { compareDecimals, isPositiveDecimal } from '../decimal/decimal-arithmetic.ts'
import { decimal } from '../decimal/decimal.ts'
import {
  type AgreementFacts,
  contradictingAgreements,
  currentAgreement,
} from './agreement-state.ts'
import { sumAgreement } from './count-releases.ts'
import { type AgreementFinding, findOverreach } from './find-overreach.ts'

/** What the states of an agreement's regions follow from: each function reads the facts and names one state. */
export const agreementRegions = { terms: termsState, use: useState } as const
export type AgreementRegion = keyof typeof agreementRegions

/** Whether an agreement may be released from, as its texts and clocks say. */
export function termsState(facts: AgreementFacts): 'unknown' | 'in-force' | 'expired' | 'closed' {
  const agreement = currentAgreement(facts)
  if (agreement === null) return 'unknown'
  if (facts.closing !== null) return 'closed'
  return facts.expiredVersion === agreement.version ? 'expired' : 'in-force'
}

/** How much of the agreement is used: beyond what was agreed, all of it, some, or nothing. */
function useState(facts: AgreementFacts): 'unused' | 'released' | 'exhausted' | 'exceeded' {
  const sums = sumAgreement(facts)
  if (sums === null) return 'unused'
  if (openFindings(facts).some(({ code }) => code === 'BLANKET_AMOUNT_EXCEEDED')) return 'exceeded'
  const isUsed = (left: string | null) => left !== null && !isPositiveDecimal(decimal(left))
  const isExhausted =
    isUsed(sums.amountLeft) ||
    sums.lines.every(({ quantityLeft, amountLeft }) => isUsed(quantityLeft) || isUsed(amountLeft))
  if (isExhausted) return 'exhausted'
  const isReleased = sums.lines.some(
    ({ quantityReleased }) => compareDecimals(quantityReleased, decimal('0')) > 0,
  )
  return isReleased ? 'released' : 'unused'
}

/** Where an agreement stands, in one word. */
export type AgreementStatus = ReturnType<typeof termsState> | 'exhausted' | 'exceeded'

/** Where an agreement stands, in one word: how it ended, else whether more was released than agreed. */
export function agreementStatus(facts: AgreementFacts): AgreementStatus {
  const terms = termsState(facts)
  if (terms !== 'in-force') return terms
  const use = useState(facts)
  return use === 'exceeded' || use === 'exhausted' ? use : terms
}

/** What is not as agreed, is out of tolerance, and nobody accepted. */
export function openFindings(facts: AgreementFacts): readonly AgreementFinding[] {
  return outOfTolerance(facts).filter(({ key }) => !isAccepted(facts, key))
}

/** What is not as agreed and out of tolerance; a price nobody has judged yet is not. */
export function outOfTolerance(facts: AgreementFacts): readonly AgreementFinding[] {
  return findOverreach(facts).filter(
    ({ key, isJudged }) => !isJudged || facts.judged[key] === 'outside',
  )
}

function isAccepted(facts: AgreementFacts, key: string): boolean {
  return facts.cases.some(
    (one) =>
      facts.caseKeys[one.exceptionId] === key &&
      !isOpenCase(one) &&
      (one.state === 'bypassed' || isReleaseAccepted(one.resolution?.code ?? '')),
  )
}

/** True for a code by which a case ends with the release standing as it is. `extend` alone changes nothing: the new version does. */
export function isReleaseAccepted(code: string): boolean {
  return accepting.has(code)
}

const accepting: ReadonlySet<string> = new Set([
  'approve',
  'accept',
  'accept-variance',
  'accept-as-is',
])

/** One release line whose billing waits, with the cases that have to be settled first. */
export type StoppedLine = {
  readonly orderLineNumber: string
  readonly exceptionIds: readonly string[]
  readonly sentence: string
}

/** The lines of each release whose billing waits for the agreement, by order number. */
export function stoppedLines(facts: AgreementFacts): ReadonlyMap<string, readonly StoppedLine[]> {
  const known = stopped.get(facts)
  if (known !== undefined) return known
  const stopping = openFindings(facts).filter(
    (one) => one.stopsBilling || blocksMatching(facts, one),
  )
  const byRelease = Map.groupBy(stopping, ({ orderNumber }) => orderNumber ?? '')
  const lines = new Map([...byRelease].map(([order, found]) => [order, linesOf(facts, found)]))
  stopped.set(facts, lines)
  return lines
}

// Asked before and after every event, of facts that never change.
const stopped = new WeakMap<AgreementFacts, ReadonlyMap<string, readonly StoppedLine[]>>()

function linesOf(
  facts: AgreementFacts,
  findings: readonly AgreementFinding[],
): readonly StoppedLine[] {
  const byLine = Map.groupBy(findings, ({ orderLineNumber }) => orderLineNumber ?? '')
  return [...byLine].flatMap(([orderLineNumber, found]) => {
    const exceptionIds = found.flatMap(({ key }) => caseIdOf(facts, key) ?? [])
    // Until its case is open there is nobody to wait for; it opens in the same decision.
    if (exceptionIds.length === 0) return []
    const sentence = found.map((one) => one.sentence).join('; ')
    return [{ orderLineNumber, exceptionIds, sentence: sentence.slice(0, 1000) }]
  })
}

function blocksMatching(facts: AgreementFacts, { key }: AgreementFinding): boolean {
  return facts.cases.some(
    (one) => facts.caseKeys[one.exceptionId] === key && one.route.blocksMatching && isOpenCase(one),
  )
}

function caseIdOf(facts: AgreementFacts, key: string): string | undefined {
  return facts.cases.findLast((one) => facts.caseKeys[one.exceptionId] === key)?.exceptionId
}

/**
 * What the case about contradicting texts is wanted for; null while no two texts of the version that counts say different
 * things. Each further text that contradicts is another case. A case opened before cases named their version is about the
 * only contradiction there is.
 */
export function contradictionKey(facts: AgreementFacts): string | null {
  const others = contradictingAgreements(facts).length
  const current = currentAgreement(facts)
  if (others === 0 || current === null) return null
  const isNamedSo = Object.values(facts.caseKeys).includes(unversionedKey)
  if (isNamedSo && contradictionsIn(facts) === 1) return unversionedKey
  return `${unversionedKey}/${current.version}/${current.revision}/${others}`
}

const unversionedKey = 'contradiction'

/** How many texts say something else than one that came under the same version and revision. */
function contradictionsIn({ versions }: AgreementFacts): number {
  const numbers = versions.map(({ document }) => `${document.version}/${document.revision}`)
  return numbers.length - new Set(numbers).size
}
