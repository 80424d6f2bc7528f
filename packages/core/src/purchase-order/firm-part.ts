import { sumDecimals } from '../decimal/decimal-arithmetic.ts'
import { PositiveDecimal } from '../decimal/decimal.ts'
import type { OrderLine } from './order-line.ts'
import type { OrderSchedule } from './order-schedule.ts'

/** True for a delivery that binds the buyer; what is planned or forecast does not. */
export function isFirm({ commitment }: Pick<OrderSchedule, 'commitment'>): boolean {
  return commitment === undefined || commitment === 'firm'
}

/**
 * What is ordered firmly of a line: its firm deliveries alone, and their quantity. Null where all of it is a plan or a
 * forecast. A line priced by weight of which only a part is firm does not say what that part weighs.
 */
export function firmPart(line: OrderLine): OrderLine | null {
  const schedules = line.schedules.filter(isFirm)
  if (schedules.length === line.schedules.length) return line
  if (schedules.length === 0) return null
  const known = parts.get(line)
  if (known !== undefined) return known
  const { pricingQuantityOrdered: _, ...rest } = line
  const quantity = sumDecimals(schedules.map(({ quantityOrdered }) => quantityOrdered))
  const part = { ...rest, quantityOrdered: PositiveDecimal.parse(quantity), schedules }
  parts.set(line, part)
  return part
}

// A line is the same object until another version comes; so is its part, as caches are kept by it.
const parts = new WeakMap<OrderLine, OrderLine>()
