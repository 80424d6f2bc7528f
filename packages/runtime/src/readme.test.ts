import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

// #region readme
import { createPolicySource, type LoadedRuleSet } from '@counterfoil/rules'
import { createMemoryStore, createRuntime, createVirtualClock } from '@counterfoil/runtime'
import { wholeLife } from '@counterfoil/runtime/conformance'

/** Takes an order's documents in, from the order to the invoice, and says in words why the invoice may be paid. */
const explainPayment = async (ruleSets: readonly LoadedRuleSet[]): Promise<readonly string[]> => {
  const runtime = createRuntime({
    store: createMemoryStore(),
    policies: createPolicySource(ruleSets),
    connectors: [],
    clock: createVirtualClock('2026-11-28T09:00:00Z'),
  })
  const envelope = { tenant: 'acme', buyerOrganisation: '0001', connection: 'portal' }
  for (const document of wholeLife('acme')) {
    await runtime.receive({ ...envelope, timeZone: 'Europe/Berlin', document })
  }
  await runtime.tick()

  const orderKey = 'acme/0001/4711'
  const { rows } = await runtime.queries.timeline({ tenant: 'acme', orderKey })
  await runtime.close()
  return rows
    .filter(({ type }) => type === 'invoice.matched' || type === 'invoice.released')
    .flatMap(({ type, explanation }) => explanation.map((sentence) => `${type}: ${sentence}`))
}
// #endregion

import { loadRuleSetFolder } from '@counterfoil/rules/node'

const read = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8')
const readme = read('../README.md')
const canonical = loadRuleSetFolder(
  new URL('../../rules/rulesets', import.meta.url).pathname,
).filter(({ ruleSet }) => ruleSet.id.startsWith('canonical-'))

describe('the README', () => {
  it('shows the example that is run here', () => {
    const [, example = ''] = read('readme.test.ts').split(/^\/\/ #(?:end)?region.*\n/m)
    expect(example).not.toBe('')
    expect(readme).toContain(`\`\`\`ts\n${example}\`\`\``)
  })

  it('shows what the example gives, with the store, clock, rules and documents of whoever runs it (R-127)', async () => {
    const lines = await explainPayment(canonical)
    expect(lines.length).toBeGreaterThan(1)
    expect(readme).toContain(`\`\`\`\n${lines.join('\n')}\n\`\`\``)
  })
})
