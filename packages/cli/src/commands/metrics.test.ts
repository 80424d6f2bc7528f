import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSqliteStore } from '@counterfoil/store-sqlite'
import { describe, expect, it } from 'vitest'
import { liveSomeBooks } from '../evidence/some-books.examples.ts'
import { metricsCommand } from './metrics.ts'

const file = join(mkdtempSync(join(tmpdir(), 'counterfoil-metrics-')), 'books.sqlite')
const { runtime } = await liveSomeBooks(createSqliteStore({ file }))
await runtime.close()

async function metrics(...args: readonly string[]) {
  const lines: string[] = []
  const code = await metricsCommand(
    ['--store', file, '--tenant', 'acme', '--at', '2026-12-01T08:00:00Z', ...args],
    (line) => lines.push(line),
  )
  return { code, lines }
}

describe('counterfoil metrics', () => {
  it('prints all of them, as the README shows (R-110, R-118, R-124)', async () => {
    const { code, lines } = await metrics()
    expect(code).toBe(0)
    const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8')
    const command =
      'counterfoil metrics --store books.sqlite --tenant acme --at 2026-12-01T08:00:00Z'
    expect(readme).toContain(`$ ${command}\n${lines.join('\n')}\n`)
  })

  it('looks at some of them, by dimensions, down to the orders', async () => {
    const ask = ['on-time-inbound', '--by', 'supplier,week', '--where', 'variant=first-promise']
    const { lines } = await metrics(...ask, '--orders')
    expect(lines).toEqual([
      'On-time inbound performance (R-124)',
      '  variant first-promise, supplier S100, week 2026-W48: schedules 1, onTime 1, inFull 1, onTimeInFull 1',
      '    acme/0001/4711',
    ])
    const { code, lines: none } = await metrics('on-time-inbound', '--where', 'supplier=S999')
    expect(none).toEqual(['On-time inbound performance (R-124)', '  nothing counted'])
    expect(code).toBe(1)
  })

  it('prints the same as JSON', async () => {
    const { lines } = await metrics('touchless-match-rate', '--json')
    expect(JSON.parse(lines.join('\n'))).toEqual({
      'touchless-match-rate': [
        {
          dimensions: {},
          summaries: { invoices: '1', rate: '1', firstAttemptRate: '1' },
          orderKeys: ['acme/0001/4711'],
        },
      ],
    })
  })

  it.each([
    [['on-time'], 'there is no metric `on-time`'],
    [['--by', 'colour'], 'there is no dimension `colour`'],
    [['--where', 'supplier'], 'cannot read the condition `supplier`'],
  ])('refuses %s with a sentence', async (args, sentence) => {
    await expect(metrics(...args)).rejects.toThrow(sentence)
  })
})
