import type { PolicyFacts } from '@counterfoil/core'
import {
  decide,
  evaluateRecord,
  evaluateRuleSet,
  type EvaluableRuleSet,
  makeEvaluator,
  readDecisionRecord,
  readEvaluableRuleSet,
  writeDecisionRecord,
} from '@counterfoil/rules/evaluate'

/** A checked rule set as it is shipped to be evaluated, and the facts it is asked about. */
export type ShippedSet = { readonly text: string; readonly facts: readonly PolicyFacts[] }

/** What a page that only evaluates decides about each of the facts, as text. */
export const decisionsOfShipped = (sets: readonly ShippedSet[]): readonly string[] =>
  sets.flatMap(({ text, facts }) => decisionsBy(readEvaluableRuleSet(text), facts))

/** The record of each decision, what it says when it is read again, and the rules that fire, as text. */
export const decisionsBy = (
  ruleSet: EvaluableRuleSet,
  asked: readonly PolicyFacts[],
): readonly string[] => {
  const evaluator = makeEvaluator([ruleSet])
  return asked.map((facts) => {
    const line = writeDecisionRecord(decide(ruleSet, facts))
    return JSON.stringify({
      line,
      answersOfRecord: evaluateRecord(ruleSet, readDecisionRecord(line)),
      answers: evaluateRuleSet(ruleSet, facts),
      fired: [...evaluator.fire(facts)],
      first: evaluator.first(facts),
    })
  })
}
