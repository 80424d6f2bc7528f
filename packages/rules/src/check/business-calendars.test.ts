import {
  addDays,
  BusinessCalendar,
  CalendarDate,
  isBusinessDay,
  TimeOfDay,
} from '@counterfoil/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { opaqueText } from '../analyse/atoms.ts'
import { comparisonsIn } from '../evaluate/comparisons-in.ts'
import { decide, evaluateRecord } from '../evaluate/decide.ts'
import { evaluateRuleSet } from '../evaluate/evaluate-rule-set.ts'
import { writeDecisionRecord } from '../evaluate/write-decision-record.ts'
import { explainDecision } from '../explain/explain-decision.ts'
import { evaluateWithJsonRulesEngine } from '../json-rules-engine/evaluate-with-json-rules-engine.ts'
import { businessDaysBetween } from '../operators/business-days-between.ts'
import { createPolicy } from '../policy/create-policy.ts'
import { checkRuleSet } from '../rule-set/load-rule-set.ts'
import {
  aLoadedRuleSet,
  aRule,
  aRuleSet,
  aTable,
  aToleranceEvent,
  type ExampleJson,
} from '../rule-set/rule-set.examples.ts'

const aCalendar = (calendar: Partial<BusinessCalendar> = {}): BusinessCalendar =>
  BusinessCalendar.parse({
    id: 'oslo-2026',
    timeZone: 'Europe/Oslo',
    workingDays: [1, 2, 3, 4, 5],
    opens: '07:00',
    closes: '16:00',
    holidays: ['2026-12-24', '2026-12-25'],
    ...calendar,
  })
const day = (text: string): CalendarDate => CalendarDate.parse(text)
const oslo = aCalendar()
const noHolidays = aCalendar({ id: 'plain', holidays: [] })

const late = {
  all: [
    {
      fact: 'invoice',
      path: '$.dueDate',
      operator: 'later-than-2-business-days',
      value: '2026-12-22',
    },
  ],
}
const onOslo = (ruleSet: ExampleJson = {}, calendars = [oslo, noHolidays]) =>
  aLoadedRuleSet(
    { calendar: 'oslo-2026', rules: [aRule({ conditions: late })], ...ruleSet },
    { calendars },
  )
const due = (dueDate: string): { invoice: { dueDate: string } } => ({ invoice: { dueDate } })
const fired = (loaded: ReturnType<typeof onOslo>, dueDate: string): boolean =>
  evaluateRuleSet(loaded, due(dueDate)).fired.length > 0

describe('business days on a calendar', () => {
  it('leave out a holiday on the last day, and do not count the first', () => {
    expect(businessDaysBetween(day('2026-12-22'), day('2026-12-24'), oslo)).toBe(1)
    expect(businessDaysBetween(day('2026-12-22'), day('2026-12-23'), oslo)).toBe(1)
    expect(businessDaysBetween(day('2026-12-24'), day('2026-12-28'), oslo)).toBe(1)
  })

  it('are those it works, counted as one looks through them', () => {
    const days = fc.integer({ min: 0, max: 800 }).map((count) => addDays(day('2026-01-01'), count))
    const calendars = fc.record({
      workingDays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 7 }),
      holidays: fc.array(days, { maxLength: 30 }),
    })
    fc.assert(
      fc.property(days, days, calendars, (from, to, some) => {
        const calendar = aCalendar(some)
        let counted = 0
        for (let one = addDays(from, 1); one <= to; one = addDays(one, 1)) {
          if (isBusinessDay(one, calendar)) counted += 1
        }
        expect(businessDaysBetween(from, to, calendar)).toBe(counted)
      }),
      { numRuns: 300 },
    )
  })

  it.each([
    ['2026-12-24', false, true],
    ['2026-12-28', false, true],
    ['2026-12-25', false, true],
    ['2026-12-23', false, false],
    ['2026-12-29', true, true],
  ])('decide about %s as the calendar that is named does', (date, onHolidays, onAll) => {
    expect(fired(onOslo(), date)).toBe(onHolidays)
    expect(fired(onOslo({ calendar: 'plain' }), date)).toBe(date >= '2026-12-25' ? onAll : false)
  })

  it('are the same in json-rules-engine', async () => {
    for (const date of ['2026-12-24', '2026-12-25', '2026-12-28', '2026-12-29', '2026-12-30']) {
      const loaded = onOslo()
      const reference = await evaluateWithJsonRulesEngine(loaded, due(date))
      expect(evaluateRuleSet(loaded, due(date)).fired).toEqual(reference.fired)
    }
  })

  it('are each set its own where several answer together', () => {
    const event = aToleranceEvent({ upper: { abs: null, pct: '1' } })
    const rules = [aRule({ name: 'own', conditions: late, event })]
    const scope = { supplier: 'V-1' }
    const own = onOslo({ id: 'own-tolerance', calendar: 'plain', scope, rules })
    const policy = createPolicy({ ruleSets: [own, onOslo()] })
    expect(policy.tolerance(due('2026-12-28')).decision.firedRules).toEqual(['own'])
    expect(policy.tolerance(due('2026-12-24')).decision.firedRules).toEqual([])
  })

  it('are another question for the analysis on another calendar', () => {
    const texts = [onOslo(), onOslo({ calendar: 'plain' }), onOslo({ calendar: 'plain' })]
      .flatMap(({ rules }) => [...comparisonsIn(rules)])
      .map(opaqueText)
    expect(texts[0]).not.toBe(texts[1])
    expect(texts[1]).toBe(texts[2])
  })
})

