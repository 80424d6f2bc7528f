// Walks every lifecycle of the product and any number of random machines by their plans and by XState, and compares all
// answers; exits with 1 at the first difference, with what repeats it. `npx pnpm run fuzz [events] [seed] [progress]`.
import { fuzzRound } from './fuzz-round.ts'

const [eventsWanted = 1_000_000, seed = 20_261_127] = process.argv.slice(2).map(Number)
const progressEvery = 100_000

console.log(`${eventsWanted} events from seed ${seed}`)
const byName = new Map<string, number>()
let events = 0
let told = 0
for (let round = seed; events < eventsWanted; round += 1) {
  const { subject, walked, difference } = fuzzRound(round)
  events += walked
  byName.set(subject, (byName.get(subject) ?? 0) + walked)
  if (difference !== null) {
    console.error(JSON.stringify(difference, null, 2))
    console.error(`repeat it with \`npx pnpm -C packages/core run fuzz 1 ${round}\``)
    process.exit(1)
  }
  if (events - told >= progressEvery) {
    told = events
    console.log(`${events} events, round ${round}, no difference`)
  }
}
console.log(`${events} events, no difference:`)
for (const [name, count] of byName) console.log(`  ${name} ${count}`)
