import { execFile } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, describe, expect, it } from 'vitest'
import { ruleSetsFolder } from './folders.ts'

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

describe('the distributor', () => {
  it('does its work once, answers for any order, and decides anew when a rule set is edited (R-13, R-48)', async () => {
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
    const file = join(rules, 'harbor-pine-tolerance', '1.0.0', 'ruleset.json')
    const text = readFileSync(file, 'utf8')
    const looser = text.replace('"abs": "50"', '"abs": null').replace('"pct": "2"', '"pct": "9"')
    expect(looser).not.toBe(text)
    writeFileSync(file, looser)
    const edited = await start('--rules', rules)
    expect(edited).toContain('a rule set was edited')
    expect(edited).not.toContain('INV-0015 of Calder Valve Works')
    expect(edited).not.toContain('effects: 0 new')
  }, 240_000)
})
