import { benchDecideOrder } from './decide-order.ts'
import { benchMatchInvoice } from './match-invoice.ts'
import { benchAnalyse } from './rules/analyse.ts'
import { benchDecimals } from './rules/decimals.ts'
import { benchReplay } from './rules/replay.ts'
import { benchTable } from './rules/table.ts'
import { benchEvaluate, benchResultTrees } from './rules/evaluate.ts'
import { benchAccept } from './runtime/accept.ts'
import { benchBacklog } from './runtime/backlog.ts'
import { benchDocuments } from './runtime/documents.ts'
import { benchMemory } from './runtime/memory.ts'
import { benchRecovery } from './runtime/recovery.ts'

/** What can be measured; `pnpm bench NAME...` measures those whose names begin so, `pnpm bench` all. */
const benches: Readonly<Record<string, () => void | Promise<void>>> = {
  'decide-order': benchDecideOrder,
  'match-invoice': benchMatchInvoice,
  'rules-analyse': benchAnalyse,
  'rules-decimals': benchDecimals,
  'rules-evaluate': benchEvaluate,
  'rules-replay': benchReplay,
  'rules-result-trees': benchResultTrees,
  'rules-table': benchTable,
  'runtime-accept': benchAccept,
  'runtime-backlog': benchBacklog,
  'runtime-documents': benchDocuments,
  'runtime-memory': benchMemory,
  'runtime-recovery': benchRecovery,
}

const wanted = process.argv.slice(2)
for (const name of wanted) {
  if (!Object.keys(benches).some((one) => one.startsWith(name))) {
    throw new Error(`nothing measures \`${name}\`: name some of ${Object.keys(benches).join(', ')}`)
  }
}
for (const [name, bench] of Object.entries(benches)) {
  if (wanted.length === 0 || wanted.some((one) => name.startsWith(one))) await bench()
}
