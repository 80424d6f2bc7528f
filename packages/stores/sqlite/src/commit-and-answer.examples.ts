import { writeSync } from 'node:fs'
import { numberedCommit } from './commit-until-killed.examples.ts'
import { createSqliteStore } from './create-sqlite-store.ts'

const noon = '2026-11-25T12:00:00Z'

/** What a line begins with that is written for a commit. */
export const answerWord = 'answered'

/**
 * Commits so many times, one after another, and writes a line for each that was answered. Claims effects in between,
 * which is not synced.
 */
async function commitAndAnswer(file: string, count: number, synchronous: 'full' | 'normal') {
  const store = createSqliteStore({ file, synchronous })
  for (let number = 0; number < count; number += 1) {
    await store.claimEffects({ now: noon, leaseUntil: noon, limit: 1 })
    const { kind } = await store.commit(numberedCommit(number, null))
    if (kind === 'committed') writeSync(1, `${answerWord} ${number}\n`)
  }
  await store.close()
}

const [, program, file = '', count = '', synchronous] = process.argv
if (program === import.meta.filename)
  await commitAndAnswer(file, Number(count), synchronous === 'normal' ? 'normal' : 'full')
