import type { Route } from '@counterfoil/core'
import type { ObjectResolvers } from '../request/resolver.ts'

/** Routes say nothing about setting a case aside where that is not allowed. */
export const policyResolvers: ObjectResolvers = {
  Route: { bypassAllowed: ({ bypassAllowed }: Route) => bypassAllowed ?? false },
}
