import { isJsonSchema, type JsonSchema, where } from './json-schema.ts'

/** One form of several an object may have, and what tells it from the others. */
type Form = {
  readonly schema: JsonSchema
  readonly properties: JsonSchema
  readonly required: readonly string[]
}

/**
 * Of several forms of an object, each with a field or a word of its own, that field or word chooses: an editor
 * then tells what is wrong with the one that is meant, and not that none fits. It accepts the same.
 */
export const chooseForm = (part: JsonSchema, definitions: JsonSchema): JsonSchema => {
  const { anyOf, oneOf, ...rest } = part
  const forms = formsIn(anyOf ?? oneOf, definitions)
  if (forms === null || forms.length < 2) return part
  const signs = forms.map((form) => signOf(form, forms, definitions))
  const withoutSign = signs.filter((sign) => sign === null).length
  if (withoutSign > 1) return part
  const last = withoutSign === 1 ? signs.indexOf(null) : 0
  const chain = forms.reduceRight<JsonSchema>(
    (otherwise, { schema }, index) =>
      index === last ? otherwise : where(signs[index] ?? {}, schema, otherwise),
    forms[last]?.schema ?? {},
  )
  return { ...rest, type: 'object', properties: fieldsOf(forms, definitions), ...chain }
}

const formsIn = (schemas: unknown, definitions: JsonSchema): readonly Form[] | null => {
  if (!Array.isArray(schemas)) return null
  const forms = schemas.map((schema: unknown) => {
    if (!isJsonSchema(schema)) return null
    const { properties, required = [], anyOf, oneOf } = resolve(schema, definitions)
    if (anyOf !== undefined || oneOf !== undefined) return formsIn(anyOf ?? oneOf, definitions)
    return isJsonSchema(properties) && Array.isArray(required)
      ? [{ schema, properties, required: required.map(String) }]
      : null
  })
  return forms.some((form) => form === null) ? null : forms.flatMap((form) => form ?? [])
}

const resolve = (schema: JsonSchema, definitions: JsonSchema): JsonSchema => {
  const { $ref } = schema
  if (typeof $ref !== 'string') return schema
  const target = definitions[$ref.replace('#/$defs/', '')]
  return isJsonSchema(target) ? resolve(target, definitions) : {}
}

const constantOf = (field: unknown, definitions: JsonSchema): unknown =>
  isJsonSchema(field) ? resolve(field, definitions)['const'] : undefined

const signOf = (form: Form, forms: readonly Form[], definitions: JsonSchema): JsonSchema | null => {
  const word = form.required.find((name) =>
    forms.every((one) => constantOf(one.properties[name], definitions) !== undefined),
  )
  if (word !== undefined) {
    const constant = constantOf(form.properties[word], definitions)
    return { properties: { [word]: { const: constant } }, required: [word] }
  }
  const own = form.required.find((name) =>
    forms.every((one) => one === form || !(name in one.properties)),
  )
  return own === undefined ? null : { required: [own] }
}

// So that an editor offers the fields of every form while none is chosen.
const fieldsOf = (forms: readonly Form[], definitions: JsonSchema): JsonSchema => {
  const fields = new Map<string, { description: unknown; words: Set<unknown> }>()
  for (const { properties } of forms) {
    for (const [name, field] of Object.entries(properties)) {
      const known = fields.get(name) ?? {
        description: isJsonSchema(field) ? field['description'] : undefined,
        words: new Set(),
      }
      fields.set(name, known)
      known.words.add(constantOf(field, definitions))
    }
  }
  return Object.fromEntries(
    [...fields].map(([name, { description, words }]) => [
      name,
      {
        ...(description === undefined ? {} : { description }),
        ...(words.has(undefined) ? {} : { enum: [...words] }),
      },
    ]),
  )
}
