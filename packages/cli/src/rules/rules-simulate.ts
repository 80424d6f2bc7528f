import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { CounterfoilError } from '@counterfoil/core'
import {
  type MatchRecord,
  policiesToCompare,
  predecessorOf,
  simulateMatches,
} from '@counterfoil/rules/replay'
import { describeSimulation } from './describe-simulation.ts'
import { findLoaded, onlyOne, openFolder, versionOf } from './open-folder.ts'
import { matchesOfFile, matchesOfStore } from './read-matches.ts'
import { registryOptions, type RulesSubcommand, type Write } from './rules-subcommand.ts'

/**
 * `counterfoil rules simulate NEW --matches FILE`: makes recorded matches again, once under the rules in force and once
 * with NEW in the place of its predecessor, and says which invoices would come out otherwise and what that is worth.
 */
export const rulesSimulate: RulesSubcommand = async (args, out, warn) => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      ...registryOptions,
      against: { type: 'string' },
      matches: { type: 'string' },
      store: { type: 'string' },
      tenant: { type: 'string' },
      first: { type: 'string', default: '20' },
    },
  })
  const open = openFolder(values)
  const candidate = findLoaded(
    open,
    onlyOne(positionals, 'version to try, as in `price-tolerance@1.1.0`'),
  )
  const against = values.against === undefined ? null : findLoaded(open, values.against)
  const simulator = simulateMatches(
    policiesToCompare({ inForce: open.inForce, against, candidate }),
  )
  const progress = tellProgress(warn)
  for await (const record of recordsOf(values)) {
    simulator.add(record)
    progress()
  }
  const report = simulator.report()
  const before = against ?? predecessorOf(open.inForce, candidate)
  const names = {
    candidate: versionOf(candidate),
    before: before === null ? null : versionOf(before),
  }
  if (values.json) out(JSON.stringify({ ...names, ...report }))
  else
    for (const line of describeSimulation(report, { ...names, first: Number(values.first) }))
      out(line)
  return 0
}

function recordsOf(values: {
  readonly matches?: string | undefined
  readonly store?: string | undefined
  readonly tenant?: string | undefined
}): AsyncGenerator<MatchRecord> {
  const { matches, store, tenant } = values
  if (matches !== undefined && store === undefined) return matchesOfFile(matches)
  if (store !== undefined && matches === undefined) {
    if (!existsSync(store)) {
      throw new CounterfoilError(
        'SETTINGS_INVALID',
        `cannot read \`${store}\`: there is no such file`,
      )
    }
    if (tenant !== undefined) return matchesOfStore(store, tenant)
    throw new CounterfoilError(
      'SETTINGS_INVALID',
      'cannot read a store: name whose books with --tenant',
    )
  }
  throw new CounterfoilError(
    'SETTINGS_INVALID',
    'cannot tell what to try it on: name a record with --matches, or a store with --store',
  )
}

const secondsUntilTold = 2

function tellProgress(warn: Write): () => void {
  let [count, toldAt] = [0, Date.now()]
  return () => {
    count += 1
    if (Date.now() - toldAt < secondsUntilTold * 1000) return
    toldAt = Date.now()
    warn(`${count} matches so far`)
  }
}
