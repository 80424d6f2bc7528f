import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { decide, writeDecisionRecord } from '@counterfoil/rules'
import { loadRuleSetFolder } from '@counterfoil/rules/node'
import { afterEach, describe, expect, it } from 'vitest'
import { aRulesFolder, type RulesFolder } from '../rules/rules-folder.examples.ts'
import { replayCommand } from './replay.ts'

const fixtures = join(import.meta.dirname, '../replay/__fixtures__')

const folders: RulesFolder[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) folder.remove()
})

const aFolder = (): RulesFolder => {
  const folder = aRulesFolder()
  folders.push(folder)
  return folder
}

/** A folder with two versions, and the lines of decisions made with the first. */
const aRecord = (...facts: readonly object[]) => {
  const folder = aFolder()
  folder.write('1.0.0', '5')
  const [made] = loadRuleSetFolder(folder.registry)
  if (made === undefined) throw new Error('no rule set')
  const lines = facts.map((one) => writeDecisionRecord(decide(made, { ...one })))
  folder.write('1.1.0', '3')
  return { folder, lines, made }
}

const dearer = { discrepancy: { kind: 'price-variance' } }
const short = { discrepancy: { kind: 'short-shipment' } }

describe('counterfoil rules simulate --decisions', () => {
  it('goes from a replay to a list of the decisions that change', async () => {
    const folder = aFolder()
    const record = join(folder.root, 'decisions.txt')
    const files = [
      '--traces',
      join(fixtures, 'traces.jsonl'),
      '--register',
      join(fixtures, 'register.csv'),
    ]
    const told: string[] = []
    const options = ['--jobs', '1', '--record-decisions', record]
    expect(await replayCommand([...files, ...options], (line) => told.push(line))).toBe(0)
    const lines = readFileSync(record, 'utf8').trimEnd().split('\n')
    expect(told.at(-1)).toBe(`${lines.length} decisions recorded in ${record}`)
    const from = ['--from', 'canonical-tolerance@1.0.0', '--by', 'ann']
    expect((await folder.rules('new', 'house-tolerance', ...from)).exit).toBe(0)
    const file = 'rulesets/house-tolerance/1.0.0/ruleset.json'
    const draft = JSON.parse(readFileSync(join(folder.root, file), 'utf8'))
    const event = {
      type: 'tolerance',
      params: {
        upper: { abs: '1', pct: '1' },
        lower: { abs: null, pct: null },
        combine: 'either',
        percentBase: 'line',
        lowerEffect: 'warn',
        amountCurrency: 'transaction',
        because: 'within 1 % of the price agreed',
      },
    }
    const conditions = {
      all: [{ fact: 'check', path: '$.name', operator: 'equal', value: 'price' }],
    }
    folder.save(
      file,
      JSON.stringify({ ...draft, rules: [{ name: 'price', priority: 10, conditions, event }] }),
    )
    const { exit, out } = await folder.rules(
      'simulate',
      'house-tolerance',
      '--decisions',
      record,
      '--first',
      '1',
    )
    expect(exit).toBe(0)
    expect(out[0]).toBe(
      'house-tolerance@1.0.0 on recorded decisions, as if it had been in force on every day',
    )
    const { decisions, others } =
      /: (?<decisions>\d+) decided again, 0 not tried, (?<others>\d+) of/.exec(out[1] ?? '')
        ?.groups ?? {}
    expect(Number(decisions) + Number(others)).toBe(lines.length)
    const changes = out.filter((line) => line.startsWith('line '))
    expect(changes).toHaveLength(1)
    const number = Number(
      /^line (\d+), canonical-tolerance@1\.1\.0: price \(.*\) → price \(within 1 %/.exec(
        changes[0] ?? '',
      )?.[1],
    )
    expect(lines[number - 1]).toMatch(/^canonical-tolerance@1\.1\.0 .*"price"/)
    expect(out.at(-1)).toMatch(/^and \d+ more changed decisions, all of them with --json$/)
  })

  it('tells each line that was not tried, and ends with 1 for it', async () => {
    const { folder, lines } = aRecord(dearer, short)
    const [changed = '', same = ''] = lines
    const other = changed.replace(/ [\w-]{43} /, ` ${'A'.repeat(43)} `)
    const file = folder.save('decisions.txt', [changed, '', 'hello', other, same, ''].join('\n'))
    const { exit, out } = await folder.rules(
      'simulate',
      'price-tolerance@1.1.0',
      '--decisions',
      file,
    )
    expect(exit).toBe(1)
    expect(out).toEqual([
      'price-tolerance@1.1.0 on recorded decisions, as if it had been in force on every day',
      '4 lines: 2 decided again, 2 not tried',
      '1 decision would come out otherwise',
      '',
      'line 1, price-tolerance@1.0.0: dearer (within 5 % of the price agreed) → dearer (within 3 % of the price agreed)',
      '  discrepancy.kind "price-variance"',
      '',
      'not tried:',
      'line 3: it is no decision: give a line as `writeDecisionRecord` wrote it',
      'line 4: `price-tolerance@1.0.0` with the hash `000000000000` is not here: put the version beside the others',
    ])
  })

  it('gives machines everything', async () => {
    const { folder, lines } = aRecord(dearer, short)
    const file = folder.save('decisions.txt', [...lines, 'hello'].join('\n'))
    const { out } = await folder.rules(
      'simulate',
      'price-tolerance@1.1.0',
      '--decisions',
      file,
      '--json',
    )
    expect(JSON.parse(out.join('\n'))).toMatchObject({
      candidate: 'price-tolerance@1.1.0',
      lines: 3,
      decisions: 2,
      otherRuleSets: 0,
      changed: [{ line: 1, value: null }],
      notTried: [{ line: 3, reason: 'unreadable' }],
    })
  })

  it.each<[string, readonly string[], RegExp]>([
    ['--matches', ['x.jsonl'], /cannot take --matches beside --decisions/],
    ['--store', ['x.sqlite'], /cannot take --store beside --decisions/],
    ['--against', ['price-tolerance@1.0.0'], /held against what was decided then/],
    ['--by-date', [], /a recorded decision has no date/],
  ])('is refused beside %s', async (option, value, warning) => {
    const { folder } = aRecord()
    const args = ['simulate', 'price-tolerance', '--decisions', 'd.txt', option, ...value]
    const { exit, warnings } = await folder.rules(...args)
    expect(exit).toBe(2)
    expect(warnings.join('\n')).toMatch(warning)
  })
})

describe('counterfoil rules explain', () => {
  it('explains the line of a record, and the record as JSON, alike', async () => {
    const { folder, lines, made } = aRecord(dearer)
    const file = folder.save('one.txt', [...lines, JSON.stringify(decide(made, dearer))].join('\n'))
    const { exit, out } = await folder.rules('explain', file)
    expect(exit).toBe(0)
    const told = [
      'price-tolerance@1.0.0',
      '  `dearer` decides (within 5 % of the price agreed), because the kind of difference is `price-variance`',
    ]
    expect(out).toEqual([...told, ...told])
  })

  it('speaks German', async () => {
    const { folder, lines } = aRecord(dearer, short)
    const { out } = await folder.rules(
      'explain',
      folder.save('d.txt', lines.join('\n')),
      '--language',
      'de',
    )
    expect(out).toEqual([
      'price-tolerance@1.0.0',
      '  `dearer` entscheidet (within 5 % of the price agreed). Grund: die Art der Abweichung: `price-variance`',
      'price-tolerance@1.0.0',
      '  keine Regel galt',
      '  `dearer` galt nicht. Grund: die Art der Abweichung: `short-shipment` und nicht `price-variance`',
    ])
  })

  it.each(['en', 'de'])('gives machines the whole explanation (%s)', async (language) => {
    const { folder, lines } = aRecord(dearer)
    const file = folder.save('d.txt', lines.join('\n'))
    const { out } = await folder.rules('explain', file, '--json', '--language', language)
    expect(JSON.parse(out.join('\n'))).toMatchObject({
      reference: { ruleSet: 'price-tolerance', version: '1.0.0' },
      language,
      answers: [{ rule: 'dearer' }],
      rules: [{ name: 'dearer', fired: true, decides: true }],
    })
  })

  it('tells a decision as it is stored beside an answer, in both languages', async () => {
    const { folder, made } = aRecord()
    const decision = {
      reference: made.reference,
      firedRules: [],
      because: ['no rule accepts a difference here'],
      facts: { 'discrepancy.kind': 'short-shipment' },
    }
    const file = folder.save('stored.jsonl', JSON.stringify(decision))
    expect((await folder.rules('explain', file)).out).toEqual([
      'price-tolerance@1.0.0',
      '  no rule decided: no rule accepts a difference here',
      '  discrepancy.kind is "short-shipment"',
      '  told as it was stored, not verified against the rules',
    ])
    expect((await folder.rules('explain', file, '--language', 'de')).out.slice(1)).toEqual([
      '  keine Regel hat entschieden: no rule accepts a difference here',
      '  discrepancy.kind ist "short-shipment"',
      '  wiedergegeben wie gespeichert, nicht an den Regeln geprüft',
    ])
    const { out } = await folder.rules('explain', file, '--json')
    expect(JSON.parse(out.join('\n'))).toEqual({ ...decision, verified: false })
  })

  it.each<[string, (line: string) => string, RegExp]>([
    [
      'to another name',
      (line) => line.replace('price-tolerance@1.0.0', 'innocent@9.9.9'),
      /cannot explain line 2 as a decision of `innocent@9\.9\.9`, its hash is that of `price-tolerance@1\.0\.0`/,
    ],
    [
      'to another outcome',
      (line) => line.replace(' 1 1 [', ' 0 1 ['),
      /line 2 .*`price-tolerance@1\.0\.0` does not decide so on these facts: it was changed/,
    ],
  ])('refuses a record that was changed %s', async (_, change, warning) => {
    const { folder, lines } = aRecord(dearer)
    const [line = ''] = lines
    const file = folder.save('d.txt', [line, change(line)].join('\n'))
    const { exit, out, warnings } = await folder.rules('explain', file)
    expect([exit, out.length]).toEqual([2, 2])
    expect(warnings.join('\n')).toMatch(warning)
  })

  it.each<[string, string, readonly string[], RegExp]>([
    ['a line is no decision', '\nhello', [], /cannot read line 2 as a decision/],
    [
      'its version is not here',
      `other-tolerance@1.0.0 ${'A'.repeat(43)} 0 0 []`,
      [],
      /cannot explain line 1: `other-tolerance@1\.0\.0` with the hash `000000000000` is not here/,
    ],
    [
      'the language is unknown',
      '',
      ['--language', 'fr'],
      /cannot explain in `fr`: choose en or de/,
    ],
  ])('ends with 2 where %s', async (_, text, options, warning) => {
    const { folder } = aRecord()
    const { exit, warnings } = await folder.rules('explain', folder.save('d.txt', text), ...options)
    expect(exit).toBe(2)
    expect(warnings.join('\n')).toMatch(warning)
  })
})