describe('the calendar of a rule set', () => {
  it('goes to every comparison that counts business days, however deep, and to no other', () => {
    const day = { fact: 'invoice', path: '$.dueDate', operator: 'is-present', value: true }
    const deep = { any: [{ not: { all: [{ not: late.all[0] }, day] } }] }
    const calendarsIn = (calendar: string | undefined) => {
      const rules = [aRule({ conditions: deep })]
      const { rules: loaded } = aLoadedRuleSet(
        { rules, ...(calendar !== undefined && { calendar }) },
        { calendars: [oslo, noHolidays] },
      )
      return [...comparisonsIn(loaded)].map(({ operator, calendar: own }) => [operator, own?.id])
    }
    const names = ['later-than-business-days', 'is-present'] as const
    expect(calendarsIn('oslo-2026')).toEqual([
      [names[0], 'oslo-2026'],
      [names[1], undefined],
    ])
    expect(calendarsIn(undefined)).toEqual(names.map((name) => [name, undefined]))
    const loaded = onOslo({ rules: [aRule({ conditions: deep })] })
    expect(['2026-12-28', '2026-12-29'].map((date) => fired(loaded, date))).toEqual([false, true])
  })

  it('is part of its hash by the days it works, so that a record is replayed on the same days', () => {
    const { hash } = onOslo().reference
    const sameDays = aCalendar({
      holidays: [day('2026-12-25'), day('2026-12-24'), day('2026-12-24')],
      workingDays: [5, 4, 3, 2, 1],
      opens: TimeOfDay.parse('06:00'),
    })
    const saturdays = aCalendar({ workingDays: [1, 2, 3, 4, 5, 6] })
    expect(onOslo({}, [saturdays]).reference.hash).not.toBe(hash)
    const moreHolidays = aCalendar({ holidays: [...oslo.holidays, day('2026-12-28')] })
    expect(onOslo({}, [sameDays]).reference.hash).toBe(hash)
    const other = onOslo({}, [moreHolidays])
    expect(other.reference.hash).not.toBe(hash)
    const record = decide(onOslo(), due('2026-12-29'))
    expect(writeDecisionRecord(decide(onOslo({}, [sameDays]), due('2026-12-29')))).toBe(
      writeDecisionRecord(record),
    )
    expect(explainDecision(onOslo(), record).answers).toHaveLength(1)
    expect(() => evaluateRecord(other, record)).toThrow(/load the version it was made with/)
  })

  it('is taken over with the set it extends, and replaced for all its rules and rows', () => {
    const columns = [{ fact: 'invoice', path: '$.dueDate', operator: 'later-than-2-business-days' }]
    const table = aTable({ columns, rows: [['2026-12-22', '2', 'late']] })
    const base = onOslo({ rules: [], tables: [table] })
    const extending = (more: ExampleJson) =>
      aLoadedRuleSet(
        { id: 'own', extends: 'receiving-tolerance@1.0.0', rules: [], ...more },
        { bases: [base], calendars: [oslo, noHolidays] },
      )
    expect(extending({}).calendar).toEqual(oslo)
    expect(fired(extending({}), '2026-12-28')).toBe(false)
    const replaced = extending({ calendar: 'plain' })
    expect(fired(replaced, '2026-12-28')).toBe(true)
    expect(replaced.overrides.settings).toContainEqual({
      field: 'calendar',
      here: 'plain',
      extended: 'oslo-2026',
    })
  })

  it.each<[string, readonly BusinessCalendar[], string]>([
    ['none is given', [], 'no calendar `"oslo-2026"`: give it beside the rule set'],
    [
      'it is not among those given',
      [noHolidays, aCalendar({ id: 'half', holidays: [] })],
      'no calendar `"oslo-2026"`: use one of `plain`, `half`',
    ],
    [
      'two have its id',
      [oslo, aCalendar({ holidays: [] })],
      'there is more than one calendar `"oslo-2026"`: give each its own id',
    ],
  ])('has to be found: refused where %s', (_, calendars, sentence) => {
    const json = aRuleSet({ calendar: 'oslo-2026' })
    expect(checkRuleSet(json, { calendars })).toEqual([{ pointer: '/calendar', sentence }])
  })
})
