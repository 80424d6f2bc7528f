import type { PolicyFacts } from '@counterfoil/core'
import type { Engine, RuleResult } from 'json-rules-engine'
import { fetchOne, type FactSources } from '../fetch/fetch-facts.ts'
import type { FactFetch } from '../fetch/fact-fetch.ts'
import { nameOfFetch } from '../fetch/fetched-facts.ts'
import type { LoadedRuleSet } from '../rule-set/loaded-rule-set.ts'
import { engineFor } from './engine-for.ts'

/** What a run of json-rules-engine may be given beside the rule set and the facts. */
export type RunOptions = {
  /** Where fetched facts come from; asked when a rule looks at the fact, once for each of its params. */
  readonly sources?: FactSources
  readonly signal?: AbortSignal
  /** Gets the engine of this run before it starts: for operators, facts, rules and handlers of your own. */
  readonly prepare?: (engine: Engine) => void
}

/** A rule that fired in a run, and its event as json-rules-engine gives it. */
export type FiredRule = {
  readonly rule: string
  readonly priority: number
  readonly event: RuleResult['event']
}

/**
 * Runs a rule set in a json-rules-engine of its own, for what checked rules alone cannot do: facts fetched
 * only when a rule needs them, operators of your own, handlers that add facts for rules of lower priority.
 * Returns what fired by priority, then as declared; rules added in `prepare` come after the set's own of
 * the same priority. Where a fact cannot be fetched the run fails with `FACT_UNAVAILABLE`.
 */
export const runWithJsonRulesEngine = async (
  loaded: LoadedRuleSet,
  facts: PolicyFacts,
  { sources, signal = new AbortController().signal, prepare }: RunOptions = {},
): Promise<readonly FiredRule[]> => {
  signal.throwIfAborted()
  const engine = engineFor(loaded)
  if (sources !== undefined) addSources(engine, loaded, sources, { facts, signal })
  prepare?.(engine)
  const { results } = await engine.run({ ...facts })
  const places = new Map(loaded.rules.map(({ name }, index) => [name, index]))
  const placeOf = ({ rule }: FiredRule): number => places.get(rule) ?? loaded.rules.length
  return results
    .map(({ name, priority, event }): FiredRule => {
      return { rule: String(name), priority: Number(priority ?? 1), event }
    })
    .toSorted((a, b) => b.priority - a.priority || placeOf(a) - placeOf(b))
}

type Context = Parameters<typeof fetchOne>[2]

// json-rules-engine keeps fetched facts under a number made of the params, which two params can share; here
// they are kept under the params themselves.
const addSources = (
  engine: Engine,
  { fetches }: LoadedRuleSet,
  sources: FactSources,
  context: Context,
): void => {
  const byName = new Map(fetches.map((fetch) => [fetch.name, fetch]))
  const values = new Map<string, Promise<unknown>>()
  const valueOf = (fetch: FactFetch): Promise<unknown> => {
    const known = values.get(fetch.name)
    if (known !== undefined) return known
    const value = fetchOne(fetch, sources, context).then(([, one]) => one)
    values.set(fetch.name, value)
    return value
  }
  for (const fact of new Set(fetches.map((fetch) => fetch.fact))) {
    const fetched = (params: unknown): unknown => {
      const fetch = byName.get(nameOfFetch(fact, params))
      return fetch === undefined ? undefined : valueOf(fetch)
    }
    engine.addFact(fact, fetched, { cache: false })
  }
}
