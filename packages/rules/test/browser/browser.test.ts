import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { evaluateRuleSet, writeEvaluableRuleSet } from '@counterfoil/rules/evaluate'
import { ruleSetFolders, ruleSetsFolder } from '../../scripts/rule-set-folders.ts'
import { aLoadedRuleSet, aTable } from '../../src/rule-set/rule-set.examples.ts'
import { answersTo, type RuleSetFiles } from './answers.ts'
import { decisionsBy, type ShippedSet } from './decisions.ts'
import { findBrowser, startStrictPages, type StrictPages } from './strict-pages.ts'

const browser = findBrowser()
if (browser === null) console.log('browser tests are skipped: no chromium on the PATH')

const folders = ruleSetFolders()
const sets = [...folders]
  .toSorted((a, b) => Number('extends' in a.loaded.ruleSet) - Number('extends' in b.loaded.ruleSet))
  .map(({ folder, cases }): RuleSetFiles => {
    const json: unknown = JSON.parse(
      readFileSync(join(ruleSetsFolder, folder, 'ruleset.json'), 'utf8'),
    )
    return { json, cases }
  })

/** Limits by kind and percentage, as a table, and facts for each of its rows and for none. */
const tableSet = aLoadedRuleSet({ rules: [], tables: [aTable()] })
const factsOfTable = [
  { kind: 'over-shipment', percent: '1.9' },
  { kind: 'over-shipment', percent: '2.00' },
  { kind: 'over-shipment', percent: '2.01' },
  { kind: 'over-shipment', percent: '5.01' },
  { kind: 'short-shipment' },
  { kind: 'substitution', percent: '1' },
].map((discrepancy) => ({ discrepancy }))

const manifest: { readonly exports: Readonly<Record<string, unknown>> } = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
)
const entries = Object.entries(manifest.exports)
  .filter(([path, target]) => typeof target === 'object' && path !== './node')
  .map(([path]) => path.replace('.', '@counterfoil/rules'))

describe.skipIf(browser === null)('a page that may not make code from text', () => {
  let pages: StrictPages

  beforeAll(async () => {
    pages = await startStrictPages(browser ?? '')
  })
  afterAll(() => pages.close())

  it('refuses it', async () => {
    const { result, refused, errors } = await pages.open({
      script: { file: 'code-from-text.ts' },
      result: 'outcomes',
    })
    expect(result).toEqual({ eval: 'EvalError', Function: 'EvalError' })
    expect(errors).toEqual([])
    expect(refused).toEqual(['script-src eval', 'script-src eval'])
  })

  it('decides every case of the ready-made rule sets to the same bytes as Node, and tries nothing that is refused', async () => {
    const { result, refused, errors } = await pages.open({
      script: { file: 'page.ts' },
      result: 'answers',
      data: { '/rule-sets.json': JSON.stringify(sets) },
    })
    expect([...refused, ...errors]).toEqual([])
    expect(sets.flatMap(({ cases }) => cases).length).toBeGreaterThan(sets.length)
    expect(result).toEqual(answersTo(sets))
  })

  it('decides by evaluation alone, by tables and by conditions, to the same bytes as Node by the sets themselves', async () => {
    const asked = [
      ...folders.map(({ loaded, cases }) => ({ loaded, facts: cases.map(({ facts }) => facts) })),
      { loaded: tableSet, facts: factsOfTable },
    ]
    const shipped = asked.map(({ loaded, facts }): ShippedSet => ({
      text: writeEvaluableRuleSet(loaded),
      facts,
    }))
    const { result, refused, errors } = await pages.open({
      script: { file: 'evaluate-page.ts' },
      result: 'decisions',
      data: { '/shipped.json': JSON.stringify(shipped) },
    })
    expect([...refused, ...errors]).toEqual([])
    expect(result).toEqual(asked.flatMap(({ loaded, facts }) => decisionsBy(loaded, facts)))
    const firstByTable = factsOfTable.map(
      (facts) => evaluateRuleSet(tableSet, facts).answers[0]?.rule,
    )
    expect(firstByTable).toEqual([
      'limits/1',
      'limits/1',
      'limits/2',
      undefined,
      'limits/3',
      undefined,
    ])
  })

  it.each(entries)('loads %s whole', async (entry) => {
    const { result, refused, errors } = await pages.open({
      script: {
        text: `import * as z from 'zod'
               z.config({ jitless: true })
               const entry = await import('${entry}')
               globalThis.names = Object.keys(entry).toSorted()`,
      },
      result: 'names',
    })
    expect([...refused, ...errors]).toEqual([])
    expect(result).toEqual(Object.keys(await import(entry)).toSorted())
  })
})
