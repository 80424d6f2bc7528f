import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ruleSetFolders, ruleSetsFolder } from '../../scripts/rule-set-folders.ts'
import { answersTo, type RuleSetFiles } from './answers.ts'
import { findBrowser, startStrictPages, type StrictPages } from './strict-pages.ts'

const browser = findBrowser()
if (browser === null) console.log('browser tests are skipped: no chromium on the PATH')

const sets = [...ruleSetFolders()]
  .toSorted((a, b) => Number('extends' in a.loaded.ruleSet) - Number('extends' in b.loaded.ruleSet))
  .map(({ folder, cases }): RuleSetFiles => {
    const json: unknown = JSON.parse(
      readFileSync(join(ruleSetsFolder, folder, 'ruleset.json'), 'utf8'),
    )
    return { json, cases }
  })

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
