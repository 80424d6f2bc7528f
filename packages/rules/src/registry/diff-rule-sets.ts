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

/** What changes from one version to another, in words: the rules that hold, what they answer, whom they are for and when. */
export const diffRuleSets = (
  before: LoadedRuleSet,
  after: LoadedRuleSet,
): readonly RuleSetChange[] => [
  ...envelopeChanges(before, after),
  ...rulesGone(before, after),
  ...after.rules.flatMap((rule) => {
    const known = before.rules.find(({ name }) => name === rule.name)
    return known === undefined ? [ruleAdded(rule)] : ruleChanges(known, rule)
  }),
  ...orderChanges(before, after),
]

const envelopeFields = [
  'kind',
  'effectiveFrom',
  'effectiveTo',
  'scope',
  'extends',
  'calendar',
  'owner',
  'title',
] as const

const envelopeWords: Readonly<Record<(typeof envelopeFields)[number], string>> = {
  kind: 'the kind',
  effectiveFrom: 'the first day',
  effectiveTo: 'the last day',
  scope: 'whom it is for',
  extends: 'what it builds on',
  calendar: 'the calendar of business days',
  owner: 'the owner',
  title: 'the title',
}

const envelopeChanges = (
  { ruleSet: before }: LoadedRuleSet,
  { ruleSet: after }: LoadedRuleSet,
): readonly RuleSetChange[] =>
  envelopeFields.flatMap((field): RuleSetChange[] => {
    const [one, other] = [shown(before[field]), shown(after[field])]
    if (one === other) return []
    const sentence = `${envelopeWords[field]}: ${one} → ${other}`
    return [{ kind: 'envelope-changed', rule: null, field, before: one, after: other, sentence }]
  })

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
  const [one, other] = [sayCondition(before.condition), sayCondition(after.condition)]
  return [
    ...(before.priority === after.priority
      ? []
      : [change('rule-moved', 'priority', [String(before.priority), String(after.priority)])]),
    ...(one === other ? [] : conditionChanges(before, after, { one, other, change })),
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
  { one, other, change }: { readonly one: string; readonly other: string; readonly change: Change },
): readonly RuleSetChange[] => {
  const [left, right] = [comparisonsOf(before.condition), comparisonsOf(after.condition)]
  const isSameShape =
    shapeOf(before.condition) === shapeOf(after.condition) && left.length === right.length
  if (!isSameShape) return [change('conditions-changed', 'it fires when', [one, other])]
  return left.flatMap((comparison, index) => {
    const changed = right[index]
    if (changed === undefined || sayCondition(comparison) === sayCondition(changed)) return []
    const field = `${comparison.left.text} ${operatorText(comparison)}`
    return [change('conditions-changed', field, [sayRight(comparison), sayRight(changed)])]
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

/** A condition in one line, as it is compared and shown. */
const sayCondition = (condition: CheckedCondition): string => {
  switch (condition.kind) {
    case 'comparison':
      return `${condition.left.text} ${operatorText(condition)} ${sayRight(condition)}`
    case 'not':
      return `not (${sayCondition(condition.condition)})`
    case 'all':
    case 'any': {
      const parts = condition.conditions.map((one) =>
        one.kind === 'comparison' || one.kind === 'not'
          ? sayCondition(one)
          : `(${sayCondition(one)})`,
      )
      return parts.join(condition.kind === 'all' ? ' and ' : ' or ')
    }
  }
}

const operatorText = ({ decorators, operator, amount }: CheckedComparison): string =>
  [...decorators, amount === null ? operator : operator.replace('*', amount)].join(':')

const sayRight = ({ right }: CheckedComparison): string =>
  right.kind === 'fact' ? right.place.text : shown(right.value)

type ValueChange = { readonly field: string; readonly values: readonly [string, string] }

/** Every value inside an answer that differs, by its place in words. */
const valueChanges = (before: unknown, after: unknown, place: string): readonly ValueChange[] => {
  if (isRecord(before) && isRecord(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])]
    return keys.flatMap((key) =>
      valueChanges(before[key], after[key], key === 'params' ? place : joined(place, key)),
    )
  }
  const values = [shownAt(place, before), shownAt(place, after)] as const
  return values[0] === values[1] ? [] : [{ field: place, values }]
}

const words: Readonly<Record<string, string>> = { pct: 'percent', abs: 'amount' }

const joined = (place: string, key: string): string =>
  `${place} ${words[key] ?? key.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)}`.trim()

/** An empty limit is not zero: it says that nothing is checked. */
const shownAt = (place: string, value: unknown): string =>
  value === null && /^(?:upper|lower) (?:percent|amount)$/.test(place)
    ? 'not checked'
    : shown(value)

const shown = (value: unknown): string => {
  if (value === undefined) return 'nothing'
  if (typeof value === 'string') return value
  if (isRecord(value)) {
    const entries = Object.entries(value).filter(([, one]) => one !== undefined)
    return entries.length === 0
      ? 'everybody'
      : entries.map(([key, one]) => `${key} ${shown(one)}`).join(', ')
  }
  return Array.isArray(value) ? value.map(shown).join(', ') : JSON.stringify(value)
}

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
