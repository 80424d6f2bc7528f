import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileRules } from '../check/compile-rules.ts'
import type { CheckedRule } from '../evaluate/checked-rule.ts'
import { evaluateRuleSet } from '../evaluate/evaluate-rule-set.ts'
import { factsOfKind } from '../facts/facts-of-kind.ts'
import type { LoadedRuleSet } from '../rule-set/loaded-rule-set.ts'
import { RuleSet } from '../rule-set/rule-set.ts'
import { aLoadedRuleSet, aRule, aRuleSet, aToleranceEvent } from '../rule-set/rule-set.examples.ts'
import { analyseRules } from './analyse-rules.ts'
import { cellsOfAxis } from './atoms.ts'
import type { Box } from './box.ts'
import { eachCell, hasCell } from './cells.ts'
import type { Space } from './space.ts'
import { factsIn } from './witness.ts'

/** Rules brought into the checked form without the checks of a whole set, so that anything can be analysed. */
const checked = (rules: readonly unknown[]): readonly CheckedRule[] => {
  const set = RuleSet.parse(aRuleSet({ rules }))
  const merged = set.rules.map((rule, ownIndex) => ({ rule, ownIndex, from: 'a@1.0.0' }))
  return compileRules(merged, 'tolerance', new Map(), {}).rules
}

/** What the random rules are about. */
const about = { kind: 'tolerance', facts: factsOfKind.tolerance } as const

const loaded = aLoadedRuleSet()

/** Which of the rules fire, in order, as the evaluator says. */
const firing = (rules: readonly CheckedRule[]): ((facts: object) => readonly string[]) => {
  const set: LoadedRuleSet = { ...loaded, rules }
  return (facts) => evaluateRuleSet(set, { ...facts }).fired
}

const kinds = ['split', 'backorder', 'rejection']
const percents = [undefined, null, '4', '5', '7.5', '10.0', '11']
const days = [undefined, 1, 2, 3, 4]
const flags = [undefined, true, false]

/** Facts on and between all values the random rules name. */
const grid = [
  null,
  ...kinds.flatMap((kind) =>
    percents.flatMap((percent) =>
      days.map((differenceDays) => ({ kind, percent, differenceDays })),
    ),
  ),
].flatMap((discrepancy) =>
  [null, ...flags.map((stocked) => ({ stocked }))].map((item) => ({ discrepancy, item })),
)

const at = (path: string, operator: string, value: unknown) => ({
  fact: 'discrepancy',
  ...(path === '' ? {} : { path }),
  operator,
  value,
})

const leaf = fc.oneof(
  fc
    .tuple(fc.constantFrom('equal', 'notEqual'), fc.constantFrom('split', 'backorder'))
    .map(([operator, value]) => at('$.kind', operator, value)),
  fc.constantFrom('in', 'notIn').map((operator) => at('$.kind', operator, ['split', 'backorder'])),
  fc
    .tuple(
      fc.constantFrom('above', 'at-least', 'below', 'at-most', 'equal'),
      fc.constantFrom('5', '5.0', '10'),
    )
    .map(([operator, value]) => at('$.percent', `decimal-${operator}`, value)),
  fc
    .tuple(
      fc.constantFrom(
        'lessThan',
        'lessThanInclusive',
        'greaterThan',
        'greaterThanInclusive',
        'equal',
      ),
      fc.constantFrom(2, 3),
    )
    .map(([operator, value]) => at('$.differenceDays', operator, value)),
  fc
    .tuple(fc.constantFrom('', '$.percent', '$.kind'), fc.boolean())
    .map(([path, value]) => at(path, 'is-present', value)),
  fc.boolean().map((value) => ({ fact: 'item', path: '$.stocked', operator: 'equal', value })),
  fc
    .tuple(fc.constantFrom('not:decimal-above', 'not:decimal-equal'), fc.constantFrom('5', '10'))
    .map(([operator, value]) => ({
      all: [at('$.percent', 'is-present', true), at('$.percent', operator, value)],
    })),
  fc.constant(at('$.percent', 'someValue:decimal-equal', ['5', '10.0'])),
  fc
    .constantFrom(['starts-with', 'spl'], ['ends-with', 'ckorder'], ['matches-pattern', 's?lit'])
    .map(([operator = '', value]) => at('$.kind', operator, value)),
  fc.constantFrom('split', 'backorder').map((value) => at('$.kind', 'not:equal', value)),
)

const { condition } = fc.letrec<{ condition: object; nested: object }>((tie) => ({
  nested: fc.oneof({ maxDepth: 2 }, leaf, tie('condition')),
  condition: fc.oneof(
    fc.array(tie('nested'), { minLength: 1, maxLength: 3 }).map((all) => ({ all })),
    fc.array(tie('nested'), { minLength: 1, maxLength: 3 }).map((any) => ({ any })),
    tie('nested').map((not) => ({ not })),
  ),
}))

