/**
 * Tries the operators on decimals on constructed border cases against fractions of whole numbers.
 *
 *     pnpm --filter @counterfoil/rules borders [cases] [seed]
 *
 * 10,000,000 cases where nothing is said. Ends with an error at the first wrong answer and prints it. The same
 * seed gives the same cases.
 */
import { tryBorders } from '../src/operators/border-cases.examples.ts'

const casesOfEachSeed = 10_000
const progressMilliseconds = 10_000

const [casesWanted, firstSeed] = [
  Number(process.argv[2] ?? 10_000_000),
  Number(process.argv[3] ?? 1),
]
if (!Number.isSafeInteger(casesWanted) || casesWanted < 1 || !Number.isSafeInteger(firstSeed)) {
  console.error('write whole numbers: how many cases, and the seed')
  process.exit(1)
}

const total = { cases: 0, held: 0, wrongInFloats: 0 }
let printed = performance.now()

const report = (): void => {
  const inFloats = (100 * total.wrongInFloats) / total.cases
  console.log(
    `${total.cases.toLocaleString('en')} cases, ${total.held.toLocaleString('en')} hold, 0 wrong; ` +
      `floating-point numbers get ${total.wrongInFloats.toLocaleString('en')} wrong (${inFloats.toFixed(1)} %)`,
  )
}

console.log(`seed ${firstSeed}`)
for (let seed = firstSeed; total.cases < casesWanted; seed += 1) {
  const tried = tryBorders(seed, Math.min(casesOfEachSeed, casesWanted - total.cases))
  total.cases += tried.cases
  total.held += tried.held
  total.wrongInFloats += tried.wrongInFloats
  const [wrong] = tried.wrong
  if (wrong !== undefined) {
    console.error(`answered wrongly: ${JSON.stringify(wrong)}`)
    console.error(
      `see it again: pnpm --filter @counterfoil/rules borders ${casesOfEachSeed} ${seed}`,
    )
    process.exit(1)
  }
  if (performance.now() - printed < progressMilliseconds) continue
  printed = performance.now()
  report()
}
report()
