import type { Runtime } from '@counterfoil/runtime'
import { makeExecutableSchema } from '@graphql-tools/schema'
import type { GraphQLSchema } from 'graphql'
import { createResolvers, type CounterfoilResolvers } from './create-resolvers.ts'
import type { MetricsDesk } from './metrics/metrics-desk.ts'
import type { CounterfoilContext } from './request/context.ts'
import { createDeskOf } from './request/desk.ts'
import { requestError } from './request/request-error.ts'
import { typeDefs } from './type-definitions.ts'

/**
 * The GraphQL schema over a runtime, for the server you already have. It knows nothing of servers and sign-ins: the
 * server's context says who asks (`CounterfoilContext`). How deep and how dear a query may be is the server's to limit;
 * every list here is paged or cut.
 */
export function createCounterfoilSchema({
  runtime,
  metrics,
}: {
  readonly runtime: Runtime
  /** Where metrics are asked for, such as `createMetricsDesk` of `@counterfoil/insight`; there are none when absent. */
  readonly metrics?: MetricsDesk | undefined
}): GraphQLSchema {
  const deskOf = createDeskOf(() => runtime, metrics)
  return makeExecutableSchema({ typeDefs, resolvers: createResolvers(deskOf) })
}

/**
 * The resolvers alone, for hosts that merge them with their own. They find the runtime in the context
 * (`CounterfoilContext.runtime`), so that one server may have several.
 */
export const resolvers: CounterfoilResolvers = createResolvers(createDeskOf(runtimeIn))

function runtimeIn({ runtime }: CounterfoilContext): Runtime {
  if (runtime !== undefined) return runtime
  throw requestError(
    'RUNTIME_MISSING',
    'there is no runtime to ask: give `runtime` in the context of the GraphQL server',
  )
}
