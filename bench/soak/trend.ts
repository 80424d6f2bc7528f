import { median } from '../race.ts'

/** How a row of values went: whether it rose for certain, and by how much of its middle value from first to last. */
export type Trend = { readonly rises: boolean; readonly growth: number }

// One in a thousand rows without a trend is taken for one that rises.
const certainty = 3.09
// Less than this of its middle value over the whole time is flat, however certain.
const growthMin = 0.1

/**
 * The test of Mann and Kendall: of all pairs, how many rise and how many fall. It asks nothing of how values are spread, and
 * one that stands out does not sway it. The growth is by the slope of Theil and Sen, the median slope of all pairs.
 */
export function trendOf(values: readonly number[]): Trend {
  const pairs = values.flatMap((earlier, index) =>
    values
      .slice(index + 1)
      .map((later, distance) => ({ rise: later - earlier, steps: distance + 1 })),
  )
  const count = values.length
  const score = pairs.reduce((sum, { rise }) => sum + Math.sign(rise), 0)
  const spread = Math.sqrt((count * (count - 1) * (2 * count + 5)) / 18)
  const slope = median(pairs.map(({ rise, steps }) => rise / steps))
  const growth = (slope * (count - 1)) / median(values)
  return { rises: (score - Math.sign(score)) / spread > certainty && growth > growthMin, growth }
}
