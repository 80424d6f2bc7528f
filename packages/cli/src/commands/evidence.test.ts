import { execFileSync } from 'node:child_process'
import { appendFileSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { canonicalJson, sha256Hex } from '@counterfoil/core'
import { createVirtualClock } from '@counterfoil/runtime'
import { ed25519Signer, verifyEd25519 } from '@counterfoil/runtime/audit-keys'
import { purge, RetentionRules } from '@counterfoil/runtime/retention'
import { createSqliteStore } from '@counterfoil/store-sqlite'
import { describe, expect, it } from 'vitest'
import { liveSomeBooks } from '../evidence/some-books.examples.ts'
import { billOnceMore, liveClosedBooks, privateKey } from '../retention/closed-books.examples.ts'
import { evidenceCommand } from './evidence.ts'

type Files = ReadonlyMap<string, Buffer>
type Verdict = {
  readonly entries: number
  readonly heads: number
  readonly unsigned: number
  readonly purged: readonly object[]
  readonly erased: readonly string[]
  readonly texts: number
  readonly manifest: string
  readonly fault: { readonly file: string; readonly sentence: string } | null
}
const { verifyEvidence } = (await import(
  new URL('../../verify-audit.mjs', import.meta.url).href
)) as {
  readonly verifyEvidence: (files: Files, kept?: object) => Verdict
}

const file = join(mkdtempSync(join(tmpdir(), 'counterfoil-evidence-')), 'books.sqlite')
const { runtime, folder, keyFile } = await liveSomeBooks(createSqliteStore({ file }))

async function evidenceIn(
  name: string,
  { invoice = 'INV-1', store = file, options = [] as readonly string[] } = {},
) {
  const to = join(folder, name)
  const lines: string[] = []
  const args = [invoice, '--store', store, '--tenant', 'acme', '--to', to, ...options]
  const code = await evidenceCommand(args, (line) => lines.push(line))
  const paths = readdirSync(to, { recursive: true, encoding: 'utf8' }).toSorted()
  const files = new Map(
    paths.filter((path) => path.includes('.')).map((path) => [path, readFileSync(join(to, path))]),
  )
  return { code, lines, files }
}

const made = await evidenceIn('plain')
const signed = await evidenceIn('signed', { options: ['--sign', keyFile, '--key-id', '2026'] })
await runtime.forget({ tenant: 'acme', names: ['Ada Berg', 'Kim Roth'] })
const forgotten = await evidenceIn('forgotten')
await runtime.close()

/** The files with one changed, and its hash in the manifest put right by whoever changed it. */
function changed(files: Files, name: string, bytes: Buffer): Files {
  const manifest = JSON.parse(files.get('manifest.json')?.toString('utf8') ?? '')
  manifest.files[name] = sha256Hex(bytes.toString('utf8'))
  return new Map([
    ...files,
    [name, bytes],
    ['manifest.json', Buffer.from(`${canonicalJson(manifest)}\n`)],
  ])
}

/** A file with one letter or digit of its middle turned into another. */
function turned(bytes: Buffer): Buffer {
  const text = bytes.toString('utf8')
  const at =
    text.slice(Math.floor(text.length / 2)).search(/[a-y0-8]/) + Math.floor(text.length / 2)
  const next = String.fromCharCode(text.charCodeAt(at) + 1)
  return Buffer.from(text.slice(0, at) + next + text.slice(at + 1))
}

describe('the evidence of an invoice', () => {
  it('holds documents, texts, decisions, rule sets and chains, and is found whole (R-32)', () => {
    expect(made.code).toBe(0)
    const names = [...made.files.keys()]
    expect(names.filter((name) => /^documents\/.*\.original\.txt$/.test(name))).toHaveLength(5)
    expect(names.filter((name) => name.startsWith('rule-sets/')).length).toBeGreaterThan(3)
    expect(names).toEqual(expect.arrayContaining(['README.md', 'decisions.md', 'verify-audit.mjs']))
    const verdict = verifyEvidence(made.files)
    expect(verdict).toMatchObject({ fault: null, unsigned: 0, erased: [], texts: 0 })
    expect(verdict.entries).toBeGreaterThan(20)
    expect(made.lines.at(-1)).toContain(verdict.manifest)
    expect(made.files.get('decisions.md')?.toString('utf8')).toContain('acknowledgment AK-1 says')
    expect(made.files.get('decisions.md')?.toString('utf8')).toContain('by user Kim Roth')
  })

  it.each([...made.files.keys()].filter((name) => made.files.get(name)?.length !== 0))(
    'shows that %s was changed, taken out or put beside another',
    (name) => {
      const bytes = made.files.get(name) ?? Buffer.of()
      const without = new Map([...made.files].filter(([one]) => one !== name))
      expect(verifyEvidence(new Map([...made.files, [name, turned(bytes)]])).fault).not.toBeNull()
      expect(verifyEvidence(without).fault).not.toBeNull()
      expect(verifyEvidence(new Map([...made.files, [`${name}.txt`, bytes]])).fault).not.toBeNull()
    },
  )

  const bound = [...made.files.keys()].filter((name) =>
    /^(audit|documents|rule-sets|people)\b/.test(name),
  )
  it.each(bound)('shows that %s was changed though the manifest was put right (R-32)', (name) => {
    const bytes = made.files.get(name) ?? Buffer.of()
    expect(verifyEvidence(changed(made.files, name, turned(bytes))).fault).not.toBeNull()
  })

  it('shows a message that was changed though the manifest was put right (R-32)', () => {
    const events = made.files.get('events.jsonl')?.toString('utf8') ?? ''
    const other = Buffer.from(events.replace('"quantityOrdered":"10"', '"quantityOrdered":"11"'))
    expect(verifyEvidence(changed(made.files, 'events.jsonl', other)).fault).toMatchObject({
      file: 'events.jsonl',
      sentence: expect.stringContaining('is not the message that was decided about'),
    })
  })

  it('shows what followed from a message and was changed though the manifest was put right (R-32)', () => {
    const events = made.files.get('events.jsonl')?.toString('utf8').trimEnd().split('\n') ?? []
    const derived = events.findIndex((line) => JSON.parse(line).type === 'invoice.matched')
    const other = events.with(
      derived,
      events[derived]?.replace('"within":true', '"within":false') ?? '',
    )
    expect(other).not.toEqual(events)
    const bytes = Buffer.from(other.map((line) => `${line}\n`).join(''))
    expect(verifyEvidence(changed(made.files, 'events.jsonl', bytes)).fault).toMatchObject({
      file: 'events.jsonl',
      sentence: expect.stringContaining('was changed after its audit entry was written'),
    })
  })

  it('that is signed shows any file that was changed though the manifest was put right', () => {
    expect(verifyEvidence(signed.files).fault).toBeNull()
    for (const name of ['decisions.md', 'README.md', 'verify-audit.mjs']) {
      const bytes = signed.files.get(name) ?? Buffer.of()
      expect(verifyEvidence(changed(signed.files, name, turned(bytes))).fault).toMatchObject({
        file: 'manifest.json',
      })
    }
  })

  it('that was cut off at the end of a chain is not what the heads say (R-32)', () => {
    const entries =
      made.files.get('audit/entries.jsonl')?.toString('utf8').trimEnd().split('\n') ?? []
    const events = made.files.get('events.jsonl')?.toString('utf8').trimEnd().split('\n') ?? []
    const last = JSON.parse(entries.at(-1) ?? '')
    const textOf = (lines: readonly string[]) =>
      Buffer.from(lines.map((line) => `${line}\n`).join(''))
    const kept = events.filter((line) => JSON.parse(line).id !== last.eventId)
    const files = changed(
      changed(made.files, 'audit/entries.jsonl', textOf(entries.slice(0, -1))),
      'events.jsonl',
      textOf(kept),
    )
    expect(verifyEvidence(files).fault).toMatchObject({ file: 'audit/heads.jsonl' })
  })

  it('says erased of a name and a text that were erased, and is whole', () => {
    const verdict = verifyEvidence(forgotten.files)
    expect(verdict).toMatchObject({ fault: null, texts: 1 })
    expect(verdict.erased).toHaveLength(2)
    const all = Buffer.concat([...forgotten.files.values()]).toString('utf8')
    for (const name of ['Ada Berg', 'Kim Roth']) expect(all).not.toContain(name)
    expect(all).toContain('(somebody whose name was erased)')
  })

  it('is checked by the program in the folder, with Node.js alone', () => {
    const run = () =>
      execFileSync(process.execPath, ['verify-audit.mjs', '--evidence', '.'], {
        cwd: join(folder, 'signed'),
        encoding: 'utf8',
      })
    expect(run()).toContain('nothing is broken')
    appendFileSync(join(folder, 'signed', 'people.jsonl'), ' ')
    expect(run).toThrow('Command failed')
  })

  it('is held to keys and heads that were kept elsewhere', () => {
    expect(verifyEvidence(made.files, { keys: [] }).fault).toMatchObject({
      file: 'audit/heads.jsonl',
    })
    expect(verifyEvidence(made.files, { knownHeads: ['a'.repeat(64)] }).fault).toMatchObject({
      sentence: `no head has the hash ${'a'.repeat(64)}`,
    })
  })
})

describe('the evidence of an invoice whose order was purged', async () => {
  const closed = join(folder, 'closed.sqlite')
  const archived: string[] = []
  await liveClosedBooks(createSqliteStore({ file: closed }))
  const store = createSqliteStore({ file: closed })
  const clock = createVirtualClock('2024-01-01T09:00:00Z')
  const days = { order: 365, shipment: 365, invoice: 365 }
  const { archive } = await purge(
    { store, clock, signer: ed25519Signer('2026', privateKey), verify: verifyEd25519 },
    {
      tenant: 'acme',
      rules: RetentionRules.parse({ days }),
      archive: {
        write: async (line) => void archived.push(line),
        sync: async () => {},
        read: async function* () {
          yield* archived
        },
      },
      actor: { kind: 'system', id: 'records-office', roles: [] },
      because: 'kept long enough',
    },
  )
  await billOnceMore(store)
  const late = await evidenceIn('late', { invoice: 'INV-9', store: closed })
  const order = 'order:acme/0001/4711'
  const purged = [{ aggregate: order, archive }]

  it('names the purge and its archive, and is found whole (R-32)', () => {
    expect(archived.length).toBeGreaterThan(10)
    expect(late.lines).toContain(`${order} was purged: hand the archive ${archive} over as well`)
    expect(verifyEvidence(late.files)).toMatchObject({ fault: null, unsigned: 0, purged })
    const story = late.files.get('decisions.md')?.toString('utf8')
    expect(story).toMatch(
      new RegExp(
        `- ${order} was purged at 2024-01-01\\S+ by system records-office \\(kept long enough\\): what happened to it is in the archive ${archive}`,
      ),
    )
    const cwd = join(folder, 'late')
    const args = ['verify-audit.mjs', '--evidence', '.']
    expect(execFileSync(process.execPath, args, { cwd, encoding: 'utf8' })).toContain(
      `${order} was purged into the archive ${archive}: ask for it`,
    )
  })

  it('shows another archive, and a purge of what nobody purged', () => {
    const saying = (given: readonly object[]) => {
      const manifest = JSON.parse(late.files.get('manifest.json')?.toString('utf8') ?? '')
      const text = `${canonicalJson({ ...manifest, purged: given })}\n`
      return verifyEvidence(new Map([...late.files, ['manifest.json', Buffer.from(text)]])).fault
    }
    expect(saying(purged)).toBeNull()
    for (const given of [
      { aggregate: order, archive: 'e'.repeat(64) },
      { aggregate: 'order:acme/0001/4712', archive },
    ]) {
      expect(saying([given])).toMatchObject({
        file: 'manifest.json',
        sentence: `no entry says that ${given.aggregate} was purged into ${given.archive}`,
      })
    }
  })

  it('cannot be had of an invoice that was purged itself, and says where that is', async () => {
    const asked = evidenceIn('gone', { invoice: 'acme/0001/S100/INV-4711/standard', store: closed })
    await expect(asked).rejects.toThrow(`was purged: it is in the archive ${archive}`)
  })

  it('shows an entry of the purge that was changed though the manifest was put right (R-32)', () => {
    const name = 'audit/entries.jsonl'
    const bytes = late.files.get(name)?.toString('utf8') ?? ''
    const other = Buffer.from(bytes.replace('kept long enough', 'nobody asked for'))
    expect(verifyEvidence(changed(late.files, name, other)).fault).toMatchObject({
      file: name,
      sentence: expect.stringContaining('was changed after it was written'),
    })
  })
})
