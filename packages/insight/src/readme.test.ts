import { readFileSync } from 'node:fs'
import { instant } from '@counterfoil/core'
import { describe, expect, it } from 'vitest'
import { promisesKept } from './readme.examples.ts'
import type { MetricDefinition } from './metric-definition.ts'
import { metricDefinitions } from './metrics.ts'
import { live } from './some-lives.examples.ts'

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')

function described({
  title,
  requirement,
  name,
  counts,
  apart,
  summaries,
}: MetricDefinition): string {
  const numbers = Object.keys(summaries).map((one) => `\`${one}\``)
  const kept = apart.map((one) => `\`${one}\``).join(', ') || 'nothing'
  return [
    `## ${title} (${requirement}): \`${name}\``,
    counts,
    `Numbers: ${numbers.join(', ')}. Apart: ${kept}.`,
  ].join('\n\n')
}

/** Everything that is published of the metrics, made of the definitions that count. */
const published = `# The metrics

Every metric has one definition, which is the one that counts: this page is written from \`metrics.ts\` of
[@counterfoil/insight](../packages/insight/README.md). Each is looked at by supplier, item, site and week, down to the orders
behind a number; by what stands apart it is never added up. Counts of automated transactions are none of them: each says
what became of an order, a delivery, a case or an invoice.

${metricDefinitions.map(described).join('\n\n')}
`

describe('the published definitions (R-70, R-126)', () => {
  it('are those that count', async () => {
    // Written anew by `npx pnpm test packages/insight -u`.
    await expect(published).toMatchFileSnapshot('../../../docs/metrics.md')
  })

  it('are a metric each that the README names', () => {
    for (const { name, requirement, title } of metricDefinitions) {
      const row = [`\`${name}\``, requirement, title].join('\\s*\\|\\s*')
      expect(readme).toMatch(new RegExp(row))
    }
  })
})

describe('the README', () => {
  it('has an example that runs', async () => {
    const example = readFileSync(new URL('readme.examples.ts', import.meta.url), 'utf8')
    expect(readme).toContain(`\`\`\`ts\n${example}\`\`\``)
    const life = {
      number: 'PO-1',
      supplier: 'S100',
      item: 'SKU-1',
      ordered: 10,
      issuedAt: '2026-11-23T09:00:00Z',
      wanted: '2026-11-27',
      answer: { at: '2026-11-23T13:00:00Z', promised: '2026-11-30' },
      announced: null,
      counted: { day: '2026-11-30', quantity: 10, damaged: 0 },
      billed: null,
    }
    const { store } = await live([life], '2026-12-01T09:00:00Z')
    const [row] = await promisesKept(store, 'acme', instant('2026-12-01T09:00:00Z'))
    expect(row).toMatchObject({
      dimensions: { supplier: 'S100' },
      summaries: { schedules: '1', onTime: '1' },
      orderKeys: ['acme/0001/PO-1'],
    })
  })
})
