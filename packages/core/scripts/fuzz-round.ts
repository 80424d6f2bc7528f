import {
  type Difference,
  publicTransition,
  sharedTransition,
  walkBoth,
} from './lifecycle-oracle.ts'
import { lifecycleSubjects, randomSubject } from './lifecycle-subjects.ts'
import { seededDice } from './random-machine.ts'

const walksOfRound = 12
const stepsOfWalk = 40

/** What one round walked: which machine, how many events, and where it parted from XState. */
export type Round = {
  readonly subject: string
  readonly walked: number
  readonly difference: Difference | null
}

/**
 * Walks one machine several times, the same for the same seed: in every other round a machine of the product, else a
 * random one. The first walk of a round asks XState's public function, the others what that function calls.
 */
export function fuzzRound(seed: number): Round {
  const dice = seededDice(seed)
  const [product] = lifecycleSubjects.slice((seed >> 1) % lifecycleSubjects.length)
  const isRandom = seed % 2 === 0 || product === undefined
  const subject = isRandom ? randomSubject(`random ${seed}`, dice) : product
  const shared = sharedTransition(subject.machine, subject.input(dice))
  let walked = 0
  for (let walk = 0; walk < walksOfRound; walk += 1) {
    const oracle = walk === 0 ? publicTransition : shared
    const { events, difference } = walkBoth(subject, dice, { steps: stepsOfWalk, oracle })
    walked += events
    if (difference !== null) return { subject: subject.name, walked, difference }
  }
  return { subject: isRandom ? 'random machines' : subject.name, walked, difference: null }
}
