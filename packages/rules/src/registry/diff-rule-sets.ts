import { type BusinessCalendar, canonicalJson } from '@counterfoil/core'
import type { CheckedComparison, CheckedCondition, CheckedRule } from '../evaluate/checked-rule.ts'
import type { LoadedRuleSet } from '../rule-set/loaded-rule-set.ts'

/** One thing that is different in another version. */
export type RuleSetChange = {
  readonly kind:
    | 'envelope-changed'
    | 'rule-added'
    | 'rule-removed'
    | 'rule-switched-off'
    | 'rule-moved'
    | 'conditions-changed'
    | 'answer-changed'
  /** The rule it concerns; null for the envelope. */
  readonly rule: string | null
  /** The field, in words; null where the whole rule is meant. */
  readonly field: string | null
  readonly before: string | null
  readonly after: string | null
  /** The change in words, for the person who releases it. */
  readonly sentence: string
}

/**
 * What changes from one version to another, in words: the rules that hold, what they answer, whom they are for and when.
 * Where nothing of that changes, the fields that are written otherwise.
 */
export const diffRuleSets = (
  before: LoadedRuleSet,
  after: LoadedRuleSet,
): readonly RuleSetChange[] => {
  const changes = [
    ...envelopeChanges(before, after),
    ...businessDaysChanges(before, after),
    ...rulesGone(before, after),
    ...after.rules.flatMap((rule) => {
      const known = before.rules.find(({ name }) => name === rule.name)
      return known === undefined ? [ruleAdded(rule)] : ruleChanges(known, rule)
    }),
    ...orderChanges(before, after),
  ]
  return changes.length > 0 ? changes : writtenOtherwise(before, after)
}

const envelopeFields = [
  'kind',
  'effectiveFrom',
  'effectiveTo',
  'scope',
  'priority',
  'hitPolicy',
  'extends',
  'calendar',
  'facts',
  'owner',
  'title',
] as const

const envelopeWords: Readonly<Record<(typeof envelopeFields)[number], string>> = {
  kind: 'the kind',
  effectiveFrom: 'the first day',
  effectiveTo: 'the last day',
  scope: 'whom it is for',
  priority: 'the priority among sets of equal scope',
  hitPolicy: 'which of the rules that fire decide',
  extends: 'what it builds on',
  calendar: 'the calendar of business days',
  facts: 'the facts it is written for',
  owner: 'the owner',
  title: 'the title',
}

const envelopeChanges = (before: LoadedRuleSet, after: LoadedRuleSet): readonly RuleSetChange[] =>
  envelopeFields.flatMap((field): RuleSetChange[] => {
    const [one, other] = [valueOf(before, field), valueOf(after, field)]
    if (isSame(one, other)) return []
    const values = shownApart(one, other)
    const sentence = `${envelopeWords[field]}: ${values.join(' → ')}`
    const change = { rule: null, field, before: values[0], after: values[1], sentence } as const
    return [{ kind: 'envelope-changed', ...change }]
  })

/** What holds in the version: which rules decide and its business days it may have from a set it extends. */
const valueOf = (loaded: LoadedRuleSet, field: (typeof envelopeFields)[number]): unknown => {
  if (field === 'hitPolicy') return loaded.hitPolicy ?? 'as usual for each type of answer'
  if (field === 'calendar') return loaded.calendar?.id
  if (field === 'priority') return loaded.ruleSet.priority ?? 1
  return loaded.ruleSet[field]
}

/** The same calendar with other business days. */
const businessDaysChanges = (
  { calendar: before }: LoadedRuleSet,
  { calendar: after }: LoadedRuleSet,
): readonly RuleSetChange[] => {
  if (before === null || after === null || before.id !== after.id) return []
  const [one, other] = [daysOnlyIn(before, after), daysOnlyIn(after, before)]
  if (one === other) return []
  const sentence = `the business days of the calendar ${after.id}: ${one} → ${other}`
  const change = { rule: null, field: 'calendar', before: one, after: other, sentence } as const
  return [{ kind: 'envelope-changed', ...change }]
}

const daysOnlyIn = (
  { workingDays, holidays }: BusinessCalendar,
  { holidays: others }: BusinessCalendar,
): string => {
  const known = new Set(others)
  const closed = holidays.filter((day) => !known.has(day))
  const days = `on days ${workingDays.join(', ')} of the week`
  return closed.length === 0 ? days : `${days}, closed on ${closed.join(', ')}`
}

