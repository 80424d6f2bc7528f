import type { Discrepancy } from './discrepancy.ts'

/** Says in one sentence what differs, for the desk that has to look at it. */
export function describeDiscrepancy(discrepancy: Discrepancy): string {
  return `${placeOf(discrepancy)}${differenceOf(discrepancy)}`
}

function placeOf({ orderLineNumber, scheduleNumber }: Discrepancy): string {
  if (orderLineNumber === null) return ''
  return scheduleNumber === null
    ? `line ${orderLineNumber}: `
    : `line ${orderLineNumber}, schedule ${scheduleNumber}: `
}

type Measured<Field extends string> = Extract<Discrepancy, { readonly [Name in Field]: unknown }>

function differenceOf(discrepancy: Discrepancy): string {
  if ('unitOfMeasure' in discrepancy) return quantitySentence(discrepancy)
  if ('currency' in discrepancy) return amountSentence(discrepancy)
  if ('differenceDays' in discrepancy) return dateSentence(discrepancy)
  return textSentence(discrepancy)
}

function quantitySentence(found: Measured<'unitOfMeasure'>): string {
  const { expected, actual, unitOfMeasure: unit } = found
  const size = sizeOf(found.difference)
  switch (found.kind) {
    case 'quantity-change':
      return `the supplier answered ${actual} ${unit} of ${expected} ordered, ${size} ${moreOrLess(found)}`
    case 'split':
      return `the supplier splits ${expected} ${unit} over several days, ${actual} ${unit} come first`
    case 'backorder':
      return `the supplier has ${actual} ${unit} on backorder`
    case 'rejection':
      return `the supplier refuses ${actual} ${unit}`
    case 'unanswered':
      return `the supplier has not answered ${expected} ${unit}`
    case 'over-shipment':
      return `${actual} ${unit} are on their way where ${expected} were still to come, ${size} too many`
    case 'short-shipment':
      return `${actual} ${unit} are on their way of ${expected} still to come`
    case 'short-receipt':
      return shortReceipt(found)
    case 'over-receipt':
      return overReceipt(found)
    case 'damaged-goods':
      return `${actual} ${unit} arrived damaged`
    case 'quality-defect':
      return `${actual} ${unit} failed quality control`
    case 'rejected-goods':
      return `${actual} ${unit} were refused at the dock`
    case 'goods-on-hold':
      return `${actual} ${unit} are set aside until somebody decides`
    case 'nominal-weight-variance':
      return `the goods weigh ${actual} ${unit} where ${expected} are nominal, ${size} ${moreOrLess(found)}`
    case 'packaging-fault':
      return `${actual} ${unit} arrived in the wrong packaging`
    case 'over-returned':
      return `${actual} ${unit} went back to the supplier, ${size} more than were to go back`
    case 'billed-not-received':
      return `${actual} ${unit} are billed and ${expected} were received`
    case 'billed-over-received':
      return `${actual} ${unit} are billed where ${expected} were received, ${size} too many`
    case 'billed-over-ordered':
      return `${actual} ${unit} are billed where ${expected} were ordered, ${size} too many`
    case 'billed-under-ordered':
      return `${actual} ${unit} are billed where ${expected} were ordered, ${size} too few`
    case 'billed-not-accepted':
      return `${actual} ${unit} are billed where quality accepted ${expected}`
    case 'billed-returned-goods':
      return `${actual} ${unit} are billed where ${expected} are left after returns`
    case 'short-shipped-billed-full':
      return `${actual} ${unit} are billed where ${expected} of the announced goods arrived`
    case 'weight-variance':
      return `${actual} ${unit} are billed where ${expected} were weighed`
    case 'credit-over-invoiced':
      return `${actual} ${unit} are credited where ${expected} were invoiced`
    case 'credit-incomplete':
      return `${actual} ${unit} are credited where all ${expected} were to be given back`
  }
}

function lotSentence(expected: string | null, actual: string | null): string {
  if (actual !== null) return `goods arrived with ${actual} instead of ${said(expected)}`
  return expected === null || expected === 'a lot or serial number'
    ? 'goods arrived without the lot or serial number they need'
    : `goods arrived without ${expected}`
}

function shortReceipt({ expected, actual, difference, unitOfMeasure }: Measured<'unitOfMeasure'>) {
  // A receiver's own count of what is missing has nothing to compare it with.
  return expected === '0'
    ? `${actual} ${unitOfMeasure} are missing, says the receiver`
    : `${actual} ${unitOfMeasure} were received of ${expected}, ${sizeOf(difference)} are missing`
}

function overReceipt(found: Measured<'unitOfMeasure'>) {
  const { expected, actual, difference, unitOfMeasure, documentLineNumber } = found
  if (expected === '0' && documentLineNumber === null) {
    return `${actual} ${unitOfMeasure} were received where nothing was to come any more`
  }
  return expected === '0'
    ? `${actual} ${unitOfMeasure} too many came, says the receiver`
    : `${actual} ${unitOfMeasure} were received of ${expected}, ${sizeOf(difference)} too many`
}

