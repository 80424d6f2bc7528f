import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

// #region operation
import { once } from 'node:events'
import { createServer } from 'node:http'
import { createRuntime, type Runtime, type RuntimeSettings } from '@counterfoil/runtime'
import { createTelemetry, measureHealth } from '@counterfoil/runtime/telemetry'

/** Opens a runtime that the OpenTelemetry of the process watches, where one is set up. */
const openWatched = (settings: RuntimeSettings): Runtime => {
  const runtime = createRuntime({ ...settings, telemetry: createTelemetry() })
  measureHealth(runtime)
  return runtime
}

/** Works and says how it stands until the process is told to end; then drains, and ends in 25 seconds at the latest. */
const operate = async (
  runtime: Runtime,
  port: number,
  toldToEnd: Promise<unknown> = Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')]),
): Promise<void> => {
  const server = createServer((request, response) => {
    void runtime.health().then((health) => {
      response.statusCode = request.url === '/ready' && !health.isReady ? 503 : 200
      response.end(JSON.stringify(health))
    })
  }).listen(port, '127.0.0.1')
  const running = runtime.run({ signal: new AbortController().signal })
  await toldToEnd
  setTimeout(() => process.exit(1), 25_000).unref()
  await runtime.close({ patienceSeconds: 15 })
  await running
  server.close().closeAllConnections()
}
// #endregion

import { createPolicySource } from '@counterfoil/rules'
import { createMemoryStore } from './memory-store/memory-store.ts'

const read = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8')

describe('the README about operation', () => {
  it('shows the lines that are run here', () => {
    const [, example = ''] = read('operation.test.ts').split(/^\/\/ #(?:end)?region.*\n/m)
    expect(example).not.toBe('')
    expect(read('../README.md')).toContain(`\`\`\`ts\n${example}\`\`\``)
  })

  it('shows lines that say how a runtime stands, and end it when they are told to', async () => {
    const settings = { policies: createPolicySource([]), connectors: [] }
    const runtime = openWatched({ ...settings, store: createMemoryStore() })
    const told = Promise.withResolvers<void>()
    const port = 15_000 + (process.pid % 10_000)
    const operating = operate(runtime, port, told.promise)
    const statusOf = async (path: string): Promise<number> =>
      (await fetch(`http://127.0.0.1:${port}${path}`)).status
    expect(await Promise.all([statusOf('/health'), statusOf('/ready')])).toEqual([200, 200])
    told.resolve()
    await operating
    expect((await runtime.health()).phase).toBe('closed')
  })
})
