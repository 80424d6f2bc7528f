import { formatExact, parseExact } from '../decimal/exact.ts'
import { subtractDecimals, trimDecimal } from '../decimal/decimal-arithmetic.ts'
import type { Decimal } from '../decimal/decimal.ts'
import {
  compareExactRatios,
  type ExactRatio,
  exactRatio,
  multiplyExactByRatio,
  multiplyExactRatios,
  percentOf,
  roundExactRatio,
  roundRatio,
} from '../decimal/ratio.ts'
import type { OrderLine } from '../purchase-order/order-line.ts'
import type { PurchaseOrder } from '../purchase-order/purchase-order.ts'
import { factorOf } from '../quantity/unit-conversion.ts'
import { checkLineItem } from './check-line-item.ts'
import { checkTerms } from './check-terms.ts'
import type { LookUps } from './look-ups.ts'
import type { MasterFinding } from './master-check.ts'
import type { MasterItem, MasterPrice } from './master-file.ts'

/** The terms of an order beside those agreed with its supplier. */
export function checkOrderTerms(lookUps: LookUps, order: PurchaseOrder): readonly MasterFinding[] {
  return checkTerms(lookUps, order)
}

/** The articles, units and prices of an order beside the master of its day. */
export function checkOrderLines(lookUps: LookUps, order: PurchaseOrder): readonly MasterFinding[] {
  return order.lines.flatMap((line) => {
    // Charges and services are no articles; free goods are, and cost nothing.
    if (line.lineType === 'charge' || line.lineType === 'service') return []
    const { orderLineNumber, item: named, unitOfMeasure } = line
    const { item, findings } = checkLineItem(lookUps, {
      line: orderLineNumber,
      named,
      unitOfMeasure,
      isOrdering: order.orderType !== 'return',
    })
    if (item === null || line.lineType === 'free-goods') return findings
    return [...findings, ...checkPrice(lookUps, order, line, item)]
  })
}

function checkPrice(
  lookUps: LookUps,
  order: PurchaseOrder,
  line: OrderLine,
  item: MasterItem,
): readonly MasterFinding[] {
  const { currency, supplier, orderNumber } = order
  const { orderLineNumber, price } = line
  // An older number of the supplier leads to its own prices.
  const owner = lookUps.supplier(supplier)?.supplier ?? supplier
  const { on } = lookUps.day
  const row = lookUps.price({ supplier: owner, item: item.item, currency })
  if (row === null) {
    const sentence = `line ${orderLineNumber}: no price of \`${item.item}\` from \`${owner}\` in ${currency} on ${on}`
    return [{ rule: 'price-missing', severity: 'warning', line: orderLineNumber, sentence }]
  }
  const expected = expectedPrice(lookUps, line, item, row)
  if (expected === null) return []
  const actual = exactRatio(parseExact(price.amount), parseExact('1'))
  if (compareExactRatios(expected, actual) === 0) return []
  const places = Math.max(6, decimalsOf(price.amount))
  const shown = formatExact(roundExactRatio(expected, places))
  const difference = subtractDecimals(price.amount, shown)
  const percent = percentOf(difference, shown)
  const per = `${price.perQuantity} ${price.perUnitOfMeasure}`
  return [
    {
      rule: 'price-differs',
      severity: 'warning',
      line: orderLineNumber,
      sentence: `line ${orderLineNumber}: ${price.amount} ${currency} per ${per}, and the price of ${on} is ${shown}`,
      discrepancy: {
        kind: 'price-variance',
        documentNumber: orderNumber,
        documentLineNumber: orderLineNumber,
        orderNumber,
        orderLineNumber,
        scheduleNumber: null,
        expected: shown,
        actual: price.amount,
        difference,
        percent: percent === null ? null : trimDecimal(roundRatio(percent, 4)),
        currency,
      },
    },
  ]
}

/** The master's price for as much as the order's price is for, exactly; null where the units do not lead to each other. */
function expectedPrice(
  lookUps: LookUps,
  { price, quantityOrdered, unitOfMeasure }: OrderLine,
  item: MasterItem,
  row: MasterPrice,
): ExactRatio | null {
  const ordered = lookUps.conversion(item, unitOfMeasure, row.unitOfMeasure)
  const priced = lookUps.conversion(item, price.perUnitOfMeasure, row.unitOfMeasure)
  if (ordered === null || priced === null) return null
  const quantity = multiplyExactByRatio(parseExact(quantityOrdered), factorOf(ordered))
  const scale = row.scales.findLast(
    ({ fromQuantity }) =>
      compareExactRatios(exactRatio(parseExact(fromQuantity), parseExact('1')), quantity) <= 0,
  )
  if (scale === undefined) return null
  // amount x (what the order's price is for, in the master's unit) / (what the master's price is for)
  const inMasterUnit = multiplyExactByRatio(parseExact(price.perQuantity), factorOf(priced))
  const perUnit = exactRatio(parseExact(scale.amount), parseExact(row.perQuantity))
  return multiplyExactRatios(perUnit, inMasterUnit)
}

function decimalsOf(amount: Decimal): number {
  const point = amount.indexOf('.')
  return point < 0 ? 0 : amount.length - point - 1
}
