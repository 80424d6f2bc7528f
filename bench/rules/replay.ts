import { deepStrictEqual, strictEqual } from 'node:assert'
import {
  decide,
  type DecisionRecord,
  evaluateRecord,
  evaluateRuleSet,
  type LoadedRuleSet,
  loadRuleSet,
  readDecisionRecord,
  writeDecisionRecord,
} from '@counterfoil/rules'
import { type DecisionLog, logDecisions, replayDecisions } from '@counterfoil/rules/replay'
import { seededRandom } from '../random.ts'
import { print, say } from '../print.ts'
import { race } from '../race.ts'
import { workloadLines } from './workload-lines.ts'
import { workloadRuleSets } from './workload-rules.ts'

const decisionCount = 1_000_000
const linesOfChunk = 20_000
const checkedCount = 20_000
const readCount = 100_000

/** A million recorded decisions made again by two versions, beside reading their records. */
export async function benchReplay(): Promise<void> {
  const { before, after } = versions()
  const lines: string[] = []
  const start = performance.now()
  const log = logDecisions(before, recorded(before, lines))
  const seconds = (performance.now() - start) / 1000
  const replay = replayDecisions(log, { before, after })
  strictEqual(replay.decisions, decisionCount)
  strictEqual(replay.notReproduced, 0)
  refuseDifferences(before, after, lines)
  console.log(
    `\n${decisionCount.toLocaleString('en-US')} recorded decisions of ${before.rules.length} rules made again by two versions; ${replay.changed.toLocaleString('en-US')} answers change, in ${replay.differences.length} ways; deciding, recording and taking them in took ${seconds.toFixed(1)} s`,
  )
  const laps = await race(
    [
      {
        name: 'reading records from their lines',
        operations: readCount,
        run: () => readAll(lines),
      },
      {
        name: '@counterfoil/rules/replay, both versions and the differences',
        operations: decisionCount,
        run: () => {
          replayDecisions(log, { before, after })
        },
      },
      {
        name: 'going once through every value of the log',
        operations: decisionCount,
        run: () => goThrough(log),
      },
    ],
    5,
  )
  print(laps, 'reading')
  say('at most 2 times reading the records', laps[1]?.ratio ?? Number.NaN, 2)
  say('seconds for all at most', ((laps[1]?.nanoseconds ?? Number.NaN) * decisionCount) / 1e9, 0.3)
}

function versions(): { readonly before: LoadedRuleSet; readonly after: LoadedRuleSet } {
  const [before] = workloadRuleSets()
  if (before === undefined) throw new Error('there is no rule set to replay')
  const text = JSON.stringify({ ...before.ruleSet, version: '1.1.0' })
  const after = loadRuleSet(
    JSON.parse(
      text.replaceAll('"value":"5"', '"value":"6"').replaceAll('"value":"1.5"', '"value":"2"'),
    ),
  )
  return { before, after }
}

/** Decisions about lines that are all different; the lines of the first ones are kept. */
function* recorded(loaded: LoadedRuleSet, lines: string[]): Generator<DecisionRecord> {
  const random = seededRandom(3)
  const chunk = workloadLines(linesOfChunk, 1)
  for (let made = 0; made < decisionCount; made += 1) {
    const line = chunk[made % linesOfChunk]
    if (line === undefined) continue
    const { discrepancy } = line
    const percent = made < linesOfChunk ? discrepancy.percent : (random() * 18 - 9).toFixed(2)
    const record = decide(loaded, { ...line, discrepancy: { ...discrepancy, percent } })
    if (lines.length < readCount) lines.push(writeDecisionRecord(record))
    yield record
  }
}

/** What is replayed is what each decision comes to by itself, from its facts and from its record. */
function refuseDifferences(
  before: LoadedRuleSet,
  after: LoadedRuleSet,
  lines: readonly string[],
): void {
  const facts = workloadLines(checkedCount, 1)
  const records = lines.slice(0, checkedCount).map(readDecisionRecord)
  const replay = replayDecisions(logDecisions(before, records), { before, after })
  let changed = 0
  for (const [index, line] of facts.entries()) {
    const [one, other] = [evaluateRuleSet(before, line), evaluateRuleSet(after, line)]
    const record = records[index]
    if (record !== undefined) deepStrictEqual(evaluateRecord(before, record), one)
    if (JSON.stringify(one.fired) === JSON.stringify(other.fired)) continue
    const told = replay.differences.find(
      (difference) =>
        JSON.stringify([difference.before.fired, difference.after.fired]) ===
        JSON.stringify([one.fired, other.fired]),
    )
    deepStrictEqual([told?.before, told?.after], [one, other])
    changed += 1
  }
  strictEqual(
    replay.differences.reduce((sum, { decisions }) => sum + decisions, 0),
    changed,
  )
}

let kept = 0

function readAll(lines: readonly string[]): void {
  for (const line of lines) kept += readDecisionRecord(line).slots.length
}

function goThrough({ columns, decisions }: DecisionLog): void {
  for (let decision = 0; decision < decisions; decision += 1) {
    for (const { values, numbers } of columns) {
      kept += values[numbers[decision] ?? 0] === null ? 1 : 0
    }
  }
}
