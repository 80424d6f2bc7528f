import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { CounterfoilError } from '@counterfoil/core'
import { type LoadedRuleSet, RuleSetCases } from '@counterfoil/rules'
import {
  type AnalysisFinding,
  analyseRuleSets,
  type AnalyseOptions,
  type RuleSetAnalysis,
} from '@counterfoil/rules/analyse'
import { loadRuleSetFolder, type RuleSetFileFinding } from '@counterfoil/rules/node'
import * as z from 'zod'

type Write = (line: string) => void

/**
 * `counterfoil rules check FOLDER...`: loads the rule sets of the folders and says what is wrong with them, and then what
 * their rules leave open, say twice, never say, or allow that somebody else has to approve. A set may extend one of a folder
 * named before. For people, or with `--json` for machines. Ends with 0 when all is well, 1 when something has to be looked
 * at, 2 when it was called wrongly; what is only good to know changes nothing, and is shown with `--all`.
 */
export async function rulesCheckCommand(
  args: readonly string[],
  out: Write,
  warn: Write,
): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      all: { type: 'boolean', default: false },
      set: { type: 'string' },
    },
  })
  if (positionals.length === 0) {
    warn('rules check: name a folder of rule sets')
    return 2
  }
  const { sets, invalid } = loadFolders(positionals)
  const chosen = sets.filter(({ loaded }) => isChosen(loaded, values.set))
  if (chosen.length + invalid.length === 0) {
    warn(
      `rules check: no rule set is called \`${values.set ?? ''}\`: name one that lies in a folder`,
    )
    return 2
  }
  const cases = Object.fromEntries(chosen.flatMap((one) => casesOf(one)))
  const analysis = analyseRuleSets(
    chosen.map(({ loaded }) => loaded),
    { cases },
  )
  const versions = chosen.map(({ loaded }) => versionOf(loaded))
  if (values.json) out(JSON.stringify({ ruleSets: versions, invalid, ...analysis }, null, 2))
  else for (const line of report({ analysis, invalid, versions, all: values.all })) out(line)
  const isGrave = analysis.findings.some(({ severity }) => severity !== 'information')
  return isGrave || invalid.length > 0 ? 1 : 0
}

type FolderSet = { readonly loaded: LoadedRuleSet; readonly folder: string }
type Invalid = RuleSetFileFinding & { readonly folder: string }

const FileFindings = z.object({
  findings: z.array(z.object({ file: z.string(), pointer: z.string(), sentence: z.string() })),
})

/** Loads folders one after the other; one that cannot be loaded is told with everything that is wrong in it. */
function loadFolders(folders: readonly string[]): {
  readonly sets: readonly FolderSet[]
  readonly invalid: readonly Invalid[]
} {
  const sets: FolderSet[] = []
  const invalid: Invalid[] = []
  for (const folder of folders) {
    try {
      const bases = sets.map(({ loaded }) => loaded)
      sets.push(...loadRuleSetFolder(folder, { bases }).map((loaded) => ({ loaded, folder })))
    } catch (error) {
      if (!CounterfoilError.is(error) || error.code !== 'RULE_SET_INVALID') throw error
      const { findings } = FileFindings.parse(error.details)
      invalid.push(...findings.map((finding) => ({ folder, ...finding })))
    }
  }
  return { sets, invalid }
}

function versionOf({ reference }: LoadedRuleSet): string {
  return `${reference.ruleSet}@${reference.version}`
}

function isChosen(loaded: LoadedRuleSet, set: string | undefined): boolean {
  return set === undefined || set === loaded.reference.ruleSet || set === versionOf(loaded)
}

/** The cases beside a set, where there are any. */
function casesOf({ loaded, folder }: FolderSet): readonly CasesEntry[] {
  const file = join(folder, loaded.reference.ruleSet, loaded.reference.version, 'cases.json')
  if (!existsSync(file)) return []
  const read = RuleSetCases.safeParse(JSON.parse(readFileSync(file, 'utf8')))
  if (read.success) return [[versionOf(loaded), read.data]]
  throw new CounterfoilError(
    'DOCUMENT_INVALID',
    `cannot read the cases in \`${file}\`, ${z.prettifyError(read.error)}: correct them`,
  )
}

type CasesEntry = readonly [string, NonNullable<AnalyseOptions['cases']>[string]]

type Report = {
  readonly analysis: RuleSetAnalysis
  readonly invalid: readonly Invalid[]
  readonly versions: readonly string[]
  readonly all: boolean
}

function report({ analysis, invalid, versions, all }: Report): readonly string[] {
  const lines = invalid.map(
    ({ folder, file, pointer, sentence }) => `error ${join(folder, file)} ${pointer}: ${sentence}`,
  )
  for (const version of versions) {
    const own = analysis.findings.filter(({ ruleSet }) => ruleSet === version)
    const shown = own.filter(({ severity }) => all || severity !== 'information')
    if (shown.length > 0) lines.push(version, ...shown.flatMap(describe))
  }
  return [...lines, ...opaqueLines(analysis, all), summary({ analysis, invalid, versions, all })]
}

function describe({ severity, pointer, sentence, witness }: AnalysisFinding): readonly string[] {
  const example = witness === undefined ? [] : [`    for example ${JSON.stringify(witness)}`]
  return [`  ${severity} ${pointer}: ${sentence}`, ...example]
}

function opaqueLines({ opaque }: RuleSetAnalysis, all: boolean): readonly string[] {
  if (!all) return []
  return opaque.map(
    ({ ruleSet, comparison, pointer }) =>
      `${ruleSet} ${pointer}: \`${comparison}\` is not looked into, and taken to come out either way`,
  )
}

function summary({ analysis, invalid, versions, all }: Report): string {
  const count = (severity: AnalysisFinding['severity']) =>
    analysis.findings.filter((finding) => finding.severity === severity).length
  const errors = count('error') + invalid.length
  const more = count('information')
  const exact = analysis.exact
    ? 'exact'
    : analysis.opaque.length > 0
      ? `exact but for ${plural(analysis.opaque.length, 'comparison')} not looked into`
      : 'cut short where it says so'
  return (
    `${plural(versions.length, 'rule set')}: ${plural(errors, 'error')}, ${plural(count('warning'), 'warning')}, ` +
    `${more} good to know${more > 0 && !all ? ' (shown with --all)' : ''}; ${exact}`
  )
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`
}
