import type { Decimal } from '@counterfoil/core'

/** How a figure of many measurements becomes one number. */
export type Summary =
  /** How many there are; with a band, those whose figure is at least `from` and less than `below`. */
  | { readonly kind: 'count'; readonly band?: Band }
  /** All of a figure together; null where none has it. */
  | { readonly kind: 'sum'; readonly figure: string; readonly band?: Band }
  /** The sum of one figure over the sum of another; null where that is 0. `complement`: what is left of 1. */
  | {
      readonly kind: 'ratio'
      readonly of: string
      readonly among: string
      readonly isComplement?: true
    }
  /** The smallest value that so many of all are not above (nearest rank). */
  | { readonly kind: 'quantile'; readonly figure: string; readonly share: '0.5' | '0.9' }
  /** Exponentially weighted mean in the order of time: each new value counts for the weight, what was before for the rest. */
  | { readonly kind: 'trend'; readonly figure: string; readonly weight: '0.2' }
  /** How many have not ended. */
  | { readonly kind: 'running' }

/** From a value up to, and without, another; null is without end. */
export type Band = {
  readonly figure: string
  readonly from: Decimal
  readonly below: Decimal | null
}
