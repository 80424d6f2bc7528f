import {
  ApprovalRuleSet,
  factsOfKind,
  MatchingRuleSet,
  RoutingRuleSet,
  RuleSetCases,
  RuleSetKind,
  ToleranceRuleSet,
} from '@counterfoil/rules'
import * as z from 'zod'
import { factTypesOfKind } from '../src/facts/facts-of-kind.ts'
import { chooseForm } from './choose-form.ts'
import { comparisonSchemas } from './comparison-schemas.ts'
import { withSnippets } from './default-snippets.ts'
import { describeFields } from './describe-fields.ts'
import { type DocComments, readDocComments } from './doc-comments.ts'
import { changeParts, isJsonSchema, type JsonSchema, where } from './json-schema.ts'

const ruleSetOfKind = {
  tolerance: [ToleranceRuleSet, 'How far values may differ'],
  matching: [MatchingRuleSet, 'What is checked on invoices, and how they are conducted'],
  routing: [RoutingRuleSet, 'Who answers for exceptions, and the clocks of waiting'],
  approval: [ApprovalRuleSet, 'Who has to approve what'],
} as const satisfies Readonly<Record<RuleSetKind, readonly [z.ZodType, string]>>

/** Every JSON Schema of the package: file name and text. */
export const jsonSchemas = (): ReadonlyMap<string, string> => {
  const comments = readDocComments()
  const kinds = RuleSetKind.options.map((kind) => {
    const [schema, title] = ruleSetOfKind[kind]
    const facts = described(factsOfKind[kind], comments)
    return {
      kind,
      title,
      facts,
      ruleSet: ruleSetSchema(kind, described(schema, comments), comments),
    }
  })
  const named: readonly (readonly [string, string, JsonSchema])[] = [
    ['rule-set', 'A Counterfoil rule set of any kind', anyRuleSet(kinds)],
    ...kinds.flatMap(({ kind, title, facts, ruleSet }) => [
      [`${kind}-rule-set`, title, ruleSet] as const,
      [`${kind}-facts`, `What ${kind} rules may look at`, facts] as const,
    ]),
    ['rule-set-cases', 'Worked examples of a rule set', described(RuleSetCases, comments)],
  ]
  return new Map(
    named.map(([name, title, { $schema, ...rest }]) => [
      `${name}.json`,
      `${JSON.stringify({ $schema, title, ...rest }, null, 1)}\n`,
    ]),
  )
}

const described = (schema: z.ZodType, comments: DocComments): JsonSchema =>
  changeParts(z.toJSONSchema(schema, { io: 'input', reused: 'ref' }), (part) =>
    describeFields(part, comments),
  )

const ruleSetSchema = (
  kind: RuleSetKind,
  schema: JsonSchema,
  comments: DocComments,
): JsonSchema => {
  const { $defs } = schema
  const definitions = isJsonSchema($defs) ? $defs : {}
  const changed = changeParts(schema, (part) =>
    chooseForm(withPlaces(part, definitions), definitions),
  )
  const known = isJsonSchema(changed['$defs']) ? changed['$defs'] : {}
  const definitionsOfKind = { ...known, ...comparisonSchemas(factTypesOfKind[kind], comments) }
  return withSnippets({ ...changed, $defs: definitionsOfKind }, kind)
}

// An object that names a place of the facts has the operators of that place, and no list of all of them.
const withPlaces = (part: JsonSchema, definitions: JsonSchema): JsonSchema => {
  const { properties } = part
  if (!isJsonSchema(properties) || !('fact' in properties) || 'params' in properties) return part
  const { operator, ...others } = properties
  const added = ['places']
  if ('value' in properties) added.push('comparisons-at-places')
  else if (operator !== undefined) added.push('operators-at-places')
  return {
    ...part,
    properties:
      operator === undefined
        ? properties
        : { ...others, operator: withoutWords(operator, definitions) },
    allOf: added.map((name) => ({ $ref: `#/$defs/${name}` })),
  }
}

const withoutWords = (field: unknown, definitions: JsonSchema): unknown => {
  if (!isJsonSchema(field) || typeof field['$ref'] !== 'string') return field
  const { $ref, ...rest } = field
  const target = definitions[$ref.replace('#/$defs/', '')]
  const forms: unknown = isJsonSchema(target) ? target['anyOf'] : undefined
  const [first, ...more] = Array.isArray(forms)
    ? forms.filter((form: unknown) => isJsonSchema(form) && !('enum' in form))
    : []
  return isJsonSchema(first) && more.length === 0 ? { ...rest, ...first } : field
}

type SchemaOfKind = {
  readonly kind: RuleSetKind
  readonly title: string
  readonly ruleSet: JsonSchema
}

const anyRuleSet = (kinds: readonly SchemaOfKind[]): JsonSchema => ({
  $schema: kinds[0]?.ruleSet['$schema'],
  type: 'object',
  properties: {
    kind: {
      description: 'What the rules are asked for.',
      enum: kinds.map(({ kind }) => kind),
      enumDescriptions: kinds.map(({ title }) => title),
    },
  },
  required: ['kind'],
  allOf: kinds.map(({ kind }) =>
    where(
      { properties: { kind: { const: kind } }, required: ['kind'] },
      { $ref: `#/$defs/${kind}` },
    ),
  ),
  $defs: Object.fromEntries(
    kinds.map(({ kind, ruleSet }) => [
      kind,
      changeParts({ ...ruleSet, $schema: undefined }, (part) =>
        typeof part['$ref'] === 'string'
          ? { ...part, $ref: part['$ref'].replace('#/', `#/$defs/${kind}/`) }
          : part,
      ),
    ]),
  ),
})
