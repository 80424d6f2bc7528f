import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { answerWord } from './commit-and-answer.examples.ts'

/** Commits asked for; the first also makes the file. */
const commitCount = 40

const folder = mkdtempSync(join(tmpdir(), 'counterfoil-synced-'))
afterAll(() => rmSync(folder, { recursive: true }))

const canTrace = spawnSync('strace', ['-o', join(folder, 'none'), 'true']).status === 0
if (!canTrace) {
  console.warn(
    'skipped: whether commits are synced before they are answered is seen with strace, which cannot run here',
  )
}

type Call = 'synced' | 'answered'

/** What a process that commits asks of the operating system, in order: to sync the log, and to write an answer. */
function callsOf(synchronous: 'full' | 'normal'): readonly Call[] {
  const program = join(import.meta.dirname, 'commit-and-answer.examples.ts')
  const trace = join(folder, `${synchronous}.trace`)
  const traced = ['-f', '-y', '-e', 'trace=fsync,fdatasync,write', '-o', trace]
  const node = [process.execPath, '--conditions=@counterfoil/source', program]
  const asked = [join(folder, `${synchronous}.sqlite`), String(commitCount), synchronous]
  const { status, stderr } = spawnSync('strace', [...traced, ...node, ...asked], {
    encoding: 'utf8',
  })
  expect(status, stderr).toBe(0)
  return readFileSync(trace, 'utf8')
    .split('\n')
    .flatMap((line): readonly Call[] => {
      if (/\bf(?:data)?sync\(\d+<[^>]*-wal>/u.test(line)) return ['synced']
      return line.includes('write(1<') && line.includes(`"${answerWord} `) ? ['answered'] : []
    })
}

/** Answers before which nothing was synced since the answer before. */
const unsynced = (calls: readonly Call[]): number =>
  calls.filter((call, index) => call === 'answered' && calls[index - 1] !== 'synced').length

describe.skipIf(!canTrace)('a commit in the file', () => {
  it('is synced to the disk before it is answered, each time (R-28)', () => {
    const calls = callsOf('full')
    expect(calls.filter((call) => call === 'answered')).toHaveLength(commitCount)
    expect(unsynced(calls)).toBe(0)
  })

  it('is not, where somebody chose to sync less often', () => {
    const calls = callsOf('normal')
    expect(calls.filter((call) => call === 'answered')).toHaveLength(commitCount)
    expect(unsynced(calls)).toBeGreaterThan(commitCount / 2)
  })
})
