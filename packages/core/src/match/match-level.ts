import * as z from 'zod'

/** How much of the paper trail must agree: nothing, invoice totals, price (2), + received (3), + accepted (4). */
export const MatchLevel = z.enum(['none', 'totals', 'two-way', 'three-way', 'four-way'])
export type MatchLevel = z.infer<typeof MatchLevel>
