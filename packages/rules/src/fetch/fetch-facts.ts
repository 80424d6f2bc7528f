import { CounterfoilError, type PolicyFacts } from '@counterfoil/core'
import type { LoadedRuleSet } from '../rule-set/loaded-rule-set.ts'
import type { FactFetch } from './fact-fetch.ts'

/** What a source is given beside the params of the rule. */
export type FactSourceContext = {
  /** The facts the rules are evaluated on: whose credit rating it is, stands here. */
  readonly facts: PolicyFacts
  /** Aborted where the answer is not waited for any more. */
  readonly signal: AbortSignal
}

/** Gets a fact from where it lives. What it returns has to be of the schema the fact was declared with. */
export type FactSource = (params: unknown, context: FactSourceContext) => unknown

/** The sources of fetched facts, by the name rules use. */
export type FactSources = { readonly [fact: string]: FactSource }

/**
 * Fetches what rule sets look at and the facts do not hold, and returns the facts to evaluate with. Every
 * source is asked once for each of the params that rules name, all at the same time. Evaluating is
 * synchronous afterwards, and a decision keeps the fetched values, so replaying it fetches nothing. Throws
 * `FACT_UNAVAILABLE`, naming the fact, where a source fails, is missing or returns what it should not.
 */
export const fetchFacts = async (
  ruleSets: LoadedRuleSet | readonly LoadedRuleSet[],
  facts: PolicyFacts,
  sources: FactSources,
  { signal }: { readonly signal?: AbortSignal | undefined } = {},
): Promise<PolicyFacts> => {
  signal?.throwIfAborted()
  const fetches = fetchesOf('rules' in ruleSets ? [ruleSets] : ruleSets)
  // Where one fails the others are told that nobody waits for them.
  const failed = new AbortController()
  const context: FactSourceContext = {
    facts,
    signal: signal === undefined ? failed.signal : AbortSignal.any([signal, failed.signal]),
  }
  try {
    const values = await unlessAborted(
      Promise.all(fetches.map((fetch) => fetchOne(fetch, sources, context))),
      signal,
    )
    return { ...facts, ...Object.fromEntries(values) }
  } catch (error) {
    failed.abort()
    throw error
  }
}

/** The sets may look at the same fact; it is fetched once. */
const fetchesOf = (ruleSets: readonly LoadedRuleSet[]): readonly FactFetch[] => [
  ...new Map(
    ruleSets.flatMap(({ fetches }) => fetches.map((one) => [one.name, one] as const)),
  ).values(),
]

/** Asks one source for one fact. */
export const fetchOne = async (
  fetch: FactFetch,
  sources: FactSources,
  context: FactSourceContext,
): Promise<readonly [string, unknown]> => {
  const source = Object.hasOwn(sources, fetch.fact) ? sources[fetch.fact] : undefined
  if (source === undefined) {
    throw unavailable(fetch, 'nothing fetches it: give a source for it', { retryable: false })
  }
  const read = fetch.read(await ask(source, fetch, context))
  if ('value' in read) return [fetch.name, read.value]
  const problem = `its source returned something else than was declared (${read.problem}): correct the source or the schema`
  throw unavailable(fetch, problem, { retryable: false })
}

const ask = async (
  source: FactSource,
  fetch: FactFetch,
  context: FactSourceContext,
): Promise<unknown> => {
  try {
    return await source(structuredClone(fetch.params), context)
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause)
    const retryable = CounterfoilError.is(cause) ? cause.retryable : true
    const problem = `its source failed (${message.slice(0, 200)}): try again, or mend the source`
    throw unavailable(fetch, problem, { retryable, cause })
  }
}

const unavailable = (
  { name, fact, params }: Pick<FactFetch, 'name' | 'fact' | 'params'>,
  problem: string,
  more: { readonly retryable: boolean; readonly cause?: unknown },
): CounterfoilError =>
  new CounterfoilError('FACT_UNAVAILABLE', `cannot fetch the fact \`${name}\`, ${problem}`, {
    details: { fact, params },
    ...more,
  })

const unlessAborted = async <Value>(
  work: Promise<Value>,
  signal: AbortSignal | undefined,
): Promise<Value> => {
  if (signal === undefined) return work
  const aborted = Promise.withResolvers<never>()
  const stop = (): void => aborted.reject(signal.reason)
  signal.addEventListener('abort', stop, { once: true })
  // A source may have called it off while it was asked.
  if (signal.aborted) stop()
  try {
    return await Promise.race([work, aborted.promise])
  } finally {
    signal.removeEventListener('abort', stop)
  }
}
