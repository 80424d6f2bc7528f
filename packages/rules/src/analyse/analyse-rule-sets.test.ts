import { CalendarDate, Decimal } from '@counterfoil/core'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { RuleSetCase } from '../cases/rule-set-case.ts'
import { evaluateRuleSet } from '../evaluate/evaluate-rule-set.ts'
import type { FetchedFacts } from '../fetch/fetched-facts.ts'
import { factsOfKind } from '../facts/facts-of-kind.ts'
import type { LoadRuleSetOptions } from '../rule-set/load-rule-set.ts'
import type { LoadedRuleSet } from '../rule-set/loaded-rule-set.ts'
import {
  aCheckEvent,
  aConductEvent,
  aLoadedRuleSet,
  aRouteEvent,
  aRule,
  aToleranceEvent,
  type ExampleJson,
} from '../rule-set/rule-set.examples.ts'
import { analyseRuleSets } from './analyse-rule-sets.ts'
import type { AnalysisFindingKind } from './analysis-finding.ts'

const on = (fact: string, path: string, operator: string, value: unknown) => ({
  fact,
  path,
  operator,
  value,
})
const kind = (value: string) => on('discrepancy', '$.kind', 'equal', value)
const percent = (operator: string, value: string) =>
  on('discrepancy', '$.percent', `decimal-${operator}`, value)

/** What was found of some kinds, with where and how grave it is. */
const found = (sets: readonly LoadedRuleSet[], ...kinds: readonly AnalysisFindingKind[]) =>
  analyseRuleSets(sets)
    .findings.filter((finding) => kinds.includes(finding.kind))
    .map(({ severity, pointer, sentence }) => `${severity} ${pointer} ${sentence}`)

