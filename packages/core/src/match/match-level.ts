import * as z from 'zod'

/** How much of the paper trail must agree: nothing, invoice totals, price (2), + received (3), + accepted (4). */
export const MatchLevel = z.enum(['none', 'totals', 'two-way', 'three-way', 'four-way'])
export type MatchLevel = z.infer<typeof MatchLevel>

const name = z.string().min(1).max(80)

/** Match levels by item and supplier, by item, by supplier, and for the whole legal entity. */
export const MatchLevelTable = z.strictObject({
  /** For an item bought from a supplier. */
  itemAndSupplier: z.array(z.strictObject({ item: name, supplier: name, level: MatchLevel })),
  /** For an item, whoever sells it. */
  item: z.array(z.strictObject({ item: name, level: MatchLevel })),
  /** For a supplier, whatever it sells. */
  supplier: z.array(z.strictObject({ supplier: name, level: MatchLevel })),
  /** For everything else; null for none. */
  legalEntity: MatchLevel.nullable(),
})
export type MatchLevelTable = z.infer<typeof MatchLevelTable>
