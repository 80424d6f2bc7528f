import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { CounterfoilError, instant } from '@counterfoil/core'
import {
  createInsight,
  followBooks,
  metricDefinitions,
  takeArchive,
  type DimensionName,
  type MetricDefinition,
  type MetricRow,
} from '@counterfoil/insight'
import { booksOptions, openBooks } from '../books/open-books.ts'

/**
 * `counterfoil metrics`: measures what the books of a tenant hold and prints the metrics, as they stand at an instant. Writes
 * nothing. `--where` and `--by` name dimensions; `--orders` names the orders behind each line;
 * `--archive` counts what was purged into that file too.
 */
export async function metricsCommand(
  args: readonly string[],
  out: (line: string) => void,
): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      ...booksOptions,
      at: { type: 'string', default: new Date().toISOString() },
      by: { type: 'string', default: '' },
      where: { type: 'string', multiple: true, default: [] },
      archive: { type: 'string', multiple: true, default: [] },
      orders: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  })
  const { store: place, tenant } = values
  if (place === undefined || tenant === undefined) {
    throw new CounterfoilError('SETTINGS_INVALID', 'write metrics --store FILE --tenant acme')
  }
  const definitions = definitionsOf(positionals)
  const request = {
    tenant,
    now: instant(values.at),
    by: values.by.split(',').filter(Boolean).map(dimensionOf),
    where: Object.fromEntries(values.where.map(conditionOf)),
  }
  const store = await openBooks(place, { schema: values.schema, readOnly: true })
  try {
    const insight = createInsight()
    for (const file of values.archive) await takeArchive(insight, linesOf(file))
    await followBooks(insight, { store, tenant })
    const found = definitions.map((definition) => ({
      definition,
      rows: insight.read({ ...request, metric: definition.name }),
    }))
    if (values.json) {
      const rows = Object.fromEntries(found.map((one) => [one.definition.name, one.rows]))
      out(JSON.stringify(rows, null, 2))
    } else {
      for (const { definition, rows } of found) {
        for (const line of describe(definition, rows, values.orders)) out(line)
      }
    }
    return found.some(({ rows }) => rows.length > 0) ? 0 : 1
  } finally {
    await store.close()
  }
}

function linesOf(file: string): AsyncIterable<string> {
  return createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY })
}

function definitionsOf(names: readonly string[]): readonly MetricDefinition[] {
  if (names.length === 0) return metricDefinitions
  return names.map((name) => {
    const found = metricDefinitions.find((one) => one.name === name)
    if (found !== undefined) return found
    const all = metricDefinitions.map((one) => one.name).join(', ')
    throw new CounterfoilError('SETTINGS_INVALID', `there is no metric \`${name}\`: name ${all}`)
  })
}

const dimensionNames = ['supplier', 'item', 'site', 'week', 'variant', 'currency'] as const

function dimensionOf(name: string): Exclude<DimensionName, 'tenant'> {
  const found = dimensionNames.find((one) => one === name)
  if (found !== undefined) return found
  throw new CounterfoilError(
    'SETTINGS_INVALID',
    `there is no dimension \`${name}\`: name ${dimensionNames.join(', ')}`,
  )
}

function conditionOf(text: string): readonly [string, string] {
  const [name = '', ...value] = text.split('=')
  if (value.length > 0) return [dimensionOf(name), value.join('=')]
  throw new CounterfoilError(
    'SETTINGS_INVALID',
    `cannot read the condition \`${text}\`: write it as supplier=S100`,
  )
}

function describe(
  { title, requirement }: MetricDefinition,
  rows: readonly MetricRow[],
  withOrders: boolean,
): readonly string[] {
  const lines = rows.flatMap(({ dimensions, summaries, orderKeys }) => {
    const place = Object.entries(dimensions).flatMap(([name, value]) =>
      value === null ? [] : [`${name} ${value}`],
    )
    const numbers = Object.entries(summaries).flatMap(([name, value]) =>
      value === null ? [] : [`${name} ${value}`],
    )
    const orders = withOrders ? orderKeys.map((key) => `    ${key}`) : []
    return [`  ${[place.join(', ') || 'all', numbers.join(', ')].join(': ')}`, ...orders]
  })
  return [`${title} (${requirement})`, ...(lines.length === 0 ? ['  nothing counted'] : lines)]
}