describe('the analysis of a rule set', () => {
  it('says which rules never fire, never answer and might as well not be there, and what is left open', () => {
    const set = aLoadedRuleSet({
      rules: [
        aRule({
          name: 'upside-down',
          conditions: { all: [percent('above', '5'), percent('below', '5.0')] },
        }),
        aRule({ name: 'any-split', priority: 3, conditions: { all: [kind('split')] } }),
        aRule({
          name: 'large-split',
          priority: 2,
          conditions: { all: [kind('split'), percent('above', '5')] },
          event: aToleranceEvent({ combine: 'both' }),
        }),
        aRule({
          name: 'backorder',
          priority: 2,
          conditions: { all: [kind('backorder')] },
          event: aToleranceEvent({ because: 'as agreed' }),
        }),
        aRule({
          name: 'small-backorder',
          priority: 3,
          conditions: { all: [kind('backorder'), percent('at-most', '5')] },
          event: aToleranceEvent({ because: 'as agreed' }),
        }),
      ],
    })
    expect(found([set], 'never', 'unreachable', 'redundant')).toEqual([
      'error /rules/0 `upside-down` can never fire, its conditions contradict each other: correct them or remove the rule',
      'warning /rules/2 `large-split` never answers, `any-split` always goes before it wherever it fires: give it a higher priority, narrow the others, or remove it',
      'warning /rules/4 without `small-backorder` the same would be decided, by `backorder`: remove it',
    ])
    expect(found([set], 'gap')).toEqual([
      'information /rules no rule says how far values may differ where `discrepancy.kind` is other than `split` or `backorder`, ' +
        'of facts where `discrepancy` is given: the default answers; add a rule if that is not meant',
    ])
  })

  it('shows facts for what it says, which the evaluator agrees with', () => {
    const set = aLoadedRuleSet({
      rules: [
        aRule({
          name: 'over',
          conditions: { all: [kind('over-shipment'), percent('below', '5')] },
        }),
        aRule({
          name: 'far-over',
          priority: 2,
          conditions: { all: [kind('over-shipment'), percent('at-least', '4.5')] },
          event: aToleranceEvent({ combine: 'both' }),
        }),
      ],
    })
    const { findings, exact } = analyseRuleSets([set])
    expect(findings.map((finding) => finding.kind)).toEqual(['gap', 'overlap'])
    for (const { witness } of findings) {
      expect(factsOfKind.tolerance.safeParse(witness).success).toBe(true)
    }
    expect(evaluateRuleSet(set, findings[0]?.witness ?? {}).fired).toEqual([])
    expect(evaluateRuleSet(set, findings[1]?.witness ?? {}).fired).toEqual(['far-over', 'over'])
    expect(exact).toBe(true)
  })

  it('names the comparisons it does not look into, and then calls nothing exact', () => {
    const same = on('order', '$.currency', 'equal', { fact: 'invoice', path: '$.currency' })
    const present = ['order', 'invoice'].map((fact) => ({
      fact,
      operator: 'is-present',
      value: true,
    }))
    const set = aLoadedRuleSet({ rules: [aRule({ conditions: { all: [...present, same] } })] })
    const { opaque, exact, findings } = analyseRuleSets([set])
    expect(opaque).toEqual([
      {
        ruleSet: 'receiving-tolerance@1.0.0',
        comparison: 'order.currency equal invoice.currency',
        pointer: '/rules/0/conditions/all/2',
        why: 'two places of the facts are compared',
      },
    ])
    expect(exact).toBe(false)
    const [gap] = findings
    expect(gap?.sentence).toContain('`order.currency equal invoice.currency` does not hold')
    expect(evaluateRuleSet(set, gap?.witness ?? {}).fired).toEqual([])
    expect(gap?.witness).toBeDefined()
  })

  it('reports limits left blank, which are no limits', () => {
    const blank = { abs: null, pct: null }
    const events: readonly ExampleJson[] = [
      { upper: blank },
      { upper: blank, lower: { abs: null, pct: '2' }, lowerEffect: 'hold' },
      { lowerEffect: 'hold' },
      { lowerEffect: 'ignore' },
    ]
    const rules = events.map((params, index) =>
      aRule({ name: `r${index}`, priority: index + 1, event: aToleranceEvent(params) }),
    )
    expect(found([aLoadedRuleSet({ rules })], 'blank-limit')).toEqual([
      'warning /rules/0/event/params/upper `r0` passes any difference above, since blank limits are no limits: write "0" for none allowed, or show in a case that it is meant, which expects `null` there',
      'information /rules/1/event/params/upper `r1` passes any difference above, since blank limits are no limits: write "0" for none allowed, or show in a case that it is meant, which expects `null` there',
      'information /rules/2/event/params/lower `r2` passes any difference below, since blank limits are no limits: write "0" for none allowed, or show in a case that it is meant, which expects `null` there',
    ])
  })

  it('takes a blank limit for meant where a case in which the rule decides expects it', () => {
    const blank = { abs: null, pct: null }
    const set = aLoadedRuleSet({ rules: [aRule({ event: aToleranceEvent({ upper: blank }) })] })
    const shown = (upper: object, discrepancy: object) => {
      const one = RuleSetCase.parse({
        name: 'as much as there is',
        facts: { discrepancy },
        expect: { outcome: { tolerance: { upper } }, firedRules: ['over-within-5-percent'] },
      })
      const cases = { 'receiving-tolerance@1.0.0': [one] }
      const { findings } = analyseRuleSets([set], { cases })
      return findings.find((finding) => finding.kind === 'blank-limit')
    }
    const over = { kind: 'over-shipment' }
    expect(shown(blank, over)).toMatchObject({
      severity: 'information',
      sentence: expect.stringContaining('a case shows that it is meant'),
      witness: { discrepancy: over },
    })
    expect(shown({ abs: null }, over)?.severity).toBe('information')
    expect(shown(blank, { kind: 'split' })?.severity).toBe('warning')
    expect(shown({ abs: null, pct: '5' }, over)?.severity).toBe('warning')
    expect(shown({}, over)?.severity).toBe('warning')
  })

  it('tells a gap once, also where two types of answer are missing and where it reaches into another', () => {
    const invoice = on('invoice', '$.type', 'in', ['standard', 'debit'])
    const level = on('line', '$.matchLevel', 'in', ['two-way', 'three-way'])
    const set = aLoadedRuleSet({
      kind: 'matching',
      rules: [
        aRule({ name: 'price', conditions: { all: [level, invoice] }, event: aCheckEvent() }),
        aRule({ name: 'conduct', conditions: { all: [level, invoice] }, event: aConductEvent() }),
      ],
    })
    expect(found([set], 'gap')).toEqual([
      'information /rules no rule plans a check or says how the invoice is conducted where `invoice.type` is other than `standard` or `debit`, ' +
        'of facts where `line` is given, `line.matchLevel` is given, `invoice` is given: the default answers; add a rule if that is not meant',
      'information /rules no rule plans a check or says how the invoice is conducted where `line.matchLevel` is other than `two-way` or `three-way`, ' +
        'of facts where `line` is given, `line.matchLevel` is given, `invoice` is given: the default answers; add a rule if that is not meant',
    ])
  })

  it('tells a gap that is everywhere', () => {
    const never = [kind('split'), kind('backorder')]
    const set = aLoadedRuleSet({ rules: [aRule({ conditions: { all: never } })] })
    expect(found([set], 'gap')).toEqual([
      'information /rules no rule says how far values may differ: the default answers; add a rule if that is not meant',
    ])
  })

  it('shows facts that are fetched under their full names, those no rule asks for included', () => {
    const fetched: FetchedFacts = {
      creditRating: {
        value: z.object({ grade: z.enum(['A', 'B']), since: CalendarDate.nullable() }).nullable(),
        params: z.strictObject({ agency: z.string() }),
      },
      isHoliday: { value: z.boolean(), params: z.strictObject({}) },
      limits: {
        value: z.object({ byRegion: z.record(z.string(), z.object({ most: Decimal })) }),
        params: z.strictObject({}),
      },
    }
    const rated = (value: string) => ({
      ...on('creditRating', '$.grade', 'equal', value),
      params: { agency: 'D&B' },
    })
    const holiday = { fact: 'isHoliday', params: {}, operator: 'equal', value: true }
    const most = {
      ...on('limits', '$.byRegion.north.most', 'decimal-above', '10'),
      params: {},
    }
    const set = aLoadedRuleSet(
      {
        rules: [
          aRule({ name: 'good', priority: 3, conditions: { all: [rated('A')] } }),
          aRule({
            name: 'good-on-holidays',
            priority: 2,
            conditions: { all: [rated('A'), holiday, most] },
            event: aToleranceEvent({ combine: 'both' }),
          }),
        ],
      },
      { fetched },
    )
    const { findings } = analyseRuleSets([set])
    expect(findings.map(({ kind, witness }) => [kind, witness])).toEqual([
      [
        'unreachable',
        {
          'creditRating({"agency":"D&B"})': { grade: 'A', since: null },
          'isHoliday({})': true,
          'limits({})': { byRegion: { north: { most: '11' } } },
        },
      ],
      [
        'gap',
        {
          'creditRating({"agency":"D&B"})': { grade: 'B', since: null },
          'isHoliday({})': true,
          'limits({})': { byRegion: {} },
        },
      ],
      ['overlap', findings[0]?.witness],
    ])
  })

  it('names rules no case shows deciding, where cases are given', () => {
    const set = aLoadedRuleSet()
    const silent = RuleSetCase.parse({
      name: 'nothing',
      facts: {},
      expect: { outcome: 'nothing fires', firedRules: [] },
    })
    const cases = { 'receiving-tolerance@1.0.0': [silent] }
    const sentences = (options: Parameters<typeof analyseRuleSets>[1]) =>
      analyseRuleSets([set], options).findings.filter((finding) => finding.kind === 'no-case')
    expect(sentences({ cases })).toMatchObject([
      { severity: 'warning', pointer: '/rules/0', rules: ['over-within-5-percent'] },
    ])
    expect(sentences({})).toEqual([])
  })
})

