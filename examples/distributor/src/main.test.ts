import { execFile } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { instant } from '@counterfoil/core'
import { releaseVersion } from '@counterfoil/rules/node'
import { afterAll, describe, expect, it } from 'vitest'
import { ruleSetsFolder } from './folders.ts'
import { canonicalRuleSets } from './open-rule-sets.ts'

const main = fileURLToPath(new URL('main.ts', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'distributor-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** What the example prints when it is run once, on a database of its own. */
async function start(...args: readonly string[]): Promise<string> {
  const data = join(folder, 'data')
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--conditions=@counterfoil/source',
    main,
    '--once',
    '--data',
    data,
    ...args,
  ])
  return stdout
}

const id = 'harbor-pine-tolerance'

const edit = (file: string, before: string, after: string): void => {
  const text = readFileSync(file, 'utf8')
  expect(text).toContain(before)
  writeFileSync(file, text.replace(before, after))
}

/** What the README says under "Change a rule": the next version, with 9 % and no limit in money. */
const writeLooserVersion = (rules: string): void => {
  const version = join(rules, id, '1.1.0')
  cpSync(join(rules, id, '1.0.0'), version, { recursive: true })
  edit(join(version, 'ruleset.json'), '"version": "1.0.0"', '"version": "1.1.0"')
  for (const file of ['ruleset.json', 'cases.json']) {
    edit(join(version, file), '"abs": "50"', '"abs": null')
    edit(join(version, file), '"pct": "2"', '"pct": "9"')
  }
}

const releaseLooserVersion = (rules: string): void => {
  const bases = canonicalRuleSets()
  const answer = releaseVersion({
    folder: rules,
    bases,
    alongside: bases,
    id,
    version: '1.1.0',
    by: 'bob',
    because: 'the desk asked',
    at: instant('2026-11-25T08:00:00Z'),
    approvedBy: null,
    writtenBy: 'ann',
  })
  expect(answer.outcome).toBe('done')
}

describe('the distributor', () => {
  it('does its work once, answers for any order, and decides anew when another version is released (R-13, R-48)', async () => {
    const first = await start()
    expect(first).toContain('INV-0015 of Calder Valve Works')
    expect(first).not.toContain('effects: 0 new')

    expect(first).toContain('Auditor: why nothing was opened for order 4500001')

    const trail = readFileSync(join(folder, 'data', 'audit.jsonl'), 'utf8')
    const again = await start('--order', '4500036')
    expect(again).toContain('effects: 0 new')
    expect(readFileSync(join(folder, 'data', 'audit.jsonl'), 'utf8')).toBe(trail)
    expect(again).toContain('Auditor: what was compared for order 4500036')
    expect(again).toContain('OUT  charge: charge: billed 185.00 USD')
    expect(again).toContain('INV-0015 of Calder Valve Works')

    const rules = join(folder, 'rulesets')
    cpSync(ruleSetsFolder, rules, { recursive: true })
    writeLooserVersion(rules)
    const drafted = await start('--rules', rules)
    expect(drafted).not.toContain('another rule set is in force')
    releaseLooserVersion(rules)
    const released = await start('--rules', rules)
    expect(released).toContain('another rule set is in force')
    expect(released).not.toContain('INV-0015 of Calder Valve Works')
    expect(released).not.toContain('effects: 0 new')

    edit(join(rules, id, '1.1.0', 'ruleset.json'), '"pct": "9"', '"pct": "90"')
    await expect(start('--rules', rules)).rejects.toThrow(/was changed since/)
  }, 480_000)
})
