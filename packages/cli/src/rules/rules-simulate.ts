import { existsSync, statSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { CounterfoilError } from '@counterfoil/core'
import {
  type MatchRecord,
  policiesToCompare,
  predecessorOf,
  type SimulatedDays,
  simulateDecisions,
  simulateMatches,
} from '@counterfoil/rules/replay'
import type { LoadedRuleSet } from '@counterfoil/rules'
import { describeDecisions } from './describe-decisions.ts'
import { describeSimulation } from './describe-simulation.ts'
import {
  findLoaded,
  onlyOne,
  openFolderIfThere,
  type OpenFolder,
  versionOf,
  wholeNumber,
} from './open-folder.ts'
import { linesOf, noSuchFile } from './read-lines.ts'
import { matchesOfFile, matchesOfStore } from './read-matches.ts'
import { registryOptions, type RulesSubcommand, type Write } from './rules-subcommand.ts'
import { tellProgress } from './tell-progress.ts'

/**
 * `counterfoil rules simulate NEW`: makes recorded matches again (`--matches`, `--store`), once under the rules in force
 * and once with NEW in the place of its predecessor, and says which invoices would come out otherwise and what that is
 * worth. NEW counts as if it had been in force on every day, or with `--by-date` from its own first day on. Or recorded
 * decisions (`--decisions`), each against what was decided then. Ends with 1 where some of the
 * decisions could not be tried, or there was nothing to try it on.
 */
export const rulesSimulate: RulesSubcommand = async (args, out, warn) => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      ...registryOptions,
      against: { type: 'string' },
      matches: { type: 'string' },
      decisions: { type: 'string' },
      store: { type: 'string' },
      tenant: { type: 'string' },
      'by-date': { type: 'boolean', default: false },
      first: { type: 'string', default: '20' },
    },
  })
  const first = wholeNumber(values.first, 'first')
  const open = openFolderIfThere(values)
  const candidate = findLoaded(
    open,
    onlyOne(positionals, 'version to try, as in `price-tolerance@1.1.0`'),
  )
  const printing = { isJson: values.json, first, out, warn }
  if (values.decisions !== undefined) {
    refuseBesideDecisions(values)
    return tryDecisions(values.decisions, { open, candidate }, printing)
  }
  const against = values.against === undefined ? null : findLoaded(open, values.against)
  const days: SimulatedDays = values['by-date'] ? 'business-date' : 'every-day'
  const trying = { inForce: open.inForce, candidate, against, days }
  return tryMatches(recordsOf(values, warn), trying, printing)
}

type Printing = {
  readonly isJson: boolean
  readonly first: number
  readonly out: Write
  readonly warn: Write
}

type Trying = { readonly open: OpenFolder; readonly candidate: LoadedRuleSet }

type TryingMatches = {
  readonly inForce: readonly LoadedRuleSet[]
  readonly candidate: LoadedRuleSet
  readonly against: LoadedRuleSet | null
  readonly days: SimulatedDays
}

async function tryMatches(
  records: AsyncGenerator<MatchRecord>,
  { inForce, candidate, against, days }: TryingMatches,
  { isJson, first, out, warn }: Printing,
): Promise<number> {
  const simulator = simulateMatches(policiesToCompare({ inForce, against, candidate, days }))
  const progress = tellProgress('matches', warn)
  for await (const record of records) {
    simulator.add(record)
    progress()
  }
  const report = simulator.report()
  const before = against ?? predecessorOf(inForce, candidate)
  const names = {
    candidate: versionOf(candidate),
    before: before === null ? null : versionOf(before),
    days,
    effectiveFrom: candidate.ruleSet.effectiveFrom,
  }
  if (isJson) out(JSON.stringify({ ...names, ...report }))
  else for (const line of describeSimulation(report, { ...names, first })) out(line)
  return report.matches > 0 ? 0 : tellNothingTried({ isJson, out }, 'match')
}

async function tryDecisions(
  path: string,
  { open, candidate }: Trying,
  { isJson, first, out, warn }: Printing,
): Promise<number> {
  const own = open.registry.versions.flatMap(({ loaded }) => loaded ?? [])
  const simulator = simulateDecisions({ versions: [...own, ...open.bases], candidate })
  const progress = tellProgress('decisions', warn)
  for await (const { text, number } of linesOf(path)) {
    simulator.add(text, number)
    progress()
  }
  const report = simulator.report()
  const name = versionOf(candidate)
  if (isJson) out(JSON.stringify({ candidate: name, ...report }))
  else for (const line of describeDecisions(report, { candidate: name, first })) out(line)
  if (report.decisions === 0) return tellNothingTried({ isJson, out }, 'decision of this rule set')
  return report.notTried.length === 0 ? 0 : 1
}

/** That nothing would change where nothing was looked at is no news. */
function tellNothingTried({ isJson, out }: Pick<Printing, 'isJson' | 'out'>, what: string): number {
  if (!isJson) out(`nothing was tried: there is no ${what} in what was given`)
  return 1
}

/** The error for a file that holds no store: opening it would make it one. */
function noStore(path: string): CounterfoilError {
  return new CounterfoilError(
    'SETTINGS_INVALID',
    `cannot read \`${path}\`: it is empty or no file, name that of a store`,
  )
}

function refuseBesideDecisions(values: Readonly<Record<string, unknown>>): void {
  const reasons = {
    matches: 'try it on one record at a time',
    store: 'try it on one record at a time',
    against: 'recorded decisions are held against what was decided then',
    'by-date': 'a recorded decision has no date',
  }
  const found = Object.entries(reasons).find(([option]) => (values[option] ?? false) !== false)
  if (found === undefined) return
  const [beside, why] = found
  throw new CounterfoilError(
    'SETTINGS_INVALID',
    `cannot take --${beside} beside --decisions: ${why}`,
  )
}

function recordsOf(
  values: {
    readonly matches?: string | undefined
    readonly store?: string | undefined
    readonly tenant?: string | undefined
  },
  warn: Write,
): AsyncGenerator<MatchRecord> {
  const { matches, store, tenant } = values
  if (matches !== undefined && store === undefined) return matchesOfFile(matches)
  if (store !== undefined && matches === undefined) {
    if (!existsSync(store)) throw noSuchFile(store)
    if (!statSync(store).isFile() || statSync(store).size === 0) throw noStore(store)
    if (tenant !== undefined) return matchesOfStore(store, tenant, tellProgress('events', warn))
    throw new CounterfoilError(
      'SETTINGS_INVALID',
      'cannot read a store: name whose books with --tenant',
    )
  }
  throw new CounterfoilError(
    'SETTINGS_INVALID',
    'cannot tell what to try it on: name a record with --matches or --decisions, or a store with --store',
  )
}
