import type {
  Connector,
  OutwardIntent,
  WriteAnswer,
  WriteCapability,
  WriteRequest,
} from '@counterfoil/core'
import { rejectsWith, same } from './check.ts'
import { owner } from './documents.ts'
import type { ConnectorCheck, ConnectorHarness } from './harness.ts'
import { anIntent, systemOf, writeBack } from './intents.ts'

/** What every connector that carries out a kind of intent must do with it. */
export function writingChecks(capability: WriteCapability): readonly ConnectorCheck[] {
  return [
    {
      name: `${capability} is carried out once for each key, and a repeat gets the first reference`,
      check: async (harness) => {
        const { connector } = harness
        const first = await write(connector, anIntent(capability), 'k1')
        same(first.kind, 'applied', 'the first time')
        const again = await write(connector, anIntent(capability), 'k1')
        same(again, { ...first, repeated: true }, 'the second time')
        same(await harness.carriedOut(), 1, 'done by the system')
        if (first.kind === 'applied') same(first.repeated, false, 'the first time is no repeat')
      },
    },
    {
      name: `${capability} under two keys is two things`,
      check: async (harness) => {
        await write(harness.connector, anIntent(capability), 'k1')
        const second = await write(harness.connector, anIntent(capability), 'k2')
        same(second.kind === 'applied' && second.repeated, false, 'another key is no repeat')
        same(await harness.carriedOut(), 2, 'done by the system')
      },
    },
    {
      name: `${capability} asked twice at the same time under one key is carried out once`,
      check: async (harness) => {
        const ask = () => write(harness.connector, anIntent(capability), 'k1')
        const answers = await Promise.all([ask(), ask(), ask()])
        same(await harness.carriedOut(), 1, 'done by the system')
        const references = answers.map((answer) =>
          answer.kind === 'applied' ? answer.reference : answer.kind,
        )
        same(new Set(references).size, 1, 'one reference for all')
      },
    },
    {
      name: `${capability} under a key that another tenant used is carried out`,
      check: async (harness) => {
        const { connector } = harness
        if (connector.tenants?.includes('other') === false) return
        await write(connector, anIntent(capability), 'k1')
        const other = await write(connector, anIntent(capability), 'k1', 'other')
        same(other.kind === 'applied' && other.repeated, false, "another tenant's key is no repeat")
        same(await harness.carriedOut(), 2, 'done by the system')
      },
    },
    {
      name: `${capability} that was called off is not carried out, and may be asked again`,
      check: async (harness) => {
        const aborted = AbortSignal.abort()
        const call = harness.connector.write(
          requestOf(anIntent(capability), 'k1', { signal: aborted }),
        )
        await rejectsWith(call, unavailable, 'a call that was called off')
        same(await harness.carriedOut(), 0, 'done by the system')
        const again = await write(harness.connector, anIntent(capability), 'k1')
        same(again.kind === 'applied' && again.repeated, false, 'asked again')
      },
    },
    ...versionChecks(capability),
  ]
}

/** A record is only changed at the version it was seen at. */
function versionChecks(capability: WriteCapability): readonly ConnectorCheck[] {
  const system = systemOf(capability)
  if (system === null) return []
  const amended = (harness: ConnectorHarness, version: number) => {
    if (harness.amend === undefined) throw new Error('the harness cannot `amend` a record')
    return harness.amend({ tenant: owner.tenant, system, record: 'R-1', version })
  }
  return [
    {
      name: `${capability} on another version than expected conflicts and changes nothing`,
      check: async (harness) => {
        await amended(harness, 3)
        const answer = await write(harness.connector, writeBack(system, 'R-1', 2), 'k1')
        same(answer.kind, 'conflict', 'an older version was seen')
        if (answer.kind === 'conflict') {
          same(answer.currentVersion, 3, 'the version it is at')
          same(answer.sentence.trim() === '', false, 'a conflict is explained')
        }
        same(await harness.carriedOut(), 0, 'done by the system')
      },
    },
    {
      name: `${capability} after a conflict is carried out under the same key once the version fits`,
      check: async (harness) => {
        await amended(harness, 3)
        await write(harness.connector, writeBack(system, 'R-1', 2), 'k1')
        const answer = await write(harness.connector, writeBack(system, 'R-1', 3), 'k1')
        same(answer.kind === 'applied' && answer.repeated, false, 'a conflict used up no key')
        same(answer.kind, 'applied', 'the version fits')
      },
    },
    {
      name: `${capability} that expects no version is carried out at any`,
      check: async (harness) => {
        await amended(harness, 7)
        const answer = await write(harness.connector, writeBack(system, 'R-1'), 'k1')
        same(answer.kind, 'applied', 'no version was expected')
      },
    },
    {
      name: `${capability} done before is a repeat, whatever the version is by now`,
      check: async (harness) => {
        await amended(harness, 3)
        const first = await write(harness.connector, writeBack(system, 'R-1', 3), 'k1')
        await amended(harness, 4)
        const again = await write(harness.connector, writeBack(system, 'R-1', 3), 'k1')
        same(again, { ...first, repeated: true }, 'asked again after the record moved on')
      },
    },
  ]
}

/** A system that cannot be reached now. */
export const unavailable = { code: 'CONNECTOR_UNAVAILABLE', retryable: true } as const

/** Asks the connector to carry something out. */
export function write(
  connector: Connector,
  intent: OutwardIntent,
  idempotencyKey: string,
  tenant: string = owner.tenant,
): Promise<WriteAnswer> {
  return connector.write(requestOf(intent, idempotencyKey, { tenant }))
}

/** A request as the runtime makes it. */
export function requestOf(
  intent: OutwardIntent,
  idempotencyKey: string,
  given: Partial<Pick<WriteRequest, 'tenant' | 'signal'>> = {},
): WriteRequest {
  const { tenant = owner.tenant, signal = new AbortController().signal } = given
  const aggregate = { kind: 'order', key: `${tenant}/${owner.buyerOrganisation}/4711` } as const
  return { tenant, aggregate, intent, idempotencyKey, signal }
}
