import { parseArgs } from 'node:util'
import { CounterfoilError } from '@counterfoil/core'
import { aggregateText, createRuntime } from '@counterfoil/runtime'
import { loadAggregates } from '../books/load-aggregates.ts'
import { noPolicies } from '../books/no-policies.ts'
import { placeOptions, openBooks } from '../books/open-books.ts'

/**
 * `counterfoil rebuild`: works all states and lists of a store out again from the stored events. Decides nothing and changes
 * no event; others may go on meanwhile. Ends with 1 where a state was made by a lifecycle that is not known here,
 * or its events are not what the audit log says happened.
 */
export async function rebuildCommand(
  args: readonly string[],
  out: (line: string) => void,
): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...placeOptions,
      aggregates: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  })
  if (values.store === undefined) {
    throw new CounterfoilError('SETTINGS_INVALID', 'write rebuild --store FILE')
  }
  const runtime = createRuntime({
    store: await openBooks(values.store, { schema: values.schema, readOnly: false }),
    aggregates: await loadAggregates(values.aggregates),
    policies: noPolicies,
    connectors: [],
  })
  try {
    const report = await runtime.rebuild()
    if (values.json) out(JSON.stringify(report, null, 2))
    else {
      for (const { reference } of report.corrected) {
        out(`${aggregateText(reference)}: was not what its events lead to, and is now`)
      }
      for (const { aggregate, sentence } of report.left) {
        out(`${aggregateText(aggregate)}: stays as it is: ${sentence}`)
      }
      const { rebuilt, takenOver, corrected, purged, left } = report
      out(
        `${rebuilt} worked out again, ${corrected.length} of them corrected and ${takenOver} taken over, ${purged} purged, ${left.length} left`,
      )
    }
    return report.left.length === 0 ? 0 : 1
  } finally {
    await runtime.close()
  }
}
