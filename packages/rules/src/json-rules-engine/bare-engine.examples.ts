import { Engine, type RuleProperties, type TopLevelCondition } from 'json-rules-engine'

/** JSON that json-rules-engine is given without any check of ours. */
type Unchecked = { readonly [field: string]: unknown }

/** json-rules-engine as it comes, with rules nobody has checked; a rule is given only what matters. */
export const bareEngine = (rules: readonly Unchecked[], named: Unchecked = {}): Engine => {
  const engine = new Engine([], { allowUndefinedFacts: true })
  for (const [name, json] of Object.entries(named)) {
    engine.setCondition(name, copyOf<TopLevelCondition>(json))
  }
  for (const rule of rules) {
    engine.addRule(copyOf<RuleProperties>({ event: { type: 'fired' }, ...rule }))
  }
  return engine
}

/** Whether one rule with these conditions fires in json-rules-engine as it comes. */
export const firesUnchecked = async (
  conditions: unknown,
  facts: Unchecked = {},
  named: Unchecked = {},
): Promise<boolean> => {
  const { events } = await bareEngine([{ conditions }], named).run({ ...facts })
  return events.length > 0
}

const copyOf = <Copy>(json: unknown): Copy => JSON.parse(JSON.stringify(json))
