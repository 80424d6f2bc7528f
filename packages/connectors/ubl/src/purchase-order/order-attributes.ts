import { cutText } from '../finding/cut-text.ts'
import { referenceAt } from '../field/read-text.ts'
import type { UblReading } from '../field/ubl-reading.ts'

/** The order's own references as facts for rules, by the name a rule sees. */
const references: readonly (readonly [attribute: string, ...names: string[]])[] = [
  ['ubl-sales-order', 'SalesOrderID'],
  ['ubl-customer-reference', 'CustomerReference'],
  ['ubl-accounting-cost', 'AccountingCost'],
  ['ubl-accounting-cost-code', 'AccountingCostCode'],
  ['ubl-contract', 'Contract', 'ID'],
  ['ubl-quotation', 'QuotationDocumentReference', 'ID'],
  ['ubl-order-document', 'OrderDocumentReference', 'ID'],
  ['ubl-originator-document', 'OriginatorDocumentReference', 'ID'],
  ['ubl-project', 'ProjectReference', 'ID'],
]

const attributeCharactersMax = 200

/** The references the order carries; undefined where it carries none. */
export const attributesOf = (reading: UblReading): Record<string, string> | undefined => {
  const entries = references.flatMap(([attribute, ...names]): [string, string][] => {
    const text = referenceAt(reading, reading.root, ...names)
    return text === undefined ? [] : [[attribute, cutText(text, attributeCharactersMax)]]
  })
  return entries.length === 0 ? undefined : Object.fromEntries(entries)
}
