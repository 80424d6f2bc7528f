import {
  addExact,
  compareExact,
  type Decimal,
  Discrepancy,
  divideExact,
  formatExact,
  multiplyExact,
  parseExact,
  type PolicyFacts,
  trimDecimal,
} from '@counterfoil/core'
import type { CheckedRule } from '../evaluate/checked-rule.ts'
import { evaluateRuleSet } from '../evaluate/evaluate-rule-set.ts'
import type { LoadedRuleSet } from '../rule-set/loaded-rule-set.ts'
import type { ToleranceEvent } from '../rule-set/rule-event.ts'
import { type AnalysisFinding, isInherited, pointerOfRule, versionOf } from './analysis-finding.ts'
import { type ApprovalAnswers, type ApprovalRegion, regionWhere } from './approval-answers.ts'
import { intersectBoxes } from './box.ts'
import { hasCell } from './cells.ts'
import { factsSchemaOf } from './fact-schema.ts'
import { compareRanks, type Occasion } from './when-together.ts'
import { cellsHolding, type OrderedValues } from './ordered-values.ts'
import { makeSpace, type Space } from './space.ts'
import { valuesNamed } from './values-named.ts'
import { factsIn } from './witness.ts'

/** The decision a tolerance makes without anybody deciding. */
const decision = 'accept-variance'

/**
 * Checks whose absolute limit is an amount of money. Those of quantities, days and ratios have limits in other
 * units, a price for one unit says nothing of what is at stake, and an item or a blanket order is limited as a whole.
 */
const moneyChecks: ReadonlySet<string> = new Set([
  'price-amount',
  'price-total',
  'price-subsequent',
  'discount',
  'amount-ordered',
  'amount-total',
  'credit-amount',
  'credit-total',
  'charge-planned',
  'charge',
  'totals',
  'balance',
  'tax',
])

const moneyKinds: ReadonlySet<string> = new Set(
  Discrepancy.options
    .filter(({ shape }) => 'currency' in shape)
    .map(({ shape }) => shape.kind.value),
)

/**
 * Tolerances that let a difference pass with nobody asked where the approval matrix has the same difference
 * approved. Only differences in money are looked at. A percentage passes any amount once the line is large
 * enough; that is information, since a matrix and a percentage rarely agree on purpose.
 */
export const findBeyondAuthority = (
  tolerances: LoadedRuleSet,
  matrix: ApprovalAnswers,
  checkOfName: ReadonlyMap<string, string>,
  { sets }: Occasion,
): readonly AnalysisFinding[] => {
  const unasked = largestUnasked(matrix)
  if (unasked === 'any') return []
  const space = makeSpace(tolerances.rules)
  const before = sets.filter(
    (set) => set.ruleSet.kind === 'approval' && compareRanks(set, matrix.loaded) < 0,
  )
  return tolerances.rules.flatMap((rule) => {
    const { event } = rule
    if (event.type !== 'tolerance' || !isAboutMoney(rule, space, checkOfName)) return []
    return findingOf({ tolerances, matrix, rule, event, unasked, before })
  })
}

type Asked = {
  readonly tolerances: LoadedRuleSet
  readonly matrix: ApprovalAnswers
  readonly rule: CheckedRule
  readonly event: ToleranceEvent
  readonly unasked: string
  /** Matrices that are asked before this one. */
  readonly before: readonly LoadedRuleSet[]
}

/** The largest amount the matrix lets pass unasked, under whatever conditions; `any` where it sets no limit. */
const largestUnasked = ({ space, regions, exposures }: ApprovalAnswers): string => {
  let largest = '0'
  for (const region of regions) {
    if (region.rule?.event.params.outcome !== 'not-needed') continue
    const box = regionWhere(region, space, 'approval.decisionType', decision)
    if (box === null) continue
    const limits = exposures.map((axis) => {
      const values = space.axes[axis]?.values
      const cells = box[axis] ?? null
      // A place that is missing there is not what limits the amount.
      if (values?.kind !== 'ordered' || cells === null || hasCell(cells, 0)) return null
      return upperEnd(values, cells[cells.length - 1] ?? 0)
    })
    const known = limits.filter((limit) => limit !== null)
    if (known.length === 0 || known.includes('any')) return 'any'
    for (const limit of known) if (isAbove(limit, largest)) largest = limit
  }
  return largest
}

const upperEnd = ({ codes, points }: OrderedValues, cell: number): string => {
  const end = points[(codes[cell - 1] ?? 0) >> 1]
  return end === undefined ? 'any' : String(end)
}

const isAbove = (one: string, other: string): boolean =>
  compareExact(parseExact(one), parseExact(other)) > 0

