import type {
  CheckedComparison,
  CheckedCondition,
  CheckedRule,
  FactPlace,
} from '../evaluate/checked-rule.ts'
import { atomKindOf, cellsOfAtom, cellsOfAxis, keyOfAtom, keyOfPlace, restOfAxis } from './atoms.ts'
import { type Axis, type AxisPlace, type AxisValues, namedValues, sizeOfValues } from './axis.ts'
import { type CellSet, cellsFrom, noCells } from './cells.ts'
import { comparedPrefixes, comparedValues } from './compared-values.ts'
import { rememberedFor } from './comparison-memo.ts'
import { noValueLimits, orderedValues, type ValueLimits } from './ordered-values.ts'

/** Everything the facts of some rules may differ in. */
export type Space = {
  readonly axes: readonly Axis[]
  readonly axisOf: ReadonlyMap<string, number>
  /** The axes of what lies in each. */
  readonly children: readonly (readonly number[])[]
  /** All cells of each axis, and those in which its place is there. */
  readonly wholes: readonly CellSet[]
  readonly presents: readonly CellSet[]
  /** The axis a comparison is about, and its cells where it holds and where it does not. */
  readonly atomOf: (comparison: CheckedComparison) => Atom
  /** Comparisons that are not looked into, one for each axis of them. */
  readonly opaque: readonly CheckedComparison[]
}

/** A comparison in the space: the number of its axis, -1 for none, and the cells on either side. */
export type Atom = {
  readonly axis: number
  readonly holds: CellSet
  readonly fails: CellSet
}

/** What the schema of the facts lets through at a place. */
export type LimitsOfPlace = (place: AxisPlace) => ValueLimits

type Draft = {
  readonly key: string
  readonly place: FactPlace | AxisPlace | null
  kind: Axis['kind']
  readonly parentKey: string | null
  readonly isMandatory: boolean
  readonly constants: Set<unknown>
  /** What texts are compared to begin with. */
  readonly prefixes: Set<string>
  readonly comparison: CheckedComparison | null
}

/** Finds out what the facts of some rules may differ in. */
export const makeSpace = (
  rules: readonly Pick<CheckedRule, 'condition'>[],
  limitsOf: LimitsOfPlace = () => noValueLimits,
): Space => {
  const drafts = new Map<string, Draft>()
  const seen = new Set<CheckedCondition>()
  const add = rememberedFor((comparison) => collectComparison(comparison, drafts))
  for (const { condition } of rules) collect(condition, add, seen)
  const list = [...drafts.values()]
  const axisOf = new Map(list.map(({ key }, index) => [key, index]))
  const axes = list.map((draft) => finish(draft, axisOf, limitsOf))
  const children = axes.map((): number[] => [])
  for (const [index, { parent }] of axes.entries()) children[parent]?.push(index)
  const wholes = axes.map(cellsOfAxis)
  const presents = axes.map(({ size }) => cellsFrom(1, size - 1))
  return {
    axes,
    axisOf,
    children,
    wholes,
    presents,
    atomOf: rememberedFor((comparison) => {
      const index = axisOf.get(keyOfAtom(comparison)) ?? -1
      const axis = axes[index]
      if (axis === undefined) return { axis: index, holds: noCells, fails: noCells }
      const holds = cellsOfAtom(comparison, axis)
      return { axis: index, holds, fails: restOfAxis(holds, axis) }
    }),
    opaque: list.flatMap(({ comparison }) => comparison ?? []),
  }
}

const collect = (
  condition: CheckedCondition,
  add: (comparison: CheckedComparison) => unknown,
  seen: Set<CheckedCondition>,
): void => {
  switch (condition.kind) {
    case 'comparison':
      add(condition)
      return
    case 'not':
      collect(condition.condition, add, seen)
      return
    case 'all':
    case 'any':
      // A named condition used in many rules is one object.
      if (seen.has(condition)) return
      seen.add(condition)
      for (const one of condition.conditions) collect(one, add, seen)
  }
}

