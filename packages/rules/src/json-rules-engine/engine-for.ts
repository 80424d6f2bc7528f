import { Engine, type RuleProperties, type TopLevelCondition } from 'json-rules-engine'
import { operators } from '../evaluate/operators.ts'
import type { LoadedRuleSet } from '../rule-set/loaded-rule-set.ts'

const ownOperators = Object.entries(operators).filter(([name]) => name.includes('-'))

/**
 * A json-rules-engine with the rules, the named conditions and the added operators of a rule set, for
 * what a rule set alone cannot do: facts that are fetched, rules that add facts for later rules. Make one
 * for each run: two runs on one engine share its status, and the one that ends first makes the other
 * drop its remaining rules without a word.
 */
export const engineFor = (loaded: LoadedRuleSet): Engine => {
  const engine = new Engine([], { allowUndefinedFacts: true })
  for (const [name, operator] of ownOperators) engine.addOperator(name, operator.holds)
  for (const [name, json] of Object.entries(loaded.conditions)) {
    engine.setCondition(name, copyOf<TopLevelCondition>(json))
  }
  for (const rule of loaded.rules) engine.addRule(copyOf<RuleProperties>(rule.json))
  return engine
}

// The engine writes into what it is given, and a loaded rule set cannot be written into.
const copyOf = <Copy>(json: unknown): Copy => JSON.parse(JSON.stringify(json))
