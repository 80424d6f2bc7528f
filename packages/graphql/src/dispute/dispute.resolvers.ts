import type { Dispute } from '@counterfoil/core'
import { lastOf } from '../request/list-max.ts'
import type { ObjectResolvers } from '../request/resolver.ts'

/** Long talks show their end. */
export const disputeResolvers: ObjectResolvers = {
  Dispute: { messages: ({ messages }: Dispute) => lastOf(messages) },
}