const decision = (value: string) => on('approval', '$.decisionType', 'equal', value)
const upTo = (value: string) => on('approval', '$.exposure.amount', 'decimal-at-most', value)
const notNeeded = { outcome: 'not-needed', because: 'small' }
const needed = (roles: readonly string[], more: ExampleJson = {}) => ({
  outcome: 'needed',
  steps: [{ roles, mode: 'any', dueBusinessHours: 8, escalateToRole: null, ...more }],
  fourEyes: false,
  because: 'more is at stake',
})

type Draft = readonly [name: string, conditions: readonly unknown[], params: ExampleJson]

/** An approval matrix; earlier rules go first. */
const aMatrix = (...drafts: readonly Draft[]): LoadedRuleSet => aMatrixWith({}, ...drafts)

const aMatrixWith = (options: LoadRuleSetOptions, ...drafts: readonly Draft[]): LoadedRuleSet =>
  aLoadedRuleSet(
    {
      id: 'approvals',
      kind: 'approval',
      owner: 'internal-control',
      rules: drafts.map(([name, all, params], index) => ({
        name,
        priority: drafts.length - index,
        conditions: { all },
        event: { type: 'approval', params },
      })),
    },
    options,
  )

describe('the analysis of an approval matrix', () => {
  it('finds a larger amount that needs less approval', () => {
    const odd = aMatrix(
      ['small', [decision('order'), upTo('100')], needed(['manager'])],
      ['middle', [decision('order'), upTo('1000')], notNeeded],
      ['large', [decision('order')], needed(['director', 'manager'], { mode: 'all' })],
    )
    expect(found([odd], 'less-for-more')).toEqual([
      'warning /rules/1 `middle` asks for less approval than `small`, and for more money, where `approval.decisionType` is `order`, ' +
        '`approval.exposure.amount` is above `100` and at most `1000`: let the larger amount need at least as much',
    ])
    const even = aMatrix(
      ['small', [decision('order'), upTo('100')], notNeeded],
      ['middle', [decision('order'), upTo('1000')], needed(['manager'])],
      ['large', [decision('order')], needed(['director', 'manager'], { mode: 'all' })],
      ['change', [decision('change')], notNeeded],
    )
    expect(found([even], 'less-for-more')).toEqual([])
  })

  it('finds a step that calls whoever did not answer once more', () => {
    const matrix = aMatrix([
      'order',
      [decision('order')],
      needed(['manager'], { escalateToRole: 'manager' }),
    ])
    expect(found([matrix], 'calls-itself')).toEqual([
      'warning /rules/0/event/params/steps/0/escalateToRole step 1 of `order` asks `manager` and, when nobody answers, `manager` again: call somebody else, or nobody',
    ])
  })
})

