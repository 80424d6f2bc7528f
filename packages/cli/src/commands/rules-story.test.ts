import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rulesCommand } from './rules.ts'
import { verifyAuditCommand } from './verify-audit.ts'

const root = join(import.meta.dirname, '../../../..')
const readme = readFileSync(join(root, 'packages/rules/README.md'), 'utf8')
let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'counterfoil-story-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const example = 'examples/distributor'
const version = 'rulesets/harbor-pine-tolerance/1.1.0'

/** Words of a command line, those in quotes as one. */
const wordsOf = (line: string): readonly string[] =>
  [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '')

/** Runs a command as the README writes it, in the folder of the story. */
const run = async (line: string): Promise<string> => {
  const words = wordsOf(line.replace('npx pnpm counterfoil ', ''))
  const [command, ...args] = words.map((word) =>
    /^(?:rulesets|examples)\//.test(word) ? join(folder, word) : word,
  )
  const printed: string[] = []
  const write = (text: string): void => void printed.push(text)
  if (command === 'verify-audit') await verifyAuditCommand(args, write)
  // What is said while it takes long depends on the machine and goes to the standard error.
  else await rulesCommand([...args, '--registry', join(folder, 'rulesets')], write, () => {})
  return printed.join('\n').replaceAll(`${folder}/`, '')
}

/** The README's sessions about rule sets: a command behind the dollar, and what it prints below. */
const sessions = [
  ...readme.matchAll(/^```console\n\$ (npx pnpm counterfoil [^\n]+)\n([\s\S]*?)^```$/gm),
].map(([, command = '', shown = '']) => ({ command, shown: shown.trimEnd() }))

const edit = (file: string, before: string, after: string): void => {
  const path = join(folder, version, file)
  const text = readFileSync(path, 'utf8')
  expect(text).toContain(before)
  writeFileSync(path, text.replace(before, after))
}

/** What a person does in the editor before a command. */
const edits: Readonly<Record<string, () => void>> = {
  'rules check': () => edit('ruleset.json', '"pct": "2"', '"pct": 1'),
  'rules test': () => edit('ruleset.json', '"pct": 1', '"pct": "1"'),
  'rules simulate': () => edit('cases.json', '"pct": "2"', '"pct": "1"'),
}

describe('adding a version of a rule set, as the README of the rules tells it', () => {
  it('is stopped for a mistake, tried on a month of documents, released, taken back, and all of it audited', async () => {
    const data = join(folder, example, 'data')
    const main = join(root, example, 'src/main.ts')
    const conditions = '--conditions=@counterfoil/source'
    const started = spawnSync(process.execPath, [conditions, main, '--once', '--data', data])
    expect(started.status).toBe(0)
    cpSync(join(root, example, 'rulesets'), join(folder, 'rulesets'), { recursive: true })
    expect(sessions.map(({ command }) => command.split(' ').slice(2, 5).join(' '))).toHaveLength(10)
    for (const { command, shown } of sessions) {
      const [name] = /rules \w+/.exec(command) ?? ['']
      edits[name]?.()
      // The README shows no day of its own: what is today, and when an entry was written.
      const today = new Date().toISOString().slice(0, 10)
      const printed = (await run(command)).replaceAll(/^\d{4}-\S+Z/gm, '…').replaceAll(today, '…')
      expect(printed, command).toBe(shown)
    }
  }, 120_000)
})
