import { readFile, writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { type Actor, type CalendarDate, calendarDate, CounterfoilError } from '@counterfoil/core'
import { createPolicySource } from '@counterfoil/rules'
import { loadRuleSetFolder } from '@counterfoil/rules/node'
import { createRuntime } from '@counterfoil/runtime'
import {
  applySelection,
  BulkChange,
  Disruption,
  previewChange,
  readSelection,
  reviewDisruption,
  type Selection,
  sumDisruption,
  type Touched,
} from '@counterfoil/runtime/disruption'
import {
  describeReport,
  describeSelection,
  describeTotals,
  describeTouched,
} from '../books/describe-disruption.ts'
import { loadAggregates } from '../books/load-aggregates.ts'
import { booksOptions, openBooks } from '../books/open-books.ts'

type Out = (line: string) => void

const options = {
  ...booksOptions,
  supplier: { type: 'string' },
  site: { type: 'string' },
  item: { type: 'string' },
  lane: { type: 'string' },
  from: { type: 'string' },
  until: { type: 'string' },
  because: { type: 'string' },
  today: { type: 'string' },
  json: { type: 'boolean', default: false },
  reassign: { type: 'string' },
  person: { type: 'string' },
  reroute: { type: 'string' },
  of: { type: 'string' },
  preview: { type: 'string' },
  apply: { type: 'string' },
  by: { type: 'string' },
  'rule-sets': { type: 'string' },
  aggregates: { type: 'string' },
} as const

/**
 * `counterfoil disruption`: prints what a supplier that fails, a place that is shut, an article or a lane touches, with what
 * is open, worth, and wanted when. With `--reassign` or `--reroute` and `--preview FILE` it writes the cases or approvals that
 * would be given to others into a new file, and changes nothing. `--apply FILE` carries that file out, as often as it is
 * asked, each of its items once. Ends with 1 where some of them were changed since, or refused.
 */
export async function disruptionCommand(args: readonly string[], out: Out): Promise<number> {
  const { values } = parseArgs({ args: [...args], options })
  if (values.apply !== undefined) return apply(values, values.apply, out)
  const { store: place, schema } = values
  if (place === undefined) throw usage()
  const review = { disruption: disruptionOf(values), today: todayOf(values.today) }
  const change = changeOf(values)
  if (change !== null && !values.because) {
    throw new CounterfoilError(
      'SETTINGS_INVALID',
      'a change needs its reason: write --because WHY, which stands in the audit log',
    )
  }
  const store = await openBooks(place, { schema, readOnly: true })
  try {
    if (change !== null) {
      const selection = await previewChange(store, { ...review, change })
      await writeNew(values.preview ?? '', selection)
      for (const line of describeSelection(values.preview ?? '', selection)) out(line)
      return 0
    }
    const touched: Touched[] = []
    for await (const one of reviewDisruption(store, review)) {
      touched.push(one)
      if (!values.json) for (const line of describeTouched(one)) out(line)
    }
    const totals = sumDisruption(touched)
    const lines = values.json
      ? [JSON.stringify({ ...review, touched, totals }, null, 2)]
      : describeTotals(totals)
    for (const line of lines) out(line)
    return 0
  } finally {
    await store.close()
  }
}

type Values = { readonly [name in keyof typeof options]?: string | boolean | undefined } & {
  readonly [name in Exclude<keyof typeof options, 'json'>]?: string | undefined
}

async function apply(values: Values, file: string, out: Out): Promise<number> {
  const { store: place, schema, by, 'rule-sets': folder } = values
  if (!place || !by || !folder) {
    throw new CounterfoilError(
      'SETTINGS_INVALID',
      'write disruption --store FILE --apply SELECTION.json --by WHO --rule-sets FOLDER, the folder your runtime decides by',
    )
  }
  const selection = readSelection(await readJson(file))
  const runtime = createRuntime({
    store: await openBooks(place, { schema, readOnly: false }),
    aggregates: await loadAggregates(values.aggregates),
    policies: createPolicySource(loadRuleSetFolder(folder)),
    connectors: [],
  })
  try {
    const actor: Actor = { kind: 'user', id: by, roles: [] }
    const report = await applySelection(runtime, { selection, actor })
    const lines = values.json ? [JSON.stringify(report, null, 2)] : describeReport(report)
    for (const line of lines) out(line)
    return report.changed + report.refused === 0 ? 0 : 1
  } finally {
    await runtime.close()
  }
}

function disruptionOf(values: Values): Disruption {
  const { tenant, from, until = null, because: reason = 'not said' } = values
  const what = struckIn(values)
  if (!tenant || from === undefined || what === null) throw usage()
  const { data, error } = Disruption.safeParse({ tenant, what, from, until, reason })
  if (data !== undefined) return data
  const [first] = error.issues
  throw new CounterfoilError(
    'SETTINGS_INVALID',
    `cannot read \`--${first?.path.at(-1)?.toString() ?? ''}\`: ${first?.message ?? ''}`,
  )
}

/** What is struck; null unless exactly one is named. */
function struckIn({ supplier, site, item, lane }: Values): object | null {
  const [start = '', end] = lane?.split('..') ?? []
  const named = [
    supplier === undefined ? [] : { kind: 'supplier', supplier },
    site === undefined ? [] : { kind: 'site', site },
    item === undefined ? [] : { kind: 'item', item },
    lane === undefined ? [] : { kind: 'lane', from: start, to: end ?? '' },
  ].flat()
  return named.length === 1 ? (named[0] ?? null) : null
}

/** What is to be previewed; null where the disruption is only looked at. */
function changeOf({ reassign, person, reroute, of, preview }: Values): BulkChange | null {
  if (reassign === undefined && reroute === undefined) {
    if (preview !== undefined) throw usage()
    return null
  }
  const isOne = reassign === undefined || reroute === undefined
  if (!isOne || !preview || (person !== undefined && reassign === undefined)) throw usage()
  const from = of === undefined ? {} : { fromRole: of }
  return BulkChange.parse(
    reroute === undefined
      ? { kind: 'reassign', toRole: reassign, ...(person && { toPerson: person }), ...from }
      : { kind: 'reroute', toRole: reroute, ...from },
  )
}

function todayOf(given: string | undefined): CalendarDate {
  return calendarDate(given ?? new Date().toISOString().slice(0, 10))
}

async function writeNew(file: string, selection: Selection): Promise<void> {
  try {
    await writeFile(file, `${JSON.stringify(selection, null, 2)}\n`, { flag: 'wx' })
  } catch (cause) {
    throw new CounterfoilError(
      'COMMAND_INVALID',
      `cannot write \`${file}\`: name a file that is not there yet`,
      { cause },
    )
  }
}

async function readJson(file: string): Promise<unknown> {
  const text = await readFile(file, 'utf8')
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new CounterfoilError('COMMAND_INVALID', `\`${file}\` is not JSON`, { cause })
  }
}

const usage = (): CounterfoilError =>
  new CounterfoilError(
    'SETTINGS_INVALID',
    'write disruption --store FILE --tenant acme --supplier S100 --from 2026-11-25, or one of --site, --item, --lane S100..DC-NORTH; with --reassign ROLE or --reroute ROLE, also --preview SELECTION.json',
  )
