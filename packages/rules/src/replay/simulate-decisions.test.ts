import type { PolicyFacts } from '@counterfoil/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decide } from '../evaluate/decide.ts'
import { evaluateRuleSet } from '../evaluate/evaluate-rule-set.ts'
import { writeDecisionRecord } from '../evaluate/write-decision-record.ts'
import type { LoadedRuleSet } from '../rule-set/loaded-rule-set.ts'
import {
  aLoadedRuleSet,
  aRule,
  aToleranceEvent,
  type ExampleJson,
} from '../rule-set/rule-set.examples.ts'
import { simulateDecisions } from './simulate-decisions.ts'

const at = (place: string, operator: string, value: unknown): ExampleJson => {
  const [fact, ...steps] = place.split('.')
  return { fact, operator, value, ...(steps.length === 0 ? {} : { path: `$.${steps.join('.')}` }) }
}

const isOver = at('discrepancy.kind', 'equal', 'over-shipment')
const upTo = (pct: string): ExampleJson => aToleranceEvent({ upper: { abs: null, pct } })

/** A version that lets so many percent pass where all conditions hold. */
const version = (number: string, pct: string, conditions: readonly ExampleJson[]): LoadedRuleSet =>
  aLoadedRuleSet({
    version: number,
    rules: [aRule({ conditions: { all: conditions }, event: upTo(pct) })],
  })

const lineOf = (loaded: LoadedRuleSet, facts: PolicyFacts): string =>
  writeDecisionRecord(decide(loaded, facts))

const simulate = (
  candidate: LoadedRuleSet,
  versions: readonly LoadedRuleSet[],
  lines: readonly string[],
) => {
  const simulator = simulateDecisions({ versions, candidate })
  for (const [index, line] of lines.entries()) simulator.add(line, index + 1)
  return simulator.report()
}

const over4 = { discrepancy: { kind: 'over-shipment', percent: '4' } }
const short = { discrepancy: { kind: 'short-shipment', percent: '-4' } }

const approval = (number: string, below: string): LoadedRuleSet => {
  const amount = at('approval.exposure.amount', 'decimal-below', below)
  const currency = at('approval.exposure.currency', 'equal', 'EUR')
  const supplier = at('supplier.id', 'is-present', true)
  return aLoadedRuleSet({
    id: 'house-approval',
    kind: 'approval',
    version: number,
    rules: [
      {
        name: 'small',
        priority: 2,
        conditions: { all: [amount, currency, supplier] },
        event: { type: 'approval', params: { outcome: 'not-needed', because: 'small' } },
      },
      {
        name: 'all-others',
        conditions: { all: [at('approval', 'is-present', true)] },
        event: { type: 'approval', params: { outcome: 'refused', because: 'too much' } },
      },
    ],
  })
}

const asked = (amount: string, id: string) => ({
  approval: { decisionType: 'change', exposure: { amount, currency: 'EUR' } },
  supplier: { id },
})

