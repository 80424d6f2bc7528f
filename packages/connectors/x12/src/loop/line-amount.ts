import {
  type Currency,
  type Decimal,
  divideDecimals,
  type LinePrice,
  minorUnitsOf,
  multiplyDecimals,
  type UnitOfMeasure,
} from '@counterfoil/core'
import { countsAlike } from '../element/read-quantity.ts'

/**
 * Quantity x price / per, rounded once, half up, to the currency's digits. Null where the price is for a
 * unit the quantity does not count in, so that nothing can be multiplied.
 */
export const lineAmount = ({
  quantity,
  unitOfMeasure,
  price,
  currency,
}: {
  readonly quantity: Decimal
  readonly unitOfMeasure: UnitOfMeasure
  readonly price: LinePrice
  readonly currency: Currency
}): Decimal | null =>
  countsAlike(unitOfMeasure, price.perUnitOfMeasure)
    ? divideDecimals(
        multiplyDecimals(quantity, price.amount),
        price.perQuantity,
        minorUnitsOf(currency),
      )
    : null
