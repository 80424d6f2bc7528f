import { canonicalJson } from '@counterfoil/core'
import { answersOf, type RuleSetEvaluation } from '../evaluate/evaluate-rule-set.ts'
import type { EvaluableRuleSet } from '../evaluate/evaluable-rule-set.ts'
import { preparedRules } from '../evaluate/prepared-rules.ts'
import { isBitSet, writeBits } from '../evaluate/decision-bits.ts'
import type { DecisionLog } from './log-decisions.ts'
import { runOnLog } from './run-on-log.ts'

/** What two versions make of recorded decisions. */
export type DecisionReplay = {
  readonly decisions: number
  /** Decisions that the version before does not decide as they were recorded. */
  readonly notReproduced: number
  /** Decisions to which the versions give other answers. */
  readonly changed: number
  /** What they say where other rules fire or other answers are given, the most frequent first. */
  readonly differences: readonly DecisionDifference[]
}

/** One way in which the versions differ, and how often. */
export type DecisionDifference = {
  readonly before: RuleSetEvaluation
  readonly after: RuleSetEvaluation
  /** False where other rules fire and the answers are alike. */
  readonly isOtherAnswer: boolean
  readonly decisions: number
  /** The number of the first of them in the log. */
  readonly first: number
}

/** The versions to compare; the log says what the one it was recorded by decided. */
export type ReplayedVersions = {
  readonly before: EvaluableRuleSet
  readonly after: EvaluableRuleSet
}

/**
 * Decides recorded decisions again by two versions and says how they differ. Throws `FACT_UNAVAILABLE` where a
 * version looks at a place that was not recorded.
 */
export const replayDecisions = (
  log: DecisionLog,
  { before, after }: ReplayedVersions,
): DecisionReplay => {
  const [fireBefore, fireAfter] = [runOnLog(before, log), runOnLog(after, log)]
  const [outcomesBefore, outcomesAfter] = [startOutcomes(before), startOutcomes(after)]
  const pairs: (Pair | undefined)[][] = []
  const isReproduced = before.reference.hash === log.hash ? reproducing(log, outcomesBefore) : null
  let notReproduced = 0
  for (let decision = 0; decision < log.decisions; decision += 1) {
    const one = outcomesBefore.numberOf(fireBefore(decision))
    const other = outcomesAfter.numberOf(fireAfter(decision))
    const row = (pairs[one] ??= [])
    const pair = row[other]
    if (pair === undefined) row[other] = { one, other, decisions: 1, first: decision }
    else pair.decisions += 1
    if (isReproduced?.(decision, one) === false) notReproduced += 1
  }
  const differences = pairs
    .flat()
    .flatMap((pair) =>
      pair === undefined ? [] : (differenceOf(pair, outcomesBefore, outcomesAfter) ?? []),
    )
    .toSorted((a, b) => b.decisions - a.decisions || a.first - b.first)
  const changed = differences
    .filter(({ isOtherAnswer }) => isOtherAnswer)
    .reduce((sum, { decisions }) => sum + decisions, 0)
  return { decisions: log.decisions, notReproduced, changed, differences }
}

/** Whether an outcome of a decision is the one that was recorded. Texts alike are compared once. */
const reproducing = (
  { fired: { values, numbers } }: DecisionLog,
  outcomes: Outcomes,
): ((decision: number, outcome: number) => boolean) => {
  const known: number[] = values.map(() => -1)
  return (decision, outcome) => {
    const number = numbers[decision] ?? 0
    if (known[number] === outcome) return true
    if (values[number] !== outcomes.bitsOf(outcome)) return false
    known[number] = outcome
    return true
  }
}

type Pair = {
  readonly one: number
  readonly other: number
  decisions: number
  readonly first: number
}

/** The outcomes of a version that occurred: which rules fire, numbered as they come. */
type Outcomes = {
  readonly numberOf: (fired: Int32Array) => number
  readonly bitsOf: (outcome: number) => string
  readonly evaluationOf: (outcome: number) => RuleSetEvaluation
}

const startOutcomes = (ruleSet: EvaluableRuleSet): Outcomes => {
  const { rules } = preparedRules(ruleSet)
  const numbers = new Map<number | string, number>()
  const bits: string[] = []
  const isOneWord = rules.length <= 32
  let last: { readonly key: number | string; readonly outcome: number } | null = null
  const write = (fired: Int32Array): string =>
    writeBits(rules.length, (rule) => (((fired[rule >> 5] ?? 0) >>> (rule & 31)) & 1) === 1)
  return {
    numberOf: (fired) => {
      const key = isOneWord ? (fired[0] ?? 0) : fired.join()
      if (last?.key === key) return last.outcome
      const outcome = numbers.get(key) ?? bits.length
      if (outcome === bits.length) {
        numbers.set(key, outcome)
        bits.push(write(fired))
      }
      last = { key, outcome }
      return outcome
    },
    bitsOf: (outcome) => bits[outcome] ?? '',
    evaluationOf: (outcome) => {
      const text = bits[outcome] ?? ''
      const fired = rules.filter((_, rule) => isBitSet(text, rule))
      return { fired: fired.map(({ name }) => name), answers: answersOf(ruleSet, fired) }
    },
  }
}

const differenceOf = (
  { one, other, decisions, first }: Pair,
  outcomesBefore: Outcomes,
  outcomesAfter: Outcomes,
): DecisionDifference | null => {
  const [before, after] = [outcomesBefore.evaluationOf(one), outcomesAfter.evaluationOf(other)]
  const isOtherAnswer = eventsOf(before) !== eventsOf(after)
  if (!isOtherAnswer && canonicalJson(before.fired) === canonicalJson(after.fired)) return null
  return { before, after, isOtherAnswer, decisions, first }
}

const eventsOf = ({ answers }: RuleSetEvaluation): string =>
  canonicalJson(answers.map(({ event }) => event))
