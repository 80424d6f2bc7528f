import { createServer, type RequestListener } from 'node:http'
import { createCounterfoilSchema } from '@counterfoil/graphql'
import { createMetricsDesk } from '@counterfoil/insight'
import type { Runtime, Store, VirtualClock } from '@counterfoil/runtime'
import { renderGraphiQL } from '@graphql-yoga/render-graphiql'
import { createYoga } from 'graphql-yoga'
import { answerOperator } from './answer-operator.ts'
import { tenant } from './distributor.ts'
import { takeDocument } from './take-document.ts'

/**
 * Seconds for which a process that is told to end waits for other systems, and after which it ends whatever hangs. Both
 * are less than whoever told it waits before it is killed: 30 seconds in Kubernetes.
 */
const patienceSeconds = 15
const endSecondsMax = 25

/**
 * Serves GraphQL with GraphiQL, `/documents`, `/health` and `/ready` until the process is told to end (SIGTERM, SIGINT):
 * then the runtime drains, while whoever asks is told so. The story's clock goes on from where it stands.
 */
export async function serveHost({
  runtime,
  store,
  clock,
  port,
}: {
  readonly runtime: Runtime
  readonly store: Store
  readonly clock: VirtualClock
  readonly port: number
}): Promise<void> {
  const yoga = createYoga({
    schema: createCounterfoilSchema({ runtime, metrics: createMetricsDesk({ store }) }),
    // Whoever asks is the buyer Maria; a real host takes tenant and actor from its own sign-in.
    context: () => ({ tenant, actor: { kind: 'user', id: 'maria.ortiz', roles: ['buyer'] } }),
    // From the package, so that the page needs nothing from outside.
    renderGraphiQL,
    graphiql: { title: 'Counterfoil', defaultQuery },
  })
  const answer: RequestListener = (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    if (pathname === '/documents') void takeDocument(runtime, request, response)
    else if (pathname === '/health' || pathname === '/ready') {
      void answerOperator(runtime, pathname, response)
    } else void yoga(request, response)
  }
  const server = createServer(answer)
  const seconds = setInterval(() => clock.advanceHours(1 / 3600), 1000)
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  console.log(
    `\nGraphQL with GraphiQL: http://127.0.0.1:${portOf(server.address())}/graphql (stop with Ctrl+C)`,
  )
  const running = runtime.run({ signal: new AbortController().signal })
  await toldToEnd()
  await runtime.close({ patienceSeconds })
  await running
  clearInterval(seconds)
  await new Promise((resolve) => server.close(resolve).closeAllConnections())
}

function toldToEnd(): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      setTimeout(() => process.exit(1), endSecondsMax * 1000).unref()
      resolve()
    }
    process.once('SIGINT', end).once('SIGTERM', end)
  })
}

function portOf(address: ReturnType<ReturnType<typeof createServer>['address']>): number {
  return typeof address === 'object' && address !== null ? address.port : 0
}

const defaultQuery = `# What needs somebody, the most urgent first
{
  exceptions(first: 5) {
    nodes { code sentence dueAt owner { role person } }
  }
}
`
