import { resultTrees, resultTreesOfRecord } from '@counterfoil/rules'
import {
  decide,
  evaluateRecord,
  evaluateRuleSet,
  makeEvaluator,
  readDecisionRecord,
  readEvaluableRuleSet,
  writeDecisionRecord,
  writeEvaluableRuleSet,
} from '@counterfoil/rules/evaluate'
import { explainDecision } from '@counterfoil/rules/explain'
import { ruleSetFolders } from '../scripts/rule-set-folders.ts'

/** Everything that evaluating and explaining says of every case of the rule sets that come with the package. */
export const decideEveryCase = (): readonly string[] =>
  ruleSetFolders().flatMap(({ name, loaded, cases }) => {
    const shipped = readEvaluableRuleSet(writeEvaluableRuleSet(loaded))
    const evaluator = makeEvaluator([loaded])
    return cases.map(({ facts }) => {
      const line = writeDecisionRecord(decide(shipped, facts))
      const record = readDecisionRecord(line)
      return JSON.stringify({
        name,
        line,
        evaluation: evaluateRuleSet(loaded, facts),
        recorded: evaluateRecord(loaded, record),
        bits: [...evaluator.fire(facts)],
        first: evaluator.first(facts),
        trees: resultTrees(loaded, facts),
        recordedTrees: resultTreesOfRecord(loaded, record),
        sentences: explainDecision(loaded, record).rules.map(({ sentence }) => sentence),
      })
    })
  })
