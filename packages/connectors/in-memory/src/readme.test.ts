import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

// #region readme
import { createInMemoryConnector } from '@counterfoil/connector-in-memory'

/** Asks the stand-in twice to tell the buyer the same thing, as a runtime does after a crash. */
const tellTwice = async (): Promise<readonly string[]> => {
  const connector = createInMemoryConnector({ name: 'back-office' })
  const request = {
    tenant: 'acme',
    aggregate: { kind: 'order', key: 'acme/0001/4711' },
    intent: {
      kind: 'notify',
      role: 'buyer',
      topic: 'date-change',
      subject: 'order 4711',
      sentence: 'line 1 comes on 30 November instead of 27 November',
    },
    idempotencyKey: 'acknowledgment-77#1/0',
    signal: AbortSignal.timeout(5000),
  } as const
  await connector.write(request)
  await connector.write(request)
  return connector
    .carriedOut()
    .map(
      ({ intent, reference }) =>
        `${reference}: ${intent.kind} ${intent.kind === 'notify' ? intent.sentence : ''}`,
    )
}
// #endregion

const read = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8')
const readme = read('../README.md')

describe('the README', () => {
  it('shows the example that is run here', () => {
    const [, example = ''] = read('readme.test.ts').split(/^\/\/ #(?:end)?region.*\n/m)
    expect(example).not.toBe('')
    expect(readme).toContain(`\`\`\`ts\n${example}\`\`\``)
  })

  it('shows what the example gives', async () => {
    expect(readme).toContain(`\`\`\`\n${(await tellTwice()).join('\n')}\n\`\`\``)
  })
})