const ruleSet = fc
  .array(
    fc.record({
      conditions: condition,
      priority: fc.integer({ min: 1, max: 3 }),
      pct: fc.constantFrom('1', '2'),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map((drafts) =>
    checked(
      drafts.map(({ conditions, priority, pct }, index) =>
        aRule({
          name: `r${index}`,
          conditions,
          priority,
          event: aToleranceEvent({ upper: { abs: null, pct } }),
        }),
      ),
    ),
  )

const says = (rules: readonly CheckedRule[], name: string | undefined): string => {
  const event = rules.find((rule) => rule.name === name)?.event
  return event?.type === 'tolerance' ? String(event.params.upper.pct) : 'nothing'
}

/** Every combination of cells that facts may have, each with facts in it. */
const everyCell = (
  space: Space,
): readonly { readonly cells: readonly number[]; readonly facts: object }[] => {
  const combinations = space.axes.reduce<readonly (readonly number[])[]>(
    (before, axis) =>
      before.flatMap((cells) => eachCell(cellsOfAxis(axis)).map((cell) => [...cells, cell])),
    [[]],
  )
  return combinations.flatMap((cells) => {
    const facts = factsIn(
      cells.map((cell) => [cell, cell]),
      space,
      factsOfKind.tolerance,
    )
    return facts === null ? [] : [{ cells, facts }]
  })
}

const isIn = (box: Box | null, cells: readonly number[]): boolean =>
  cells.every((cell, axis) => {
    const allowed = box?.[axis] ?? null
    return allowed === null || hasCell(allowed, cell)
  })

describe('the analysis of rules', () => {
  it('agrees with trying every kind of facts: which rules never fire, never answer, or meet', () => {
    fc.assert(
      fc.property(ruleSet, (rules) => {
        const analysis = analyseRules({ ...about, rules })
        const all = grid.map(firing(rules))
        const names = rules.map(({ name }) => name)
        const everFiring = names.filter((name) => all.some((one) => one.includes(name)))
        const answering = names.filter((name) => all.some(([first]) => first === name))
        expect(analysis.never.map(({ name }) => name).toSorted()).toEqual(
          names.filter((name) => !everFiring.includes(name)),
        )
        expect(analysis.unreachable.map(({ rule }) => rule.name).toSorted()).toEqual(
          everFiring.filter((name) => !answering.includes(name)),
        )
        const meeting = names.flatMap((first, index) =>
          names
            .slice(index + 1)
            .filter((second) => all.some((one) => one.includes(first) && one.includes(second)))
            .map((second) => `${first} ${second}`),
        )
        const found = analysis.overlaps.map(({ first, second }) =>
          [first.name, second.name].toSorted().join(' '),
        )
        expect(found.toSorted()).toEqual(meeting)
      }),
      { numRuns: 100 },
    )
  })

  it('calls two rules a conflict where neither goes first, by priority or as a row, under every hit policy', () => {
    const hitPolicies = fc.constantFrom(null, 'first' as const, 'unique' as const)
    const rows = fc.array(fc.boolean(), { minLength: 6, maxLength: 6 })
    fc.assert(
      fc.property(ruleSet, rows, hitPolicies, (plain, isRow, hitPolicy) => {
        const rules = plain.map((rule, row) =>
          isRow[row] === true ? { ...rule, table: 'limits', row } : rule,
        )
        const all = grid.map(firing(rules))
        const conflicting = rules.flatMap((first, index) =>
          rules
            .slice(index + 1)
            .filter(
              (second) =>
                hitPolicy === 'unique' ||
                (first.priority === second.priority &&
                  !(first.table === 'limits' && second.table === 'limits') &&
                  says(rules, first.name) !== says(rules, second.name)),
            )
            .filter(({ name }) => all.some((one) => one.includes(first.name) && one.includes(name)))
            .map((second) => `${first.name} ${second.name}`),
        )
        const found = analyseRules({ ...about, rules, hitPolicy })
          .overlaps.filter(({ isConflict }) => isConflict)
          .map(({ first, second }) => [first.name, second.name].toSorted().join(' '))
        expect(found.toSorted()).toEqual(conflicting.toSorted())
      }),
      { numRuns: 100 },
    )
  })

  it('calls a rule redundant where the rest says the same without it, and only there', () => {
    fc.assert(
      fc.property(ruleSet, (rules) => {
        const { never, unreachable, redundant } = analyseRules({ ...about, rules })
        const silent = [...never, ...unreachable.map(({ rule }) => rule)]
        const rest = rules.filter((rule) => !silent.includes(rule))
        const spoken = grid.map(firing(rules)).map(([first]) => says(rules, first))
        const spare = rest.filter((rule) => {
          const without = rest.filter((one) => one !== rule)
          return grid
            .map(firing(without))
            .every(([first], index) => says(without, first) === spoken[index])
        })
        expect(redundant.map(({ rule }) => rule.name).toSorted()).toEqual(
          spare.map(({ name }) => name),
        )
      }),
      { numRuns: 60 },
    )
  })

  it('finds every gap, and nothing else, in what all rules need', () => {
    fc.assert(
      fc.property(ruleSet, (rules) => {
        const { space, gaps } = analyseRules({ ...about, rules })
        const fired = firing(rules)
        for (const { cells, facts } of everyCell(space)) {
          for (const { frame, boxes } of gaps) {
            const isGap = isIn(frame, cells) && fired(facts).length === 0
            expect(boxes.some((box) => isIn(box, cells))).toBe(isGap)
          }
        }
      }),
      { numRuns: 60 },
    )
  })

  it('shows facts that the schema lets through and that do what is said of them', () => {
    fc.assert(
      fc.property(ruleSet, (rules) => {
        const { space, overlaps, gaps, unreachable } = analyseRules({ ...about, rules })
        const fired = firing(rules)
        const witness = (box: Box | null) => {
          const facts = box === null ? null : factsIn(box, space, factsOfKind.tolerance)
          expect(factsOfKind.tolerance.safeParse(facts).success).toBe(true)
          return fired(facts ?? {})
        }
        for (const { first, second, box } of overlaps) {
          expect(witness(box)).toEqual(expect.arrayContaining([first.name, second.name]))
        }
        for (const { rule, by, box } of unreachable) {
          const [answer, ...others] = witness(box)
          expect(others).toContain(rule.name)
          expect(by.map(({ name }) => name)).toContain(answer)
        }
        for (const { boxes } of gaps) for (const box of boxes) expect(witness(box)).toEqual([])
      }),
      { numRuns: 100 },
    )
  })
})
