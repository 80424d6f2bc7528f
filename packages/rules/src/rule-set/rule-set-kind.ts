import * as z from 'zod'
import type { RuleEventType } from './rule-event.ts'

/**
 * What a rule set decides: how far values may differ, what is checked, who answers and by when, or who
 * has to approve.
 */
export const RuleSetKind = z.enum(['tolerance', 'matching', 'routing', 'approval'])
export type RuleSetKind = z.infer<typeof RuleSetKind>

/** The answers a rule set of each kind may give. */
export const eventTypesOfKind = {
  tolerance: ['tolerance'],
  matching: ['check', 'conduct'],
  routing: ['route', 'timing'],
  approval: ['approval'],
} as const satisfies Readonly<Record<RuleSetKind, readonly RuleEventType[]>>