/** Fields that are no part of what a version says: its name, and what its hash leaves out. */
const notContent: ReadonlySet<string> = new Set(['id', 'version', '$schema', 'hash', 'cases'])

/** A version whose text differs and whose rules do not: a table written as rules, say, or a condition given a name. */
const writtenOtherwise = (
  { ruleSet: before }: LoadedRuleSet,
  { ruleSet: after }: LoadedRuleSet,
): readonly RuleSetChange[] => {
  const [one, other] = [new Map(Object.entries(before)), new Map(Object.entries(after))]
  return [...new Set([...one.keys(), ...other.keys()])]
    .filter((field) => !notContent.has(field) && !isSame(one.get(field), other.get(field)))
    .map((field): RuleSetChange => {
      const sentence = `\`${field}\` is written otherwise, and the rules that hold are the same`
      return { kind: 'envelope-changed', rule: null, field, before: null, after: null, sentence }
    })
}

const rulesGone = (before: LoadedRuleSet, after: LoadedRuleSet): readonly RuleSetChange[] =>
  before.rules
    .filter(({ name }) => !after.rules.some((rule) => rule.name === name))
    .map(({ name, event }): RuleSetChange => {
      const isOff = after.overrides.switchedOff.includes(name)
      const how = isOff ? 'is switched off' : 'is gone'
      return {
        kind: isOff ? 'rule-switched-off' : 'rule-removed',
        rule: name,
        field: null,
        before: event.params.because,
        after: null,
        sentence: `rule \`${name}\` ${how}; it said: ${event.params.because}`,
      }
    })

const ruleAdded = ({ name, priority, event }: CheckedRule): RuleSetChange => ({
  kind: 'rule-added',
  rule: name,
  field: null,
  before: null,
  after: event.params.because,
  sentence: `rule \`${name}\` is new, at priority ${priority}: ${event.params.because}`,
})

const ruleChanges = (before: CheckedRule, after: CheckedRule): readonly RuleSetChange[] => {
  const rule = after.name
  const change = (
    kind: RuleSetChange['kind'],
    field: string,
    [one, other]: readonly [string, string],
  ): RuleSetChange => ({
    kind,
    rule,
    field,
    before: one,
    after: other,
    sentence: `rule \`${rule}\`: ${field} ${one} → ${other}`,
  })
  const isSameCondition = sayExactly(before.condition) === sayExactly(after.condition)
  return [
    ...(before.priority === after.priority
      ? []
      : [change('rule-moved', 'priority', [String(before.priority), String(after.priority)])]),
    ...(isSameCondition ? [] : conditionChanges(before, after, change)),
    ...valueChanges(before.event, after.event, '').map(({ field, values }) =>
      change('answer-changed', field, values),
    ),
  ]
}

type Change = (
  kind: RuleSetChange['kind'],
  field: string,
  values: readonly [string, string],
) => RuleSetChange

/** Where only comparisons' values differ, each is named; else the whole condition is shown. */
const conditionChanges = (
  before: CheckedRule,
  after: CheckedRule,
  change: Change,
): readonly RuleSetChange[] => {
  const [left, right] = [comparisonsOf(before.condition), comparisonsOf(after.condition)]
  const isSameShape =
    shapeOf(before.condition) === shapeOf(after.condition) && left.length === right.length
  if (!isSameShape) {
    const [one, other] = [sayCondition(before.condition), sayCondition(after.condition)]
    const values =
      one === other
        ? ([sayExactly(before.condition), sayExactly(after.condition)] as const)
        : ([one, other] as const)
    return [change('conditions-changed', 'it fires when', values)]
  }
  return left.flatMap((comparison, index) => {
    const changed = right[index]
    if (changed === undefined || sayExactly(comparison) === sayExactly(changed)) return []
    const field = `${comparison.left.text} ${operatorText(comparison)}`
    const [one, other] = [sayRight(comparison), sayRight(changed)]
    const values =
      one === other
        ? ([sayRightExactly(comparison), sayRightExactly(changed)] as const)
        : ([one, other] as const)
    return [change('conditions-changed', field, values)]
  })
}

const comparisonsOf = (condition: CheckedCondition): readonly CheckedComparison[] => {
  switch (condition.kind) {
    case 'comparison':
      return [condition]
    case 'not':
      return comparisonsOf(condition.condition)
    case 'all':
    case 'any':
      return condition.conditions.flatMap(comparisonsOf)
  }
}

