/** A JSON Schema, or a part of one. */
export type JsonSchema = { readonly [keyword: string]: unknown }

/** True for an object, which a part of a schema is. */
export const isJsonSchema = (value: unknown): value is JsonSchema =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What holds where the first does; `otherwise` where it does not. */
export const where = (
  condition: JsonSchema,
  schema: JsonSchema,
  otherwise?: JsonSchema,
): JsonSchema => ({
  if: condition,
  // oxlint-disable-next-line unicorn/no-thenable -- a keyword of JSON Schema
  then: schema,
  ...(otherwise === undefined ? {} : { else: otherwise }),
})

/** The schema with every part of it changed, the inner ones first. */
export const changeParts = (
  schema: JsonSchema,
  change: (part: JsonSchema) => JsonSchema,
): JsonSchema =>
  change(
    Object.fromEntries(
      Object.entries(schema).map(([keyword, part]) => [keyword, changeAny(part, change)]),
    ),
  )

const changeAny = (part: unknown, change: (part: JsonSchema) => JsonSchema): unknown => {
  if (Array.isArray(part)) return part.map((one: unknown) => changeAny(one, change))
  return isJsonSchema(part) ? changeParts(part, change) : part
}
