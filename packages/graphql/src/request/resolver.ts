import type { CounterfoilContext } from './context.ts'

/**
 * Gives one field of an object. Written as a method because the schema, not its type, says what a field's parent and
 * arguments are.
 */
export type FieldResolver = {
  resolve(parent: unknown, args: Record<string, unknown>, context: CounterfoilContext): unknown
}['resolve']

/** Resolvers by type and field. A field that is not listed is the property of that name. */
export type ObjectResolvers = {
  readonly [type: string]: { readonly [field: string]: FieldResolver }
}
