import {
  decide,
  evaluateRecord,
  evaluateRuleSet,
  loadRuleSet,
  type LoadedRuleSet,
  makeEvaluator,
  type RuleSetCase,
  writeDecisionRecord,
} from '@counterfoil/rules'
import { english, explainDecision, german } from '@counterfoil/rules/explain'

/** A rule set as its files say it, those it extends before it. */
export type RuleSetFiles = { readonly json: unknown; readonly cases: readonly RuleSetCase[] }

/**
 * Everything a host may be told about each case of the rule sets, as text: the set with its hash, the answers
 * in both ways of asking, the record, and the explanation. The same here and in a page.
 */
export const answersTo = (sets: readonly RuleSetFiles[]): readonly string[] => {
  const bases: LoadedRuleSet[] = []
  return sets.flatMap(({ json, cases }) => {
    const loaded = loadRuleSet(json, { bases })
    bases.push(loaded)
    const evaluator = makeEvaluator([loaded])
    return cases.map(({ name, facts }) => {
      const record = decide(loaded, facts)
      return JSON.stringify({
        set: loaded.reference,
        name,
        answers: evaluateRuleSet(loaded, facts),
        answersOfRecord: evaluateRecord(loaded, record),
        record: writeDecisionRecord(record),
        fired: [...evaluator.fire(facts)],
        first: evaluator.first(facts),
        explained: [english, german].map((language) =>
          explainDecision(loaded, record, { language }),
        ),
      })
    })
  })
}
