import { describe, expect, it } from 'vitest'
import { defects } from './defects.ts'
import { simulate } from './simulate.ts'

/** Seeds lived here; `pnpm -C packages/runtime simulate` lives as many as there is time for. */
const seedCount = 150
/** Seeds within which a planted mistake must show. */
const seedsToFindDefect = 600

describe('the runtime, with troubles a seed decides', () => {
  it('keeps every promise: nothing lost, doubled, half-done or out of order (R-28, R-51)', async () => {
    const happened = { kills: 0, drains: 0, powerCuts: 0, repeated: 0, putOff: 0 }
    for (let seed = 1; seed <= seedCount; seed += 1) {
      const { broken, kills, drains, powerCuts, repeated, putOff } = await simulate(seed)
      expect(broken, `pnpm -C packages/runtime simulate --seed ${seed}`).toEqual([])
      happened.kills += kills
      happened.drains += drains
      happened.powerCuts += powerCuts
      happened.repeated += repeated
      happened.putOff += putOff
    }
    // A run without troubles would show nothing.
    expect(happened.kills).toBeGreaterThan(seedCount / 2)
    expect(happened.drains).toBeGreaterThan(seedCount / 2)
    expect(happened.powerCuts).toBeGreaterThan(seedCount / 2)
    expect(happened.repeated).toBeGreaterThan(seedCount)
    expect(happened.putOff).toBeGreaterThan(seedCount)
  })

  it('goes the same way again for the same seed', async () => {
    for (const seed of [7, 158, 273]) expect(await simulate(seed)).toEqual(await simulate(seed))
    const courses = await Promise.all(
      [1, 2, 3, 4].map(async (seed) => (await simulate(seed)).course),
    )
    expect(new Set(courses).size).toBe(4)
  })

  it('is checked by a zoo of forty mistakes and more', () => {
    expect(Object.keys(defects).length).toBeGreaterThanOrEqual(40)
  })

  it.each(Object.entries(defects))('finds a planted mistake: %s', async (_name, defect) => {
    for (let seed = 1; seed <= seedsToFindDefect; seed += 1) {
      const { broken } = await simulate(seed, defect)
      if (broken.length > 0) return
    }
    expect.fail(`not found within ${seedsToFindDefect} seeds`)
  })
})
