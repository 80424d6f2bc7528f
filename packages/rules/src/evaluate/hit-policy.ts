import type { CheckedRule } from './checked-rule.ts'

/** Rules in the order they are tried: higher priority first, then as declared. */
export const inOrderOfPriority = <One extends { readonly priority: number }>(
  rules: readonly One[],
): readonly One[] => rules.toSorted((a, b) => b.priority - a.priority)

/**
 * Of rules in order, the first for each planned check: a check is made once, as the rule of higher
 * priority plans it. Rules that plan no check are left out.
 */
export const firstForEachCheck = <One extends { readonly event: CheckedRule['event'] }>(
  ordered: readonly One[],
): readonly One[] => {
  const names = new Set<string>()
  return ordered.filter(({ event }) => {
    if (event.type !== 'check' || names.has(event.params.name)) return false
    names.add(event.params.name)
    return true
  })
}
