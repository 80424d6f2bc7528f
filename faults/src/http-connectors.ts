import {
  type Connector,
  CounterfoilError,
  type WriteAnswer,
  type WriteCapability,
} from '@counterfoil/core'

const capabilities: Readonly<Record<string, readonly WriteCapability[]>> = {
  people: ['notify'],
  supplier: ['send-supplier-notice', 'send-document/supplier'],
  erp: ['write-back/erp', 'send-document/erp'],
  finance: ['write-back/finance'],
}

/** The names of the systems that are reached over HTTP. */
export const systemNames: readonly string[] = Object.keys(capabilities)

/** A connector to each system that has an address. */
export function httpConnectors(urls: Readonly<Record<string, string>>): readonly Connector[] {
  return Object.entries(capabilities).map(([name, writes]) => ({
    contract: 'v1',
    name,
    capabilities: { reads: [], writes },
    read: async () => ({ deliveries: [], cursor: null, more: false }),
    write: async ({ tenant, aggregate, intent, idempotencyKey, signal }) => {
      try {
        const response = await fetch(urls[name] ?? '', {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'idempotency-key': idempotencyKey },
          body: JSON.stringify({ tenant, aggregate, intent }),
          signal,
        })
        return (await response.json()) as WriteAnswer
      } catch (cause) {
        throw new CounterfoilError('CONNECTOR_UNAVAILABLE', `\`${name}\` cannot be reached`, {
          retryable: true,
          cause,
        })
      }
    },
  }))
}
