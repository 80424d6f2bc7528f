import { Decimal } from '@counterfoil/core'
import { checkComparison } from '../check/check-comparison.ts'
import type { CheckedComparison, CheckedRule } from '../evaluate/checked-rule.ts'
import { factTypesOfKind } from '../facts/facts-of-kind.ts'
import { RuleSet } from '../rule-set/rule-set.ts'
import { aRuleSet } from '../rule-set/rule-set.examples.ts'

/** One row of a table of tolerances: for whom, and for which amounts of a line. */
export type TableRow = {
  readonly name: string
  /** Numbers of the class, category and unit; the last of each stands for any other. */
  readonly at: readonly [supplierClass: number, category: number, unit: number]
  readonly from: string | null
  readonly below: string | null
}

const [units, categories, bands] = [5, 30, 10]

/** A table whose rows divide all facts among them, as rules: class by category by unit by amount. */
export const aTableOfRules = ({
  rows: count,
  change = (rows) => rows,
}: {
  readonly rows: number
  readonly change?: (rows: readonly TableRow[]) => readonly TableRow[]
}): readonly CheckedRule[] => {
  const classes = Math.max(2, Math.round(count / (units * categories * bands)))
  const [written] = RuleSet.parse(aRuleSet()).rules
  if (written === undefined) throw new TypeError('the example rule set has a rule')
  const rows = Array.from({ length: classes * categories * units * bands }, (_, index) =>
    rowAt(index),
  )
  return change(rows).map((row, index) => asRule(row, index, { classes, written }))
}

const rowAt = (index: number): TableRow => {
  const band = index % bands
  const rest = Math.floor(index / bands)
  const category = Math.floor(rest / units) % categories
  return {
    name: `limits/${index}`,
    at: [Math.floor(rest / (units * categories)), category, rest % units],
    from: band === 0 ? null : String(band * 50),
    below: band === bands - 1 ? null : String((band + 1) * 50),
  }
}

type Written = CheckedRule['json']

const asRule = (
  { name, at, from, below }: TableRow,
  index: number,
  { classes, written }: { readonly classes: number; readonly written: Written },
): CheckedRule => {
  const [supplierClass, category, unit] = at
  const conditions = [
    ...named({ fact: 'supplier', path: '$.class' }, 'class', supplierClass, classes),
    ...named({ fact: 'item', path: '$.category' }, 'category', category, categories),
    ...named({ fact: 'order', path: '$.attributes.unit' }, 'unit', unit, units),
    comparison({ ...amount, operator: 'is-present', value: true }),
    ...(from === null
      ? []
      : [comparison({ ...amount, operator: 'decimal-at-least', value: from })]),
    ...(below === null ? [] : [comparison({ ...amount, operator: 'decimal-below', value: below })]),
  ]
  const { event } = written
  if (event.type !== 'tolerance') throw new TypeError('the example rule is a tolerance')
  const pct = Decimal.parse(String(index))
  const upper = { abs: null, pct }
  const said = { ...event, params: { ...event.params, upper } }
  const condition = { kind: 'all', conditions } as const
  return {
    name,
    priority: 1,
    event: said,
    condition,
    json: written,
    from: 'limits@1.0.0',
    table: null,
    row: null,
  }
}

const amount = { fact: 'line', path: '$.amount' }

const named = (
  place: { readonly fact: string; readonly path: string },
  word: string,
  at: number,
  of: number,
): readonly CheckedComparison[] => {
  if (at < of - 1) return [comparison({ ...place, operator: 'equal', value: `${word}-${at}` })]
  const others = Array.from({ length: of - 1 }, (_, index) => `${word}-${index}`)
  return [
    comparison({ ...place, operator: 'is-present', value: true }),
    comparison({ ...place, operator: 'notIn', value: others }),
  ]
}

const comparison = (json: Readonly<Record<string, unknown>>): CheckedComparison => {
  const check = { facts: factTypesOfKind.tolerance, fetched: new Map(), findings: [] }
  const checked = checkComparison(json, '', check)
  if (checked === null) throw new TypeError(JSON.stringify(check.findings))
  return checked
}
