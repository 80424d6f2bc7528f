import type { Engine } from 'json-rules-engine'
import { evaluateRuleSet } from '../evaluate/evaluate-rule-set.ts'
import { inOrderOfPriority } from '../evaluate/hit-policy.ts'
import { makeEvaluator } from '../evaluate/make-evaluator.ts'
import { readFactPath } from '../facts/fact-path.ts'
import { checkRuleSet, loadRuleSet } from '../rule-set/load-rule-set.ts'
import type { LoadedRuleSet } from '../rule-set/loaded-rule-set.ts'
import type { ExampleJson } from '../rule-set/rule-set.examples.ts'
import { chanceOf } from './chance.examples.ts'
import { engineFor } from './engine-for.ts'
import { randomLargeRuleSet } from './random-large-rule-set.examples.ts'
import { randomFacts, randomFetched, randomRuleSet } from './random-rule-set.examples.ts'

/** What comparing both evaluators on one random rule set came to. */
export type Comparison = {
  readonly rulesWritten: number
  /** Rules the loader took; those it refused are never evaluated. */
  readonly rulesTaken: number
  readonly cases: number
  /** Rules that fired, over all cases. */
  readonly fired: number
  /** Cases that differ as the written list of differences says, by reason. */
  readonly listed: Readonly<Record<ListedDifference, number>>
  readonly differences: readonly Difference[]
}

/** A case the evaluators decide differently, for no reason on the list, or ours does asked in another way. */
export type Difference = {
  readonly ruleSet: ExampleJson
  readonly facts: ExampleJson
  readonly ours: readonly string[]
  /** The rule we name where only the first is asked for. */
  readonly first: string | undefined
  readonly theirs: readonly string[]
}

/** A random rule set and how many random facts it is tried on; the same again for the same seed. */
export type CompareEvaluators = {
  readonly seed: number
  readonly factsCount: number
  /** Whether the set is one of many rules over few places. */
  readonly isLarge: boolean
}

/** Compares both evaluators on the random rule set of a seed, on so many random facts. */
export const compareEvaluators = async ({
  seed,
  factsCount,
  isLarge,
}: CompareEvaluators): Promise<Comparison> => {
  const chance = chanceOf(seed)
  const written = isLarge ? randomLargeRuleSet(chance) : randomRuleSet(chance)
  const rulesWritten = rulesOf(written).length
  const taken = withoutRefused(written)
  if (taken === null) {
    return { rulesWritten, rulesTaken: 0, cases: 0, fired: 0, listed: noneListed, differences: [] }
  }
  const loaded = loadRuleSet(taken, { fetched: randomFetched })
  const names = loaded.fetches.map(({ name }) => name)
  const theirs = engineFor(loaded)
  const evaluator = makeEvaluator([loaded])
  const differences: Difference[] = []
  const listed = { ...noneListed }
  let fired = 0
  for (let index = 0; index < factsCount; index += 1) {
    const facts = randomFacts(chance, names)
    const ours = evaluateRuleSet(loaded, facts).fired
    fired += ours.length
    const first = evaluator.rules[evaluator.first(facts) ?? -1]?.name
    const reference = await firedBy(theirs, loaded, facts)
    const isOneAnswer = first === ours[0]
    if (isOneAnswer && isSame(ours, reference)) continue
    const reason = isOneAnswer ? await reasonOf(loaded, facts, ours) : null
    if (reason === null) differences.push({ ruleSet: taken, facts, ours, first, theirs: reference })
    else listed[reason] += 1
  }
  const rulesTaken = rulesOf(taken).length
  return { rulesWritten, rulesTaken, cases: factsCount, fired, listed, differences }
}

/**
 * The differences there may be, each of them only on facts that are not of their type. `order`: before and
 * after are only between two numbers and between two days. `position`: a text has no members by position.
 */
type ListedDifference = 'order' | 'position' | 'order and position'

const noneListed: Readonly<Record<ListedDifference, number>> = {
  order: 0,
  position: 0,
  'order and position': 0,
}

/** json-rules-engine with the differences of the list taken out of it, as few as will do first. */
const strictEngines: Readonly<Record<ListedDifference, (loaded: LoadedRuleSet) => Engine>> = {
  order: (loaded) => withStrictOrder(engineFor(loaded)),
  position: (loaded) => engineFor(loaded, { pathResolver }),
  'order and position': (loaded) => withStrictOrder(engineFor(loaded, { pathResolver })),
}

const reasons = [
  'order',
  'position',
  'order and position',
] as const satisfies readonly ListedDifference[]

const reasonOf = async (
  loaded: LoadedRuleSet,
  facts: ExampleJson,
  ours: readonly string[],
): Promise<ListedDifference | null> => {
  for (const reason of reasons) {
    if (isSame(ours, await firedBy(strictEngines[reason](loaded), loaded, facts))) return reason
  }
  return null
}

// The engine looks into a text by position as if it were a list of letters.
const pathResolver = (value: object, path: string): unknown =>
  (readFactPath(path) ?? []).reduce<unknown>(
    (at, step) =>
      typeof at === 'object' && at !== null && Object.hasOwn(at, step)
        ? Reflect.get(at, step)
        : undefined,
    value,
  )

const rulesOf = (json: ExampleJson): readonly unknown[] => {
  const { rules } = json
  return Array.isArray(rules) ? rules : []
}

/** The set without the rules the loader finds something in; null where none is left. */
const withoutRefused = (json: ExampleJson): ExampleJson | null => {
  const findings = checkRuleSet(json, { fetched: randomFetched })
  if (findings.length === 0) return json
  const refused = new Set(findings.map(({ pointer }) => /^\/rules\/(\d+)\//.exec(pointer)?.[1]))
  const rules = rulesOf(json).filter((_, index) => !refused.has(String(index)))
  // What is left may still use a named condition with a mistake in it.
  const rest = { ...json, rules }
  return rules.length > 0 && checkRuleSet(rest, { fetched: randomFetched }).length === 0
    ? rest
    : null
}

const isSame = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((name, index) => name === other[index])

const firedBy = async (
  engine: Engine,
  loaded: LoadedRuleSet,
  facts: ExampleJson,
): Promise<readonly string[]> => {
  const { results } = await engine.run({ ...facts })
  const names = new Set(results.map(({ name }) => name))
  return inOrderOfPriority(loaded.rules)
    .map(({ name }) => name)
    .filter((name) => names.has(name))
}

const dayPattern = /^\d{4}-\d{2}-\d{2}$/

const isOrdered = (left: unknown, right: unknown): boolean =>
  (typeof left === 'number' && typeof right === 'number') ||
  (typeof left === 'string' &&
    typeof right === 'string' &&
    dayPattern.test(left) &&
    dayPattern.test(right))

type Ordering = (left: never, right: never) => boolean

const orderings: Readonly<Record<string, Ordering>> = {
  lessThan: (left, right) => left < right,
  lessThanInclusive: (left, right) => left <= right,
  greaterThan: (left, right) => left > right,
  greaterThanInclusive: (left, right) => left >= right,
}

const withStrictOrder = (engine: Engine): Engine => {
  for (const [name, ordering] of Object.entries(orderings)) {
    engine.addOperator<never, never>(
      name,
      (left, right) => isOrdered(left, right) && ordering(left, right),
    )
  }
  return engine
}
