import { isDenial } from '../rule-set/is-denial.ts'
import { hitPolicies } from '../rule-set/hit-policies.ts'
import type { HitPolicy, RuleEventType } from '../rule-set/rule-event.ts'
import type { EvaluableRule } from './evaluable-rule-set.ts'

/** What the order of rules depends on. */
export type Ranked = Pick<EvaluableRule, 'priority' | 'event' | 'table'>

/**
 * True for a rule that goes before the others of its priority: one that denies. In a table the order of the
 * rows decides, so a row never leaves its place.
 */
export const deniesFirst = ({ event, table }: Pick<Ranked, 'event' | 'table'>): boolean =>
  table === null && isDenial(event)

/** Rules in the order they are tried: higher priority first, of equal ones a denial first, then as declared. */
export const inOrderOfPriority = <One extends Ranked>(rules: readonly One[]): readonly One[] =>
  rules.toSorted(
    (a, b) => b.priority - a.priority || Number(deniesFirst(b)) - Number(deniesFirst(a)),
  )

/** How the answers of a type are chosen in a set that says this, or nothing. */
export const hitPolicyOf = (hitPolicy: HitPolicy | null, type: RuleEventType): HitPolicy =>
  hitPolicy ?? hitPolicies[type]

/**
 * Of rules in order, the first for each planned check: a check is made once, as the rule of higher
 * priority plans it. Rules that plan no check are left out.
 */
export const firstForEachCheck = <One extends { readonly event: EvaluableRule['event'] }>(
  ordered: readonly One[],
): readonly One[] => {
  const names = new Set<string>()
  return ordered.filter(({ event }) => {
    if (event.type !== 'check' || names.has(event.params.name)) return false
    names.add(event.params.name)
    return true
  })
}

/** Of rules of one type that fired, in order, those that decide. Of a `unique` set at most one ever fires. */
export const decidingOf = <One extends { readonly event: EvaluableRule['event'] }>(
  fired: readonly One[],
  hit: HitPolicy,
): readonly One[] => (hit === 'collect' ? firstForEachCheck(fired) : fired.slice(0, 1))
