import { createRequire } from 'node:module'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type AuditRecord, chainAudit, instant } from '@counterfoil/core'
import { readRegistry } from '@counterfoil/rules/node'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { rulesCommand } from '../commands/rules.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'counterfoil-check-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

type Json = { readonly [field: string]: unknown }

const aTolerance = (pct: string | null): Json => ({
  type: 'tolerance',
  params: {
    upper: { abs: null, pct },
    lower: { abs: null, pct: null },
    combine: 'either',
    percentBase: 'line',
    lowerEffect: 'ignore',
    amountCurrency: 'transaction',
    because: 'agreed with the buyers',
  },
})

/** Puts everything in the folder in force, also what a release would refuse. */
const releaseAll = (): void => {
  const { versions } = readRegistry(folder)
  const entries = versions.flatMap(({ id, version, folderHash }) => {
    const aggregate = `rule-set:${id}`
    const record: AuditRecord = {
      at: instant('2026-11-27T08:00:00Z'),
      actor: { kind: 'user', id: 'bob', roles: [], assurance: 'low' },
      object: `${aggregate}/${version}`,
      event: 'rule-set.released',
      eventId: `${aggregate}#1`,
      from: null,
      to: `${id}@${version}`,
      reason: null,
      policy: [],
      inputHash: `folder:${folderHash}`,
    }
    return chainAudit([record], { aggregate, sequence: 0, previousHash: null })
  })
  const save = (file: string, pairs: readonly (readonly [string, unknown])[]): void =>
    writeFileSync(join(folder, file), JSON.stringify(Object.fromEntries(pairs)))
  writeFileSync(
    join(folder, 'audit.jsonl'),
    entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''),
  )
  save(
    'released.json',
    versions.map((one) => [`${one.id}@${one.version}`, one.folderHash]),
  )
  save(
    'in-force.json',
    versions.map(({ id, version }) => [id, [version]]),
  )
  save(
    'audit-heads.json',
    entries.map(({ aggregate, hash }) => [aggregate, hash]),
  )
}

/** Writes a version of a set of tolerances into the folder. */
const write = (set: Json & { readonly id: string }, cases?: readonly Json[]): void => {
  const version = { version: '1.0.0', kind: 'tolerance', effectiveFrom: '2026-12-01', ...set }
  const own = join(folder, set.id, version.version)
  mkdirSync(own, { recursive: true })
  const json = { scope: {}, owner: 'buyers', title: 'Limits', ...version }
  writeFileSync(join(own, 'ruleset.json'), JSON.stringify(json))
  if (cases !== undefined) writeFileSync(join(own, 'cases.json'), JSON.stringify(cases))
}

/** What `rules check` prints, and what it ends with. */
const check = async (...args: readonly string[]): Promise<readonly [number, string]> => {
  const lines: string[] = []
  const say = (line: string): void => void lines.push(line)
  const code = await rulesCommand(['check', ...args, '--registry', folder], say, say)
  return [code, lines.join('\n')]
}

const graded = (agency: string, value: string): Json => ({
  fact: 'creditRating',
  params: { agency },
  path: '$.grade',
  operator: 'equal',
  value,
})

