/**
 * Kills a runtime that works on a SQLite file, again and again, and looks what is left:
 * `pnpm -C packages/stores/sqlite kill 300`. Every story is lived by process after process, each killed (SIGKILL) at a
 * random moment and followed by another on the same file, until one lives it to the end; then its books are compared with
 * those of a story nobody disturbed. Prints a table and ends with 1 where anything was lost or done twice. A killed
 * process shows nothing about a power cut: that commits are synced before they are answered has its own test.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { isDeepStrictEqual } from 'node:util'
import {
  liveOn,
  openBooks,
  readLedger,
  stepCount,
  whatIsLeft,
} from '../src/live-until-killed.examples.ts'

const killsWanted = Number(process.argv[2] ?? 300)
if (!(killsWanted >= 1)) {
  console.error('say how often: pnpm -C packages/stores/sqlite kill 300')
  process.exit(2)
}
const program = new URL('../src/live-until-killed.examples.ts', import.meta.url).pathname
const root = mkdtempSync(join(tmpdir(), 'counterfoil-kill-'))

const calm = filesOf('calm')
const undisturbed = openBooks({ ...calm, minutes: 0 })
await liveOn(undisturbed, () => {})
const expected = await whatIsLeft(undisturbed)
await undisturbed.close()
const due = readLedger(calm.ledger).done.toSorted()

const seen = {
  stories: 0,
  kills: 0,
  answered: 0,
  'answered and lost': 0,
  'done twice or not at all': 0,
  'books that differ': 0,
  'broken files': 0,
  'effects asked again': 0,
}
const starts: number[] = []
for (let story = 1; seen.kills < killsWanted; story += 1) {
  await liveStory(story)
  process.stderr.write(`${seen.kills} kills\r`)
}
rmSync(root, { recursive: true })
starts.sort((a, b) => a - b)
console.table({
  ...seen,
  'start to first answer, median ms': starts[Math.floor(starts.length / 2)],
  'start to first answer, longest ms': starts.at(-1),
})
const faults = [
  seen['answered and lost'],
  seen['done twice or not at all'],
  seen['books that differ'],
  seen['broken files'],
]
process.exit(faults.every((count) => count === 0) ? 0 : 1)

function filesOf(name: string) {
  return { books: join(root, `${name}.sqlite`), ledger: join(root, `${name}.txt`) }
}

async function liveStory(story: number): Promise<void> {
  const files = filesOf(String(story))
  const answered = new Set<string>()
  let minutes = 0
  for (let isWhole = false; !isWhole; minutes += 2) {
    const { said, wasKilled } = await liveAndKill(files, minutes)
    isWhole = !wasKilled
    if (wasKilled) seen.kills += 1
    for (const step of said) {
      const [document = '', outcome] = step.split(' ')
      if (document === 'tick') continue
      if (answered.has(document) && outcome !== 'duplicate') seen['answered and lost'] += 1
      answered.add(document)
    }
  }
  const runtime = openBooks({ ...files, minutes })
  await liveOn(runtime, () => {})
  if (!isDeepStrictEqual(await whatIsLeft(runtime), expected)) seen['books that differ'] += 1
  await runtime.close()
  const { done, asked } = readLedger(files.ledger)
  if (!isDeepStrictEqual(done.toSorted(), due)) seen['done twice or not at all'] += 1
  seen['effects asked again'] += asked - done.length
  seen.answered += answered.size
  seen.stories += 1
  const database = new DatabaseSync(files.books)
  const { integrity_check: whole } = database.prepare('PRAGMA integrity_check').get() ?? {}
  if (whole !== 'ok') seen['broken files'] += 1
  database.close()
}

/** Lets a process live the story and kills it a random while after its first step; one in six is left to end it. */
async function liveAndKill(
  files: ReturnType<typeof filesOf>,
  minutes: number,
): Promise<{ readonly said: readonly string[]; readonly wasKilled: boolean }> {
  const isSpared = Math.random() < 1 / 6
  const startedAt = performance.now()
  const child = spawn(
    process.execPath,
    ['--conditions=@counterfoil/source', program, files.books, files.ledger, String(minutes)],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  )
  let said = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    if (said === '') {
      starts.push(Math.round(performance.now() - startedAt))
      if (!isSpared) setTimeout(() => child.kill('SIGKILL'), Math.random() * 150)
    }
    said += text
    if (isSpared && said.split('\n').length > stepCount) child.stdin.end()
  })
  const [, signal] = await once(child, 'close')
  return { said: said.split('\n').slice(0, -1), wasKilled: signal === 'SIGKILL' }
}
