import type { RuleEventType } from './rule-event.ts'
import type { RuleSetKind } from './rule-set-kind.ts'

/** The answers a rule set of each kind may give. */
export const eventTypesOfKind = {
  tolerance: ['tolerance'],
  matching: ['check', 'conduct'],
  routing: ['route', 'timing'],
  approval: ['approval'],
} as const satisfies Readonly<Record<RuleSetKind, readonly RuleEventType[]>>