/** Says that it was seen, so that it is not collected again. */
const collectComparison = (comparison: CheckedComparison, drafts: Map<string, Draft>): true => {
  const { left, right } = comparison
  const kind = atomKindOf(comparison)
  if (right.kind === 'fact') {
    addOpaque(comparison, null, drafts)
    return true
  }
  const isRecord = left.type.kind === 'record' || left.type.kind === 'list'
  const draft = addPlace(left, isRecord ? 'presence' : 'values', drafts)
  if (kind === 'opaque') addOpaque(comparison, left, drafts)
  if (kind === 'member') addMember(comparison, left, right.value, drafts)
  if (kind !== 'values') return true
  for (const one of comparedValues(comparison)) draft.constants.add(one)
  for (const one of comparedPrefixes(comparison) ?? []) draft.prefixes.add(one)
  if (left.type.kind !== 'text' || !textTests.has(comparison.operator)) return true
  for (const one of left.type.values ?? []) draft.constants.add(one)
  return true
}

const textTests: ReadonlySet<string> = new Set(['starts-with', 'ends-with', 'matches-pattern'])

const addOpaque = (
  comparison: CheckedComparison,
  left: FactPlace | null,
  drafts: Map<string, Draft>,
): void => {
  const key = keyOfAtom(comparison)
  if (drafts.has(key)) return
  drafts.set(key, {
    key,
    kind: 'opaque',
    place: left,
    comparison,
    constants: new Set(),
    prefixes: new Set(),
    parentKey: left === null ? null : keyOfPlace(left),
    isMandatory: true,
  })
}

const addMember = (
  comparison: CheckedComparison,
  left: FactPlace,
  member: unknown,
  drafts: Map<string, Draft>,
): void => {
  const key = keyOfAtom(comparison)
  if (drafts.has(key)) return
  drafts.set(key, {
    key,
    kind: 'member',
    place: left,
    comparison: null,
    constants: new Set([member]),
    prefixes: new Set(),
    parentKey: keyOfPlace(left),
    isMandatory: true,
  })
}

const addPlace = (place: FactPlace, kind: Axis['kind'], drafts: Map<string, Draft>): Draft => {
  const key = keyOfPlace(place)
  const known = drafts.get(key)
  if (known !== undefined) {
    if (kind === 'values') known.kind = kind
    return known
  }
  let parentKey: string | null = null
  for (const [index, text] of place.prefixes.entries()) {
    if (text === place.text || !place.missable.includes(text)) continue
    addPrefix(place, index, text, parentKey, drafts)
    parentKey = text
  }
  const isMandatory = !place.missable.includes(place.text)
  const draft: Draft = {
    key,
    kind,
    place,
    parentKey,
    isMandatory,
    constants: new Set(),
    prefixes: new Set(),
    comparison: null,
  }
  drafts.set(key, draft)
  return draft
}

const addPrefix = (
  place: FactPlace,
  depth: number,
  text: string,
  parentKey: string | null,
  drafts: Map<string, Draft>,
): void => {
  if (drafts.has(text)) return
  drafts.set(text, {
    key: text,
    kind: 'presence',
    parentKey,
    isMandatory: false,
    place: { fact: place.fact, steps: place.steps.slice(0, depth), text },
    constants: new Set(),
    prefixes: new Set(),
    comparison: null,
  })
}

const finish = (
  draft: Draft,
  axisOf: ReadonlyMap<string, number>,
  limitsOf: LimitsOfPlace,
): Axis => {
  const { key, kind, place, isMandatory } = draft
  const values = valuesOf(draft, limitsOf)
  const parent = draft.parentKey === null ? -1 : (axisOf.get(draft.parentKey) ?? -1)
  const first = isMandatory && parent < 0 ? 1 : 0
  return { key, kind, place, parent, isMandatory, size: sizeOfValues(values), first, values }
}

const valuesOf = (
  { kind, place, constants, prefixes }: Draft,
  limitsOf: LimitsOfPlace,
): AxisValues => {
  if (kind === 'member') return { kind: 'yes-or-no', member: [...constants][0] }
  if (kind === 'opaque') return { kind: 'yes-or-no', member: null }
  if (kind === 'presence' || place === null || !('type' in place)) return { kind: 'presence' }
  switch (place.type.kind) {
    case 'text':
      return namedValues(constants, place.type.values, prefixes)
    case 'boolean':
      return namedValues(constants, [true, false])
    case 'decimal':
    case 'number':
    case 'date':
      return orderedValues(place.type.kind, constants, limitsOf(place))
    case 'list':
    case 'record':
      return { kind: 'presence' }
  }
}
