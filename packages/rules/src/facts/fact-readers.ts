import type { OpenRecord, PlaceReader } from './place-reader.ts'

// Written by `pnpm schemas` from the schemas of the facts: change those, not this file.

/**
 * A reader for each place of the facts that a schema names. Each is a function of its own, so that an
 * engine sees one shape of record in it and reads the field without a look-up by name; rules read the
 * same way as code written by hand for them, and nothing is generated while they run.
 */
export const factReaders: ReadonlyMap<string, PlaceReader> = new Map<string, PlaceReader>([
  ['approval', (facts) => facts['approval']],
  [
    'approval.decisionType',
    (facts) => {
      const a = facts['approval']
      if (!isRecord(a)) return a
      return a['decisionType']
    },
  ],
  [
    'approval.exceptionCode',
    (facts) => {
      const a = facts['approval']
      if (!isRecord(a)) return a
      return a['exceptionCode']
    },
  ],
  [
    'approval.exposure',
    (facts) => {
      const a = facts['approval']
      if (!isRecord(a)) return a
      return a['exposure']
    },
  ],
  [
    'approval.exposure.amount',
    (facts) => {
      const a = facts['approval']
      if (!isRecord(a)) return a
      const b = a['exposure']
      if (!isRecord(b)) return undefined
      return b['amount']
    },
  ],
  [
    'approval.exposure.currency',
    (facts) => {
      const a = facts['approval']
      if (!isRecord(a)) return a
      const b = a['exposure']
      if (!isRecord(b)) return undefined
      return b['currency']
    },
  ],
  [
    'approval.exposureInMatrixCurrency',
    (facts) => {
      const a = facts['approval']
      if (!isRecord(a)) return a
      return a['exposureInMatrixCurrency']
    },
  ],
  [
    'approval.requesterRoles',
    (facts) => {
      const a = facts['approval']
      if (!isRecord(a)) return a
      return a['requesterRoles']
    },
  ],
  ['check', (facts) => facts['check']],
  [
    'check.check',
    (facts) => {
      const a = facts['check']
      if (!isRecord(a)) return a
      return a['check']
    },
  ],
  [
    'check.code',
    (facts) => {
      const a = facts['check']
      if (!isRecord(a)) return a
      return a['code']
    },
  ],
  [
    'check.field',
    (facts) => {
      const a = facts['check']
      if (!isRecord(a)) return a
      return a['field']
    },
  ],
  [
    'check.holdCode',
    (facts) => {
      const a = facts['check']
      if (!isRecord(a)) return a
      return a['holdCode']
    },
  ],
  [
    'check.name',
    (facts) => {
      const a = facts['check']
      if (!isRecord(a)) return a
      return a['name']
    },
  ],
  [
    'check.onExceed',
    (facts) => {
      const a = facts['check']
      if (!isRecord(a)) return a
      return a['onExceed']
    },
  ],
  ['discrepancy', (facts) => facts['discrepancy']],
  [
    'discrepancy.currency',
    (facts) => {
      const a = facts['discrepancy']
      if (!isRecord(a)) return a
      return a['currency']
    },
  ],
  [
    'discrepancy.difference',
    (facts) => {
      const a = facts['discrepancy']
      if (!isRecord(a)) return a
      return a['difference']
    },
  ],
  [
    'discrepancy.differenceDays',
    (facts) => {
      const a = facts['discrepancy']
      if (!isRecord(a)) return a
      return a['differenceDays']
    },
  ],
  [
    'discrepancy.kind',
    (facts) => {
      const a = facts['discrepancy']
      if (!isRecord(a)) return a
      return a['kind']
    },
  ],
  [
    'discrepancy.percent',
    (facts) => {
      const a = facts['discrepancy']
      if (!isRecord(a)) return a
      return a['percent']
    },
  ],
  [
    'discrepancy.unitOfMeasure',
    (facts) => {
      const a = facts['discrepancy']
      if (!isRecord(a)) return a
      return a['unitOfMeasure']
    },
  ],
  ['exception', (facts) => facts['exception']],
  [
    'exception.blocksPayment',
    (facts) => {
      const a = facts['exception']
      if (!isRecord(a)) return a
      return a['blocksPayment']
    },
  ],
  [
    'exception.code',
    (facts) => {
      const a = facts['exception']
      if (!isRecord(a)) return a
      return a['code']
    },
  ],
  [
    'exception.effect',
    (facts) => {
      const a = facts['exception']
      if (!isRecord(a)) return a
      return a['effect']
    },
  ],
  [
    'exception.exposure',
    (facts) => {
      const a = facts['exception']
      if (!isRecord(a)) return a
      return a['exposure']
    },
  ],
  [
    'exception.exposure.amount',
    (facts) => {
      const a = facts['exception']
      if (!isRecord(a)) return a
      const b = a['exposure']
      if (!isRecord(b)) return undefined
      return b['amount']
    },
  ],
  [
    'exception.exposure.currency',
    (facts) => {
      const a = facts['exception']
      if (!isRecord(a)) return a
      const b = a['exposure']
      if (!isRecord(b)) return undefined
      return b['currency']
    },
  ],
  [
    'exception.subject',
    (facts) => {
      const a = facts['exception']
      if (!isRecord(a)) return a
      return a['subject']
    },
  ],
  [
    'exception.subject.aggregate',
    (facts) => {
      const a = facts['exception']
      if (!isRecord(a)) return a
      const b = a['subject']
      if (!isRecord(b)) return undefined
      return b['aggregate']
    },
  ],
  ['invoice', (facts) => facts['invoice']],
  [
    'invoice.channel',
    (facts) => {
      const a = facts['invoice']
      if (!isRecord(a)) return a
      return a['channel']
    },
  ],
  [
    'invoice.chargeCodes',
    (facts) => {
      const a = facts['invoice']
      if (!isRecord(a)) return a
      return a['chargeCodes']
    },
  ],
  [
    'invoice.correctsInvoice',
    (facts) => {
      const a = facts['invoice']
      if (!isRecord(a)) return a
      return a['correctsInvoice']
    },
  ],
  [
    'invoice.currency',
    (facts) => {
      const a = facts['invoice']
      if (!isRecord(a)) return a
      return a['currency']
    },
  ],
  [
    'invoice.dueDate',
    (facts) => {
      const a = facts['invoice']
      if (!isRecord(a)) return a
      return a['dueDate']
    },
  ],
  [
    'invoice.entryDate',
    (facts) => {
      const a = facts['invoice']
      if (!isRecord(a)) return a
      return a['entryDate']
    },
  ],
  [
    'invoice.hasCharges',
    (facts) => {
      const a = facts['invoice']
      if (!isRecord(a)) return a
      return a['hasCharges']
    },
  ],
  [
    'invoice.hasTaxes',
    (facts) => {
      const a = facts['invoice']
      if (!isRecord(a)) return a
      return a['hasTaxes']
    },
  ],
  [
    'invoice.invoiceDate',
    (facts) => {
      const a = facts['invoice']
      if (!isRecord(a)) return a
      return a['invoiceDate']
    },
  ],
  [
    'invoice.lineCount',
    (facts) => {
      const a = facts['invoice']
      if (!isRecord(a)) return a
      return a['lineCount']
    },
  ],
  [
    'invoice.matchLevel',
    (facts) => {
      const a = facts['invoice']
      if (!isRecord(a)) return a
      return a['matchLevel']
    },
  ],
  [
    'invoice.number',
    (facts) => {
      const a = facts['invoice']
      if (!isRecord(a)) return a
      return a['number']
    },
  ],
  [
    'invoice.orderCount',
    (facts) => {
      const a = facts['invoice']
      if (!isRecord(a)) return a
      return a['orderCount']
    },
  ],
  [
    'invoice.supplier',
    (facts) => {
      const a = facts['invoice']
      if (!isRecord(a)) return a
      return a['supplier']
    },
  ],
  [
    'invoice.taxCodes',
    (facts) => {
      const a = facts['invoice']
      if (!isRecord(a)) return a
      return a['taxCodes']
    },
  ],
  [
    'invoice.totalAmount',
    (facts) => {
      const a = facts['invoice']
      if (!isRecord(a)) return a
      return a['totalAmount']
    },
  ],
  [
    'invoice.totalNames',
    (facts) => {
      const a = facts['invoice']
      if (!isRecord(a)) return a
      return a['totalNames']
    },
  ],
  [
    'invoice.type',
    (facts) => {
      const a = facts['invoice']
      if (!isRecord(a)) return a
      return a['type']
    },
  ],
  ['item', (facts) => facts['item']],
  [
    'item.attributes',
    (facts) => {
      const a = facts['item']
      if (!isRecord(a)) return a
      return a['attributes']
    },
  ],
  [
    'item.buyerItem',
    (facts) => {
      const a = facts['item']
      if (!isRecord(a)) return a
      return a['buyerItem']
    },
  ],
  [
    'item.catchWeight',
    (facts) => {
      const a = facts['item']
      if (!isRecord(a)) return a
      return a['catchWeight']
    },
  ],
  [
    'item.category',
    (facts) => {
      const a = facts['item']
      if (!isRecord(a)) return a
      return a['category']
    },
  ],
  [
    'item.gtin',
    (facts) => {
      const a = facts['item']
      if (!isRecord(a)) return a
      return a['gtin']
    },
  ],
  [
    'item.hazardous',
    (facts) => {
      const a = facts['item']
      if (!isRecord(a)) return a
      return a['hazardous']
    },
  ],
  [
    'item.inspection',
    (facts) => {
      const a = facts['item']
      if (!isRecord(a)) return a
      return a['inspection']
    },
  ],
  [
    'item.lotControlled',
    (facts) => {
      const a = facts['item']
      if (!isRecord(a)) return a
      return a['lotControlled']
    },
  ],
  [
    'item.manufacturerItem',
    (facts) => {
      const a = facts['item']
      if (!isRecord(a)) return a
      return a['manufacturerItem']
    },
  ],
  [
    'item.serialControlled',
    (facts) => {
      const a = facts['item']
      if (!isRecord(a)) return a
      return a['serialControlled']
    },
  ],
  [
    'item.stocked',
    (facts) => {
      const a = facts['item']
      if (!isRecord(a)) return a
      return a['stocked']
    },
  ],
  [
    'item.supplierItem',
    (facts) => {
      const a = facts['item']
      if (!isRecord(a)) return a
      return a['supplierItem']
    },
  ],
  ['line', (facts) => facts['line']],
  [
    'line.amount',
    (facts) => {
      const a = facts['line']
      if (!isRecord(a)) return a
      return a['amount']
    },
  ],
  [
    'line.hasCharges',
    (facts) => {
      const a = facts['line']
      if (!isRecord(a)) return a
      return a['hasCharges']
    },
  ],
  [
    'line.hasDiscount',
    (facts) => {
      const a = facts['line']
      if (!isRecord(a)) return a
      return a['hasDiscount']
    },
  ],
  [
    'line.hasParentLine',
    (facts) => {
      const a = facts['line']
      if (!isRecord(a)) return a
      return a['hasParentLine']
    },
  ],
  [
    'line.hasPricingQuantity',
    (facts) => {
      const a = facts['line']
      if (!isRecord(a)) return a
      return a['hasPricingQuantity']
    },
  ],
  [
    'line.hasReceiptNumbers',
    (facts) => {
      const a = facts['line']
      if (!isRecord(a)) return a
      return a['hasReceiptNumbers']
    },
  ],
  [
    'line.inspection',
    (facts) => {
      const a = facts['line']
      if (!isRecord(a)) return a
      return a['inspection']
    },
  ],
  [
    'line.isOtherUnit',
    (facts) => {
      const a = facts['line']
      if (!isRecord(a)) return a
      return a['isOtherUnit']
    },
  ],
  [
    'line.item',
    (facts) => {
      const a = facts['line']
      if (!isRecord(a)) return a
      return a['item']
    },
  ],
  [
    'line.item.attributes',
    (facts) => {
      const a = facts['line']
      if (!isRecord(a)) return a
      const b = a['item']
      if (!isRecord(b)) return undefined
      return b['attributes']
    },
  ],
  [
    'line.item.buyerItem',
    (facts) => {
      const a = facts['line']
      if (!isRecord(a)) return a
      const b = a['item']
      if (!isRecord(b)) return undefined
      return b['buyerItem']
    },
  ],
  [
    'line.item.catchWeight',
    (facts) => {
      const a = facts['line']
      if (!isRecord(a)) return a
      const b = a['item']
      if (!isRecord(b)) return undefined
      return b['catchWeight']
    },
  ],
  [
    'line.item.category',
    (facts) => {
      const a = facts['line']
      if (!isRecord(a)) return a
      const b = a['item']
      if (!isRecord(b)) return undefined
      return b['category']
    },
  ],
  [
    'line.item.gtin',
    (facts) => {
      const a = facts['line']
      if (!isRecord(a)) return a
      const b = a['item']
      if (!isRecord(b)) return undefined
      return b['gtin']
    },
  ],
  [
    'line.item.hazardous',
    (facts) => {
      const a = facts['line']
      if (!isRecord(a)) return a
      const b = a['item']
      if (!isRecord(b)) return undefined
      return b['hazardous']
    },
  ],
  [
    'line.item.inspection',
    (facts) => {
      const a = facts['line']
      if (!isRecord(a)) return a
      const b = a['item']
      if (!isRecord(b)) return undefined
      return b['inspection']
    },
  ],
  [
    'line.item.lotControlled',
    (facts) => {
      const a = facts['line']
      if (!isRecord(a)) return a
      const b = a['item']
      if (!isRecord(b)) return undefined
      return b['lotControlled']
    },
  ],
  [
    'line.item.manufacturerItem',
    (facts) => {
      const a = facts['line']
      if (!isRecord(a)) return a
      const b = a['item']
      if (!isRecord(b)) return undefined
      return b['manufacturerItem']
    },
  ],
  [
    'line.item.serialControlled',
    (facts) => {
      const a = facts['line']
      if (!isRecord(a)) return a
      const b = a['item']
      if (!isRecord(b)) return undefined
      return b['serialControlled']
    },
  ],
  [
    'line.item.stocked',
    (facts) => {
      const a = facts['line']
      if (!isRecord(a)) return a
      const b = a['item']
      if (!isRecord(b)) return undefined
      return b['stocked']
    },
  ],
  [
    'line.item.supplierItem',
    (facts) => {
      const a = facts['line']
      if (!isRecord(a)) return a
      const b = a['item']
      if (!isRecord(b)) return undefined
      return b['supplierItem']
    },
  ],
  [
    'line.lineType',
    (facts) => {
      const a = facts['line']
      if (!isRecord(a)) return a
      return a['lineType']
    },
  ],
  [
    'line.matchLevel',
    (facts) => {
      const a = facts['line']
      if (!isRecord(a)) return a
      return a['matchLevel']
    },
  ],
  [
    'line.matchTo',
    (facts) => {
      const a = facts['line']
      if (!isRecord(a)) return a
      return a['matchTo']
    },
  ],
  [
    'line.number',
    (facts) => {
      const a = facts['line']
      if (!isRecord(a)) return a
      return a['number']
    },
  ],
  [
    'line.orderLineNumber',
    (facts) => {
      const a = facts['line']
      if (!isRecord(a)) return a
      return a['orderLineNumber']
    },
  ],
  [
    'line.orderNumber',
    (facts) => {
      const a = facts['line']
      if (!isRecord(a)) return a
      return a['orderNumber']
    },
  ],
  [
    'line.price',
    (facts) => {
      const a = facts['line']
      if (!isRecord(a)) return a
      return a['price']
    },
  ],
  [
    'line.priceType',
    (facts) => {
      const a = facts['line']
      if (!isRecord(a)) return a
      return a['priceType']
    },
  ],
  [
    'line.quantity',
    (facts) => {
      const a = facts['line']
      if (!isRecord(a)) return a
      return a['quantity']
    },
  ],
  [
    'line.quantityOrdered',
    (facts) => {
      const a = facts['line']
      if (!isRecord(a)) return a
      return a['quantityOrdered']
    },
  ],
  [
    'line.taxCode',
    (facts) => {
      const a = facts['line']
      if (!isRecord(a)) return a
      return a['taxCode']
    },
  ],
  [
    'line.unitOfMeasure',
    (facts) => {
      const a = facts['line']
      if (!isRecord(a)) return a
      return a['unitOfMeasure']
    },
  ],
  [
    'line.validTo',
    (facts) => {
      const a = facts['line']
      if (!isRecord(a)) return a
      return a['validTo']
    },
  ],
  [
    'line.valueLimit',
    (facts) => {
      const a = facts['line']
      if (!isRecord(a)) return a
      return a['valueLimit']
    },
  ],
  ['order', (facts) => facts['order']],
  [
    'order.attributes',
    (facts) => {
      const a = facts['order']
      if (!isRecord(a)) return a
      return a['attributes']
    },
  ],
  [
    'order.currency',
    (facts) => {
      const a = facts['order']
      if (!isRecord(a)) return a
      return a['currency']
    },
  ],
  [
    'order.matchLevel',
    (facts) => {
      const a = facts['order']
      if (!isRecord(a)) return a
      return a['matchLevel']
    },
  ],
  [
    'order.number',
    (facts) => {
      const a = facts['order']
      if (!isRecord(a)) return a
      return a['number']
    },
  ],
  [
    'order.supplier',
    (facts) => {
      const a = facts['order']
      if (!isRecord(a)) return a
      return a['supplier']
    },
  ],
  [
    'order.type',
    (facts) => {
      const a = facts['order']
      if (!isRecord(a)) return a
      return a['type']
    },
  ],
  [
    'order.value',
    (facts) => {
      const a = facts['order']
      if (!isRecord(a)) return a
      return a['value']
    },
  ],
  [
    'order.value.amount',
    (facts) => {
      const a = facts['order']
      if (!isRecord(a)) return a
      const b = a['value']
      if (!isRecord(b)) return undefined
      return b['amount']
    },
  ],
  [
    'order.value.currency',
    (facts) => {
      const a = facts['order']
      if (!isRecord(a)) return a
      const b = a['value']
      if (!isRecord(b)) return undefined
      return b['currency']
    },
  ],
  [
    'order.version',
    (facts) => {
      const a = facts['order']
      if (!isRecord(a)) return a
      return a['version']
    },
  ],
  ['supplier', (facts) => facts['supplier']],
  [
    'supplier.attributes',
    (facts) => {
      const a = facts['supplier']
      if (!isRecord(a)) return a
      return a['attributes']
    },
  ],
  [
    'supplier.class',
    (facts) => {
      const a = facts['supplier']
      if (!isRecord(a)) return a
      return a['class']
    },
  ],
  [
    'supplier.id',
    (facts) => {
      const a = facts['supplier']
      if (!isRecord(a)) return a
      return a['id']
    },
  ],
  [
    'supplier.status',
    (facts) => {
      const a = facts['supplier']
      if (!isRecord(a)) return a
      return a['status']
    },
  ],
  ['waiting', (facts) => facts['waiting']],
  [
    'waiting.for',
    (facts) => {
      const a = facts['waiting']
      if (!isRecord(a)) return a
      return a['for']
    },
  ],
])

const isRecord = (value: unknown): value is OpenRecord =>
  typeof value === 'object' && value !== null
