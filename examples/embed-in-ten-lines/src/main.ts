import { readFileSync } from 'node:fs'
import {
  instant,
  Invoice,
  invoiceKey as invoiceKeyOf,
  matchInvoice,
  PurchaseOrder,
  Receipt,
  viewOrder,
} from '@counterfoil/core'
import { createPolicy, type LoadedRuleSet } from '@counterfoil/rules'
import { loadRuleSetFolder } from '@counterfoil/rules/node'

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../documents/${name}.json`, import.meta.url), 'utf8'))
const folder = new URL('../../../packages/rules/rulesets', import.meta.url).pathname
const isCanonical = ({ ruleSet }: LoadedRuleSet): boolean => ruleSet.id.startsWith('canonical-')

// #region ten-lines
const policy = createPolicy({ ruleSets: loadRuleSetFolder(folder).filter(isCanonical) })
const order = PurchaseOrder.parse(read('order'))
const receipts = [Receipt.parse(read('receipt'))]
const orders = [viewOrder({ order, receipts })]
const invoice = Invoice.parse(read('invoice'))
const invoiceKey = invoiceKeyOf(invoice)
const now = instant('2026-11-22T08:00:00Z')
const request = { invoice, invoiceKey, attempt: 1, orders, register: [], policy, now }
const result = matchInvoice(request)
console.log(`decision: ${result.decision}`)
// #endregion

for (const check of result.checks)
  console.log(`${check.within ? 'ok  ' : 'FAIL'} ${check.sentence}`)
for (const hold of result.holds) console.log(`hold ${hold.text}: ${hold.reason}`)
for (const { code, route, sentence } of result.exceptions) {
  console.log(
    `case ${code} for ${route.ownerRole}, due in ${route.dueBusinessHours} working hours: ${sentence}`,
  )
}
console.log(
  `decided under ${result.references.map((one) => `${one.ruleSet}@${one.version}`).join(', ')}`,
)
