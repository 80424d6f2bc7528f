import { parseArgs } from 'node:util'
import { createVirtualClock } from '@counterfoil/runtime'
import { holdDrill } from './drill.ts'
import { exportAudit } from './export-audit.ts'
import { dataFolder, ruleSetsFolder } from './folders.ts'
import { openRuleSets } from './open-rule-sets.ts'
import { openRuntime, openStore } from './open-runtime.ts'
import { readStory } from './read-story.ts'
import { serveHost } from './serve-host.ts'
import { printSummary } from './summary/print-summary.ts'
import { tellPolicy } from './tell-policy.ts'
import { tellStory } from './tell-story.ts'

const { values } = parseArgs({
  options: {
    once: { type: 'boolean', default: false },
    data: { type: 'string', default: dataFolder },
    database: { type: 'string' },
    rules: { type: 'string', default: ruleSetsFolder },
    order: { type: 'string', default: '4500001' },
    port: { type: 'string', default: '4000' },
  },
})

const pages = readStory()
const clock = createVirtualClock('2026-11-02T12:00:00Z')
const evening = '2026-11-24T22:00:00Z'
const ruleSets = openRuleSets(values.rules)
const store = openStore({ folder: values.data, database: values.database })
const runtime = openRuntime({ folder: values.data, store, clock, policies: ruleSets.source })

console.log(`Harbor & Pine Supply, ${pages.length} deliveries and decisions of November 2026\n`)
const told = await tellStory({ runtime, clock, pages, until: evening })
const matched = await tellPolicy(runtime, values.data, ruleSets.current())
await printSummary(runtime, { store, evening, audited: values.order })
const drilled = await holdDrill(runtime, { store, folder: values.data })
const audited = await exportAudit(runtime, values.data)
console.log(
  `\naudit: ${audited} entries in audit.jsonl of the data folder, to be checked with counterfoil verify-audit`,
)
console.log(`effects: ${told + matched + drilled} new`)

if (values.once) await runtime.close()
else await serveHost({ runtime, store, clock, port: Number(values.port) })
