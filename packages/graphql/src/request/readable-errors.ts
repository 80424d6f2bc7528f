import type { FieldResolver, ObjectResolvers } from './resolver.ts'
import { readableError } from './request-error.ts'

/** The same resolvers, whose errors say with a code what clients may know. */
export function withReadableErrors(resolvers: ObjectResolvers): ObjectResolvers {
  return mapEntries(resolvers, (fields) => mapEntries(fields, withReadableError))
}

// Not an async function: that would make a promise of every plain field.
function withReadableError(resolve: FieldResolver): FieldResolver {
  return (parent, args, context) => {
    try {
      const answer = resolve(parent, args, context)
      return answer instanceof Promise ? answer.catch(rethrow) : answer
    } catch (error) {
      return rethrow(error)
    }
  }
}

function rethrow(error: unknown): never {
  throw readableError(error)
}

function mapEntries<Value, Mapped>(
  record: { readonly [name: string]: Value },
  map: (value: Value) => Mapped,
): { readonly [name: string]: Mapped } {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value)]))
}
