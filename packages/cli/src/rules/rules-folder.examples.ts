import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { rulesCommand } from '../commands/rules.ts'

/** What a command printed, and how it ended. */
export type Ran = {
  readonly exit: number
  readonly out: readonly string[]
  readonly warnings: readonly string[]
}

/** A folder of rule sets that a test works on as a person would. */
export type RulesFolder = {
  readonly root: string
  readonly registry: string
  /** Runs `counterfoil rules` on it. What the program would say of an error is a warning, and ends with 2. */
  readonly rules: (...args: readonly string[]) => Promise<Ran>
  /** Writes a file below the root; gives its path. */
  readonly save: (file: string, text: string) => string
  /** Writes a version of `price-tolerance` that lets so many percent pass, with its cases. */
  readonly write: (version: string, pct: string, envelope?: object) => void
  readonly remove: () => void
}

const conditions = {
  all: [{ fact: 'discrepancy', path: '$.kind', operator: 'equal', value: 'price-variance' }],
}

/** A rule set of one rule. */
const ruleSetOf = (version: string, pct: string): object => ({
  id: 'price-tolerance',
  kind: 'tolerance',
  version,
  effectiveFrom: '2026-01-01',
  scope: {},
  owner: 'procure-to-pay',
  title: 'How much dearer an invoice may be',
  rules: [{ name: 'dearer', conditions, event: toleranceOf(pct) }],
})

const toleranceOf = (pct: string): object => ({
  type: 'tolerance',
  params: {
    upper: { abs: null, pct },
    lower: { abs: null, pct: null },
    combine: 'either',
    percentBase: 'line',
    lowerEffect: 'ignore',
    amountCurrency: 'transaction',
    because: `within ${pct} % of the price agreed`,
  },
})

const casesOf = (pct: string): readonly object[] => [
  {
    name: 'dearer',
    facts: { discrepancy: { kind: 'price-variance' } },
    expect: { outcome: { tolerance: { upper: { pct } } }, firedRules: ['dearer'] },
  },
  { name: 'nothing', facts: {}, expect: { outcome: 'nothing fires', firedRules: [] } },
]

/** An empty folder in a place of its own. */
export const aRulesFolder = (): RulesFolder => {
  const root = mkdtempSync(join(tmpdir(), 'counterfoil-rules-'))
  const registry = join(root, 'rulesets')
  const save = (file: string, text: string): string => {
    const path = join(root, file)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
    return path
  }
  return {
    root,
    registry,
    save,
    rules: async (...args) => {
      const [out, warnings]: [string[], string[]] = [[], []]
      const telling = (lines: string[]) => (line: string) => void lines.push(line)
      const own = args.length === 0 || args[0] === 'help' ? args : [...args, '--registry', registry]
      try {
        const exit = await rulesCommand(own, telling(out), telling(warnings))
        return { exit, out, warnings }
      } catch (error) {
        return { exit: 2, out, warnings: [...warnings, String(error)] }
      }
    },
    write: (version, pct, envelope = {}) => {
      const path = `rulesets/price-tolerance/${version}`
      save(`${path}/ruleset.json`, JSON.stringify({ ...ruleSetOf(version, pct), ...envelope }))
      save(`${path}/cases.json`, JSON.stringify(casesOf(pct)))
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  }
}