describe('recorded decisions under another version (R-97)', () => {
  it('names those that come out otherwise, with their line, both answers and what was looked at', () => {
    const [old, next] = [version('1.0.0', '5', [isOver]), version('1.1.0', '3', [isOver])]
    const report = simulate(next, [old], [lineOf(old, short), lineOf(old, over4)])
    expect(report).toMatchObject({ lines: 2, decisions: 2, notTried: [], otherRuleSets: 0 })
    expect(report.changed).toMatchObject([
      {
        line: 2,
        ruleSet: 'receiving-tolerance',
        version: '1.0.0',
        before: [{ event: { params: { upper: { pct: '5' } } } }],
        after: [{ event: { params: { upper: { pct: '3' } } } }],
        facts: { 'discrepancy.kind': 'over-shipment' },
      },
    ])
    expect(report.rules).toEqual({
      'no rule': { before: 1, after: 1 },
      'over-within-5-percent': { before: 1, after: 1 },
    })
  })

  it('takes another reason, or another rule that says the same, for no change', () => {
    const old = version('1.0.0', '5', [isOver])
    const event = aToleranceEvent({ because: 'said in other words' })
    const next = aLoadedRuleSet({ version: '1.1.0', rules: [aRule({ name: 'over', event })] })
    const report = simulate(next, [old], [lineOf(old, over4)])
    expect(report.changed).toEqual([])
    expect(report.rules).toEqual({
      over: { before: 0, after: 1 },
      'over-within-5-percent': { before: 1, after: 0 },
    })
  })

  it('adds up what is newly held and released, by supplier and currency', () => {
    const [old, next] = [approval('1.0.0', '100'), approval('1.1.0', '50')]
    const facts = [
      asked('60', 'V-1'),
      asked('70.50', 'V-1'),
      asked('99', 'V-2'),
      asked('10', 'V-2'),
    ]
    const tighter = simulate(
      next,
      [old],
      facts.map((one) => lineOf(old, one)),
    )
    expect(tighter.suppliers).toEqual([
      { supplier: 'V-1', currency: 'EUR', decisions: 2, newlyHeld: '130.50', newlyReleased: '0' },
      { supplier: 'V-2', currency: 'EUR', decisions: 1, newlyHeld: '99', newlyReleased: '0' },
    ])
    const looser = simulate(
      old,
      [next],
      facts.map((one) => lineOf(next, one)),
    )
    expect(looser.suppliers.map(({ newlyReleased }) => newlyReleased)).toEqual(['130.50', '99'])
  })

  it.each<[string, ExampleJson, ExampleJson | null]>([
    ['a percentage past the new limit', { percent: '4' }, { newlyHeld: '80', newlyReleased: '0' }],
    ['a percentage within both', { percent: '2' }, { newlyHeld: '0', newlyReleased: '0' }],
    [
      'less than expected, which is let pass',
      { percent: '-9' },
      { newlyHeld: '0', newlyReleased: '0' },
    ],
    ['no percentage', { percent: null }, null],
  ])('weighs a tolerance by the measured difference: %s', (_, measured, value) => {
    const places = ['discrepancy.percent', 'line.amount', 'invoice.currency']
    const looksAt = places.map((place) => ({ any: [at(place, 'is-present', true), isOver] }))
    const [old, next] = [
      version('1.0.0', '5', [isOver, ...looksAt]),
      version('1.1.0', '3', [isOver]),
    ]
    const facts = {
      discrepancy: { kind: 'over-shipment', ...measured },
      line: { amount: '80' },
      invoice: { currency: 'USD' },
    }
    const [change] = simulate(next, [old], [lineOf(old, facts)]).changed
    expect(change?.value).toEqual(value === null ? null : { currency: 'USD', ...value })
  })

  it('counts apart what another rule set decided, or the same for somebody else', () => {
    const old = version('1.0.0', '5', [isOver])
    const others = [
      aLoadedRuleSet({ id: 'other-tolerance' }),
      aLoadedRuleSet({ version: '0.9.0', scope: { supplier: 'V-1' } }),
    ]
    const lines = [old, ...others].map((one) => lineOf(one, over4))
    const unknown = lineOf(aLoadedRuleSet({ id: 'nobody-has-it' }), over4)
    const report = simulate(old, [old, ...others], [...lines, unknown])
    expect(report).toMatchObject({ lines: 4, decisions: 1, otherRuleSets: 3, notTried: [] })
  })

  it('tries a set on what the set it extends decided', () => {
    const old = version('1.0.0', '5', [isOver])
    const own = aLoadedRuleSet(
      {
        id: 'house-tolerance',
        extends: 'receiving-tolerance@1.0.0',
        rules: [aRule({ event: upTo('1') })],
      },
      { bases: [old] },
    )
    expect(simulate(own, [old], [lineOf(old, over4)]).changed).toHaveLength(1)
  })
})

describe('a line that cannot be tried', () => {
  const old = version('1.0.0', '5', [isOver])
  const next = version('1.1.0', '3', [isOver, at('supplier.class', 'equal', 'A')])

  it.each<[string, string, string, RegExp]>([
    ['is no decision', 'hello', 'unreadable', /as `writeDecisionRecord` wrote it/],
    ['is JSON of something else', '{"ruleSet":"a"}', 'unreadable', /no decision, at `version`/],
    [
      'is of a version that is not here',
      lineOf(version('0.9.0', '9', [isOver]), over4),
      'other-version',
      /`receiving-tolerance@0\.9\.0` with the hash `[0-9a-f]{12}` is not here/,
    ],
    [
      'was changed since',
      lineOf(old, over4).replace('over-shipment', 'short-shipment'),
      'not-reproduced',
      /does not decide so on these facts/,
    ],
    [
      'was given another name',
      lineOf(old, over4).replace('receiving-tolerance@1.0.0', 'receiving-tolerance@9.9.9'),
      'not-reproduced',
      /its hash is that of `receiving-tolerance@1\.0\.0`: the line was changed/,
    ],
    [
      'says that another rule fired',
      JSON.stringify({ ...decide(old, over4), fired: '3' }),
      'not-reproduced',
      /does not decide so on these facts: the line was changed/,
    ],
    [
      'keeps a place that is none',
      JSON.stringify({ ...decide(old, over4), given: '3', slots: ['over-shipment', 'V-1'] }),
      'not-reproduced',
      /does not look at the places it keeps: the line was changed/,
    ],
    [
      'keeps a value too many',
      JSON.stringify({ ...decide(old, over4), slots: ['over-shipment', 'V-1'] }),
      'not-reproduced',
      /does not look at the places it keeps: the line was changed/,
    ],
    [
      'does not hold what the new version looks at',
      lineOf(old, over4),
      'fact-missing',
      /whether `over-within-5-percent` applies hangs on `supplier\.class`/,
    ],
  ])('is told with its number where it %s', (_, line, reason, sentence) => {
    const report = simulate(next, [old], [lineOf(old, short), line])
    expect(report).toMatchObject({ lines: 2, decisions: 1, changed: [] })
    expect(report.notTried).toEqual([
      { line: 2, reason, sentence: expect.stringMatching(sentence) },
    ])
  })

  it('takes the record as JSON too', () => {
    const line = JSON.stringify(decide(old, short))
    expect(simulate(next, [old], [line])).toMatchObject({ decisions: 1, notTried: [] })
  })
})

