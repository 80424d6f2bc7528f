import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { killOnPostgres } from './kill-postgres.ts'
import { killOnSqlite } from './kill-sqlite.ts'
import type { MistakeName } from './mistakes.ts'
import { printed } from './report.ts'
import { type LivedStage, openStage } from './stage.ts'

let stage: LivedStage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

describe('a process on a SQLite file that is killed while it works (kill -9)', () => {
  it('is followed by one that goes on: nothing is lost or done twice (R-28, R-51)', async () => {
    const report = await killOnSqlite(stage, { kills: 4, seed: 1, mistake: null })
    expect(report.faults, printed(report)).toBe(0)
  })

  const planted: readonly MistakeName[] = [
    'answered before it is stored',
    'marked before it is sent',
    'a key for each attempt',
  ]
  // Whether a kill falls where the mistake costs something is a matter of chance, so it is given several runs.
  it.each(planted)('shows a planted mistake: %s', async (mistake) => {
    let report = await killOnSqlite(stage, { kills: 4, seed: 1, mistake })
    for (let seed = 2; seed <= 8 && report.faults === 0; seed += 1) {
      report = await killOnSqlite(stage, { kills: 4, seed, mistake })
    }
    expect(report.faults, printed(report)).toBeGreaterThan(0)
  })
})

describe('three processes on PostgreSQL that are killed, and their server that is stopped', () => {
  it('lose nothing and do nothing twice, whoever goes on with the work (R-28, R-51)', async () => {
    const report = await killOnPostgres(stage, { kills: 4, stops: 1, seed: 1, mistake: null })
    expect(report.faults, printed(report)).toBe(0)
  })
})
