import { Decimal } from './decimal.ts'

/** A percentage as a decimal string: 5 means 5 %. */
export const Percent = Decimal
export type Percent = Decimal