describe('what a record does not hold', () => {
  const class_ = at('supplier.class', 'equal', 'A')

  it('does not matter where the answer is the same either way', () => {
    const old = version('1.0.0', '5', [isOver])
    const next = aLoadedRuleSet({
      version: '1.1.0',
      rules: [
        aRule({ name: 'first', priority: 2, event: upTo('3') }),
        aRule({ name: 'class-a', conditions: { all: [class_] }, event: upTo('9') }),
      ],
    })
    const report = simulate(next, [old], [lineOf(old, over4), lineOf(old, short)])
    expect(report.changed).toMatchObject([{ line: 1, after: [{ rule: 'first' }] }])
    expect(report.notTried).toMatchObject([{ line: 2, reason: 'fact-missing' }])
  })

  it('is known to be nothing inside nothing, and a record is known to be there by what is in it', () => {
    const old = version('1.0.0', '5', [at('supplier', 'is-present', false), isOver])
    const next = version('1.1.0', '3', [class_, at('discrepancy', 'is-present', true)])
    expect(simulate(next, [old], [lineOf(old, over4)])).toMatchObject({
      decisions: 1,
      changed: [{ line: 1, after: [] }],
    })
  })

  it('is never guessed: what is decided again is what the whole facts would have given', () => {
    const conditions = [
      isOver,
      class_,
      at('discrepancy.percent', 'decimal-at-most', '4'),
      at('supplier', 'is-present', true),
      at('item.stocked', 'equal', true),
      at('item', 'is-present', true),
    ]
    const someConditions = fc.subarray(conditions, { minLength: 1, maxLength: 3 })
    const rules = fc
      .array(fc.tuple(fc.constantFrom('all', 'any'), someConditions), {
        minLength: 1,
        maxLength: 3,
      })
      .map((some) =>
        some.map(([kind, own], index) =>
          aRule({
            name: `r${index}`,
            priority: 9 - index,
            conditions: { [kind]: own },
            event: upTo(String(index)),
          }),
        ),
      )
    const facts = fc.record(
      {
        discrepancy: fc.constantFrom(over4.discrepancy, short.discrepancy, null),
        supplier: fc.constantFrom({ id: 'V', class: 'A' }, { id: 'V' }, null),
        item: fc.constantFrom({ stocked: true }, { stocked: null }, {}, null),
      },
      { requiredKeys: [] },
    )
    let tried = 0
    fc.assert(
      fc.property(rules, rules, facts, (before, after, given) => {
        const [old, next] = [
          aLoadedRuleSet({ rules: before }),
          aLoadedRuleSet({ version: '1.1.0', rules: after }),
        ]
        const report = simulate(next, [old], [lineOf(old, given)])
        expect(report.decisions + report.notTried.length).toBe(1)
        tried += report.decisions
        const nameOf = (loaded: LoadedRuleSet) => evaluateRuleSet(loaded, given).answers[0]?.rule
        const [was, is] = [nameOf(old), nameOf(next)]
        if (report.decisions === 0) return
        const expected: Record<string, object> = { [was ?? 'no rule']: { before: 1, after: 0 } }
        expected[is ?? 'no rule'] = { before: was === is ? 1 : 0, after: 1 }
        expect(report.rules).toEqual(expected)
      }),
      { numRuns: 200, seed: 7 },
    )
    expect(tried).toBeGreaterThan(80)
  })
})
