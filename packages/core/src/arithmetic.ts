/** Exact decimals and calendar days, and the error they throw: no schema and no dependency, for a page that only reckons. */
export { daysBetween, isCalendarDate, weekdayOf } from './calendar/calendar-days.ts'
export {
  type DecimalCheck,
  orderOfDecimals,
  unitsOfDecimal,
  withinAmount,
  withinPercent,
} from './decimal/decimal-checks.ts'
export { isDecimal } from './decimal/decimal-text.ts'
export {
  absoluteExact,
  addExact,
  compareExact,
  divideExact,
  type Exact,
  exactZero,
  formatExact,
  isZeroExact,
  multiplyExact,
  negateExact,
  parseExact,
  roundExact,
  signOfExact,
  subtractExact,
} from './decimal/exact.ts'
export { CounterfoilError, type CounterfoilErrorOptions } from './errors/counterfoil-error.ts'
export type { ErrorCode } from './errors/error-codes.ts'
