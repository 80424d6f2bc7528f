import { CalendarDate, LocationId, SupplierId, TenantId } from '@counterfoil/core'
import * as z from 'zod'

const reason = z.string().trim().min(1).max(1000)

/**
 * What is struck. A `site` is a place goods leave or are to come to, ours or a customer's. An `item` is meant by any number
 * a trading partner calls it by. A `lane` leads from a supplier, or from the place its notices name, to a place goods are to
 * come to.
 */
export const Struck = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('supplier'), supplier: SupplierId }),
  z.strictObject({ kind: z.literal('site'), site: LocationId }),
  z.strictObject({ kind: z.literal('item'), item: z.string().min(1).max(80) }),
  z.strictObject({
    kind: z.literal('lane'),
    from: z.string().min(1).max(120),
    to: LocationId,
  }),
])
export type Struck = z.infer<typeof Struck>

/** Something that stops goods from coming: a supplier fails, a port is shut, an item is recalled. Both days are in it. */
export const Disruption = z
  .strictObject({
    tenant: TenantId,
    what: Struck,
    from: CalendarDate,
    /** Null: nobody knows yet how long. */
    until: CalendarDate.nullable(),
    reason,
  })
  .refine(({ from, until }) => until === null || until >= from, {
    path: ['until'],
    message: 'it ends before it begins',
  })
export type Disruption = z.infer<typeof Disruption>

/**
 * Whether goods that are expected on a day are struck. What should have come already has not come yet, so it comes today at
 * the earliest; and what has no day may come on any.
 */
export function isInWindow(
  { from, until }: Pick<Disruption, 'from' | 'until'>,
  { day, today }: { readonly day: CalendarDate | null; readonly today: CalendarDate },
): boolean {
  if (day === null) return true
  const earliest = day < today ? today : day
  return earliest >= from && (until === null || earliest <= until)
}
