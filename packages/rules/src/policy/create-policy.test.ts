import {
  calendarDate,
  canonicalJson,
  Conduct,
  hashOf,
  MatchLevel,
  PlannedCheck,
  PolicyDecision,
  Route,
  Timing,
  Tolerance,
} from '@counterfoil/core'
import { describe, expect, it } from 'vitest'
import { loadRuleSet } from '../rule-set/load-rule-set.ts'
import {
  aCheckEvent,
  aConductEvent,
  aLoadedRuleSet,
  aRouteEvent,
  aRule,
  aTimingEvent,
  aToleranceEvent,
  type ExampleJson,
} from '../rule-set/rule-set.examples.ts'
import { createPolicy } from './create-policy.ts'
import { createPolicySource } from './create-policy-source.ts'
import { answersMax } from './memory.ts'
import { defaultsReference, policyDefaults } from './policy-defaults.ts'

const whenOrder = { all: [{ fact: 'order', operator: 'is-present', value: true }] }
const whenCurrency = (value: string) => ({
  all: [{ fact: 'order', path: '$.currency', operator: 'equal', value }],
})
const pct = (value: string) =>
  aToleranceEvent({ upper: { abs: null, pct: value }, because: `${value} %` })
const eur = { order: { currency: 'EUR' } }
const usd = { order: { currency: 'USD' } }

const matchingSet = (ruleSet: ExampleJson = {}) =>
  aLoadedRuleSet({
    id: 'match',
    kind: 'matching',
    rules: [aRule({ name: 'price', conditions: whenOrder, event: aCheckEvent() })],
    ...ruleSet,
  })

