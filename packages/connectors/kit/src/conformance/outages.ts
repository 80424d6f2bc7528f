import type { ConnectorCapabilities } from '@counterfoil/core'
import { rejectsWith, same } from './check.ts'
import type { ConnectorCheck } from './harness.ts'
import { anIntent, everyCapability } from './intents.ts'
import { arrive, numbersIn, readFrom } from './reading.ts'
import { requestOf, unavailable, write } from './writing.ts'

const notCapable = { code: 'CONNECTOR_NOT_CAPABLE', retryable: false } as const

/** What is not offered, not understood or not reachable, whatever the connector does otherwise. */
export function outageChecks({ reads, writes }: ConnectorCapabilities): readonly ConnectorCheck[] {
  const [kind] = reads
  const [capability] = writes
  return [
    {
      name: 'what the connector does not offer is CONNECTOR_NOT_CAPABLE and is not carried out',
      check: async ({ connector, carriedOut }) => {
        for (const missing of everyCapability.filter((one) => !writes.includes(one))) {
          const call = connector.write(requestOf(anIntent(missing), 'k1'))
          await rejectsWith(call, notCapable, missing)
        }
        if (kind === undefined) {
          await rejectsWith(readFrom(connector, null, 1), notCapable, 'reading')
        }
        same(await carriedOut(), 0, 'done by the system')
      },
    },
    ...(kind === undefined ? [] : readingOutages(kind)),
    ...(capability === undefined ? [] : writingOutages(capability)),
  ]
}

function readingOutages(kind: ConnectorCapabilities['reads'][number]): readonly ConnectorCheck[] {
  return [
    {
      name: 'a cursor the connector does not know is CONNECTOR_REPLY_INVALID',
      check: async (harness) => {
        await arrive(harness, kind, ['N-1'])
        const unknown = readFrom(harness.connector, 'no connector ever gave this', 1)
        const invalid = { code: 'CONNECTOR_REPLY_INVALID', retryable: false } as const
        await rejectsWith(unknown, invalid, 'an unknown cursor')
      },
    },
    {
      name: 'reading that was called off is CONNECTOR_UNAVAILABLE, and loses nothing',
      check: async (harness) => {
        const { connector } = harness
        await arrive(harness, kind, ['N-1'])
        const signal = AbortSignal.abort()
        const call = connector.read({ cursor: null, limit: 1, signal })
        await rejectsWith(call, unavailable, 'a call that was called off')
        same(numbersIn(harness, await readFrom(connector, null, 1)), ['N-1'], 'asked again')
      },
    },
    {
      name: 'reading in an outage is CONNECTOR_UNAVAILABLE, and goes on where it stopped afterwards',
      check: async (harness) => {
        const { connector } = harness
        await arrive(harness, kind, ['N-1', 'N-2'])
        const first = await readFrom(connector, null, 1)
        await harness.cutOff()
        await rejectsWith(readFrom(connector, first.cursor, 1), unavailable, 'in the outage')
        await harness.restore()
        const rest = await readFrom(connector, first.cursor, 5)
        same(numbersIn(harness, rest), ['N-2'], 'after the outage')
      },
    },
  ]
}

function writingOutages(
  capability: ConnectorCapabilities['writes'][number],
): readonly ConnectorCheck[] {
  return [
    {
      name: 'writing in an outage is CONNECTOR_UNAVAILABLE, and is carried out once afterwards',
      check: async (harness) => {
        const { connector } = harness
        await harness.cutOff()
        const ask = () => write(connector, anIntent(capability), 'k1')
        await rejectsWith(ask(), unavailable, 'in the outage')
        await rejectsWith(ask(), unavailable, 'tried again in the outage')
        await harness.restore()
        same((await ask()).kind, 'applied', 'after the outage')
        await ask()
        same(await harness.carriedOut(), 1, 'done by the system')
      },
    },
    {
      name: 'what was carried out before an outage is a repeat after it',
      check: async (harness) => {
        const ask = () => write(harness.connector, anIntent(capability), 'k1')
        const first = await ask()
        await harness.cutOff()
        await harness.restore()
        same(await ask(), { ...first, repeated: true }, 'asked again after the outage')
      },
    },
  ]
}
