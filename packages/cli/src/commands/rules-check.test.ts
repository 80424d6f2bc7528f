import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rulesCheckCommand } from './rules-check.ts'

let root = ''

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'counterfoil-rules-'))
})

afterAll(() => rmSync(root, { recursive: true, force: true }))

const tolerance = {
  type: 'tolerance',
  params: {
    upper: { abs: null, pct: '5' },
    lower: { abs: null, pct: null },
    combine: 'either',
    percentBase: 'line',
    lowerEffect: 'ignore',
    amountCurrency: 'transaction',
    because: 'within 5 % of the ordered quantity',
  },
}

const rule = (name: string, kind: string, more: object = {}) => ({
  name,
  conditions: { all: [{ fact: 'discrepancy', path: '$.kind', operator: 'equal', value: kind }] },
  event: tolerance,
  ...more,
})

/** A folder with one version of a set, and its cases where given. */
const folderWith = (name: string, rules: readonly unknown[], cases?: unknown): string => {
  const folder = join(root, name)
  const place = join(folder, 'receiving', '1.0.0')
  mkdirSync(place, { recursive: true })
  const set = {
    id: 'receiving',
    kind: 'tolerance',
    version: '1.0.0',
    effectiveFrom: '2026-12-01',
    scope: {},
    owner: 'inbound-operations',
    title: 'Accept small over-shipments',
    rules,
  }
  writeFileSync(join(place, 'ruleset.json'), JSON.stringify(set))
  if (cases !== undefined) writeFileSync(join(place, 'cases.json'), JSON.stringify(cases))
  return folder
}

const run = async (...args: readonly string[]) => {
  const lines: string[] = []
  const warnings: string[] = []
  const exit = await rulesCheckCommand(
    args,
    (line) => lines.push(line),
    (line) => warnings.push(line),
  )
  return { exit, out: lines.join('\n'), warnings: warnings.join('\n') }
}

const shadowed = () =>
  folderWith('shadowed', [
    rule('any', 'over-shipment', { priority: 2 }),
    rule('same', 'over-shipment'),
  ])

describe('counterfoil rules check', () => {
  it('ends well where nothing has to be looked at, and keeps what is good to know to itself', async () => {
    const folder = folderWith('good', [rule('over', 'over-shipment')])
    const plain = await run(folder)
    expect(plain).toEqual({
      exit: 0,
      out: '1 rule set: 0 errors, 0 warnings, 1 good to know (shown with --all); exact',
      warnings: '',
    })
    const { out, exit } = await run('--all', folder)
    expect(exit).toBe(0)
    expect(out).toContain('information /rules: no rule says how far values may differ where')
    expect(out).toContain('for example {"discrepancy":{"kind":')
  })

  it('names the rule that never answers, with facts that show it', async () => {
    const { exit, out } = await run(shadowed())
    expect(exit).toBe(1)
    expect(out).toContain(
      'receiving@1.0.0\n  warning /rules/1: `same` never answers, `any` always goes',
    )
    expect(out).toContain('for example {"discrepancy":{"kind":"over-shipment"}}')
    expect(out).toContain('1 rule set: 0 errors, 1 warning')
  })

  it('says the same to machines, everything included', async () => {
    const { exit, out } = await run('--json', shadowed())
    expect(exit).toBe(1)
    expect(JSON.parse(out)).toMatchObject({
      ruleSets: ['receiving@1.0.0'],
      invalid: [],
      exact: true,
      opaque: [],
      findings: [
        {
          kind: 'unreachable',
          severity: 'warning',
          ruleSet: 'receiving@1.0.0',
          pointer: '/rules/1',
          rules: ['same', 'any'],
          witness: { discrepancy: { kind: 'over-shipment' } },
        },
        { kind: 'gap', severity: 'information' },
        { kind: 'overlap', severity: 'information' },
      ],
    })
  })

  it('tells everything that keeps a set from being loaded', async () => {
    const { exit, out } = await run(folderWith('broken', [rule('over', 'over-shipmint')]))
    expect(exit).toBe(1)
    expect(out).toContain('ruleset.json /rules/0/conditions/all/0/value: never `over-shipmint`')
    expect(out).toContain('0 rule sets: 1 error, 0 warnings')
  })

  it('names rules that no case beside the set shows', async () => {
    const silent = { name: 'none', facts: {}, expect: { outcome: 'nothing fires', firedRules: [] } }
    const { exit, out } = await run(folderWith('cases', [rule('over', 'over-shipment')], [silent]))
    expect(exit).toBe(1)
    expect(out).toContain('warning /rules/0: no case shows `over` deciding')
  })

  it('says how it is called', async () => {
    expect(await run()).toMatchObject({
      exit: 2,
      warnings: 'rules check: name a folder of rule sets',
    })
    const other = await run(
      '--set',
      'shipping',
      folderWith('other', [rule('over', 'over-shipment')]),
    )
    expect(other).toMatchObject({ exit: 2 })
    expect(other.warnings).toContain('no rule set is called `shipping`')
  })
})