describe('a policy', () => {
  it('answers with the rule that fires, its set, its reason and the facts it saw', () => {
    const set = aLoadedRuleSet({
      rules: [aRule({ name: 'euro', conditions: whenCurrency('EUR') })],
    })
    const { value, decision } = createPolicy({ ruleSets: [set] }).tolerance(eur)
    expect(value).toEqual({
      upper: { abs: null, pct: '5' },
      lower: { abs: null, pct: null },
      combine: 'either',
      percentBase: 'line',
      lowerEffect: 'ignore',
      amountCurrency: 'transaction',
    })
    expect(decision).toEqual({
      reference: set.reference,
      firedRules: ['euro'],
      because: ['within 5 % of the ordered quantity'],
      facts: { 'order.currency': 'EUR' },
    })
    expect(PolicyDecision.parse(decision)).toEqual(decision)
  })

  it('routes, times and conducts by the first rule', () => {
    const routing = aLoadedRuleSet({
      id: 'routing',
      kind: 'routing',
      rules: [
        aRule({ name: 'route', conditions: whenOrder, event: aRouteEvent() }),
        aRule({ name: 'timing', conditions: whenOrder, event: aTimingEvent() }),
      ],
    })
    const matching = matchingSet({
      rules: [aRule({ name: 'conduct', conditions: whenOrder, event: aConductEvent() })],
    })
    const policy = createPolicy({ ruleSets: [routing, matching] })
    expect(policy.routing(eur)).toMatchObject({
      value: { ownerRole: 'buyer' },
      decision: { firedRules: ['route'] },
    })
    expect(policy.timing(eur)).toMatchObject({
      value: { overdueAfterBusinessHours: 24 },
      decision: { firedRules: ['timing'] },
    })
    expect(policy.conduct(eur)).toMatchObject({
      value: { partialRelease: true },
      decision: { firedRules: ['conduct'] },
    })
    expect(policy.references.map(({ ruleSet }) => ruleSet)).toEqual(['match', 'routing'])
  })

  it('plans all checks that fire, in order, and keeps one object for the parameters of a check', () => {
    const set = matchingSet({
      rules: [
        aRule({ name: 'price', conditions: whenOrder, event: aCheckEvent() }),
        aRule({
          name: 'quantity',
          priority: 9,
          conditions: whenOrder,
          event: aCheckEvent({ name: 'quantity', check: 'quantity-open-received' }),
        }),
        aRule({
          name: 'stranger',
          conditions: whenCurrency('CHF'),
          event: aCheckEvent({ name: 'currency' }),
        }),
      ],
    })
    const policy = createPolicy({ ruleSets: [set] })
    const { value, decision } = policy.matching(eur)
    expect(value.checks.map(({ name }) => name)).toEqual(['quantity', 'price'])
    expect(decision.firedRules).toEqual(['quantity', 'price'])
    expect(decision.because).toHaveLength(2)
    expect(policy.matching(usd).value.checks[0]?.parameters).toBe(value.checks[0]?.parameters)
  })

  it('lets the narrower scope answer, and the wider where that says nothing', () => {
    const wide = aLoadedRuleSet({
      id: 'wide',
      rules: [aRule({ conditions: whenOrder, priority: 99, event: pct('1') })],
    })
    const narrow = aLoadedRuleSet({
      id: 'narrow',
      scope: { businessUnit: 'north' },
      rules: [aRule({ conditions: whenCurrency('EUR'), event: pct('9') })],
    })
    const policy = createPolicy({ ruleSets: [wide, narrow] })
    expect(policy.tolerance(eur).decision).toMatchObject({
      reference: narrow.reference,
      because: ['9 %'],
    })
    expect(policy.tolerance(usd).decision).toMatchObject({
      reference: wide.reference,
      because: ['1 %'],
    })
    expect(policy.references).toEqual([narrow.reference, wide.reference])
  })

  it('takes the plan of the narrowest set that plans checks, also where it plans none for a line', () => {
    const wide = matchingSet()
    const narrow = matchingSet({
      id: 'narrow',
      scope: { supplier: 'S1' },
      rules: [aRule({ conditions: whenCurrency('EUR'), event: aCheckEvent({ name: 'other' }) })],
    })
    const conduct = matchingSet({
      id: 'conduct',
      scope: { item: 'I1' },
      rules: [aRule({ conditions: whenOrder, event: aConductEvent() })],
    })
    const policy = createPolicy({ ruleSets: [wide, narrow, conduct] })
    expect(policy.matching(eur).value.checks.map(({ name }) => name)).toEqual(['other'])
    expect(policy.matching(usd)).toMatchObject({
      value: { checks: [] },
      decision: { reference: narrow.reference, firedRules: [] },
    })
  })

  it('asks sets of one scope by priority, whichever was loaded first', () => {
    const a = aLoadedRuleSet({
      id: 'a',
      rules: [aRule({ conditions: whenOrder, event: pct('1') })],
    })
    const b = aLoadedRuleSet({
      id: 'b',
      rules: [aRule({ conditions: whenCurrency('EUR'), priority: 2, event: pct('2') })],
    })
    for (const ruleSets of [
      [a, b],
      [b, a],
    ]) {
      const policy = createPolicy({ ruleSets })
      expect(policy.tolerance(eur).decision.because).toEqual(['2 %'])
      expect(policy.tolerance(usd).decision.because).toEqual(['1 %'])
      expect(policy.references).toEqual([a.reference, b.reference])
    }
  })

  it('takes the last of several versions of one set, whichever was loaded first; others by their scope', () => {
    const version = (number: string, effectiveFrom: string, percent: string, more: object = {}) =>
      aLoadedRuleSet({
        version: number,
        effectiveFrom,
        rules: [aRule({ conditions: whenOrder, event: pct(percent) })],
        ...more,
      })
    const versions = [
      version('1.9.0', '2026-01-01', '1'),
      version('1.10.0', '2026-01-01', '2'),
      version('1.0.0', '2025-01-01', '3'),
    ]
    for (const ruleSets of [versions, versions.toReversed()]) {
      const policy = createPolicy({ ruleSets })
      expect(policy.references.map((one) => one.version)).toEqual(['1.10.0'])
      expect(policy.tolerance(eur).value.upper.pct).toBe('2')
    }
    const north = version('1.0.0', '2025-01-01', '4', { scope: { businessUnit: 'north' } })
    const both = createPolicy({ ruleSets: [...versions, north] })
    expect(both.references.map((one) => one.version)).toEqual(['1.0.0', '1.10.0'])
  })

  it('is refused where two sets of one scope contradict each other', () => {
    const a = aLoadedRuleSet({
      id: 'a',
      rules: [aRule({ conditions: whenOrder, event: pct('1') })],
    })
    const b = aLoadedRuleSet({
      id: 'b',
      rules: [aRule({ name: 'other', conditions: whenCurrency('EUR'), event: pct('2') })],
    })
    expect(() => createPolicy({ ruleSets: [a, b] })).toThrow(
      'cannot load rule set `b@1.0.0`, at `/rules/0/priority`: `other` and `over-within-5-percent` of `a@1.0.0` may both fire at priority 1 and say different things: give one, or its set, a higher priority, or let its set have a narrower scope, extend the other or be a later version of it',
    )
    expect(() =>
      createPolicy({ ruleSets: [matchingSet(), matchingSet({ id: 'match-too' })] }),
    ).toThrow(
      'cannot load rule set `match-too@1.0.0`, at `/scope`: `match@1.0.0` and `match-too@1.0.0` both plan checks for the same scope: let one extend the other, or give one set a higher priority',
    )
  })
})

