// create-resolvers
export type { CounterfoilResolvers } from './create-resolvers.ts'
// create-schema
export { createCounterfoilSchema, resolvers } from './create-schema.ts'
// metrics
export type {
  MetricsDesk,
  MetricsDimension,
  MetricsRequest,
  MetricsRow,
} from './metrics/metrics-desk.ts'
// paging
export { firstDefault, firstMax } from './paging/paging.ts'
// request
export type { CounterfoilContext } from './request/context.ts'
export type { RequestErrorCode } from './request/request-error.ts'
export type { FieldResolver, ObjectResolvers } from './request/resolver.ts'
// type-definitions
export { typeDefs } from './type-definitions.ts'
