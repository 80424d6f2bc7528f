import { writeSync } from 'node:fs'
import { numberedCommit } from './commit-until-killed.examples.ts'
import { createSqliteStore } from './sqlite-store.ts'

/** Commits so many times, one after another, and writes a line for each that was answered. */
async function commitAndAnswer(file: string, count: number, synchronous: 'full' | 'normal') {
  const store = createSqliteStore({ file, synchronous })
  for (let number = 0; number < count; number += 1) {
    const { kind } = await store.commit(numberedCommit(number, null))
    if (kind === 'committed') writeSync(1, `answered ${number}\n`)
  }
  await store.close()
}

const [, , file = '', count = '', synchronous] = process.argv
await commitAndAnswer(file, Number(count), synchronous === 'normal' ? 'normal' : 'full')
