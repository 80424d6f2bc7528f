import type { LoadedRuleSet } from '../rule-set/loaded-rule-set.ts'
import type { ExampleJson } from '../rule-set/rule-set.examples.ts'
import { engineFor } from './engine-for.ts'

/** The result of every rule of a set on some facts, as json-rules-engine gives it as JSON; rules as declared. */
export const engineTrees = async (
  loaded: LoadedRuleSet,
  facts: ExampleJson,
): Promise<readonly unknown[]> => {
  const { results, failureResults } = await engineFor(loaded).run({ ...facts })
  const byName = new Map([...results, ...failureResults].map((one) => [one.name, one]))
  return loaded.rules.map(({ name }) => JSON.parse(JSON.stringify(byName.get(name)?.toJSON(false))))
}