describe('rules check', () => {
  it('checks rules that look at facts a host fetches, where a module declares them', async () => {
    write({
      id: 'rated',
      rules: [
        {
          name: 'good',
          priority: 2,
          conditions: { all: [graded('North', 'A')] },
          event: aTolerance('5'),
        },
        {
          name: 'good-both',
          conditions: { all: [graded('North', 'A'), graded('South', 'A')] },
          event: aTolerance('9'),
        },
      ],
    })
    const [, undeclared] = await check()
    expect(undeclared).toContain('no fact `"creditRating"` here')
    const module = join(folder, 'facts.mjs')
    writeFileSync(
      module,
      `import * as z from '${pathToFileURL(createRequire(import.meta.url).resolve('zod')).href}'
       const value = z.object({ grade: z.enum(['A', 'B', 'C']) }).nullable()
       const params = z.strictObject({ agency: z.string() })
       export const fetched = { creditRating: { value, params } }`,
    )
    const [code, text] = await check('--fetched', module, '--json')
    expect(code).toBe(0)
    const { analysis } = JSON.parse(text)
    expect(analysis).toContainEqual(
      expect.objectContaining({
        kind: 'unreachable',
        rules: ['good-both', 'good'],
        witness: {
          'creditRating({"agency":"North"})': { grade: 'A' },
          'creditRating({"agency":"South"})': { grade: 'A' },
        },
      }),
    )
  })

  it('says each finding once for all versions of a set, with facts that show it, and what it did not look into', async () => {
    const kind = (value: string): Json => ({
      fact: 'discrepancy',
      path: '$.kind',
      operator: 'equal',
      value,
    })
    const sameCurrency = {
      fact: 'order',
      path: '$.currency',
      operator: 'equal',
      value: { fact: 'invoice', path: '$.currency' },
    }
    const there = ['order', 'invoice'].map((fact) => ({
      fact,
      operator: 'is-present',
      value: true,
    }))
    const rules = [
      { name: 'any', conditions: { all: [kind('split')] }, event: aTolerance(null) },
      {
        name: 'same',
        conditions: { all: [kind('backorder'), ...there, sameCurrency] },
        event: aTolerance('5'),
      },
    ]
    const aCase = (name: string, discrepancy: string, fired: string, tolerance: Json) => ({
      name,
      facts: {
        discrepancy: { kind: discrepancy },
        order: { type: 'standard', supplier: 'S1', currency: 'EUR' },
        invoice: { type: 'standard', supplier: 'S1', currency: 'EUR' },
      },
      expect: { outcome: { tolerance }, firedRules: [fired] },
    })
    const cases = [
      aCase('split', 'split', 'any', {}),
      aCase('backorder', 'backorder', 'same', { upper: { pct: '5' } }),
    ]
    write({ id: 'limits', rules }, cases)
    write({ id: 'limits', version: '1.1.0', rules }, cases)
    const opaque =
      'not looked into, taken to come out either way: `order.currency equal invoice.currency` (two places of the facts are compared)'
    expect(await check()).toEqual([
      0,
      [
        'limits@1.1.0 (and 1.0.0) at /rules/0/event/params/upper: warning: `any` passes any difference above, since blank limits are no limits: write "0" for none allowed, or show in a case that it is meant, which expects `null` there',
        '  for example: {"discrepancy":{"kind":"split"}}',
        `limits@1.0.0: 1 comparison ${opaque}`,
        `limits@1.1.0: 1 comparison ${opaque}`,
        '4 more for information, with --all',
        '2 versions checked, 0 errors',
      ].join('\n'),
    ])
    const [, json] = await check('--json')
    expect(JSON.parse(json).opaque).toEqual(
      ['limits@1.0.0', 'limits@1.1.0'].map((ruleSet) => ({
        ruleSet,
        comparison: 'order.currency equal invoice.currency',
        pointer: '/rules/1/conditions/all/3',
        why: 'two places of the facts are compared',
      })),
    )
  })

  it('compares the sets of a folder that are in force together, and says which of them answers', async () => {
    const rule = (pct: string) => ({
      name: 'over',
      conditions: {
        all: [{ fact: 'discrepancy', path: '$.kind', operator: 'equal', value: 'stale-version' }],
      },
      event: aTolerance(pct),
    })
    write({ id: 'everybody', rules: [rule('5')] })
    write({ id: 'north', scope: { businessUnit: 'north' }, rules: [rule('2')] })
    write({
      id: 'everybody-before',
      effectiveFrom: '2026-01-01',
      effectiveTo: '2026-11-30',
      rules: [rule('9')],
    })
    write({
      id: 'south',
      scope: { businessUnit: 'south' },
      effectiveFrom: '2027-02-01',
      rules: [rule('5')],
    })
    releaseAll()
    const [, json] = await check('--json')
    const { analysis, contradictions } = JSON.parse(json)
    expect(contradictions).toEqual([])
    const between = analysis.filter((one: Json) => one['kind'] === 'disagreement')
    expect(between).toEqual([
      {
        kind: 'disagreement',
        severity: 'information',
        ruleSet: 'everybody@1.0.0',
        pointer: '/rules/0',
        rules: ['everybody@1.0.0/over', 'north@1.0.0/over'],
        sentence:
          '`north@1.0.0/over` and `everybody@1.0.0/over` say different things where `discrepancy.kind` is `stale-version`, ' +
          // What the ready-made sets change then is compared last.
          'from 2027-01-01 on for businessUnit `north`: the first answers, its scope being the narrower one',
        witness: { discrepancy: { kind: 'stale-version' } },
      },
    ])
    expect((await check('--all'))[1]).toContain(`information: ${between[0].sentence}`)
    expect((await check('north', '--all'))[1]).not.toContain('say different things')
  })

  it('is an error where sets in force contradict each other, with the place and what mends it', async () => {
    for (const [id, pct] of [
      ['one', '1'],
      ['other', '2'],
    ] as const) {
      const conditions = { all: [{ fact: 'discrepancy', operator: 'is-present', value: true }] }
      write({ id, rules: [{ name: 'any', conditions, event: aTolerance(pct) }] })
    }
    releaseAll()
    const sentence =
      '`any` and `any` of `one@1.0.0` may both fire at priority 1 and say different things: give one, or its set, a higher priority, or let its set have a narrower scope, extend the other or be a later version of it'
    const [code, text] = await check()
    expect(code).toBe(1)
    expect(text).toContain(
      `other@1.0.0 at /rules/0/priority: error: in force together, ${sentence}`,
    )
    expect(text.split('\n').at(-1)).toBe('2 versions checked, 1 error')
    const [machineCode, json] = await check('--json')
    expect(machineCode).toBe(1)
    expect(JSON.parse(json).contradictions).toEqual([
      { ruleSet: 'other@1.0.0', pointer: '/rules/0/priority', sentence },
    ])
  })

  it('is an error where a draft contradicts what decides beside it, as its release is refused', async () => {
    const conditions = {
      all: [{ fact: 'check', path: '$.name', operator: 'equal', value: 'price' }],
    }
    const rules = [{ name: 'over', priority: 10, conditions, event: aTolerance('1') }]
    const whole = '1 version checked, 0 errors'
    for (const [set, said] of [
      [
        { rules },
        /`over` .* `price` of `canonical-tolerance@1\.[01]\.0`|`price` and `over` of `limits/,
      ],
      [{ rules, extends: 'canonical-tolerance@1.0.0', switchedOff: ['price'] }, whole],
      [{ rules, scope: { supplier: 'S1' } }, whole],
      [{ rules, priority: 2 }, whole],
    ] as const) {
      write({ id: 'limits', ...set })
      for (const args of [[], ['limits@1.0.0']]) {
        const [code, text] = await check(...args)
        expect(code).toBe(said === whole ? 0 : 1)
        expect(text).toMatch(said)
      }
    }
  })

  it('says what is wrong with the module that is to declare fetched facts', async () => {
    await expect(check('--fetched', 'nowhere.js')).rejects.toThrow(
      'cannot read the fetched facts of `nowhere.js`, ',
    )
    const module = join(folder, 'facts.mjs')
    writeFileSync(module, 'export const fetched = { rating: { value: 1, params: 2 } }')
    await expect(check('--fetched', module)).rejects.toThrow(
      '`fetched.rating.value` is not as wanted: export `fetched`, as `loadRuleSet` takes it',
    )
  })
})
