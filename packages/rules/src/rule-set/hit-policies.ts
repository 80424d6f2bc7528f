import type { HitPolicy, RuleEventType } from './rule-event.ts'

/** How the answers of each type are chosen where a set says nothing. Checks add up; of everything else only one can hold. */
export const hitPolicies: Readonly<Record<RuleEventType, HitPolicy>> = {
  tolerance: 'first',
  check: 'collect',
  conduct: 'first',
  route: 'first',
  timing: 'first',
  approval: 'first',
}
