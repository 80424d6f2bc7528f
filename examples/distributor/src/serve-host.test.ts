import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createMemoryStore, createRuntime } from '@counterfoil/runtime'
import { afterAll, describe, expect, it } from 'vitest'
import { answerOperator } from './answer-operator.ts'
import { ruleSetsFolder } from './folders.ts'
import { openRuleSets } from './open-rule-sets.ts'
import { hostProgram } from './serve-alone.examples.ts'
import { takeDocument } from './take-document.ts'

const folder = mkdtempSync(join(tmpdir(), 'distributor-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function ask(url: string, body?: string) {
  const response = await fetch(url, body === undefined ? {} : { method: 'POST', body })
  const { status, headers } = response
  return { status, retryAfter: headers.get('retry-after'), said: await response.json() }
}

/** The host in a process of its own, without the story. */
async function startHost() {
  const args = ['--conditions=@counterfoil/source', hostProgram, folder]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  let said = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  await expect.poll(() => said, { timeout: 60_000 }).toMatch(/http:\S+\/graphql/)
  return { child, url: /http:\S+(?=\/graphql)/.exec(said)?.[0] ?? '' }
}

/** Serves one kind of request. */
async function serve(answer: (request: IncomingMessage, response: ServerResponse) => unknown) {
  const server = createServer((request, response) => void answer(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  return { url: `http://127.0.0.1:${port}`, end: () => server.close().closeAllConnections() }
}

describe('the host of the distributor', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)(
    'says how it stands, takes documents, and ends at %s',
    async (signal) => {
      const { child, url } = await startHost()
      expect(await ask(`${url}/ready`)).toMatchObject({ status: 200, said: { isReady: true } })
      const { status, said } = await ask(`${url}/health`)
      expect([status, said.phase, said.store.kind]).toEqual([200, 'open', 'answers'])
      expect(said.store.schema.found).toBe(said.store.schema.known)
      expect(await ask(`${url}/documents`, `a letter, ${signal}`)).toMatchObject({
        status: 202,
        said: { documents: [{ outcome: 'quarantined' }] },
      })
      child.kill(signal)
      expect(await once(child, 'close')).toEqual([0, null])
    },
  )

  it('tells whoever asks while it ends to come again, and stays alive until it has ended', async () => {
    const ending = Promise.withResolvers<void>()
    const runtime = createRuntime({
      store: { ...createMemoryStore(), release: () => ending.promise },
      policies: openRuleSets(ruleSetsFolder).source,
      connectors: [],
    })
    const host = await serve((request, response) =>
      request.url === '/documents'
        ? takeDocument(runtime, request, response)
        : answerOperator(runtime, request.url === '/ready' ? '/ready' : '/health', response),
    )
    const closing = runtime.close()
    expect(await ask(`${host.url}/documents`, 'a letter')).toMatchObject({
      status: 503,
      retryAfter: '1',
      said: { code: 'RUNTIME_CLOSED' },
    })
    expect(await ask(`${host.url}/ready`)).toMatchObject({ status: 503, said: { isReady: false } })
    expect(await ask(`${host.url}/health`)).toMatchObject({
      status: 200,
      said: { phase: 'draining' },
    })
    ending.resolve()
    await closing
    host.end()
  })
})
