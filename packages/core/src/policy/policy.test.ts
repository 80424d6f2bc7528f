import { describe, expect, it } from 'vitest'
import { aPolicy, aPolicyReference, aRoute, aTolerance } from './policy.examples.ts'
import {
  Conduct,
  ExceedEffect,
  PlannedCheck,
  PolicyDecision,
  PolicyReference,
  PolicyScope,
  Route,
  Timing,
} from './policy.ts'
import { Limit, Tolerance } from './tolerance.ts'

const issuePathsOf = (result: {
  readonly error?: { readonly issues: readonly { path: PropertyKey[] }[] }
}) => result.error?.issues.map(({ path }) => path.join('/')) ?? []

describe('a limit', () => {
  it.each([null, '0', '0.00', '12.5'])('may be %j', (limit) => {
    expect(Limit.parse(limit)).toBe(limit)
  })

  it('keeps "not checked" and "checked against zero" apart', () => {
    expect(Limit.parse(null)).toBeNull()
    expect(Limit.parse('0')).toBe('0')
    expect(Limit.safeParse(undefined).success).toBe(false)
    expect(Limit.safeParse('').success).toBe(false)
  })

  it.each(['-1', '5 %', 5, 'unlimited'])('is never %j', (limit) => {
    expect(Limit.safeParse(limit).success).toBe(false)
  })
})

describe('a tolerance', () => {
  it.each(['upper', 'lower', 'combine', 'percentBase', 'lowerEffect', 'amountCurrency'] as const)(
    'is not complete without %s',
    (field) => {
      const { [field]: _left, ...rest } = aTolerance()
      expect(issuePathsOf(Tolerance.safeParse(rest))).toEqual([field])
    },
  )

  it('is not complete with one limit of two', () => {
    const tolerance = { ...aTolerance(), upper: { pct: '5' } }
    expect(issuePathsOf(Tolerance.safeParse(tolerance))).toEqual(['upper/abs'])
  })
})

describe('a route', () => {
  it('has an owner, a due time and who is called next (R-24)', () => {
    expect(Route.safeParse(aRoute()).success).toBe(true)
    expect(issuePathsOf(Route.safeParse({ ...aRoute(), ownerRole: '' }))).toEqual(['ownerRole'])
    expect(issuePathsOf(Route.safeParse({ ...aRoute(), dueBusinessHours: 0 }))).toEqual([
      'dueBusinessHours',
    ])
    const escalation = [{ afterBusinessHours: -1, toRole: 'head-of-purchasing' }]
    expect(issuePathsOf(Route.safeParse({ ...aRoute(), escalation }))).toEqual([
      'escalation/0/afterBusinessHours',
    ])
  })
})

describe('a clock', () => {
  it('may remind never and be never overdue, and says so', () => {
    const never = {
      remindAfterBusinessHours: [],
      escalateAfterBusinessHours: null,
      overdueAfterBusinessHours: null,
    }
    expect(Timing.parse(never)).toEqual(never)
    expect(Timing.safeParse({ ...never, overdueAfterBusinessHours: undefined }).success).toBe(false)
    expect(Timing.safeParse({ ...never, remindAfterBusinessHours: [1.5] }).success).toBe(false)
  })
})

describe('what an exceeded limit leads to', () => {
  it('is listed worst first', () => {
    expect(ExceedEffect.options[0]).toBe('reject')
    expect(ExceedEffect.options.at(-1)).toBe('warn')
  })
})

describe('a planned check', () => {
  it('names its comparison and the hold it would place', () => {
    const planned = {
      name: 'price',
      check: 'price-amount',
      holdCode: 'PRICE',
      onExceed: 'hold',
      parameters: { roundExpected: true },
    }
    expect(PlannedCheck.parse(planned)).toEqual(planned)
    expect(issuePathsOf(PlannedCheck.safeParse({ ...planned, holdCode: '' }))).toEqual(['holdCode'])
    expect(issuePathsOf(PlannedCheck.safeParse({ ...planned, onExceed: 'ignore' }))).toEqual([
      'onExceed',
    ])
  })
})

describe('a reference to a rule set', () => {
  it('is of an exact version with its hash', () => {
    expect(PolicyReference.parse(aPolicyReference)).toEqual(aPolicyReference)
    for (const hash of ['', 'e'.repeat(63), 'E'.repeat(64)]) {
      expect(issuePathsOf(PolicyReference.safeParse({ ...aPolicyReference, hash }))).toEqual([
        'hash',
      ])
    }
  })

  it('stands in each decision, with rules, reasons and facts as plain JSON', () => {
    const decision = {
      reference: aPolicyReference,
      firedRules: ['over-within-5-percent'],
      because: ['within 5 % of the ordered quantity'],
      facts: { 'discrepancy.percent': '4.5', 'item.stocked': null },
    }
    expect(PolicyDecision.parse(JSON.parse(JSON.stringify(decision)))).toEqual(decision)
    const facts = { days: 3n }
    expect(PolicyDecision.safeParse({ ...decision, facts }).success).toBe(false)
  })
})

describe('a scope', () => {
  it('always has a tenant, and as much of the rest as is known', () => {
    expect(PolicyScope.parse({ tenant: 'acme', supplier: 'S100' }).supplier).toBe('S100')
    expect(issuePathsOf(PolicyScope.safeParse({ supplier: 'S100' }))).toEqual(['tenant'])
    expect(PolicyScope.safeParse({ tenant: 'acme', region: 'north' }).success).toBe(false)
  })
})

describe('conduct', () => {
  it('leaves what is not said at the careful side, and rounds as told', () => {
    const { value } = aPolicy({ conduct: { roundingMode: 'half-even' } }).conduct({})
    expect(Conduct.parse(value)).toEqual(value)
    expect(value).toMatchObject({ partialRelease: false, roundingMode: 'half-even' })
    expect(value.assessImpact).toBeUndefined()
    expect(Conduct.safeParse({ ...value, roundingMode: 'up' }).success).toBe(false)
  })
})

describe('the example policy', () => {
  it('answers every question, with what it was given where it was given', () => {
    const check = PlannedCheck.parse({
      name: 'price',
      check: 'price-amount',
      holdCode: 'PRICE',
      onExceed: 'hold',
      parameters: {},
    })
    const policy = aPolicy({
      matching: ({ line }) => ({ checks: line === null ? [] : [check] }),
      routing: () => aRoute({ ownerRole: 'receiving' }),
      tolerance: () => aTolerance({ combine: 'both' }),
      timing: () =>
        Timing.parse({
          remindAfterBusinessHours: [2],
          escalateAfterBusinessHours: null,
          overdueAfterBusinessHours: 4,
        }),
    })
    expect(policy.matching({ line: null }).value.checks).toEqual([])
    expect(policy.matching({ line: { number: '1' } }).value.checks).toEqual([check])
    expect(policy.routing({}).value.ownerRole).toBe('receiving')
    expect(policy.tolerance({}).value.combine).toBe('both')
    expect(policy.timing({}).value.overdueAfterBusinessHours).toBe(4)
    expect(policy.references).toEqual([aPolicyReference])
  })

  it('checks nothing, accepts nothing over, and sends everything to the buyer where nothing is given', () => {
    const policy = aPolicy()
    expect(policy.matching({}).value.checks).toEqual([])
    expect(policy.tolerance({}).value.upper).toEqual({ abs: '0', pct: '0' })
    expect(policy.routing({}).value.ownerRole).toBe('buyer')
    expect(policy.timing({}).value.remindAfterBusinessHours).toEqual([9])
    expect(policy.conduct({}).decision.reference).toEqual(aPolicyReference)
  })
})
