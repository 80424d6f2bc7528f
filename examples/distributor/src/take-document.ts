import type { IncomingMessage, ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { CounterfoilError } from '@counterfoil/core'
import type { Runtime } from '@counterfoil/runtime'
import { buyerOrganisation, headOffice, tenant } from './distributor.ts'

/**
 * Takes the body of a request in as a delivery. 202 is said once the answer is stored; 503 with `Retry-After` when it
 * cannot be taken now: nothing of it is kept, and the sender offers it again.
 */
export async function takeDocument(
  runtime: Runtime,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const say = (status: number, said: object, headers: Record<string, string> = {}): void => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers })
    response.end(JSON.stringify(said))
  }
  try {
    const body = await text(request)
    const connection = 'http'
    const { timeZone } = headOffice
    say(202, await runtime.receive({ tenant, buyerOrganisation, connection, timeZone, body }))
  } catch (error) {
    if (!CounterfoilError.is(error) || !error.retryable) return say(500, { error: 'failed' })
    const { code, message, details } = error
    const given = details['retryAfterSeconds']
    const seconds = typeof given === 'number' ? given : retryAfterSeconds
    say(503, { code, message }, { 'retry-after': `${seconds}` })
  }
}

const retryAfterSeconds = 5
