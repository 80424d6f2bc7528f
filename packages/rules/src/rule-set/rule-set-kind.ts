import * as z from 'zod'

/**
 * What a rule set decides: how far values may differ, what is checked, who answers and by when, or who
 * has to approve.
 */
export const RuleSetKind = z.enum(['tolerance', 'matching', 'routing', 'approval'])
export type RuleSetKind = z.infer<typeof RuleSetKind>