const shapeOf = (condition: CheckedCondition): string => {
  switch (condition.kind) {
    case 'comparison':
      return `${condition.left.text} ${operatorText(condition)}`
    case 'not':
      return `not(${shapeOf(condition.condition)})`
    case 'all':
    case 'any':
      return `${condition.kind}(${condition.conditions.map(shapeOf).join(', ')})`
  }
}

type SayRight = (comparison: CheckedComparison) => string

/** A condition in one line, as it is shown. */
const sayCondition = (condition: CheckedCondition, right: SayRight = sayRight): string => {
  switch (condition.kind) {
    case 'comparison':
      return `${condition.left.text} ${operatorText(condition)} ${right(condition)}`
    case 'not':
      return `not (${sayCondition(condition.condition, right)})`
    case 'all':
    case 'any': {
      const parts = condition.conditions.map((one) =>
        one.kind === 'comparison' || one.kind === 'not'
          ? sayCondition(one, right)
          : `(${sayCondition(one, right)})`,
      )
      return parts.join(condition.kind === 'all' ? ' and ' : ' or ')
    }
  }
}

const operatorText = ({ decorators, operator, amount }: CheckedComparison): string =>
  [...decorators, amount === null ? operator : operator.replace('*', amount)].join(':')

const sayRight = ({ right }: CheckedComparison): string =>
  right.kind === 'fact' ? right.place.text : shown(right.value)

/** As it is compared: text in quotes, so that a list is told from a text with commas, and a text from a fact. */
const sayRightExactly = ({ right }: CheckedComparison): string =>
  right.kind === 'fact' ? right.place.text : canonicalJson(right.value)

const sayExactly = (condition: CheckedCondition): string => sayCondition(condition, sayRightExactly)

type ValueChange = { readonly field: string; readonly values: readonly [string, string] }

/** Every value inside an answer that differs, by its place in words. */
const valueChanges = (before: unknown, after: unknown, place: string): readonly ValueChange[] => {
  if (isRecord(before) && isRecord(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])]
    return keys.flatMap((key) =>
      valueChanges(before[key], after[key], key === 'params' ? place : joined(place, key)),
    )
  }
  if (isSame(before, after)) return []
  const isLimit = /^(?:upper|lower) (?:percent|amount)$/.test(place)
  // An empty limit is not zero: it says that nothing is checked.
  const [one, other] = [before, after].map((value) =>
    isLimit && value === null ? 'not checked' : value,
  )
  return [{ field: place, values: shownApart(one, other) }]
}

const words: Readonly<Record<string, string>> = { pct: 'percent', abs: 'amount' }

const joined = (place: string, key: string): string =>
  `${place} ${words[key] ?? key.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)}`.trim()

const isSame = (one: unknown, other: unknown): boolean =>
  canonicalJson({ value: one }) === canonicalJson({ value: other })

/** Two values that differ, in words; as JSON where the words are the same. */
const shownApart = (one: unknown, other: unknown): readonly [string, string] => {
  const values = [shown(one), shown(other)] as const
  return values[0] === values[1] ? [asJson(one), asJson(other)] : values
}

const asJson = (value: unknown): string => (value === undefined ? 'nothing' : canonicalJson(value))

const shown = (value: unknown): string => {
  if (value === undefined) return 'nothing'
  if (typeof value === 'string') return value
  if (isRecord(value)) {
    const entries = Object.entries(value).filter(([, one]) => one !== undefined)
    return entries.length === 0
      ? 'everybody'
      : entries.map(([key, one]) => `${key} ${shownInside(one)}`).join(', ')
  }
  return Array.isArray(value) ? value.map(shownInside).join(', ') : JSON.stringify(value)
}

/** Inside a list or an object a text of several words stands in quotes, so that its end is seen. */
const shownInside = (value: unknown): string =>
  typeof value === 'string' && !/^[^\s,"]+$/.test(value) ? JSON.stringify(value) : shown(value)

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** At one priority the rule that is written first decides. */
const orderChanges = (before: LoadedRuleSet, after: LoadedRuleSet): readonly RuleSetChange[] => {
  const both = (one: LoadedRuleSet, other: LoadedRuleSet): readonly string[] =>
    one.rules
      .map(({ name }) => name)
      .filter((name) => other.rules.some((rule) => rule.name === name))
  const [old, now] = [both(before, after), both(after, before)]
  if (JSON.stringify(old) === JSON.stringify(now)) return []
  const [one, other] = [old.join(', '), now.join(', ')]
  const sentence = `the rules are written in another order: ${other}`
  return [{ kind: 'rule-moved', rule: null, field: 'order', before: one, after: other, sentence }]
}
