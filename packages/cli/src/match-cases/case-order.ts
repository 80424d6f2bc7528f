import { type Invoice, PurchaseOrder } from '@counterfoil/core'
import { caseDefaults, chargesOf, given, headerOf, isGiven, levelOf } from './case-defaults.ts'
import type { UnitCodes } from './case-units.ts'
import type { CaseGiven, CaseOrderLine } from './match-case.ts'

/** The order of a case, placed with the supplier that bills it. */
export function orderOf(
  { po, matchLevel }: CaseGiven,
  invoice: Invoice,
  codes: UnitCodes,
): PurchaseOrder {
  const orderNumber = po.number ?? caseDefaults.orderNumber
  return PurchaseOrder.parse({
    kind: 'purchase-order',
    ...headerOf(orderNumber, po.supplier ?? invoice.supplier, po.date ?? caseDefaults.orderDate),
    orderNumber,
    version: 1,
    orderType: 'standard',
    currency: po.currency,
    ...given('exchangeRate', po.rate),
    ...given('matchLevel', levelOf(matchLevel)),
    shipTo: null,
    lines: po.lines.map((line) => orderLineOf(line, codes)),
    charges: chargesOf(po.charges),
    plannedCosts: Object.entries(po.plannedCosts ?? {}).map(([code, { amount, qty }]) => ({
      code,
      amount,
      quantity: qty,
    })),
    ...given('expectedTotals', po.expectedTotals),
  })
}

function orderLineOf(line: CaseOrderLine, codes: UnitCodes) {
  const unitOfMeasure = codes(line.uom ?? caseDefaults.unitOfMeasure)
  const conversions = Object.entries(line.uomConversions ?? {})
  return {
    orderLineNumber: line.id,
    lineType: lineTypes[line.kind ?? ''] ?? 'item',
    item: { buyerItem: line.item ?? caseDefaults.item },
    description: line.item ?? caseDefaults.item,
    unitOfMeasure,
    quantityOrdered: line.orderedQty,
    price: {
      amount: line.price,
      perQuantity: line.pricePer ?? '1',
      perUnitOfMeasure: isGiven(line.priceUom) ? codes(line.priceUom) : unitOfMeasure,
      priceType: priceTypes[line.priceType ?? ''] ?? 'firm',
    },
    ...given('pricingQuantityOrdered', line.priceQtyOrdered),
    discountAmount: line.discount ?? '0',
    chargesAmount: line.charges ?? '0',
    ...given('matchLevel', levelOf(line.matchLevel)),
    matchTo: line.receiptBased === true ? 'receipt' : 'order',
    deliveryTolerance: { overPercent: null, underPercent: null, overUnlimited: false },
    unitConversions: conversions.map(([unit, factor]) => ({
      from: unitOfMeasure,
      to: codes(unit),
      numerator: factor,
      denominator: '1',
    })),
    schedules: [
      {
        scheduleNumber: '1',
        quantityOrdered: line.orderedQty,
        deliverNotBefore: null,
        requestedDate: line.scheduledDate ?? null,
        shipTo: null,
      },
    ],
    ...given('valueLimit', line.valueLimit),
    ...given('validTo', line.validTo),
  }
}

const lineTypes: Readonly<Record<string, string>> = {
  item: 'item',
  charge: 'charge',
  service: 'service',
  free_goods: 'free-goods',
}

const priceTypes: Readonly<Record<string, string>> = {
  firm: 'firm',
  estimated: 'estimated',
  contract: 'contract',
  moving_average: 'moving-average',
}
