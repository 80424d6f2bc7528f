import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { type Expression, parseSync, Visitor } from 'oxc-parser'
import { describe, expect, it } from 'vitest'
import { checkRuleSet, RuleSetKind } from '@counterfoil/rules'
import { jsonSchemas } from '../scripts/json-schemas.ts'
import { changeParts, isJsonSchema, type JsonSchema } from '../scripts/json-schema.ts'
import { factTypesOfKind } from '../src/facts/facts-of-kind.ts'
import type { FactField } from '../src/facts/fact-type.ts'
import { decoratorNames } from '../src/operators/decorators.ts'
import { operatorExamples } from '../src/operators/operator-text.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const readJson = (file: string) => JSON.parse(readFileSync(root + file, 'utf8'))

const ajv = new Ajv2020({
  allErrors: true,
  strict: true,
  strictTypes: false,
  strictRequired: false,
})
// What editors read beside the standard.
ajv.addVocabulary(['enumDescriptions', 'patternErrorMessage', 'defaultSnippets'])
ajv.addFormat('date', /^\d{4}-\d{2}-\d{2}$/)

const schemas = new Map(
  [...jsonSchemas()].map(([file, text]): [string, JsonSchema] => [file, JSON.parse(text)]),
)
const validators = new Map([...schemas].map(([file, schema]) => [file, ajv.compile(schema)]))

