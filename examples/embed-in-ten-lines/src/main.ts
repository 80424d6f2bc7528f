import { readFileSync } from 'node:fs'
import {
  instant,
  Invoice,
  matchInvoice,
  PurchaseOrder,
  Receipt,
  viewOrder,
} from '@counterfoil/core'
import { createPolicy } from '@counterfoil/rules'
import { loadRuleSetFolder } from '@counterfoil/rules/node'

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../documents/${name}.json`, import.meta.url), 'utf8'))
const ruleSets = new URL('../../../packages/rules/rulesets', import.meta.url).pathname

// #region ten-lines
const canonical = loadRuleSetFolder(ruleSets).filter((set) =>
  set.ruleSet.id.startsWith('canonical-'),
)
const result = matchInvoice({
  invoice: Invoice.parse(read('invoice')),
  invoiceKey: 'northwind/0001/S100/INV-77/standard',
  attempt: 1,
  orders: [
    viewOrder({
      order: PurchaseOrder.parse(read('order')),
      receipts: [Receipt.parse(read('receipt'))],
    }),
  ],
  register: [],
  policy: createPolicy({ ruleSets: canonical }),
  now: instant('2026-11-22T08:00:00Z'),
})
// #endregion

console.log(`decision: ${result.decision}`)
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