function amountSentence(found: Measured<'currency'>): string {
  const { expected, actual, currency, difference } = found
  const size = sizeOf(difference)
  const compared = `${actual} ${currency} instead of ${expected}, ${size} ${moreOrLess(found)}`
  switch (found.kind) {
    case 'price-change':
      return `the supplier confirms the price ${compared}`
    case 'price-variance':
      return `the price is billed as ${compared}`
    case 'price-unit-mismatch':
      return `the billed price is for another unit: ${compared}`
    case 'discount-not-granted':
      return `an agreed discount is missing: ${compared}`
    case 'amount-over-ordered':
      return `more is billed than was ordered: ${compared}`
    case 'free-goods-billed':
      return `goods agreed to be free are billed: ${actual} ${currency}`
    case 'charge-variance':
      return `a charge is billed as ${compared}`
    case 'unplanned-charge':
      return `a charge nobody planned is billed: ${actual} ${currency}`
    case 'prepayment-over':
      return `more is asked for in advance, or taken off, than is open: ${compared}`
    case 'prepayment-open':
      return `less is taken off than was paid in advance: ${compared}`
    case 'tax-variance':
      return `the tax is ${compared}`
    case 'exchange-rate-variance':
      return `the exchange rate makes it ${compared}`
    case 'out-of-balance':
      return `the parts of the invoice add up to ${expected} ${currency}, its total is ${actual}`
    case 'total-variance':
      return `a total of the invoice is ${compared}`
    case 'large-amount':
      return `the amount ${actual} ${currency} is above ${expected}, from where somebody looks at it`
    case 'blanket-amount-exceeded':
      return `${actual} ${currency} are billed on a limit of ${expected}`
    case 'credit-amount-over-invoiced':
      return `more is credited than was billed: ${compared}`
    case 'credit-amount-incomplete':
      return `less is credited than was billed: ${compared}`
    case 'early-invoice':
      return `${actual} ${currency} are billed before they are due`
  }
}

function dateSentence(found: Measured<'differenceDays'>): string {
  const { expected, actual } = found
  const days = Math.abs(found.differenceDays)
  const shift = `${days} ${days === 1 ? 'day' : 'days'} ${found.differenceDays > 0 ? 'late' : 'early'}`
  switch (found.kind) {
    case 'date-change':
      return `the supplier promises ${actual} instead of ${expected}, ${shift}`
    case 'late-shipment':
    case 'early-shipment':
      return `the shipment is announced for ${actual} instead of ${expected}, ${shift}`
    case 'late-receipt':
    case 'early-receipt':
      return `goods came on ${actual} instead of ${expected}, ${shift}`
  }
}

type InWords = Exclude<
  Discrepancy,
  Measured<'unitOfMeasure'> | Measured<'currency'> | Measured<'differenceDays'>
>

function textSentence({ kind, expected, actual, documentNumber }: InWords): string {
  switch (kind) {
    case 'unit-change':
      return `the supplier answers in ${said(actual)}, which cannot be converted to ${said(expected)}`
    case 'substitution':
      return `the supplier sends ${said(actual)} instead of ${said(expected)}`
    case 'stale-version':
      return `${documentNumber} answers version ${said(actual)} of the order, which is at version ${said(expected)}`
    case 'unknown-line':
      return `${documentNumber} speaks of ${said(actual)}, which the order does not have`
    case 'conflicting-document':
      return `${documentNumber} came twice with different content under one revision`
    case 'item-not-ordered':
      return `${said(actual)} is on its way, ${notOrdered(expected)}`
    case 'incomplete-ship-notice':
      return actual ?? `the ship notice lacks ${said(expected)}`
    case 'duplicate-pack':
      return actual ?? 'a pack was announced before'
    case 'order-not-open':
      return `goods are on their way that are no longer expected: ${said(actual)}`
    case 'wrong-item':
      return `${said(actual)} came instead of ${said(expected)}`
    case 'no-ship-notice':
      return 'goods came without a ship notice'
    case 'expired-goods':
      return actual === null ? 'goods arrived past their date' : `goods arrived ${actual}`
    case 'lot-or-serial-missing':
      return lotSentence(expected, actual)
    case 'wrong-unit':
      return `the quantity is in ${said(actual)}, which cannot be taken as ${said(expected)}`
    case 'unordered-goods':
      return `${said(actual)} came, which nobody ordered`
    case 'inspection-pending':
      return 'quality control has not decided yet'
    case 'receipt-required':
      return 'no receipt has come that this could be paid for'
    case 'currency-mismatch':
      return `it is billed in ${said(actual)} where ${said(expected)} was agreed`
    case 'blanket-expired':
      return `it is billed on ${said(actual)} where the order was good until ${said(expected)}`
    case 'duplicate-invoice':
      return `it looks like invoice ${said(actual)}`
    case 'unmatched-line':
      return `the line fits nothing ordered: ${said(actual)}`
  }
}

function notOrdered(expected: string | null): string {
  return expected === null ? 'which nobody ordered' : `where ${expected} was ordered`
}

function said(text: string | null): string {
  return text ?? 'nothing'
}

function sizeOf(difference: string): string {
  return difference.startsWith('-') ? difference.slice(1) : difference
}

function moreOrLess({ difference }: { readonly difference: string }): string {
  return difference.startsWith('-') ? 'less' : 'more'
}
