import {
  type Almanac,
  Engine,
  type EngineOptions,
  type RuleProperties,
  type TopLevelCondition,
} from 'json-rules-engine'
import { nameOfFetch } from '../fetch/fetched-facts.ts'
import { comparisonsIn } from '../evaluate/comparisons-in.ts'
import { testOf } from '../evaluate/operators.ts'
import { writeOperatorName } from '../operators/operator-text.ts'
import type { LoadedRuleSet } from '../rule-set/loaded-rule-set.ts'

/**
 * A json-rules-engine with the rules, the named conditions and the operators of a rule set. Make one for
 * each run: two runs on one engine share its status, and the one that ends first makes the other drop its
 * remaining rules without a word; `stop()` in one stops both; and rules and facts added for one run would
 * stay for the next. A new engine costs a twentieth to a fifth more than a used one.
 *
 * `options` are json-rules-engine's own. What would throw in json-rules-engine where a list is missing (`in`, `someValue` and their like) does not
 * hold here, so that one document without a value cannot end the run of all rules.
 */
export const engineFor = (loaded: LoadedRuleSet, options: EngineOptions = {}): Engine => {
  const engine = new Engine([], { allowUndefinedFacts: true, ...options })
  addOperators(engine, loaded)
  addFetchedFacts(engine, loaded)
  for (const [name, json] of Object.entries(loaded.conditions)) {
    engine.setCondition(name, copyOf<TopLevelCondition>(json))
  }
  for (const rule of loaded.rules) engine.addRule(copyOf<RuleProperties>(rule.json))
  return engine
}

/** json-rules-engine's own operators that stay as they are: they never throw. */
const kept: ReadonlySet<string> = new Set([
  'equal',
  'notEqual',
  'contains',
  'doesNotContain',
  'lessThan',
  'lessThanInclusive',
  'greaterThan',
  'greaterThanInclusive',
])

const addOperators = (engine: Engine, loaded: LoadedRuleSet): void => {
  engine.addOperatorDecorator<unknown, unknown, unknown, unknown>(
    'someValue',
    (fact, value, next) => (isList(value) ? value.some((one) => next(fact, one)) : false),
  )
  engine.addOperatorDecorator<unknown, unknown, unknown, unknown>(
    'everyValue',
    (fact, value, next) => (isList(value) ? value.every((one) => next(fact, one)) : false),
  )
  for (const comparison of comparisonsIn(loaded.rules)) {
    if (kept.has(comparison.operator)) continue
    engine.addOperator(writeOperatorName(comparison), testOf({ ...comparison, decorators: [] }))
  }
}

// A fetched fact stands among the facts under a name that holds its params, so the engine has nothing to
// keep under a number made of them, which two params can share.
const addFetchedFacts = (engine: Engine, { fetches }: LoadedRuleSet): void => {
  for (const fact of new Set(fetches.map((fetch) => fetch.fact))) {
    const fetched = (params: unknown, almanac: Almanac): unknown =>
      almanac.factValue(nameOfFetch(fact, params))
    engine.addFact(fact, fetched, { cache: false })
  }
}

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value)

// The engine writes into what it is given, and a loaded rule set cannot be written into.
const copyOf = <Copy>(json: unknown): Copy => JSON.parse(JSON.stringify(json))
