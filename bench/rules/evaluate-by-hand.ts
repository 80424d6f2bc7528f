import type { WorkloadLine } from './workload-lines.ts'

/** The thirty rules as one would write them for just these, restructured so that little is asked twice: a bit for each that fires. */
export function evaluateByHand(facts: WorkloadLine): number {
  return toleranceBits(facts) | matchingBits(facts) | routingBits(facts)
}

function toleranceBits({
  discrepancy,
  item,
  supplier,
  line,
  order,
  invoice,
}: WorkloadLine): number {
  const supplierClass = supplier.class
  switch (discrepancy.kind) {
    case 'over-shipment': {
      if (supplierClass !== 'A' && supplierClass !== 'B') return 0
      const percent = Number(discrepancy.percent)
      let bits = 0
      if (item.stocked && percent <= 5) bits |= 1
      if (supplierClass === 'A' && item.category === 'packaging' && percent <= 10) bits |= 1 << 1
      return bits
    }
    case 'short-receipt': {
      const percent = Number(discrepancy.percent)
      let bits = 0
      if (item.stocked && line.matchLevel === 'three-way' && percent >= -2) bits |= 1 << 2
      if (
        item.catchWeight &&
        (supplierClass === 'A' || supplierClass === 'B' || supplierClass === 'C') &&
        percent >= -3.5
      )
        bits |= 1 << 3
      return bits
    }
    case 'price-variance':
      switch (line.priceType) {
        case 'contract':
          return supplierClass === 'A' && Number(discrepancy.percent) <= 1.5 ? 1 << 4 : 0
        case 'estimated':
        case 'moving-average': {
          const { category } = item
          return (category === 'meat' || category === 'fish' || category === 'produce') &&
            Number(discrepancy.percent) <= 4
            ? 1 << 5
            : 0
        }
        case 'firm':
          return order.type === 'standard' && Number(discrepancy.difference) <= 25 ? 1 << 6 : 0
        default:
          return 0
      }
    case 'weight-variance':
      return item.catchWeight && item.category === 'meat' && Number(discrepancy.percent) <= 2.25
        ? 1 << 7
        : 0
    case 'late-shipment':
      return discrepancy.differenceDays <= 2 &&
        order.type === 'standard' &&
        (supplierClass === 'A' || supplierClass === 'B')
        ? 1 << 8
        : 0
    case 'early-shipment':
      return discrepancy.differenceDays >= -3 && item.stocked && supplierClass === 'A' ? 1 << 9 : 0
    case 'charge-variance': {
      const { channel } = invoice
      return (supplierClass === 'A' || supplierClass === 'B') &&
        (channel === 'edifact' || channel === 'x12' || channel === 'ubl') &&
        Number(discrepancy.difference) <= 10
        ? 1 << 10
        : 0
    }
    case 'tax-variance':
      return invoice.type === 'standard' &&
        order.currency === 'EUR' &&
        Number(discrepancy.difference) <= 0.05
        ? 1 << 11
        : 0
    default:
      return 0
  }
}

function matchingBits({ item, supplier, line, order, invoice }: WorkloadLine): number {
  const { lineType, matchLevel } = line
  const isThreeWay = matchLevel === 'three-way' || matchLevel === 'four-way'
  let bits = 0
  if (
    matchLevel === 'four-way' &&
    line.inspection === 'pending' &&
    (item.inspection === 'sample' || item.inspection === 'full')
  )
    bits |= 1 << 15
  switch (lineType) {
    case 'item':
      if ((isThreeWay || matchLevel === 'two-way') && invoice.type === 'standard') bits |= 1 << 12
      if (isThreeWay && line.hasReceiptNumbers) bits |= 1 << 13
      if (
        matchLevel === 'two-way' &&
        (order.type === 'standard' || order.type === 'scheduling-release')
      )
        bits |= 1 << 14
      if (item.catchWeight && line.hasPricingQuantity) bits |= 1 << 18
      if (line.isOtherUnit && item.stocked) bits |= 1 << 20
      if (
        (supplier.class === 'C' || supplier.status === 'onboarding') &&
        Number(line.amount) > 5000
      )
        bits |= 1 << 21
      return bits
    case 'charge':
      return invoice.hasCharges && (order.type === 'standard' || invoice.channel === 'x12')
        ? bits | (1 << 16)
        : bits
    case 'free-goods':
      return isThreeWay && Number(line.amount) > 0 ? bits | (1 << 17) : bits
    case 'service':
      return line.valueLimit !== null && order.type === 'blanket-release' ? bits | (1 << 19) : bits
    default:
      return bits
  }
}

function routingBits({ exception, item, supplier }: WorkloadLine): number {
  switch (exception.code) {
    case 'RCV_SHORT':
    case 'RCV_OVER':
      return exception.effect === 'hold' ? 1 << 22 : 0
    case 'PRICE_OVER':
      return Number(exception.exposure.amount) > 1000 ? 1 << 23 : 1 << 24
    case 'TAX_OVER':
    case 'TAX_UNDER':
    case 'TAX_MISSING':
      return exception.blocksPayment ? 1 << 25 : 0
    case 'QUALITY_PENDING':
      return item.category === 'meat' || item.category === 'fish' ? 1 << 26 : 0
    case 'DUPLICATE_SUSPECTED':
      return supplier.class === 'C' || Number(exception.exposure.amount) > 500 ? 1 << 27 : 0
    case 'LATE_ASN':
      return exception.subject.aggregate === 'shipment' ? 1 << 28 : 0
    case 'CHARGE_OVER':
    case 'UNPLANNED_CHARGE':
      return exception.blocksPayment ? 0 : 1 << 29
    default:
      return 0
  }
}
