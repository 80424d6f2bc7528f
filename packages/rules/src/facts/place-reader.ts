/** A record of which nothing is known but that it is one. */
export type OpenRecord = { readonly [name: string]: unknown }

/**
 * Reads one place of the facts; `undefined` where something on the way is missing. As in
 * json-rules-engine a path into a fact that is a single value gives that value.
 */
export type PlaceReader = (facts: OpenRecord) => unknown
