import type { GraphQLScalarType } from 'graphql'
import { createAuditResolvers } from './audit/audit.resolvers.ts'
import { createDeadLetterResolvers } from './dead-letter/dead-letter.resolvers.ts'
import { disputeResolvers } from './dispute/dispute.resolvers.ts'
import { createExceptionCommands } from './exception/exception-commands.ts'
import { createExceptionResolvers } from './exception/exception.resolvers.ts'
import { createHoldCommands } from './hold/hold-commands.ts'
import { createHoldResolvers } from './hold/hold.resolvers.ts'
import { createInvoiceCommands } from './invoice-lifecycle/invoice-commands.ts'
import { createInvoiceResolvers } from './invoice-lifecycle/invoice.resolvers.ts'
import { matchResolvers } from './match/match.resolvers.ts'
import { createMetricsResolvers } from './metrics/metrics.resolvers.ts'
import { createNodeResolvers } from './node/node.resolvers.ts'
import { createOrderCommands } from './order-lifecycle/order-commands.ts'
import { createOrderResolvers } from './order-lifecycle/order.resolvers.ts'
import { policyResolvers } from './policy/policy.resolvers.ts'
import { createQuarantineResolvers } from './quarantine/quarantine.resolvers.ts'
import { createRepairCommands } from './quarantine/repair-commands.ts'
import type { DeskOf } from './request/desk.ts'
import { withReadableErrors } from './request/readable-errors.ts'
import type { ObjectResolvers } from './request/resolver.ts'
import { createScalars } from './scalar/scalars.ts'
import { createShipmentResolvers } from './shipment-lifecycle/shipment.resolvers.ts'
import { definedEnums } from './type-definitions.ts'

/** Resolvers of every kind of type: fields of objects, our words for enum values, scalars. */
export type CounterfoilResolvers = {
  readonly [type: string]:
    | ObjectResolvers[string]
    | { readonly [value: string]: string }
    | GraphQLScalarType
}

/** The resolvers of the whole schema, over the desks that contexts lead to. */
export function createResolvers(deskOf: DeskOf): CounterfoilResolvers {
  return {
    ...withReadableErrors(
      mergeResolvers([
        createNodeResolvers(deskOf),
        createOrderResolvers(deskOf),
        createOrderCommands(deskOf),
        createShipmentResolvers(deskOf),
        createInvoiceResolvers(deskOf),
        createInvoiceCommands(deskOf),
        createExceptionResolvers(deskOf),
        createExceptionCommands(deskOf),
        createHoldResolvers(deskOf),
        createHoldCommands(deskOf),
        createQuarantineResolvers(deskOf),
        createRepairCommands(deskOf),
        createDeadLetterResolvers(deskOf),
        createAuditResolvers(deskOf),
        createMetricsResolvers(deskOf),
        matchResolvers,
        policyResolvers,
        disputeResolvers,
      ]),
    ),
    ...Object.fromEntries(definedEnums.map(({ name, values }) => [name, values])),
    ...createScalars(),
  }
}

/** Several folders give fields of Query and Mutation. */
function mergeResolvers(all: readonly ObjectResolvers[]): ObjectResolvers {
  const merged: { [type: string]: ObjectResolvers[string] } = {}
  for (const [type, fields] of all.flatMap((resolvers) => Object.entries(resolvers))) {
    merged[type] = { ...merged[type], ...fields }
  }
  return merged
}
