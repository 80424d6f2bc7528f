import { benchDecideOrder } from './decide-order.ts'
import { benchMatchInvoice } from './match-invoice.ts'
import { benchTable } from './rules/table.ts'
import { benchEvaluate, benchResultTrees } from './rules/evaluate.ts'

/** What can be measured; `pnpm bench rules` measures those whose name begins so, `pnpm bench` all. */
const benches: Readonly<Record<string, () => void | Promise<void>>> = {
  'decide-order': benchDecideOrder,
  'match-invoice': benchMatchInvoice,
  'rules-evaluate': benchEvaluate,
  'rules-result-trees': benchResultTrees,
  'rules-table': benchTable,
}

const [wanted = ''] = process.argv.slice(2)
const chosen = Object.entries(benches).filter(([name]) => name.startsWith(wanted))
if (chosen.length === 0) {
  throw new Error(`nothing measures \`${wanted}\`: name one of ${Object.keys(benches).join(', ')}`)
}
for (const [, bench] of chosen) await bench()
