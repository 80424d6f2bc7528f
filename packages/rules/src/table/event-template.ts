import * as z from 'zod'

/**
 * The schema of an answer that tables complete: every field it knows, none of which has to be there. Where the
 * schema has several forms, the fields of all of them.
 */
export const eventTemplateOf = (params: z.ZodType): z.ZodType<Record<string, unknown>> =>
  partial(params)

const partial = (schema: z.ZodType): z.ZodObject =>
  z.strictObject(
    Object.fromEntries(
      [...fieldsOf(schema)].map(([name, forms]) => {
        const [first] = forms
        const field = forms.length === 1 && first !== undefined ? first : z.union(forms)
        return [name, nested(field).optional()]
      }),
    ),
  )

const nested = (schema: z.ZodType): z.ZodType =>
  schema instanceof z.ZodObject ? partial(schema) : schema

const fieldsOf = (schema: z.ZodType): ReadonlyMap<string, readonly z.ZodType[]> => {
  const fields = new Map<string, z.ZodType[]>()
  const objects = schema instanceof z.ZodDiscriminatedUnion ? schema.options : [schema]
  for (const object of objects) {
    if (!(object instanceof z.ZodObject)) throw new TypeError('an answer is an object')
    for (const [name, field] of Object.entries<z.ZodType>(object.shape)) {
      const known = fields.get(name)
      if (known === undefined) fields.set(name, [field])
      else if (!known.includes(field)) known.push(field)
    }
  }
  return fields
}