describe('a question no rule answers', () => {
  const silent = createPolicy({ ruleSets: [aLoadedRuleSet()] })
  const none = createPolicy({ ruleSets: [] })

  it('gets the default, which says that it is one', () => {
    expect(silent.tolerance({ discrepancy: { kind: 'split' } })).toEqual({
      value: policyDefaults.tolerance.value,
      decision: {
        reference: defaultsReference,
        firedRules: [],
        because: ['no rule accepts a difference here, so none is accepted'],
        facts: { 'discrepancy.kind': 'split' },
      },
    })
    expect(defaultsReference).toEqual({
      ruleSet: 'counterfoil-defaults',
      version: '1.0.0',
      hash: hashOf(policyDefaults),
    })
  })

  it('gets an answer core can use, of every kind and for no facts at all', () => {
    expect(Tolerance.parse(none.tolerance({}).value)).toEqual(policyDefaults.tolerance.value)
    expect(Route.parse(none.routing({}).value)).toEqual(policyDefaults.routing.value)
    expect(Timing.parse(none.timing({}).value)).toEqual(policyDefaults.timing.value)
    expect(Conduct.parse(none.conduct({}).value)).toEqual(policyDefaults.conduct.value)
    expect(none.matching({}).value.checks.map((check) => PlannedCheck.parse(check).check)).toEqual([
      'duplicate-exact',
      'currency',
    ])
    expect(none.matching({ line: { number: '1' } }).value.checks.map(({ check }) => check)).toEqual(
      ['price-amount', 'quantity-open-received'],
    )
  })

  it('accepts no difference: no limit of the default is left unchecked', () => {
    const { upper, lower } = policyDefaults.tolerance.value
    expect([upper, lower]).toEqual([
      { abs: null, pct: '0' },
      { abs: null, pct: '0' },
    ])
  })
})

