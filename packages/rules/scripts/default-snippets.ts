import type { RuleSetKind } from '@counterfoil/rules'
import { changeParts, isJsonSchema, type JsonSchema } from './json-schema.ts'

/** What an editor offers to write at a place, with places to go through by the tab key: `${1:what stands there first}`. */
type Snippet = { readonly label: string; readonly description: string; readonly body: unknown }

type Look = { readonly fact: string; readonly path: string; readonly operator: string }

/** What is written of each kind: a comparison rules of it often start from, and an answer. */
type Written = {
  readonly look: Look
  readonly value: string
  readonly event: { readonly type: string; readonly params: JsonSchema }
  /** Where the table writes into the answer besides the reason, and what. */
  readonly output: readonly [pointer: string, value: string | boolean]
}

const because = '${8:why, in words for the buyer}'

const writtenOfKind: Readonly<Record<RuleSetKind, Written>> = {
  tolerance: {
    look: { fact: 'discrepancy', path: '$.kind', operator: 'equal' },
    value: 'over-shipment',
    event: {
      type: 'tolerance',
      params: {
        upper: { abs: null, pct: '${5:5}' },
        lower: { abs: null, pct: '${6:5}' },
        combine: '${7:either}',
        percentBase: 'line',
        lowerEffect: 'same',
        amountCurrency: 'transaction',
        because,
      },
    },
    output: ['/upper/pct', '5'],
  },
  matching: {
    look: { fact: 'line', path: '$.lineType', operator: 'equal' },
    value: 'item',
    event: {
      type: 'check',
      params: {
        name: '${5:price}',
        check: '${6:price-amount}',
        holdCode: 'PRICE',
        onExceed: '${7:hold}',
        parameters: {},
        because,
      },
    },
    output: ['/onExceed', 'hold'],
  },
  routing: {
    look: { fact: 'exception', path: '$.code', operator: 'equal' },
    value: 'QTY_OVER_RECEIVED',
    event: {
      type: 'route',
      params: {
        ownerRole: '${5:buyer}',
        alsoRoles: [],
        dueBusinessHours: 8,
        escalation: [{ afterBusinessHours: 8, toRole: '${6:procurement-manager}' }],
        priority: '${7:normal}',
        blocksMatching: false,
        pausesForSupplier: false,
        because,
      },
    },
    output: ['/ownerRole', 'buyer'],
  },
  approval: {
    look: { fact: 'approval', path: '$.decisionType', operator: 'equal' },
    value: 'accept-variance',
    event: {
      type: 'approval',
      params: {
        outcome: 'needed',
        steps: [
          {
            roles: ['${5:ap-manager}'],
            mode: '${6:any}',
            dueBusinessHours: 16,
            escalateToRole: '${7:finance-manager}',
          },
        ],
        fourEyes: false,
        because,
      },
    },
    output: ['/fourEyes', true],
  },
}

/** The schema of a kind of rule sets with what an editor offers where a rule, a condition, a table or a row may stand. */
export const withSnippets = (schema: JsonSchema, kind: RuleSetKind): JsonSchema => {
  const snippets = snippetsOf(kind)
  return changeParts(schema, (part) => {
    const { properties } = part
    if (!isJsonSchema(properties)) return part
    const fields = Object.entries(properties).map(([name, field]) => [
      name,
      offering(field, snippets.get(name)),
    ])
    return { ...part, properties: Object.fromEntries(fields) }
  })
}

const offering = (field: unknown, defaultSnippets: readonly Snippet[] | undefined): unknown => {
  if (defaultSnippets === undefined || !isJsonSchema(field) || !isJsonSchema(field['items']))
    return field
  return { ...field, items: { ...field['items'], defaultSnippets } }
}

/** What is offered, by the name of the list it is offered in. */
const snippetsOf = (kind: RuleSetKind): ReadonlyMap<string, readonly Snippet[]> => {
  const written = writtenOfKind[kind]
  const conditions = [
    {
      label: 'comparison',
      description: 'Holds where a place of the facts has a value.',
      body: comparisonOf(written),
    },
    {
      label: 'is there',
      description: 'Holds where a place of the facts is there.',
      body: { ...comparisonOf(written), operator: 'is-present', value: true },
    },
  ]
  return new Map<string, readonly Snippet[]>([
    ['rules', rulesOf(kind, written)],
    ['all', conditions],
    ['any', conditions],
    ['tables', [tableOf(written)]],
    ['rows', [rowOf(written)]],
  ])
}

// A `$` of a path is no place to go to.
const comparisonOf = ({ look, value }: Written) => ({
  fact: `\${2:${look.fact}}`,
  path: `\${3:\\${look.path}}`,
  operator: look.operator,
  value: `\${4:${value}}`,
})

const rulesOf = (kind: RuleSetKind, written: Written): readonly Snippet[] => {
  const { event } = written
  const name = '${1:name-of-the-rule}'
  const rule = {
    label: `rule: ${event.type}`,
    description: `A rule that says a ${event.type}.`,
    body: { name, conditions: { all: [comparisonOf(written)] }, event },
  }
  if (kind !== 'tolerance') return [rule]
  const check = { fact: 'check', path: '\\$.name', operator: 'equal', value: '${2:price}' }
  return [
    rule,
    {
      label: 'rule: tolerance of a check',
      description: 'How far a planned check may differ, by the name the matching rules give it.',
      body: { name, conditions: { all: [check] }, event },
    },
  ]
}

const tableOf = (written: Written): Snippet => {
  const { look, event, output } = written
  return {
    label: 'table',
    description: 'Rules as rows, which look at the same places and write into one answer.',
    body: {
      name: '${1:name-of-the-table}',
      columns: [{ ...look, path: `\\${look.path}` }],
      outputs: [output[0], '/because'],
      event,
      rows: [rowOf(written).body],
    },
  }
}

const rowOf = ({ value, output }: Written): Snippet => ({
  label: 'row',
  description: 'A cell for each column, `null` for any value, then one for each output.',
  body: [
    `\${2:${value}}`,
    typeof output[1] === 'string' ? `\${3:${output[1]}}` : output[1],
    '${4:why, in words for the buyer}',
  ],
})