const aTolerance = (check: string, upper: ExampleJson, more: ExampleJson = {}): LoadedRuleSet =>
  aLoadedRuleSet({
    rules: [
      aRule({
        name: 'limit',
        conditions: { all: [on('check', '$.check', 'equal', check)] },
        event: aToleranceEvent({ upper, ...more }),
      }),
    ],
  })

describe('a tolerance beside an approval matrix', () => {
  const matrix = aMatrix(
    ['small', [decision('accept-variance'), upTo('100')], notNeeded],
    ['large', [decision('accept-variance')], needed(['ap-manager'])],
  )

  it.each<[string, LoadedRuleSet, readonly string[]]>([
    ['as much as it lets pass', aTolerance('price-amount', { abs: '100.00', pct: null }), []],
    [
      'a cent more',
      aTolerance('price-amount', { abs: '100.01', pct: null }),
      ['warning 100.01 with nobody asked'],
    ],
    [
      'no limit',
      aTolerance('price-amount', { abs: null, pct: null }),
      ['warning any size, so of 100.01'],
    ],
    [
      'a percentage, which passes any amount of a large line',
      aTolerance('price-amount', { abs: null, pct: '5' }),
      ['information 5 %, so a difference of 100.01 on a line of 2000.2'],
    ],
    [
      'a percentage and an amount below it',
      aTolerance('price-amount', { abs: '50', pct: '5' }),
      [],
    ],
    [
      'a percentage or an amount, whichever is more',
      aTolerance('price-amount', { abs: '50', pct: '5' }, { combine: 'both' }),
      ['information 5 %'],
    ],
    ['nothing', aTolerance('price-amount', { abs: null, pct: '0' }), []],
    [
      'pieces instead of money',
      aTolerance('quantity-open-received', { abs: '500', pct: null }),
      [],
    ],
  ])('is held against what it lets pass unasked: %s', (_, tolerance, expected) => {
    const { findings } = analyseRuleSets([tolerance, matrix])
    const beyond = findings.filter((finding) => finding.kind === 'beyond-authority')
    expect(beyond).toHaveLength(expected.length)
    for (const [index, text] of expected.entries()) {
      const [severity = '', ...words] = text.split(' ')
      expect(beyond[index]?.severity).toBe(severity)
      expect(beyond[index]?.sentence).toContain(words.join(' '))
      expect(beyond[index]?.rules).toEqual(['limit', 'approvals@1.0.0/large'])
      const answers = evaluateRuleSet(matrix, beyond[index]?.witness ?? {}).answers
      expect(answers.map(({ rule }) => rule)).toEqual(['large'])
    }
  })
})

