import { afterAll, beforeAll, describe, it } from 'vitest'
import { type Deaths, killOnPostgres } from './kill-postgres.ts'
import { killOnSqlite } from './kill-sqlite.ts'
import { nothingWrong, somethingWrong } from './judge-report.examples.ts'
import type { MistakeName } from './mistakes.ts'
import type { Report } from './report.ts'
import { type LivedStage, openStage } from './stage.ts'

let stage: LivedStage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

// Without a mistake a few deaths are enough here: `.ci/run` does more of every fault beside these tests.
const seedsMax = 8
const plantedMilliseconds = 600_000

/** Whether a death falls where a mistake costs something is a matter of chance, so it is given several runs. */
async function untilItShows(run: (seed: number) => Promise<Report>): Promise<Report> {
  let report = await run(1)
  for (let seed = 2; seed <= seedsMax && report.faults === 0; seed += 1) report = await run(seed)
  return report
}

describe('a process on a SQLite file that is killed while it works (kill -9)', () => {
  it('is followed by one that goes on: nothing is lost or done twice (R-28, R-51)', async () => {
    const report = await killOnSqlite(stage, { kills: 2, seed: 1, mistake: null })
    nothingWrong(report)
  })

  const planted: readonly MistakeName[] = [
    'answered before it is stored',
    'marked before it is sent',
    'a key for each attempt',
  ]
  it.each(planted)('shows a planted mistake: %s', async (mistake) => {
    const report = await untilItShows((seed) => killOnSqlite(stage, { kills: 4, seed, mistake }))
    somethingWrong(report)
  })
})

describe('three processes on PostgreSQL that are killed, and their server that is stopped', () => {
  it('lose nothing and do nothing twice, whoever goes on with the work (R-28, R-51)', async () => {
    const report = await killOnPostgres(stage, { kills: 2, stops: 1, seed: 1, mistake: null })
    nothingWrong(report)
  })

  const planted: readonly (Deaths & { readonly mistake: MistakeName })[] = [
    { mistake: 'answered before it is stored', kills: 4, stops: 0 },
    { mistake: 'marked before it is sent', kills: 4, stops: 0 },
    { mistake: 'a key for each attempt', kills: 8, stops: 0 },
    { mistake: 'answered before it is synced', kills: 0, stops: 2 },
    { mistake: 'a failed commit is taken for a success', kills: 0, stops: 2 },
  ]
  it.each(planted)(
    'show a planted mistake: $mistake',
    async ({ mistake, ...deaths }) => {
      const again = (seed: number) => killOnPostgres(stage, { ...deaths, seed, mistake })
      const report = await untilItShows(again)
      somethingWrong(report)
    },
    plantedMilliseconds,
  )
})
