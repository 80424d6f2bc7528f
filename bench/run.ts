import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { benchDecideOrder } from './decide-order.ts'
import { benchMatchInvoice } from './match-invoice.ts'
import { benchPostgresDocuments } from './postgres/documents.ts'
import { benchOutboxDrain } from './postgres/outbox-drain.ts'
import { benchTakeover } from './postgres/takeover.ts'
import { benchAnalyse } from './rules/analyse.ts'
import { benchDecimals } from './rules/decimals.ts'
import { benchReplay } from './rules/replay.ts'
import { benchTable } from './rules/table.ts'
import { benchEvaluate, benchResultTrees } from './rules/evaluate.ts'
import { benchAccept } from './runtime/accept.ts'
import { benchBacklog } from './runtime/backlog.ts'
import { benchDocuments } from './runtime/documents.ts'
import { benchLargeOrders } from './runtime/large-orders.ts'
import { benchMemory } from './runtime/memory.ts'
import { benchRecovery } from './runtime/recovery.ts'
import { benchReplayVerified } from './runtime/replay-verified.ts'

// The lifecycles are core's own, and so is the script that measures them.
const lifecycles = fileURLToPath(
  new URL('../packages/core/scripts/bench-lifecycles.ts', import.meta.url),
)
function benchDeciding(): void {
  execFileSync(process.execPath, [...process.execArgv, lifecycles], { stdio: 'inherit' })
}

/** What can be measured; `pnpm bench NAME...` measures those whose names begin so, `pnpm bench` all. */
const benches: Readonly<Record<string, () => void | Promise<void>>> = {
  'decide-order': benchDecideOrder,
  deciding: benchDeciding,
  'large-orders': benchLargeOrders,
  'match-invoice': benchMatchInvoice,
  'postgres-documents': benchPostgresDocuments,
  'postgres-outbox-drain': benchOutboxDrain,
  'postgres-takeover': benchTakeover,
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
  'runtime-replay-verified': benchReplayVerified,
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