describe('sets in force together', () => {
  const north = { businessUnit: 'north' }
  const matrix = aMatrix(
    ['small', [decision('accept-variance'), upTo('100')], notNeeded],
    ['large', [decision('accept-variance')], needed(['ap-manager'])],
  )
  const wide = (more: ExampleJson): LoadedRuleSet =>
    aLoadedRuleSet({
      rules: [
        aRule({
          name: 'limit',
          conditions: { all: [on('check', '$.check', 'equal', 'price-amount')] },
          event: aToleranceEvent({ upper: { abs: '150', pct: null } }),
        }),
      ],
      ...more,
    })
  const beyond = (...sets: readonly LoadedRuleSet[]) =>
    analyseRuleSets(sets).findings.filter(({ kind: one }) => one === 'beyond-authority')

  it('are held against each other: a tolerance against the matrix of its day and scope', () => {
    expect(beyond(wide({}), matrix)).toHaveLength(1)
    expect(beyond(wide({ effectiveTo: '2026-12-31' }), matrix)).toHaveLength(1)
    const gone = wide({ effectiveFrom: '2026-01-01', effectiveTo: '2026-11-30' })
    expect(beyond(gone, matrix)).toEqual([])
    expect(beyond(gone, wide({ version: '1.1.0', scope: north }), matrix)).toMatchObject([
      { ruleSet: 'receiving-tolerance@1.1.0' },
    ])
  })

  it('are held against the narrower matrix where there is one', () => {
    const allows = aLoadedRuleSet({
      id: 'north-approvals',
      kind: 'approval',
      scope: north,
      rules: [
        aRule({
          name: 'more',
          conditions: { all: [decision('accept-variance'), upTo('200')] },
          event: { type: 'approval', params: notNeeded },
        }),
      ],
    })
    expect(beyond(wide({ scope: north }), matrix, allows)).toEqual([])
    expect(beyond(wide({ scope: { businessUnit: 'south' } }), matrix, allows)).toHaveLength(1)
    expect(beyond(wide({}), matrix, allows)).toHaveLength(1)
  })

  it('say which answers where they disagree, however many of their own rules go before', () => {
    const limit = (name: string, priority: number, pct: string, more: readonly unknown[] = []) =>
      aRule({
        name,
        priority,
        conditions: { all: [kind('split'), ...more] },
        event: aToleranceEvent({ upper: { abs: null, pct } }),
      })
    const own = [
      limit('small', 3, '1', [percent('at-most', '5')]),
      limit('middle', 2, '2', [percent('at-most', '10')]),
      limit('large', 1, '3'),
    ]
    const base = aLoadedRuleSet({ id: 'base', rules: own })
    const other = aLoadedRuleSet({ id: 'other', priority: 2, rules: [limit('any', 1, '2')] })
    const disagreements = analyseRuleSets([base, other]).findings.filter(
      (finding) => finding.kind === 'disagreement',
    )
    expect(disagreements.map(({ rules }) => rules)).toEqual([
      ['base@1.0.0/small', 'other@1.0.0/any'],
      ['base@1.0.0/large', 'other@1.0.0/any'],
    ])
    for (const { rules, witness, sentence } of disagreements) {
      expect(sentence).toContain('the first answers, by the priority of the set')
      const { answers } = evaluateRuleSet(base, witness ?? {})
      expect(answers.map(({ rule }) => `base@1.0.0/${rule}`)).toEqual(rules.slice(0, 1))
    }
    const extending = aLoadedRuleSet(
      { id: 'extending', extends: 'base@1.0.0', rules: [limit('large', 1, '4')] },
      { bases: [base] },
    )
    const found = analyseRuleSets([base, extending]).findings
    expect(found.filter((finding) => finding.kind === 'disagreement')).toEqual([])
  })

  it('plan the checks of one of them only, and that is said of the other', () => {
    const plan = (more: ExampleJson) => aLoadedRuleSet({ kind: 'matching', ...more })
    const conditions = { all: [on('line', '$.matchLevel', 'equal', 'two-way')] }
    const sets = [
      plan({ id: 'a', rules: [aRule({ name: 'price', conditions, event: aCheckEvent() })] }),
      plan({
        id: 'b',
        scope: north,
        rules: [aRule({ name: 'price', conditions, event: aCheckEvent() })],
      }),
    ]
    const [finding, ...more] = analyseRuleSets(sets).findings.filter(
      ({ kind: one }) => one === 'disagreement',
    )
    expect(more).toEqual([])
    expect(finding?.ruleSet).toBe('a@1.0.0')
    expect(finding?.sentence).toContain(
      'the checks of `b@1.0.0` are made instead of its own from 2026-12-01 on for businessUnit `north`, its scope being the narrower one',
    )
    expect(finding?.witness).toEqual({ line: { matchLevel: 'two-way' } })
  })
})