const faultsBy = (file: string, json: unknown): readonly string[] => {
  const validate = validators.get(file)
  if (validate === undefined) throw new Error(`no schema ${file}`)
  return validate(json)
    ? []
    : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`)
}

const faultsIn = (json: JsonSchema): readonly string[] => [
  ...faultsBy('rule-set.json', json),
  ...faultsBy(`${String(json['kind'])}-rule-set.json`, json),
]

const readme = readFileSync(`${root}packages/rules/README.md`, 'utf8')

/** The value of an object as the README writes it in TypeScript. */
const literalOf = (node: Expression): unknown => {
  if (node.type === 'Literal') return node.value
  if (node.type === 'ArrayExpression') {
    return node.elements.map((one) => literalOf(one as Expression))
  }
  if (node.type !== 'ObjectExpression') throw new Error(`not a literal: ${node.type}`)
  return Object.fromEntries(
    node.properties.map((property) => {
      if (property.type !== 'Property' || property.key.type !== 'Identifier')
        throw new Error('not a plain object')
      return [property.key.name, literalOf(property.value)]
    }),
  )
}

const shownInReadme = (): { readonly rules: readonly JsonSchema[] } & JsonSchema => {
  const [, code = ''] = /```ts\n([\s\S]*?)```/.exec(readme) ?? []
  const found: unknown[] = []
  new Visitor({
    VariableDeclarator: ({ id, init }) => {
      if (id.type === 'Identifier' && id.name === 'ruleSet' && init !== null)
        found.push(literalOf(init))
    },
  }).visit(parseSync('readme.ts', code).program)
  return found[0] as { readonly rules: readonly JsonSchema[] } & JsonSchema
}

const shown = shownInReadme()
const [table] = [...readme.matchAll(/```json\n([\s\S]*?)```/g)]
  .map(([, text = '']): unknown => JSON.parse(text))
  .filter((json) => isJsonSchema(json) && 'rows' in json)

const files = globSync('{packages/rules,examples/*}/rulesets/*/*/ruleset.json', { cwd: root })

describe('the JSON Schemas of rule sets', () => {
  it.each(files.toSorted())('take %s', (file) => {
    expect(faultsIn(readJson(file))).toEqual([])
    expect(faultsBy('rule-set-cases.json', readJson(file.replace('ruleset.', 'cases.')))).toEqual(
      [],
    )
  })

  it('take the rule set and the table of the README', () => {
    expect(shown.rules).toHaveLength(1)
    expect(faultsIn(shown)).toEqual([])
    expect(table).toBeDefined()
    expect(faultsIn({ ...shown, rules: [], tables: [table] })).toEqual([])
  })

  it('say what every field is', () => {
    for (const [file, schema] of schemas) expect(undescribedIn(schema), file).toEqual([])
  })
})

/** What an editor offers, by the list it is offered in. */
const snippetsIn = (schema: JsonSchema): ReadonlyMap<string, ReadonlySet<string>> => {
  const found = new Map<string, Set<string>>()
  changeParts(schema, (part) => {
    const fields = isJsonSchema(part['properties']) ? Object.entries(part['properties']) : []
    for (const [name, field] of fields) {
      const items = isJsonSchema(field) && isJsonSchema(field['items']) ? field['items'] : {}
      const offered: unknown = items['defaultSnippets']
      for (const one of Array.isArray(offered) ? offered : []) {
        found.set(name, (found.get(name) ?? new Set()).add(JSON.stringify(one.body)))
      }
    }
    return part
  })
  return found
}

/** What stands there once every place was gone through and left as it is. */
const filledIn = (snippet: string): unknown =>
  JSON.parse(snippet.replaceAll(/\$\{\d:([^}]*)\}/g, '$1').replaceAll('\\\\$', '$'))

describe('what an editor offers to write', () => {
  const sets = RuleSetKind.options.flatMap((kind) => {
    const snippets = snippetsIn(schemas.get(`${kind}-rule-set.json`) ?? {})
    const offered = (list: string) => [...(snippets.get(list) ?? [])].map(filledIn)
    const [first] = offered('rules') as readonly JsonSchema[]
    const [firstTable] = offered('tables') as readonly JsonSchema[]
    const empty = { ...shown, id: `${kind}-set`, kind, rules: [] }
    return [
      ...offered('rules').map((one) => ['a rule', { ...empty, rules: [one] }] as const),
      ...['all', 'any'].flatMap((list) =>
        offered(list).map(
          (one) =>
            [
              `a condition of ${list}`,
              { ...empty, rules: [{ ...first, conditions: { [list]: [one] } }] },
            ] as const,
        ),
      ),
      ...offered('tables').map((one) => ['a table', { ...empty, tables: [one] }] as const),
      ...offered('rows').map(
        (one) => ['a row', { ...empty, tables: [{ ...firstTable, rows: [one] }] }] as const,
      ),
    ]
  })

  it('is a rule, a condition, a table and a row of each kind, and for tolerances that of a check', () => {
    expect(sets.map(([what, { kind }]) => `${kind}: ${what}`)).toEqual(
      RuleSetKind.options.flatMap((kind) => [
        ...(kind === 'tolerance' ? [`${kind}: a rule`] : []),
        `${kind}: a rule`,
        `${kind}: a condition of all`,
        `${kind}: a condition of all`,
        `${kind}: a condition of any`,
        `${kind}: a condition of any`,
        `${kind}: a table`,
        `${kind}: a row`,
      ]),
    )
  })

  it.each(sets.map(([what, json]) => [`${json.kind}: ${what}`, json] as const))(
    'is taken by the schemas and by the loader as it is: %s',
    (_, json) => {
      expect(faultsIn(json)).toEqual([])
      expect(checkRuleSet(json)).toEqual([])
    },
  )
})

const undescribedIn = (part: unknown): readonly string[] => {
  if (Array.isArray(part)) return part.flatMap(undescribedIn)
  if (!isJsonSchema(part)) return []
  const { type, properties } = part
  const fields = type === 'object' && isJsonSchema(properties) ? Object.entries(properties) : []
  return [
    ...fields.flatMap(([name, field]) =>
      isJsonSchema(field) && 'description' in field ? [] : [name],
    ),
    ...Object.values(part).flatMap(undescribedIn),
  ]
}

type Change = Readonly<Record<string, unknown>>

const [rule = {}] = shown.rules
const withRule = (change: Change) => ({ ...shown, rules: [{ ...rule, ...change }] })
const withComparison = (change: Change) =>
  withRule({
    conditions: {
      all: [
        {
          fact: 'discrepancy',
          path: '$.percent',
          operator: 'decimal-at-most',
          value: '5',
          ...change,
        },
      ],
    },
  })
const withTable = (change: Change) => ({
  ...shown,
  rules: [],
  tables: [{ ...(table as Change), ...change }],
})
const params = { ...((rule['event'] as Change)['params'] as Change) }

describe('a rule set that is wrong', () => {
  it.each([
    ['of no kind', { ...shown, kind: 'tolerances' }],
    ['with a misspelled key', { ...shown, ower: 'inbound-operations' }],
    ['without an owner', { ...shown, owner: undefined }],
    ['with a version of two numbers', { ...shown, version: '1.0' }],
    ['in force from no day', { ...shown, effectiveFrom: '2026-13-01' }],
    ['with a hit policy that is none', { ...shown, hitPolicy: 'any' }],
    ['for a scope that is none', { ...shown, scope: { region: 'north' } }],
    ['for a supplier that is no text', { ...shown, scope: { supplier: 100 } }],
    ['with a misspelled key in a rule', withRule({ pirority: 3 })],
    ['with `all` and `any` in one condition', withRule({ conditions: { all: [], any: [] } })],
    ['with an empty `all`', withRule({ conditions: { all: [] } })],
    [
      'with a bare comparison',
      withRule({ conditions: { fact: 'item', operator: 'is-present', value: true } }),
    ],
    ['with an answer of another kind', withRule({ event: { type: 'route', params } })],
    [
      'with half of a limit',
      withRule({ event: { type: 'tolerance', params: { ...params, upper: { pct: '5' } } } }),
    ],
    [
      'with a limit that is a number',
      withRule({
        event: { type: 'tolerance', params: { ...params, upper: { abs: null, pct: 5 } } },
      }),
    ],
    ['over a fact that is unknown', withComparison({ fact: 'discrepency' })],
    [
      'over a fact of another kind',
      withComparison({ fact: 'exception', path: '$.code', operator: 'equal', value: 'SHORT_SHIP' }),
    ],
    ['over a place that is unknown', withComparison({ path: '$.percentage' })],
    ['over a path that is none', withComparison({ path: 'percent' })],
    ['over a position in what is no list', withComparison({ path: '$.percent[0]' })],
    ['with an operator that is none', withComparison({ operator: 'equals' })],
    ['with an operator for numbers on a decimal', withComparison({ operator: 'lessThan' })],
    ['with that operator denied', withComparison({ operator: 'not:lessThan' })],
    ['with a decimal that is a number', withComparison({ value: 5 })],
    ['with a decimal that is none', withComparison({ value: '5 %' })],
    [
      'with a word the place never has',
      withComparison({ path: '$.kind', operator: 'equal', value: 'over-shiped' }),
    ],
    [
      'with such a word in a list',
      withComparison({ path: '$.kind', operator: 'in', value: ['over-shipment', 'over-shiped'] }),
    ],
    [
      'with one value where a list is looked through',
      withComparison({ path: '$.kind', operator: 'in', value: 'over-shipment' }),
    ],
    [
      'with text for a number',
      withComparison({ path: '$.differenceDays', operator: 'greaterThan', value: '3' }),
    ],
    [
      'with a day that is none',
      withComparison({
        fact: 'invoice',
        path: '$.dueDate',
        operator: 'lessThan',
        value: '1.12.2026',
      }),
    ],
    ['with a comparison of a whole fact', withComparison({ path: undefined })],
    [
      'with a value over an unknown fact',
      withComparison({ value: { fact: 'ordr', path: '$.value.amount' } }),
    ],
    ['with `params` that are none', withComparison({ fact: 'creditRating', params: 'D&B' })],
    [
      'with a table over an unknown fact',
      withTable({ columns: [{ fact: 'ordr', operator: 'is-present' }] }),
    ],
    [
      'with a table whose operator does not fit',
      withTable({ columns: [{ fact: 'discrepancy', path: '$.percent', operator: 'greaterThan' }] }),
    ],
    ['with a table without rows', withTable({ rows: [] })],
    ['with a misspelled key in a table', withTable({ colums: [] })],
  ])('is refused: %s', (_, ruleSet) => {
    const json = JSON.parse(JSON.stringify(ruleSet))
    expect(checkRuleSet(json)).not.toEqual([])
    expect(faultsBy('rule-set.json', json)).not.toEqual([])
    expect(faultsBy('tolerance-rule-set.json', json)).not.toEqual([])
  })
})

type Place = { readonly fact: string; readonly path?: string }

const placesIn = (fact: string, path: string, { type }: FactField): readonly Place[] => {
  const here = path === '$' ? { fact } : { fact, path }
  if (type.kind === 'list') return [here, ...placesIn(fact, `${path}[0]`, type.element)]
  if (type.kind !== 'record') return [here]
  return [
    here,
    ...[...type.fields].flatMap(([name, field]) => placesIn(fact, `${path}.${name}`, field)),
    ...(type.rest === null ? [] : placesIn(fact, `${path}.region`, type.rest)),
  ]
}

describe('the JSON Schema of a kind', () => {
  const values = [
    'over-shipment',
    'three-way',
    'active',
    'text',
    '5',
    '2026-12-31',
    3,
    true,
    ['over-shipment'],
    ['a'],
    [3],
    ['2026-12-31'],
    ['5'],
    [true],
    { fact: 'order', path: '$.supplier' },
    { fact: 'line', path: '$.amount' },
    { fact: 'invoice', path: '$.taxCodes' },
    { fact: 'invoice', path: '$.dueDate' },
  ]

  it.each(RuleSetKind.options)('refuses no comparison the loader takes: %s', (kind) => {
    const places = [...factTypesOfKind[kind]].flatMap(([fact, field]) => placesIn(fact, '$', field))
    const operator = fc
      .tuple(
        fc.array(fc.constantFrom(...decoratorNames), { maxLength: 3 }),
        fc.constantFrom(...operatorExamples),
      )
      .map(([decorators, name]) => [...decorators, name].join(':'))
    let taken = 0
    fc.assert(
      fc.property(
        fc.constantFrom(...places),
        operator,
        fc.constantFrom(...values),
        (place, written, value) => {
          const comparison = { ...place, operator: written, value }
          const json = {
            ...shown,
            kind,
            rules: [],
            conditions: { asked: { all: [comparison] } },
          }
          const isRefused = checkRuleSet(json).some(({ pointer }) =>
            pointer.startsWith('/conditions'),
          )
          if (isRefused) return
          taken += 1
          const faults = faultsBy(`${kind}-rule-set.json`, json)
          expect(faults.filter((fault) => fault.startsWith('/conditions'))).toEqual([])
        },
      ),
      { numRuns: 5_000, seed: 1 },
    )
    expect(taken).toBeGreaterThan(100)
  })
})
