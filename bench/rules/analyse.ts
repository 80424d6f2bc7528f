import { deepStrictEqual, ok, strictEqual } from 'node:assert'
import type { PolicyFacts } from '@counterfoil/core'
import { makeEvaluator } from '@counterfoil/rules'
import { analyseRuleSets, type RuleSetAnalysis } from '@counterfoil/rules/analyse'
import { rounded, race } from '../race.ts'
import { print, say } from '../print.ts'
import { categories, orderTypes, tableLines, tableSet, tiers } from './table.ts'

type Row = readonly (string | null)[]

const bands = 20
/** The numbers of a row that reaches into the next, and of one that stands a second time at the end. */
const [wide, again] = [12_345, 23_456]

/** What is found exactly in a table of thirty thousand rows, beside deciding as many facts by it once. */
export async function benchAnalyse(): Promise<void> {
  const rows = rowsOfTable()
  const loaded = tableSet(withFaults(rows))
  const evaluator = makeEvaluator([loaded])
  const lines = tableLines(rows.length)
  const found = analyseRuleSets([loaded])
  refuseOthers(found, evaluator.first)
  console.log(
    `\nexact analysis of ${loaded.rules.length.toLocaleString('en-US')} rows: gaps, overlaps and rows never used, with facts that show it; the row too wide and the one that stands twice are found`,
  )
  let kept = 0
  const laps = await race(
    [
      {
        name: 'deciding as many facts once',
        operations: 1,
        run: () => {
          for (const line of lines) kept += evaluator.first(line) ?? 0
        },
      },
      {
        name: '@counterfoil/rules/analyse',
        operations: 1,
        run: () => {
          kept += analyseRuleSets([loaded]).findings.length
        },
      },
    ],
    3,
  )
  print(laps, 'deciding once')
  const milliseconds = (laps[1]?.nanoseconds ?? Number.NaN) / 1e6
  console.log(`  ${rounded(milliseconds)} ms for the analysis`)
  say('milliseconds at most', milliseconds, 250)
}

/** Amounts in bands that are the same for every key, from below nothing to above everything. */
function rowsOfTable(): readonly Row[] {
  const edges = Array.from({ length: bands - 1 }, (_, index) => String((index + 1) * 250))
  return tiers.flatMap((tier) =>
    categories.flatMap((category) =>
      orderTypes.flatMap((type) =>
        Array.from({ length: bands }, (_, band): Row => [
          tier,
          category,
          type,
          edges[band - 1] ?? null,
          edges[band] ?? null,
          String(band),
        ]),
      ),
    ),
  )
}

function withFaults(rows: readonly Row[]): readonly Row[] {
  const twice = rows[again]
  if (twice === undefined) throw new Error('the table has fewer rows than the fault needs')
  return rows
    .map((row, index) =>
      index === wide ? [...row.slice(0, 4), `${Number(row[4]) + 10}`, ...row.slice(5)] : row,
    )
    .concat([twice])
}

/** What is found is what was put in, and no rule fires on the facts of a gap. */
function refuseOthers(
  { findings }: RuleSetAnalysis,
  first: (facts: PolicyFacts) => number | null,
): void {
  const named = (...kinds: readonly string[]) =>
    findings.filter(({ kind }) => kinds.includes(kind)).map(({ rules }) => rules)
  // Rows are counted from 1.
  const row = (index: number) => `matrix/${index + 1}`
  const pairs = { twice: [row(30_000), row(again)], tooWide: [row(wide + 1), row(wide)] }
  deepStrictEqual(named('unreachable', 'never'), [pairs.twice])
  deepStrictEqual(named('overlap', 'conflict'), [pairs.tooWide, pairs.twice])
  const witnesses = findings.flatMap(({ kind, witness }) =>
    kind === 'gap' && witness !== undefined ? [witness] : [],
  )
  ok(witnesses.length > 0)
  for (const witness of witnesses) strictEqual(first(witness), null)
}
