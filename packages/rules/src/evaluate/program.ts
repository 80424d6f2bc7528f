import type { PlaceReader } from '../facts/place-reader.ts'
import type { EvaluablePlace, EvaluableRule } from './evaluable-rule-set.ts'
import { type IndexNode, makeIndex } from './make-index.ts'
import { linkCondition, type ProgramNode, startLink } from './program-node.ts'
import { readerOf } from './read-place.ts'
import { startTermMemory, termsOf } from './terms.ts'

/**
 * Rules made ready to run: every place of the facts is a numbered slot, and an index says, from the values
 * in few of them, which rules can fire at all. Nothing is generated as code, so it runs under a strict
 * content-security policy.
 */
export type Program = {
  readonly slots: readonly EvaluablePlace[]
  /** One for each slot. */
  readonly readers: readonly PlaceReader[]
  /** One for each rule, in the order the rules were given. */
  readonly conditions: readonly ProgramNode[]
  /** The same rules by what they look at; null where there are none. */
  readonly index: IndexNode | null
}

/** Makes rules ready to run. */
export const makeProgram = (rules: readonly Pick<EvaluableRule, 'condition'>[]): Program => {
  const link = startLink()
  const memory = startTermMemory()
  const conditions = rules.map((rule) => linkCondition(rule.condition, link))
  const terms = rules.flatMap(({ condition }, rule) =>
    termsOf({ condition, isNegated: false }, memory).map((conjunction) => ({ rule, conjunction })),
  )
  return {
    slots: link.places,
    readers: link.places.map(readerOf),
    conditions,
    index: makeIndex(terms, link, memory),
  }
}
