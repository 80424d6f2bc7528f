import {
  type CalendarDate,
  calendarDate,
  type Currency,
  type Decimal,
  decimal,
  divideDecimals,
  isPositiveDecimal,
  multiplyDecimals,
  roundToCurrency,
  stableBucket,
  subtractDecimals,
} from '@counterfoil/core'
import { activities, type Telling } from './activities.ts'
import type { RegisterLine } from './read-register.ts'
import type { Trace } from './read-traces.ts'

/** A stated variance, so that tolerances have work: what is billed, counted or promised otherwise than ordered. */
export type Variance = 'none' | 'price' | 'quantity' | 'date'

/** An order line of the log with the content of the register, and how its quantity is split. */
export type OrderPlan = {
  readonly orderNumber: string
  readonly orderLineNumber: string
  readonly content: RegisterLine
  readonly createdOn: CalendarDate
  readonly variance: Variance
  /** What each receipt counts, in turn. */
  readonly received: readonly Decimal[]
  /** What each invoice bills, in turn. */
  readonly invoiced: readonly Decimal[]
}

/** Joins a trace with a line of the register. Receipts and invoices split the quantity equally, the last takes the rest. */
export function planOrder(trace: Trace, content: RegisterLine): OrderPlan {
  const told = trace.events.map(([, activity]) => tellingOf(activity))
  const count = (...tellings: readonly Telling[]): number =>
    told.filter((telling) => telling !== null && tellings.includes(telling)).length
  const receipts = count('goods-received', 'service-received')
  const invoices = Math.max(count('invoice-sent'), count('invoice-known'))
  const created = trace.events.find(([, activity]) => tellingOf(activity) === 'order-issued')
  const [at] = created ?? trace.events[0] ?? ['1970-01-01']
  return {
    orderNumber: `${trace.po}-${trace.line}`,
    orderLineNumber: trace.line,
    content,
    createdOn: calendarDate(at.slice(0, 10)),
    variance: varianceOf(`${trace.po}/${trace.line}`),
    received: split(content.quantity, receipts),
    invoiced: split(content.quantity, invoices),
  }
}

/** Equal parts of a quantity, rounded down to as many places as it takes, and the rest on the last. */
export function split(quantity: Decimal, parts: number): readonly Decimal[] {
  if (parts === 0) return []
  const part = equalPart(quantity, parts)
  const before = multiplyDecimals(part, decimal(parts - 1))
  return [...Array.from({ length: parts - 1 }, () => part), subtractDecimals(quantity, before)]
}

/** Six places, or as many more as a tiny quantity needs. */
function equalPart(quantity: Decimal, parts: number): Decimal {
  const part = divideDecimals(quantity, decimal(parts), 6, 'down')
  return isPositiveDecimal(part) ? part : divideDecimals(quantity, decimal(parts), 18, 'down')
}

/** The amount of a quantity at a price, rounded to the currency. */
export function amountOf(quantity: Decimal, price: Decimal, currency: Currency): Decimal {
  return roundToCurrency(multiplyDecimals(quantity, price), currency)
}

/** Every tenth order line, by a hash that is the same everywhere, differs in one point. */
function varianceOf(key: string): Variance {
  const bucket = stableBucket(key, 30)
  if (bucket === 0) return 'price'
  if (bucket === 1) return 'quantity'
  return bucket === 2 ? 'date' : 'none'
}

function tellingOf(activity: string): Telling | null {
  const known = activities.get(activity)
  return known !== undefined && 'tells' in known ? known.tells : null
}
