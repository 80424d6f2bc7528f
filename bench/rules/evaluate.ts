import { strictEqual } from 'node:assert'
import { decide, makeEvaluator, resultTrees, writeDecisionRecord } from '@counterfoil/rules'
import { engineFor } from '@counterfoil/rules/compat'
import { deepStrictEqual } from 'node:assert'
import { evaluateByHand } from './evaluate-by-hand.ts'
import { celJs, jsonLogic, jsonRulesEngine, type Peer, zen } from './peers.ts'
import { print, say } from '../print.ts'
import { race, type Runner } from '../race.ts'
import { type WorkloadLine, workloadLines } from './workload-lines.ts'
import { workloadLeaves, workloadRules, workloadRuleSets } from './workload-rules.ts'

const lineCount = 20_000

/** Thirty rules on invoice lines, beside a function written for just these and beside other engines. */
export async function benchEvaluate(): Promise<void> {
  const ruleSets = workloadRuleSets()
  const lines = workloadLines(lineCount)
  const evaluator = makeEvaluator(ruleSets)
  const peers = [...jsonLogic(), celJs(), zen(), jsonRulesEngine(ruleSets)]
  await refuseDifferences(lines, evaluator.fire, peers)
  console.log(
    `\n${workloadRules.length} rules, ${workloadLeaves} comparisons, ${lineCount.toLocaleString('en-US')} lines in turn so that the facts are cold; all give the same rules`,
  )
  const ours = (): void => {
    for (const line of lines) evaluator.fire(line)
  }
  const laps = await race(
    [
      { name: 'by hand, restructured', operations: lineCount, run: () => byHand(lines) },
      { name: '@counterfoil/rules, nothing generated', operations: lineCount, run: ours },
      ...peers.map((peer) => runnerOf(peer, lines)),
    ],
    9,
  )
  print(laps, 'by hand')
  const [, own, ...others] = laps
  const fastest = Math.min(...others.map(({ nanoseconds }) => nanoseconds))
  say(`at most 4 times by hand`, own?.ratio ?? Number.NaN, 4)
  say(
    'faster than every other engine (times the fastest)',
    (own?.nanoseconds ?? Number.NaN) / fastest,
    1,
  )
}

/** The results of every rule as json-rules-engine reports them, and the records of decisions. */
export async function benchResultTrees(): Promise<void> {
  const ruleSets = workloadRuleSets()
  const lines = workloadLines(lineCount)
  const engines = ruleSets.map((set) => engineFor(set))
  const reference = async (line: WorkloadLine) => {
    const trees = []
    for (const engine of engines) {
      const { results, failureResults } = await engine.run({ ...line })
      trees.push([...results, ...failureResults].map((one) => one.toJSON(false)))
    }
    return trees
  }
  for (const line of lines.slice(0, 300)) {
    const expected = await reference(line)
    for (const [index, loaded] of ruleSets.entries()) {
      deepStrictEqual(byName(resultTrees(loaded, line)), byName(expected[index] ?? []))
    }
  }
  console.log('\nthe results of all rules, those that fired and those that did not; equal as sets')
  const laps = await race(
    [
      {
        name: '@counterfoil/rules, resultTrees',
        operations: lineCount,
        run: () => {
          for (const line of lines) for (const loaded of ruleSets) resultTrees(loaded, line)
        },
      },
      {
        name: 'json-rules-engine 7, reused, with its results as JSON',
        operations: 300,
        run: async () => {
          for (const line of lines.slice(0, 300)) await reference(line)
        },
      },
    ],
    5,
  )
  print(laps, 'ours')
  say('at least 200 times faster', -(laps[1]?.ratio ?? Number.NaN), -200)
  const sizes = lines.map((line) =>
    ruleSets.map((loaded) => writeDecisionRecord(decide(loaded, line)).length),
  )
  for (const [
    index,
    {
      reference: { ruleSet },
    },
  ] of ruleSets.entries()) {
    const own = sizes.map((one) => one[index] ?? 0)
    console.log(
      `record of a decision of ${ruleSet}: ${Math.round(own.reduce((sum, one) => sum + one, 0) / own.length)} bytes, ${Math.max(...own)} at most`,
    )
  }
  say('bytes of a record at most', Math.max(...sizes.flat()), 256)
}

async function refuseDifferences(
  lines: readonly WorkloadLine[],
  ours: (line: WorkloadLine) => Int32Array,
  peers: readonly Peer[],
): Promise<void> {
  for (const [index, line] of lines.entries()) {
    const expected = evaluateByHand(line)
    strictEqual(ours(line)[0], expected)
    for (const peer of index < 300 ? peers : []) {
      strictEqual(await peer.evaluate(line), expected, peer.name)
    }
  }
}

let kept = 0

function byHand(lines: readonly WorkloadLine[]): void {
  for (const line of lines) kept ^= evaluateByHand(line)
}

function runnerOf(peer: Peer, lines: readonly WorkloadLine[]): Runner {
  const isSlow = peer.name.startsWith('zen') || peer.name.startsWith('json-rules')
  const some = isSlow ? lines.slice(0, 300) : lines
  return {
    name: peer.name,
    operations: some.length,
    run: async () => {
      for (const line of some) {
        const bits = peer.evaluate(line)
        if (typeof bits !== 'number') await bits
      }
    },
  }
}

function byName(trees: readonly { readonly name: string }[]): readonly unknown[] {
  return JSON.parse(JSON.stringify(trees.toSorted((a, b) => (a.name < b.name ? -1 : 1))))
}
