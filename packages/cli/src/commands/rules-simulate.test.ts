import { readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aRulesFolder, type RulesFolder } from '../rules/rules-folder.examples.ts'
import { replayCommand } from './replay.ts'

const fixtures = join(import.meta.dirname, '../replay/__fixtures__')
let folder: RulesFolder
let record = ''

/** A version that takes no price above the one ordered by more than an amount, from a day on. */
const stricter = (effectiveFrom: string, abs = '0'): object => ({
  id: 'price-tolerance',
  kind: 'tolerance',
  version: '1.0.0',
  effectiveFrom,
  scope: {},
  extends: 'canonical-tolerance@1.0.0',
  owner: 'procure-to-pay',
  title: 'Prices to the cent',
  rules: [
    {
      name: 'price',
      priority: 10,
      conditions: { all: [{ fact: 'check', path: '$.name', operator: 'equal', value: 'price' }] },
      event: {
        type: 'tolerance',
        params: {
          upper: { abs, pct: null },
          lower: { abs, pct: null },
          combine: 'either',
          percentBase: 'line',
          lowerEffect: 'hold',
          amountCurrency: 'transaction',
          because: 'prices to the cent',
        },
      },
    },
  ],
})

beforeAll(async () => {
  folder = aRulesFolder()
  record = join(folder.root, 'matches.jsonl')
  const files = ['traces.jsonl', 'register.csv'].map((file) => join(fixtures, file))
  const [traces = '', register = ''] = files
  const where = ['--traces', traces, '--register', register, '--jobs', '1', '--record', record]
  expect(await replayCommand(where, () => {})).toBe(0)
}, 60_000)

afterAll(() => folder.remove())

const simulate = (effectiveFrom: string, ...options: readonly string[]) => {
  const file = 'rulesets/price-tolerance/1.0.0/ruleset.json'
  folder.save(file, JSON.stringify(stricter(effectiveFrom)))
  return folder.rules('simulate', 'price-tolerance@1.0.0', '--matches', record, ...options)
}

const days = (): readonly string[] =>
  readFileSync(record, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line): string => JSON.parse(line).invoice.invoiceDate)
    .toSorted()

describe('counterfoil rules simulate --matches', () => {
  it('counts the new version on every day where nothing else is said', async () => {
    const { exit, out } = await simulate('2030-01-01')
    expect(exit).toBe(0)
    expect(out[0]).toBe(
      'price-tolerance@1.0.0 on top of what is in force, as if in force on every day',
    )
    expect(out[1]).toMatch(/^15 matches of \d+ invoices, 0 not decided now as they were then$/)
  })

  it('counts it from its first day on with --by-date, and says how many matches that are', async () => {
    const all = days()
    const from = all[5] ?? ''
    const late = all.filter((day) => day >= from).length
    const { exit, out } = await simulate(from, '--by-date')
    expect(exit).toBe(0)
    expect(out.slice(0, 2)).toEqual([
      `price-tolerance@1.0.0 on top of what is in force, from ${from} on, by the date of each invoice`,
      `${late} of 15 matches of invoices it is for, on its days`,
    ])
    expect(late).toBeLessThan(15)
  })

  it('compares with what is in force, which the draft of another set does not change', async () => {
    const { out } = await simulate('2026-01-01', '--json')
    const known = JSON.parse(out.join('\n'))
    const alone = (abs: string) => {
      const { extends: _, ...set } = { ...stricter('2026-01-01', abs), extends: '' }
      const draft = JSON.stringify({ ...set, id: 'draft-limits' })
      return folder.save('rulesets/draft-limits/1.0.0/ruleset.json', draft)
    }
    const draft = alone('0')
    expect((await simulate('2026-01-01', '--json')).out).toEqual(out)
    const asked = ['simulate', 'draft-limits@1.0.0', '--matches', record, '--json']
    const { exit, out: own } = await folder.rules(...asked)
    // Nothing allowed goes before what is allowed; two amounts contradict each other.
    alone('1')
    const contradicting = await folder.rules(...asked)
    rmSync(dirname(dirname(draft)), { recursive: true })
    expect([exit, contradicting.exit]).toEqual([0, 1])
    expect(JSON.parse(own.join('\n'))).toMatchObject({
      before: null,
      matches: 15,
      notReproduced: known.notReproduced,
    })
    expect(contradicting.out.join('\n')).toMatch(
      /`price` and `price` of `canonical-tolerance@1\.1\.0` may both fire/,
    )
  })

  it('says the same to machines', async () => {
    const { out } = await simulate('2030-01-01', '--by-date', '--json')
    expect(JSON.parse(out.join('\n'))).toMatchObject({
      candidate: 'price-tolerance@1.0.0',
      before: null,
      days: 'business-date',
      effectiveFrom: '2030-01-01',
      matches: 15,
      otherVersions: 0,
      changed: [],
    })
  })
})
