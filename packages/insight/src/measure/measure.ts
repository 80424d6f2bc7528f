import {
  compareInstants,
  type Decimal,
  decimal,
  type Instant,
  type ItemIdentifiers,
} from '@counterfoil/core'
import type { Dimensions, Measurement } from '../measurement.ts'
import { weekOf } from './week-of.ts'

const one = decimal(1)
const none = decimal(0)

/** A measurement with what most have in common left out. */
type Given = Omit<Measurement, 'dimensions' | 'orderKeys'> & {
  readonly orderKeys: readonly string[]
  readonly dimensions: Pick<Dimensions, 'tenant' | 'supplier'> & Partial<Dimensions>
}

/** A measurement, its week counted from its instant. */
export function measured({ dimensions, ...given }: Given): Measurement {
  return {
    ...given,
    dimensions: {
      item: null,
      site: null,
      variant: 'all',
      currency: null,
      ...dimensions,
      week: weekOf(given.at),
    },
  }
}

/** One for what is so, nothing for what is not: figures are added up. */
export function oneIf(isSo: boolean): Decimal {
  return isSo ? one : none
}

/** The first of some instants; null where there is none. */
export function firstOf(instants: readonly Instant[]): Instant | null {
  return instants.toSorted(compareInstants)[0] ?? null
}

/** The buyer's number of an article, else the supplier's; null where neither is known. */
export function itemNumber(item: ItemIdentifiers | undefined): string | null {
  return item?.buyerItem ?? item?.supplierItem ?? null
}