describe('equal questions', () => {
  it('get equal answers to the byte, from any policy made of the same sets (INV-18)', () => {
    const set = aLoadedRuleSet({ rules: [aRule({ conditions: whenCurrency('EUR') })] })
    const [first, second] = [createPolicy({ ruleSets: [set] }), createPolicy({ ruleSets: [set] })]
    for (const facts of [eur, usd, {}, eur]) {
      expect(JSON.stringify(first.tolerance(facts))).toBe(JSON.stringify(second.tolerance(facts)))
      expect(JSON.stringify(first.tolerance(facts))).toBe(
        JSON.stringify(first.tolerance(structuredClone(facts))),
      )
    }
  })

  it('get one frozen answer where rules read no amounts, and never one for other facts', () => {
    const set = aLoadedRuleSet({
      rules: [
        aRule({ conditions: whenCurrency('EUR'), event: pct('1') }),
        aRule({
          name: 'header',
          priority: 2,
          conditions: { all: [{ fact: 'line', operator: 'is-present', value: false }] },
          event: pct('2'),
        }),
        aRule({
          name: 'freight',
          priority: 3,
          conditions: {
            all: [{ fact: 'invoice', path: '$.chargeCodes', operator: 'contains', value: 'FR' }],
          },
          event: pct('3'),
        }),
      ],
    })
    const { tolerance } = createPolicy({ ruleSets: [set] })
    const because = (facts: ExampleJson) => tolerance(facts).decision.because
    expect(tolerance({ ...eur, line: { number: '1' } })).toBe(
      tolerance({ ...eur, line: { number: '2' } }),
    )
    expect(Object.isFrozen(tolerance(eur).decision.facts)).toBe(true)
    expect(because({ ...eur, line: {} })).toEqual(['1 %'])
    expect(because({ ...eur, line: null })).toEqual(['2 %'])
    expect(because(eur)).toEqual(['2 %'])
    expect(because({ ...eur, line: {}, invoice: { chargeCodes: ['FR'] } })).toEqual(['3 %'])
    expect(because({ ...eur, line: {}, invoice: { chargeCodes: ['HA'] } })).toEqual(['1 %'])
    expect(tolerance({ ...eur, line: [] }).decision.facts).not.toEqual(
      tolerance({ ...eur, line: {} }).decision.facts,
    )
  })

  it('are still answered right after more different ones than are kept', () => {
    const set = aLoadedRuleSet({ rules: [aRule({ conditions: whenCurrency('C7') })] })
    const { tolerance } = createPolicy({ ruleSets: [set] })
    for (let index = 0; index < answersMax + 10; index += 1) {
      const { decision } = tolerance({ order: { currency: `C${index}` } })
      expect(decision.firedRules).toHaveLength(index === 7 ? 1 : 0)
      expect(decision.facts).toEqual({ 'order.currency': `C${index}` })
    }
    expect(tolerance({ order: { currency: 'C7' } }).decision.firedRules).toHaveLength(1)
  })

  it('on amounts are answered by the amounts', () => {
    const conditions = {
      all: [{ fact: 'discrepancy', path: '$.percent', operator: 'decimal-above', value: '10' }],
    }
    const { tolerance } = createPolicy({
      ruleSets: [aLoadedRuleSet({ rules: [aRule({ conditions })] })],
    })
    const fired = (percent: string) =>
      tolerance({ discrepancy: { percent } }).decision.firedRules.length
    expect(['10', '10.01', '10.00', '9', '100'].map(fired)).toEqual([0, 1, 0, 0, 1])
    // Of facts without the amount the answer is the same object, and an amount is seen again after it.
    expect(tolerance({})).toBe(tolerance({}))
    expect(['10.01', '10'].map(fired)).toEqual([1, 0])
  })
})

