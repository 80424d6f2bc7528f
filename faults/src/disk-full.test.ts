import { afterAll, beforeAll, describe, it } from 'vitest'
import { diskFull } from './disk-full.ts'
import { nothingWrong, somethingWrong } from './judge-report.examples.ts'
import { type LivedStage, openStage } from './stage.ts'

let stage: LivedStage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

describe.each(['sqlite', 'postgres'] as const)('a disk that is full, under %s', (under) => {
  it('is told of, and forgets nothing that was acknowledged', async () => {
    nothingWrong(await diskFull(stage, { under, seed: 1, mistake: null, fills: 1 }))
  })
  it('shows a planted mistake: a failed commit is taken for a success', async ({ skip }) => {
    const mistake = 'a failed commit is taken for a success'
    const report = await diskFull(stage, { under, seed: 1, mistake, fills: 1 })
    skip(report.rows.length === 0, 'nothing could be mounted')
    somethingWrong(report)
  })
})
