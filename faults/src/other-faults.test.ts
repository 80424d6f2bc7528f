import { afterAll, beforeAll, describe, it } from 'vitest'
import { badNetwork } from './bad-network.ts'
import { clockJumps } from './clock-jumps.ts'
import { nothingWrong, somethingWrong } from './judge-report.examples.ts'
import type { MistakeName } from './mistakes.ts'
import { redrive } from './redrive.ts'
import { type LivedStage, openStage } from './stage.ts'

let stage: LivedStage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

describe('a bad network', () => {
  it('costs attempts and nothing else, and a silent system holds up nobody', async () => {
    nothingWrong(await badNetwork(stage, { orders: 6, seed: 1, mistake: null }))
  })
  const planted: readonly MistakeName[] = [
    'a failure is taken for a success',
    'a key for each attempt',
  ]
  it.each(planted)('shows a planted mistake: %s', async (mistake) => {
    somethingWrong(await badNetwork(stage, { orders: 12, seed: 1, mistake }))
  })
})

describe('a clock that jumps', () => {
  it.each(['sqlite', 'postgres'] as const)(
    'loses no timer, rings none twice, and nothing is asked beside itself: on %s',
    async (on) => {
      nothingWrong(await clockJumps(stage, { on, orders: 4, seed: 1, mistake: null }))
    },
  )
  it('shows a planted mistake: timers called off before they ring', async () => {
    const mistake = 'timers called off before they ring'
    somethingWrong(await clockJumps(stage, { on: 'sqlite', orders: 8, seed: 1, mistake }))
  })
})

describe('what was set aside', () => {
  it('counts and is done once, however often it is sent again (R-59)', async () => {
    nothingWrong(await redrive(stage, { documents: 20, seed: 1, mistake: null }))
  })
  it('shows a planted mistake: a key for each attempt', async () => {
    somethingWrong(
      await redrive(stage, { documents: 20, seed: 1, mistake: 'a key for each attempt' }),
    )
  })
})