describe('an approval matrix that looks at a fetched fact', () => {
  it('is asked with facts in which it was fetched', () => {
    const fetched: FetchedFacts = {
      isPeriodClosed: { value: z.boolean(), params: z.strictObject({}) },
    }
    const closed = { fact: 'isPeriodClosed', params: {}, operator: 'equal', value: true }
    const matrix = aMatrixWith(
      { fetched },
      ['closed', [decision('accept-variance'), closed], needed(['controller'])],
      ['small', [decision('accept-variance'), upTo('100')], notNeeded],
      ['large', [decision('accept-variance')], needed(['ap-manager'])],
    )
    const tolerance = aTolerance('price-amount', { abs: '150', pct: null })
    const [beyond] = analyseRuleSets([tolerance, matrix]).findings.filter(
      (finding) => finding.kind === 'beyond-authority',
    )
    expect(beyond?.witness).toMatchObject({
      approval: { exposure: { amount: '150' } },
      'isPeriodClosed({})': expect.any(Boolean),
    })
    const { answers } = evaluateRuleSet(matrix, beyond?.witness ?? {})
    expect(answers.map(({ rule }) => `approvals@1.0.0/${rule}`)).toEqual(beyond?.rules.slice(1))
  })
})

describe('duties to be kept apart', () => {
  const routing = (codes: readonly string[], ownerRole: string): LoadedRuleSet =>
    aLoadedRuleSet({
      id: 'desks',
      kind: 'routing',
      rules: [
        aRule({
          name: 'desk',
          conditions: { all: [on('exception', '$.code', 'in', codes)] },
          event: aRouteEvent({ ownerRole }),
        }),
      ],
    })
  const release = aMatrix(['release', [decision('release-hold')], needed(['ap'])])

  it('are found in one role: correcting invoices and releasing holds', () => {
    expect(found([routing(['MISSING_DATA'], 'ap'), release], 'duties')).toEqual([
      'warning /rules/0 `ap` corrects invoices (`desks@1.0.0/desk`) and releases holds (`approvals@1.0.0/release`): give one of them to another role',
      'warning /rules/0 `ap` answers for the exceptions of `desk` and alone approves what settles them (`approvals@1.0.0/release`): let another role answer, or one more agree',
    ])
    expect(found([routing(['MISSING_DATA'], 'clerk'), release], 'duties')).toEqual([])
  })

  it('are found where the owner of an exception alone approves what settles it', () => {
    const about = on('approval', '$.exceptionCode', 'equal', 'PRICE_OVER')
    const matrix = aMatrix([
      'accept',
      [decision('accept-variance'), about],
      needed(['buyer', 'controller']),
    ])
    const sentence =
      'warning /rules/0 `buyer` answers for the exceptions of `desk` and alone approves what settles them (`approvals@1.0.0/accept`): let another role answer, or one more agree'
    expect(found([routing(['PRICE_OVER'], 'buyer'), matrix], 'duties')).toEqual([sentence])
    expect(found([routing(['PRICE_UNDER'], 'buyer'), matrix], 'duties')).toEqual([])
    const both = aMatrix([
      'accept',
      [decision('accept-variance'), about],
      needed(['buyer', 'controller'], { mode: 'all' }),
    ])
    expect(found([routing(['PRICE_OVER'], 'buyer'), both], 'duties')).toEqual([])
  })

  it('are information where somebody else has to agree as well', () => {
    const policy = (params: ExampleJson) => aMatrix(['rules', [decision('policy-change')], params])
    const set = aLoadedRuleSet({ owner: 'process-owner' })
    expect(found([set, policy(needed(['process-owner']))], 'duties')).toEqual([
      'warning /rules/0 `process-owner` owns the rules (`receiving-tolerance@1.0.0/owner`) and approves changes of rules (`approvals@1.0.0/rules`): give one of them to another role',
    ])
    const fourEyes = { ...needed(['process-owner']), fourEyes: true }
    expect(found([set, policy(fourEyes)], 'duties')[0]).toMatch(
      /^information .*another has to agree/,
    )
    expect(found([set, policy(needed(['controller']))], 'duties')).toEqual([])
  })
})
