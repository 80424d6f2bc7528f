import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

// #region readme
import { conformanceCases } from '@counterfoil/connector-kit/conformance'
import { type Connector, CounterfoilError } from '@counterfoil/core'

/** A connector that only rings the bell at the dock: it reads nothing and takes notices for people. */
const createBellConnector = (ring: (sentence: string) => void, isOff: () => boolean): Connector => {
  const rung = new Set<string>()
  const error = (code: 'CONNECTOR_NOT_CAPABLE' | 'CONNECTOR_UNAVAILABLE') =>
    new CounterfoilError(code, 'the bell cannot do that: look at its capabilities and its plug', {
      retryable: code === 'CONNECTOR_UNAVAILABLE',
    })
  return {
    contract: 'v1',
    name: 'bell',
    capabilities: { reads: [], writes: ['notify'] },
    read: async () => {
      throw error('CONNECTOR_NOT_CAPABLE')
    },
    write: async ({ tenant, intent, idempotencyKey, signal }) => {
      if (intent.kind !== 'notify') throw error('CONNECTOR_NOT_CAPABLE')
      if (signal.aborted || isOff()) throw error('CONNECTOR_UNAVAILABLE')
      const key = JSON.stringify([tenant, idempotencyKey])
      const repeated = rung.has(key)
      if (!repeated) ring(intent.sentence)
      rung.add(key)
      return { kind: 'applied', reference: null, repeated }
    },
  }
}

/** The names of all cases the bell passes; one it breaks throws. */
const checkBell = async (): Promise<readonly string[]> => {
  const cases = conformanceCases(() => {
    let [isOff, rings] = [false, 0]
    return {
      connector: createBellConnector(
        () => (rings += 1),
        () => isOff,
      ),
      arrive: async () => {},
      carriedOut: async () => rings,
      cutOff: async () => void (isOff = true),
      restore: async () => void (isOff = false),
      dispose: async () => {},
    }
  })
  for (const { run } of cases) await run()
  return cases.map(({ name }) => name)
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
    expect(readme).toContain(`\`\`\`\n${(await checkBell()).join('\n')}\n\`\`\``)
  })
})
