import * as z from 'zod'

/**
 * How a digit that must be dropped changes the one before it. `half-up` is the commercial rule: a
 * half goes away from zero, for credits as for invoices. `half-even` is the bankers' rule. `down`
 * cuts towards zero, `up` goes away from zero; `ceiling` and `floor` look at the number line.
 */
export const RoundingMode = z.enum([
  'half-up',
  'half-even',
  'half-down',
  'down',
  'up',
  'ceiling',
  'floor',
])
export type RoundingMode = z.infer<typeof RoundingMode>
