import {
  absoluteExact,
  compareExact,
  type Decimal,
  decimal,
  divideExact,
  type Exact,
  formatExact,
  isZeroExact,
  multiplyExact,
  parseExact,
  signOfExact,
  subtractExact,
  trimDecimal,
} from '@counterfoil/core'
import type { CheckedComparison, FactPlace } from '../evaluate/checked-rule.ts'
import { testOf } from '../evaluate/operators.ts'
import type { LoadedRuleSet } from '../rule-set/loaded-rule-set.ts'
import type { Decided } from './decision-facts.ts'
import { judgeRules } from './explain-decision.ts'
import type { JudgedComparison, JudgedCondition } from './explained-condition.ts'
import { fillTemplate } from './fill-template.ts'
import type { Language } from './language.ts'
import { english } from './languages/english.ts'
import { limitsOfComparison } from './limits-of-comparison.ts'
import { inRisingOrder, nextTo, type NumberLine, numberLineOf, stepOf } from './number-line.ts'
import { sayPlace } from './say-place.ts'
import { sayValue } from './say-value.ts'

/** A comparison that would have come out otherwise had its value been a little different. */
export type NearLimit = {
  readonly rule: string
  readonly fired: boolean
  readonly place: string
  readonly operator: string
  readonly seen: string | number
  readonly limit: string | number
  /** Exactly, in what the place counts; of days whole days. */
  readonly distance: Decimal
  /** Of the limit, rounded to four places; null for days and for a limit of zero. */
  readonly distancePercent: Decimal | null
  readonly holds: boolean
  /** Whether the rule itself would have come out otherwise with this comparison alone. */
  readonly changesRule: boolean
  /** Where it stands in the rule set. */
  readonly pointer: string
  readonly sentence: string
}

/** How near is near. */
export type NearLimitsOptions = {
  /** Decimal text: percent of the limit, for numbers. A limit of zero is near only to zero. */
  readonly withinPercent: string
  /** Calendar days, for dates; one where not said. */
  readonly withinDays?: number
  readonly language?: Language
}

/**
 * The limits a decision was near, rule by rule: seen 4.8 against a limit of 5. Looked at are comparisons of
 * decimals, numbers and days, with a constant or with what stood at another place.
 */
export const nearLimits = (
  loaded: LoadedRuleSet,
  decided: Decided,
  options: NearLimitsOptions,
): readonly NearLimit[] =>
  judgeRules(loaded, decided).flatMap(({ rule, condition }) =>
    comparisonsIn(condition).flatMap((comparison) =>
      nearOf(comparison, options).map((near) => ({
        rule: rule.name,
        fired: condition.holds,
        ...near,
        changesRule: holdsTurned(condition, comparison.checked) !== condition.holds,
      })),
    ),
  )

/** Every comparison of a condition once, however often a named condition is used. */
const comparisonsIn = (condition: JudgedCondition): readonly JudgedComparison[] => {
  const found = new Map<CheckedComparison, JudgedComparison>()
  const visit = (one: JudgedCondition): void => {
    if (one.kind === 'comparison') found.set(one.comparison.checked, one.comparison)
    else if (one.kind === 'not') visit(one.condition)
    else one.conditions.forEach(visit)
  }
  visit(condition)
  return [...found.values()]
}

/** Whether a condition would hold if one of its comparisons came out otherwise. */
const holdsTurned = (condition: JudgedCondition, turned: CheckedComparison): boolean => {
  switch (condition.kind) {
    case 'comparison':
      return condition.holds !== (condition.comparison.checked === turned)
    case 'not':
      return !holdsTurned(condition.condition, turned)
    case 'all':
      return condition.conditions.every((one) => holdsTurned(one, turned))
    case 'any':
      return condition.conditions.some((one) => holdsTurned(one, turned))
  }
}

type Near = Omit<NearLimit, 'rule' | 'fired' | 'changesRule'>

const nearOf = (comparison: JudgedComparison, options: NearLimitsOptions): readonly Near[] => {
  const { checked, seen: value, holds } = comparison
  const line = numberLineOf(checked.left.type)
  const seen = line?.read(value)
  if (line === null || seen === undefined || seen === null) return []
  const limits = limitsOfComparison(checked, { side: 'left', other: comparison.value, line })
  return inRisingOrder(limits)
    .filter((limit) => isNear(seen, limit, line, options))
    .filter((limit) => isTurningPoint(comparison, limit, line))
    .flatMap((limit) => {
      const [shownSeen, shownLimit] = [line.write(seen), line.write(limit)]
      if (shownSeen === null || shownLimit === null) return []
      const distance = trimDecimal(formatExact(distanceOf(seen, limit)))
      return [
        {
          place: checked.left.text,
          operator: [...checked.decorators, checked.operator].join(':'),
          seen: shownSeen,
          limit: shownLimit,
          distance,
          distancePercent: percentOfLimit(seen, limit, line),
          holds,
          pointer: checked.pointer,
          sentence: sayNear(
            checked.left,
            { seen: shownSeen, limit: shownLimit, distance },
            options,
          ),
        },
      ]
    })
}

const distanceOf = (seen: Exact, limit: Exact): Exact => absoluteExact(subtractExact(seen, limit))

const hundred = parseExact('100')

const isNear = (
  seen: Exact,
  limit: Exact,
  line: NumberLine,
  { withinPercent, withinDays = 1 }: NearLimitsOptions,
): boolean => {
  const distance = distanceOf(seen, limit)
  if (line.kind === 'date') return compareExact(distance, { mantissa: withinDays, scale: 0 }) <= 0
  const accepted = multiplyExact(parseExact(decimal(withinPercent)), absoluteExact(limit))
  return compareExact(multiplyExact(distance, hundred), accepted) <= 0
}

// A comparison with an unknown meaning may not turn where its value stands.
const isTurningPoint = (
  { checked, value }: JudgedComparison,
  limit: Exact,
  line: NumberLine,
): boolean => {
  const test = testOf(checked)
  const isWhole = line.kind === 'date'
  const room = { end: null, step: stepOf([limit]), isWhole }
  const around = [nextTo(limit, 'down', room), limit, nextTo(limit, 'up', room)]
  const answers = around.map((one) => one !== null && test(line.write(one), value))
  return new Set(answers).size === 2
}

const percentOfLimit = (seen: Exact, limit: Exact, line: NumberLine): Decimal | null =>
  line.kind === 'date' || isZeroExact(limit)
    ? null
    : trimDecimal(
        formatExact(
          divideExact(multiplyExact(distanceOf(seen, limit), hundred), absoluteExact(limit), 4),
        ),
      )

const sayNear = (
  place: FactPlace,
  near: {
    readonly seen: string | number
    readonly limit: string | number
    readonly distance: Decimal
  },
  { language = english }: NearLimitsOptions,
): string => {
  const isDate = place.type.kind === 'date'
  const { changes, values } = language
  const days = near.distance === '1' ? values.day : values.days
  const words = {
    place: sayPlace(place, language),
    seen: sayValue(near.seen, place, language),
    limit: sayValue(near.limit, place, language),
    distance: isDate
      ? fillTemplate(days, { value: near.distance })
      : sayValue(
          place.type.kind === 'number' ? Number(near.distance) : near.distance,
          place,
          language,
        ),
  }
  const isOnLimit = signOfExact(parseExact(near.distance)) === 0
  return fillTemplate(isOnLimit ? changes.onLimit : changes.near, words)
}
