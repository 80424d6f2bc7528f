import type { World } from '../world/world.ts'

/** Something that must always hold and does not: which invariant, where, and in words. */
export type Violation = {
  /** Number of the invariant, 1 to 25. */
  readonly invariant: number
  /** `order:tenant/buyer/4711`; null where it is about no single aggregate. */
  readonly place: string | null
  readonly sentence: string
}

/** What one checker found, without the number. */
export type Breach = Omit<Violation, 'invariant'>

/** One invariant: its number, what it says, and the checker. */
export type Invariant = {
  readonly number: number
  readonly title: string
  readonly check: (world: World) => readonly Breach[]
}

/** A finding about an order. */
export function atOrder(key: string, sentence: string): Breach {
  return { place: `order:${key}`, sentence }
}

/** A finding about an invoice. */
export function atInvoice(key: string, sentence: string): Breach {
  return { place: `invoice:${key}`, sentence }
}
