import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { WriteAnswer, WriteRequest } from '@counterfoil/core'
import { systemNames } from './http-connectors.ts'

/** What a system was asked, once. */
export type Asked = Pick<WriteRequest, 'tenant' | 'aggregate' | 'intent'> & {
  readonly destination: string
  /** The idempotency key; null where none was sent. */
  readonly key: string | null
  /** Whether it was asked under this key before. */
  readonly isRepeated: boolean
  /** Milliseconds on the clock of this process that nobody sets. */
  readonly at: number
}

/** What a system does with a request before it takes it: wait, or decline it. */
export type Conduct = (request: Omit<Asked, 'isRepeated'>) => Promise<WriteAnswer | null>

/**
 * The systems and people around a runtime, reached over HTTP: ERP, finance, suppliers. They outlive every process that
 * asks them, do each key once, and remember everything they were asked. What they saw is the truth outside the books.
 */
export type Systems = {
  readonly port: number
  /** Where each of them is reached. */
  readonly urls: Readonly<Record<string, string>>
  readonly asked: readonly Asked[]
  /** How often something was asked while it was being asked already. */
  readonly overlaps: () => number
  readonly close: () => Promise<void>
}

/** Opens the systems; a request to `/erp` is one to the ERP. */
export async function openSystems(conduct: Conduct = async () => null): Promise<Systems> {
  const asked: Asked[] = []
  const references = new Map<string, string>()
  const underWay = new Set<string>()
  let overlaps = 0
  const server = createServer((request, response) => {
    void answer(request).then(
      (answered) => response.setHeader('content-type', 'application/json').end(answered),
      () => response.destroy(),
    )
  })
  server.keepAliveTimeout = 60_000
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    port,
    urls: Object.fromEntries(systemNames.map((name) => [name, `http://127.0.0.1:${port}/${name}`])),
    asked,
    overlaps: () => overlaps,
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }

  async function answer(request: IncomingMessage): Promise<string> {
    const key = request.headers['idempotency-key']
    const one = {
      ...(await bodyOf(request)),
      destination: (request.url ?? '').slice(1),
      key: typeof key === 'string' ? key : null,
      at: performance.now(),
    }
    const whole = JSON.stringify([one.tenant, one.key])
    if (underWay.has(whole)) overlaps += 1
    underWay.add(whole)
    const declined = await conduct(one)
    underWay.delete(whole)
    return JSON.stringify(declined ?? take(one))
  }

  function take(one: Omit<Asked, 'isRepeated'>): WriteAnswer {
    const whole = JSON.stringify([one.tenant, one.key])
    const known = references.get(whole)
    const reference = known ?? `R${references.size + 1}`
    references.set(whole, reference)
    asked.push({ ...one, isRepeated: known !== undefined })
    return { kind: 'applied', reference, repeated: known !== undefined }
  }
}

async function bodyOf(
  request: IncomingMessage,
): Promise<Pick<WriteRequest, 'tenant' | 'aggregate' | 'intent'>> {
  let text = ''
  for await (const part of request.setEncoding('utf8')) text += part
  return JSON.parse(text)
}