/** Whether a rule is for checks or differences in money; a check is known by its comparison, or by its name in a plan. */
const isAboutMoney = (
  rule: CheckedRule,
  space: Space,
  checkOfName: ReadonlyMap<string, string>,
): boolean => {
  const isNamed = (place: string, isMoney: (value: string) => boolean): boolean | null =>
    valuesNamed(rule, place, space)?.some(isMoney) ?? null
  return (
    isNamed('check.check', (check) => moneyChecks.has(check)) ??
    isNamed('check.name', (name) => moneyChecks.has(checkOfName.get(name) ?? name)) ??
    isNamed('discrepancy.kind', (kind) => moneyKinds.has(kind)) ??
    false
  )
}

const findingOf = ({ tolerances, matrix, rule, event, unasked, before }: Asked) => {
  const { upper, combine } = event.params
  const bound = combine === 'either' ? upper.abs : upper.pct === null ? upper.abs : null
  if (bound !== null && !isAbove(bound, unasked)) return []
  const pct = upper.pct === null || isZero(upper.pct) ? null : upper.pct
  if (bound === null && upper.pct !== null && pct === null) return []
  const least = formatExact(addExact(parseExact(unasked), parseExact('0.01')))
  const amount = trimDecimal(bound ?? least)
  const isMild = (bound === null && pct !== null) || isInherited(tolerances, rule)
  const asking = askFor(amount, matrix)
  // Where another matrix has the say, it is looked at by itself.
  if (asking !== null && before.some((one) => doesAnswer(one, asking.witness))) return []
  const finding: AnalysisFinding = {
    kind: 'beyond-authority',
    severity: isMild ? 'information' : 'warning',
    ruleSet: versionOf(tolerances),
    pointer: pointerOfRule(tolerances, rule),
    rules: [rule.name, ...(asking?.rules ?? [])],
    sentence: `\`${rule.name}\` passes ${passed(bound, pct, amount)} with nobody asked, and the approval matrix lets at most ${unasked} pass unasked: lower the limit, or have the matrix allow it`,
    ...(asking === null ? {} : { witness: asking.witness }),
  }
  return [finding]
}

type Asking = { readonly witness: PolicyFacts; readonly rules: readonly string[] }

/** The rule of the matrix that has a difference of that amount approved, and facts it says so for; null where none are found. */
const askFor = (amount: string, { loaded, space, regions, exposures }: ApprovalAnswers) => {
  const facts = factsSchemaOf(loaded)
  const where = space.axes.map((axis, index) =>
    exposures.includes(index) && axis.values.kind === 'ordered'
      ? cellsHolding(axis.values, amount)
      : null,
  )
  for (const region of regions) {
    if (region.rule?.event.params.outcome === 'not-needed') continue
    const about = regionWhere(region, space, 'approval.decisionType', decision)
    const box = about === null ? null : intersectBoxes(about, where)
    const found = box === null ? null : factsIn(box, space, facts)
    const asking = found === null ? null : asked(withAmount(found, amount), region, loaded)
    if (asking !== null) return asking
  }
  return null
}

const asked = (
  witness: PolicyFacts,
  { rule }: ApprovalRegion,
  loaded: LoadedRuleSet,
): Asking | null => {
  const answering = evaluateRuleSet(loaded, witness).answers.map((answer) => answer.rule)
  if (rule === null) return answering.length === 0 ? { witness, rules: [] } : null
  if (!answering.includes(rule.name)) return null
  return { witness, rules: [`${versionOf(loaded)}/${rule.name}`] }
}

/** The same facts with exactly that amount at stake. */
const withAmount = (facts: PolicyFacts, amount: string): PolicyFacts => {
  const approval = partOf(facts, 'approval')
  const exposure = { currency: 'EUR', ...partOf(approval, 'exposure'), amount }
  return {
    ...facts,
    approval: { ...approval, decisionType: decision, exposure, exposureInMatrixCurrency: amount },
  }
}

const partOf = (facts: PolicyFacts, name: string): PolicyFacts => {
  const part = facts[name]
  return typeof part === 'object' && part !== null ? { ...part } : {}
}

const doesAnswer = (matrix: LoadedRuleSet, facts: PolicyFacts): boolean =>
  matrix.fetches.length === 0 && evaluateRuleSet(matrix, facts).answers.length > 0

const isZero = (value: Decimal): boolean => trimDecimal(value) === '0'

const passed = (bound: string | null, pct: string | null, amount: string): string => {
  if (bound !== null) return `a difference of ${bound}`
  if (pct === null) return `a difference of any size, so of ${amount}`
  const line = divideExact(
    multiplyExact(parseExact(amount), parseExact('100')),
    parseExact(pct),
    2,
    'half-up',
  )
  return `${pct} %, so a difference of ${amount} on a line of ${trimDecimal(formatExact(line))}`
}
