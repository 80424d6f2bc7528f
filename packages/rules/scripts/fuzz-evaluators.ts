/**
 * Compares our evaluator with json-rules-engine on random rule sets and hostile facts.
 *
 *     pnpm --filter @counterfoil/rules fuzz [cases] [seed] [large]
 *
 * A case is one rule set on one set of facts; 1,000,000 where nothing is said. One set in `large`, 20 where
 * nothing is said, has 40 to 100 rules over few places, and is tried on fewer facts; 0 for none. Ends with an error at the
 * first case that the two decide differently for no reason on the written list, and prints how to see it
 * again. The same seed gives the same cases.
 */
import { compareEvaluators } from '../src/json-rules-engine/compare-evaluators.examples.ts'

const [factsOfEachSet, factsOfEachLargeSet] = [50, 10]
const progressMilliseconds = 2_000

const [casesWanted, firstSeed, oneIsLargeIn] = [
  Number(process.argv[2] ?? 1_000_000),
  Number(process.argv[3] ?? 1),
  Number(process.argv[4] ?? 20),
]
if (
  ![casesWanted, firstSeed, oneIsLargeIn].every(Number.isSafeInteger) ||
  casesWanted < 1 ||
  oneIsLargeIn < 0
) {
  console.error('write whole numbers: how many cases, the seed, and one set in how many is large')
  process.exit(1)
}

const total = { rulesWritten: 0, rulesTaken: 0, sets: 0, large: 0, cases: 0, fired: 0 }
const listed: Record<string, number> = {}
const start = performance.now()
let printed = start

const report = (): void => {
  const seconds = (performance.now() - start) / 1_000
  const refused = 100 * (1 - total.rulesTaken / Math.max(1, total.rulesWritten))
  console.log(
    `${total.cases.toLocaleString('en')} of ${casesWanted.toLocaleString('en')} cases, ` +
      `${Math.round(total.cases / seconds).toLocaleString('en')} a second; ` +
      `${total.sets.toLocaleString('en')} rule sets, ${total.large.toLocaleString('en')} of them large, ${refused.toFixed(1)} % of rules refused by the loader; ` +
      `${total.fired.toLocaleString('en')} rules fired; listed differences ${JSON.stringify(listed)}`,
  )
}

// Values JSON cannot hold are shown as text.
const shown = (value: unknown): string =>
  JSON.stringify(
    value,
    (_, one: unknown) =>
      one === undefined ||
      typeof one === 'bigint' ||
      (typeof one === 'number' && !Number.isFinite(one))
        ? `<${String(one)}>`
        : one,
    2,
  )

console.log(`seed ${firstSeed}`)
for (let seed = firstSeed; total.cases < casesWanted; seed += 1) {
  const isLarge = oneIsLargeIn > 0 && seed % oneIsLargeIn === 0
  const most = isLarge ? factsOfEachLargeSet : factsOfEachSet
  const factsCount = Math.min(most, casesWanted - total.cases)
  const compared = await compareEvaluators({ seed, factsCount, isLarge })
  total.rulesWritten += compared.rulesWritten
  total.rulesTaken += compared.rulesTaken
  total.cases += compared.cases
  total.fired += compared.fired
  total.sets += 1
  total.large += isLarge ? 1 : 0
  for (const [reason, times] of Object.entries(compared.listed)) {
    listed[reason] = (listed[reason] ?? 0) + times
  }
  const [difference] = compared.differences
  if (difference !== undefined) {
    report()
    console.error(`the evaluators differ: ${shown(difference)}`)
    console.error(
      `see it again: pnpm --filter @counterfoil/rules fuzz ${most} ${seed} ${oneIsLargeIn}`,
    )
    // What was said goes out before the end, into a pipe as well.
    process.exitCode = 1
    break
  }
  if (performance.now() - printed < progressMilliseconds) continue
  printed = performance.now()
  report()
}
if (process.exitCode !== 1) {
  report()
  console.log('both evaluators decided every case alike, but for the differences listed')
}