describe('a source of policies', () => {
  const day = calendarDate('2026-12-24')
  const base = aLoadedRuleSet({ rules: [aRule({ conditions: whenOrder, event: pct('1') })] })
  const north = loadRuleSet(
    {
      ...base.ruleSet,
      id: 'north',
      scope: { businessUnit: 'north' },
      extends: 'receiving-tolerance@1.0.0',
      rules: [],
      switchedOff: ['over-within-5-percent'],
    },
    { bases: [base] },
  )

  it('pins the versions in force for the scope and the day, and makes each policy once (R-128)', () => {
    const later = aLoadedRuleSet({
      version: '1.1.0',
      effectiveFrom: '2027-01-01',
      effectiveTo: '2027-01-31',
      rules: base.ruleSet.rules,
    })
    const { pick } = createPolicySource([base, later])
    expect(pick({ tenant: 't' }, day).references).toEqual([base.reference])
    expect(pick({ tenant: 't' }, calendarDate('2027-01-31')).references).toEqual([later.reference])
    expect(pick({ tenant: 't' }, calendarDate('2027-02-01'))).toBe(pick({ tenant: 'other' }, day))
    expect(pick({ tenant: 't' }, calendarDate('2020-01-01')).references).toEqual([])
  })

  it('puts a set that extends another in its place, so that what it switched off stays off (R-78)', () => {
    const { pick } = createPolicySource([base, north])
    const policy = pick({ tenant: 't', businessUnit: 'north' }, day)
    expect(policy.references).toEqual([north.reference])
    expect(policy.tolerance(eur).decision.reference).toEqual(defaultsReference)
    expect(pick({ tenant: 't', businessUnit: 'south' }, day).references).toEqual([base.reference])
  })

  it('keeps a narrower set beside a wider one that extends it', () => {
    const pilot = aLoadedRuleSet({ id: 'pilot', scope: { supplier: 'S1' } })
    const all = loadRuleSet(
      { ...pilot.ruleSet, id: 'all', scope: {}, extends: 'pilot@1.0.0', rules: [] },
      { bases: [pilot] },
    )
    const { pick } = createPolicySource([pilot, all])
    expect(pick({ tenant: 't', supplier: 'S1' }, day).references).toEqual([
      pilot.reference,
      all.reference,
    ])
  })

  it('finds contradictions when it is made, on the day they begin', () => {
    const other = (more: ExampleJson) =>
      aLoadedRuleSet({
        id: 'other',
        rules: [aRule({ name: 'b', conditions: whenCurrency('EUR'), event: pct('2') })],
        ...more,
      })
    expect(() => createPolicySource([base, other({ effectiveFrom: '2028-01-01' })])).toThrow('`b`')
    const ended = aLoadedRuleSet({ effectiveTo: '2027-12-31', rules: base.ruleSet.rules })
    expect(() => createPolicySource([ended, other({ effectiveFrom: '2028-01-01' })])).not.toThrow()
    expect(() => createPolicySource([base, other({ scope: { item: 'I1' } })])).not.toThrow()
  })

  it('names a contradiction that two scopes together bring about when it picks for both', () => {
    const rulesOf = (limit: string) => [aRule({ conditions: whenOrder, event: pct(limit) })]
    const forNorth = { scope: { businessUnit: 'north' } }
    const one = aLoadedRuleSet({ id: 'one', ...forNorth, rules: rulesOf('5') })
    const other = aLoadedRuleSet({ id: 'other', ...forNorth, rules: rulesOf('3') })
    const inItsPlace = loadRuleSet(
      { ...one.ruleSet, id: 'deal', extends: 'one@1.0.0', rules: rulesOf('3') },
      { bases: [one] },
    )
    const forSupplier = { version: '2.0.0', scope: { supplier: 'S1' }, rules: rulesOf('9') }
    const sets = [one, other, inItsPlace, aLoadedRuleSet({ id: 'deal', ...forSupplier })]
    const { pick } = createPolicySource(sets)
    expect(pick({ tenant: 't', businessUnit: 'north' }, day).references).toHaveLength(2)
    expect(pick({ tenant: 't', supplier: 'S1' }, day).references).toHaveLength(1)
    expect(() => pick({ tenant: 't', businessUnit: 'north', supplier: 'S1' }, day)).toThrow(
      'cannot load rule set `other@1.0.0`, at `/rules/0/priority`: `over-within-5-percent` and `over-within-5-percent` of `one@1.0.0` may both fire',
    )
  })

  it('refuses one version given twice', () => {
    expect(() => createPolicySource([base, base])).toThrow(
      '`receiving-tolerance@1.0.0` is given twice: give each version once',
    )
    expect(() => createPolicySource([base, aLoadedRuleSet()])).toThrow(
      'is given twice with different content',
    )
  })
})

describe('what rules say', () => {
  it('reaches core as the schemas of core know it, match levels included', () => {
    const event = aConductEvent({
      matchLevels: { legalEntity: 'two-way', supplier: [], item: [], itemAndSupplier: [] },
    })
    const set = matchingSet({ rules: [aRule({ conditions: whenOrder, event })] })
    const { value } = createPolicy({ ruleSets: [set] }).conduct(eur)
    expect(canonicalJson(Conduct.parse(value))).toBe(canonicalJson(value))
    expect(MatchLevel.parse(value.matchLevels?.legalEntity)).toBe('two-way')
  })
})

describe('sets of equal scope that contradict each other', () => {
  const set = (id: string, limit: string, priority?: number) =>
    aLoadedRuleSet({
      id,
      ...(priority === undefined ? {} : { priority }),
      rules: [aRule({ name: id, conditions: whenOrder, event: pct(limit) })],
    })

  it('are refused where their priority is the same', () => {
    expect(() => createPolicy({ ruleSets: [set('a', '5'), set('b', '6')] })).toThrow(
      /may both fire at priority 1 and say different things: give one, or its set, a higher priority/,
    )
  })

  it.each([
    ['first', [set('a', '5'), set('b', '6', 2)]],
    ['last', [set('b', '6', 2), set('a', '5')]],
  ])('are answered by the set of higher priority, the other loaded %s', (_, ruleSets) => {
    const { decision } = createPolicy({ ruleSets }).tolerance(eur)
    expect(decision.firedRules).toEqual(['b'])
  })
})
