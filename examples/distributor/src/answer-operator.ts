import type { ServerResponse } from 'node:http'
import type { Runtime } from '@counterfoil/runtime'

/**
 * Answers whoever operates the process. `/health` is 200 unless it will never be well again by itself, so that it is
 * started anew; `/ready` is 200 while work may be sent here. Neither holds a word of any document.
 */
export async function answerOperator(
  runtime: Runtime,
  path: '/health' | '/ready',
  response: ServerResponse,
): Promise<void> {
  const health = await runtime.health()
  const { isReady, reasons, store, phase } = health
  const isBroken = phase === 'open' && store.kind === 'silent' && !store.retryable
  const isGood = path === '/ready' ? isReady : !isBroken
  response.writeHead(isGood ? 200 : 503, { 'content-type': 'application/json' })
  response.end(JSON.stringify(path === '/ready' ? { isReady, reasons } : health))
}
