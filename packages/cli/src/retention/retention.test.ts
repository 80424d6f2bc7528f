import { spawnSync } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Instant, instant } from '@counterfoil/core'
import { type AuditKey, writeArchive } from '@counterfoil/core/audit'
import { ed25519Signer } from '@counterfoil/runtime/audit-keys'
import { createSqliteStore } from '@counterfoil/store-sqlite'
import { afterAll, describe, expect, it } from 'vitest'
import { liveClosedBooks, privateKey } from './closed-books.examples.ts'

const folder = mkdtempSync(join(tmpdir(), 'counterfoil-retention-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const cli = join(import.meta.dirname, '../..')
const readme = readFileSync(join(cli, 'README.md'), 'utf8')
const programs: Readonly<Record<string, readonly string[]>> = {
  counterfoil: ['--conditions=@counterfoil/source', join(cli, 'src/counterfoil.ts')],
  node: [],
}

/** Runs a line of a shell as a reader of the README does, and gives what it shows there. */
function run(command: string) {
  const [program = '', ...args] = command.match(/'[^']*'|\S+/g) ?? []
  const given = args
    .map((arg) => arg.replaceAll("'", ''))
    .map((arg) => (arg.endsWith('.mjs') ? join(cli, arg) : arg))
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [...(programs[program] ?? []), ...given],
    { cwd: folder, encoding: 'utf8' },
  )
  // The hash of an archive is another each time: it is signed with its instant.
  const shown = stdout.replaceAll(/\b(archive|into|is) [0-9a-f]{64}/g, '$1 5c0e…')
  return { shown: `$ ${command}\n${shown}`, stdout, stderr, status }
}

writeFileSync(join(folder, 'key.pem'), privateKey.export({ format: 'pem', type: 'pkcs8' }))
writeFileSync(
  join(folder, 'retention.json'),
  '{ "days": { "order": 365, "shipment": 365, "invoice": 365 }, "legalHold": [] }\n',
)
const file = join(folder, 'books.sqlite')
await liveClosedBooks(createSqliteStore({ file }))

const exporting = (to: string) =>
  `counterfoil audit export --store books.sqlite --tenant acme --to ${to} --sign key.pem --key-id 2026`
const retention = 'counterfoil retention --store books.sqlite --tenant acme --rules retention.json'
const purging = (to: string) =>
  `${retention} --purge --archive ${to} --sign key.pem --key-id 2026 --by records-office --because 'kept long enough'`

const session = {
  before: run(exporting('before.jsonl')),
  review: run(retention),
  purge: run(purging('archive-1.jsonl')),
  after: run(exporting('after.jsonl')),
  checked: run('node verify-audit.mjs --archive archive-1.jsonl after.jsonl'),
  rebuild: run('counterfoil rebuild --store books.sqlite'),
}

/** Whether each verifier says that all is well. */
const isWhole = (args: string): boolean => {
  const [one, other] = ['counterfoil verify-audit', 'node verify-audit.mjs'].map(
    (program) => run(`${program} ${args}`).status,
  )
  expect(other).toBe(one)
  return one === 0
}

const linesOf = (name: string): readonly string[] =>
  readFileSync(join(folder, name), 'utf8').split(/(?<=\n)/)

const written = (name: string, lines: readonly string[]): string => {
  writeFileSync(join(folder, name), lines.join(''))
  return name
}

/** The lines of an archive with some of its records changed, counted and sealed anew by a holder of the key. */
async function sealedAnew(
  name: string,
  change: (records: readonly ArchiveLine[]) => readonly ArchiveLine[],
): Promise<readonly string[]> {
  const records = linesOf(name).map((line): ArchiveLine => JSON.parse(line))
  const [opening, seal] = [records[0], records.at(-1)]
  if (opening === undefined || seal?.at === undefined) expect.fail('it is an archive')
  const writer = writeArchive('acme', opening.keys ?? [])
  const lines = change(records.slice(1, -1)).map((record) => writer.line(record))
  const { line } = await writer.seal(instant(seal.at), ed25519Signer('2026', privateKey))
  return [writer.opening, ...lines, line]
}

type ArchiveLine = {
  readonly kind?: string
  readonly events?: number
  readonly keys?: readonly AuditKey[]
  readonly at?: Instant
  readonly record?: { readonly id?: string }
}

describe('the README on retention', () => {
  it.each(Object.entries(session))('shows what is printed: %s', (_name, { shown, status }) => {
    expect(status).toBe(0)
    expect(readme).toContain(shown)
  })
})

describe('an export and the archive of what was purged from it', () => {
  it('are found whole by both verifiers, together and each by itself (R-32)', () => {
    for (const args of [
      'before.jsonl',
      'after.jsonl',
      '--archive archive-1.jsonl',
      '--archive archive-1.jsonl after.jsonl',
    ]) {
      expect(isWhole(args)).toBe(true)
    }
    expect(run('counterfoil verify-books --store books.sqlite --tenant acme').status).toBe(0)
  })

  it('show an archive that was changed, and one of another run (R-32)', () => {
    const lines = linesOf('archive-1.jsonl')
    for (const index of [0, 1, 2, lines.length - 2, lines.length - 1]) {
      const line = lines[index] ?? ''
      const changed = line.replace(/[0-9](?=[^0-9]*$)/, (digit) => String((Number(digit) + 1) % 10))
      expect(changed).not.toBe(line)
      const name = written('changed.jsonl', lines.with(index, changed))
      expect(isWhole(`--archive ${name} after.jsonl`)).toBe(false)
    }
    expect(isWhole('--archive archive-1.jsonl before.jsonl')).toBe(false)
  })

  it('show that one of several archives was not given (R-32)', async () => {
    const both = createSqliteStore({ file: join(folder, 'both.sqlite') })
    await liveClosedBooks(both, ['4711', '4712'])
    const held = {
      days: { order: 365, shipment: 365, invoice: 365 },
      legalHold: ['order:acme/0001/4712'],
    }
    written('held.json', [JSON.stringify(held)])
    const inBoth = (command: string) => command.replace('books.sqlite', 'both.sqlite')
    run(inBoth(purging('one.jsonl')).replace('retention.json', 'held.json'))
    run(inBoth(purging('other.jsonl')))
    run(inBoth(exporting('of-both.jsonl')))
    expect(isWhole('of-both.jsonl')).toBe(true)
    expect(isWhole('--archive one.jsonl --archive other.jsonl of-both.jsonl')).toBe(true)
    expect(isWhole('--archive one.jsonl of-both.jsonl')).toBe(false)
    for (const program of ['counterfoil verify-audit', 'node verify-audit.mjs']) {
      const { stdout } = run(`${program} --archive other.jsonl of-both.jsonl`)
      expect(stdout).toMatch(/into which .*4711.* was purged, was not given/)
    }
  }, 60_000)

  it('show an event that no audit entry is about, though the archive was sealed with it (R-32)', async () => {
    const same = written('same.jsonl', await sealedAnew('archive-1.jsonl', (records) => records))
    expect(isWhole(`--archive ${same}`)).toBe(true)
    const lines = await sealedAnew('archive-1.jsonl', (records) => {
      const [header, ...rest] = records
      const last = rest.findIndex(({ kind }) => kind === 'effect') - 1
      const event = { ...rest[last], record: { ...rest[last]?.record, id: 'forged#0' } }
      const counted = { ...header, events: (header?.events ?? 0) + 1 }
      return [counted, ...rest.toSpliced(last + 1, 0, event)]
    })
    expect(isWhole(`--archive ${written('forged.jsonl', lines)}`)).toBe(false)
    expect(run('node verify-audit.mjs --archive forged.jsonl').stdout).toContain(
      'event forged#0 has no audit entry',
    )
  })

  it('show a chain that is missing without an entry that says it was purged (R-32)', () => {
    const isOf = (line: string, name: string) => JSON.parse(line).aggregate?.startsWith(name)
    const before = linesOf('before.jsonl').filter((line) => !isOf(line, 'order:acme/0001/4712'))
    expect(isWhole(written('missing.jsonl', before))).toBe(false)
    const after = linesOf('after.jsonl').filter((line) => !isOf(line, 'retention:'))
    expect(isWhole(written('unsaid.jsonl', after))).toBe(false)
    expect(isWhole(`--archive archive-1.jsonl unsaid.jsonl`)).toBe(false)
  })
})

describe('counterfoil retention', () => {
  it('writes no archive over another, and none where nothing may go', () => {
    expect(run(purging('archive-1.jsonl')).stderr).toContain('is there already')
    expect(run(purging('archive-2.jsonl')).stdout).toBe('nothing may go, and nothing was written\n')
    expect(() => linesOf('archive-2.jsonl')).toThrow('ENOENT')
  })

  it('purges nothing with a key that has only the name of the one that signs heads', () => {
    const { privateKey: other } = generateKeyPairSync('ed25519')
    writeFileSync(join(folder, 'other.pem'), other.export({ format: 'pem', type: 'pkcs8' }))
    const asked = run(purging('archive-3.jsonl').replace('key.pem', 'other.pem'))
    expect(asked.stderr).toContain('this is another of that name')
    expect(asked.status).toBe(2)
  })

  it('says how to write it', () => {
    expect(run('counterfoil retention --store books.sqlite').stderr).toContain('--rules')
    expect(run(`${retention} --purge`).stderr).toContain('--because')
    expect(run('counterfoil audit verify').stderr).toContain('audit export')
    expect(run('counterfoil rebuild').stderr).toContain('--store')
  })

  it('keeps what was purged out of reach, and says where it is', () => {
    const at = '--at 2021-01-01T00:00:00Z'
    const asked = run(`counterfoil order-at --store books.sqlite ${at} acme/0001/4711`)
    expect(asked.stderr).toContain('it is in the archive')
    expect(asked.status).toBe(2)
  })
})
