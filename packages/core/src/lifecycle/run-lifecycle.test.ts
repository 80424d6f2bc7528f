import { describe, expect, it } from 'vitest'
import { fuzzRound } from '../../scripts/fuzz-round.ts'
import { lifecycleSubjects } from '../../scripts/lifecycle-subjects.ts'

const eventsOfTheProduct = 10_000
const eventsOfRandomMachines = 10_000

/** Walks odd rounds, which are machines of the product, or even ones, which are random, until enough was answered. */
function walk(events: number, first: number) {
  const walked = new Map<string, number>()
  for (let done = 0, round = first; done < events; round += 2) {
    const { subject, walked: count, difference } = fuzzRound(round)
    expect(difference, `repeat it with \`pnpm run fuzz 1 ${round}\``).toBeNull()
    walked.set(subject, (walked.get(subject) ?? 0) + count)
    done += count
  }
  return walked
}

describe('the plans of a lifecycle', () => {
  it('answer every event as XState does, for every lifecycle of the product', () => {
    const walked = walk(eventsOfTheProduct, 1)
    for (const { name } of lifecycleSubjects) expect(walked.get(name), name).toBeGreaterThan(100)
  })

  it('answer every event as XState does, for machines nobody would write', () => {
    expect(walk(eventsOfRandomMachines, 0).get('random machines')).toBeGreaterThan(
      eventsOfRandomMachines - 1,
    )
  })
})
