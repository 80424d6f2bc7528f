import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { decideEveryCase } from './decide-every-case.ts'

const conditions = ['--conditions=@counterfoil/source']

/** What a program prints that runs in a process of its own. */
const run = (program: string, ...options: readonly string[]): string =>
  execFileSync(
    process.execPath,
    [...conditions, ...options, '--input-type=module', '--eval', program],
    { cwd: new URL('..', import.meta.url), encoding: 'utf8' },
  ).trim()

describe('evaluation under a strict content-security policy', () => {
  it('decides and explains every case alike where no code can be made of text', () => {
    const printed = run(
      `import { createHash } from 'node:crypto'
       import { decideEveryCase } from './test/decide-every-case.ts'
       let refused = null
       try { new Function('return 1') } catch (error) { refused = error.name }
       const lines = decideEveryCase()
       const hash = createHash('sha256').update(lines.join('\\n')).digest('hex')
       console.log(JSON.stringify({ refused, count: lines.length, hash }))`,
      '--disallow-code-generation-from-strings',
    )
    const lines = decideEveryCase()
    expect(lines.length).toBeGreaterThan(100)
    const hash = createHash('sha256').update(lines.join('\n')).digest('hex')
    expect(JSON.parse(printed)).toEqual({ refused: 'EvalError', count: lines.length, hash })
  })
})

describe('the entry for evaluation alone', () => {
  it('loads no schema, no checker and nothing of core but its arithmetic', () => {
    const printed = run(
      `import { registerHooks } from 'node:module'
       const urls = []
       registerHooks({
         load: (url, context, next) => { urls.push(url); return next(url, context) },
       })
       await import('@counterfoil/rules/evaluate')
       console.log(JSON.stringify(urls.map((url) => url.split('/packages/').at(-1))))`,
    )
    const files: readonly string[] = JSON.parse(printed)
    expect(files).toContain('rules/src/evaluate.ts')
    expect(files).toContain('core/src/arithmetic.ts')
    const allowed =
      /^(?:rules\/src\/(?:evaluate|facts|operators|fetch|rule-set|check)|core\/src\/(?:arithmetic|calendar|decimal|errors))\b/
    expect(files.filter((file) => !allowed.test(file))).toEqual([])
    expect(files.filter((file) => /zod|check\/(?!freeze)|load-rule-set/.test(file))).toEqual([])
  })
})
