import { createServer } from 'node:http'
import { createCounterfoilSchema } from '@counterfoil/graphql'
import type { Runtime, VirtualClock } from '@counterfoil/runtime'
import { renderGraphiQL } from '@graphql-yoga/render-graphiql'
import { createYoga } from 'graphql-yoga'
import { tenant } from './distributor.ts'

/** Serves GraphQL with GraphiQL until the process is stopped; the story's clock goes on from where it stands. */
export async function serveGraphql({
  runtime,
  clock,
  port,
}: {
  readonly runtime: Runtime
  readonly clock: VirtualClock
  readonly port: number
}): Promise<void> {
  const stopping = new AbortController()
  const yoga = createYoga({
    schema: createCounterfoilSchema({ runtime }),
    // Whoever asks is the buyer Maria; a real host takes tenant and actor from its own sign-in.
    context: () => ({ tenant, actor: { kind: 'user', id: 'maria.ortiz', roles: ['buyer'] } }),
    // From the package, so that the page needs nothing from outside.
    renderGraphiQL,
    graphiql: { title: 'Counterfoil', defaultQuery },
  })
  const server = createServer((request, response) => void yoga(request, response))
  const stop = (): void => stopping.abort()
  process.once('SIGINT', stop).once('SIGTERM', stop)
  const seconds = setInterval(() => clock.advanceHours(1 / 3600), 1000)
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  console.log(
    `\nGraphQL with GraphiQL: http://127.0.0.1:${portOf(server.address())}/graphql (stop with Ctrl+C)`,
  )
  await runtime.run({ signal: stopping.signal })
  clearInterval(seconds)
  await new Promise((resolve) => server.close(resolve).closeAllConnections())
  await runtime.close()
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
