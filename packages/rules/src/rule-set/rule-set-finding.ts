import { CounterfoilError } from '@counterfoil/core'

/** One thing wrong with a rule set: where, as a JSON pointer (RFC 6901), and what to do about it. */
export type RuleSetFinding = {
  /** `/rules/2/event/params/lower`; empty for the whole document. */
  readonly pointer: string
  /** What is wrong and how to mend it, for the person who writes the rules. */
  readonly sentence: string
}

/** The pointer one step further in; `~` and `/` in a key are escaped. */
export const pointerTo = (pointer: string, key: string | number): string =>
  `${pointer}/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`

/** The error for a rule set that cannot be loaded, with everything that is wrong with it. */
export const ruleSetInvalid = (
  name: string,
  findings: readonly RuleSetFinding[],
): CounterfoilError => {
  const [first] = findings
  const others = findings.length > 1 ? ` (and ${findings.length - 1} more)` : ''
  return new CounterfoilError(
    'RULE_SET_INVALID',
    `cannot load rule set \`${name}\`, at \`${first?.pointer ?? ''}\`: ${first?.sentence ?? ''}${others}`,
    { details: { ruleSet: name, findings } },
  )
}
