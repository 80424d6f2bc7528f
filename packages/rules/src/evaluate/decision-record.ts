/** What stands at a place of the facts: plain JSON. */
export type SlotValue =
  | string
  | number
  | boolean
  | null
  | readonly SlotValue[]
  | { readonly [name: string]: SlotValue }

/**
 * One decision of one rule-set version, as small as it can be kept: which version, which rules fired, and
 * what they looked at. Everything else (what was answered, the whole explanation, how near a limit it was) is
 * derived from it and the version. Plain JSON.
 */
export type DecisionRecord = {
  readonly ruleSet: string
  readonly version: string
  /** sha-256 of the version, hex. */
  readonly hash: string
  /** The rules that fired, as bits: the lowest bit of the first hex digit is the first rule in rank order. */
  readonly fired: string
  /** The places that had a value, as bits in the order of the program's slots. */
  readonly given: string
  /** The values of those places, in that order. */
  readonly slots: readonly SlotValue[]
}
