import { execFileSync } from 'node:child_process'
import { appendFileSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { canonicalJson, sha256Hex } from '@counterfoil/core'
import { createSqliteStore } from '@counterfoil/store-sqlite'
import { describe, expect, it } from 'vitest'
import { liveSomeBooks } from '../evidence/some-books.examples.ts'
import { evidenceCommand } from './evidence.ts'

type Files = ReadonlyMap<string, Buffer>
type Verdict = {
  readonly entries: number
  readonly heads: number
  readonly unsigned: number
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

async function evidenceIn(name: string, ...options: readonly string[]) {
  const to = join(folder, name)
  const lines: string[] = []
  const args = ['INV-1', '--store', file, '--tenant', 'acme', '--to', to, ...options]
  const code = await evidenceCommand(args, (line) => lines.push(line))
  const paths = readdirSync(to, { recursive: true, encoding: 'utf8' }).toSorted()
  const files = new Map(
    paths.filter((path) => path.includes('.')).map((path) => [path, readFileSync(join(to, path))]),
  )
  return { code, lines, files }
}

const made = await evidenceIn('plain')
const signed = await evidenceIn('signed', '--sign', keyFile, '--key-id', '2026')
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
