import { type PolicyFacts } from '@counterfoil/core'
import * as z from 'zod'
import type { CheckedComparison, FactPlace } from '../evaluate/checked-rule.ts'
import { testOf } from '../evaluate/operators.ts'
import { fetchedFactName } from '../fetch/fetched-facts.ts'
import { cellsOfAxis, opaqueText } from './atoms.ts'
import { type Axis, valueOfCell } from './axis.ts'
import { type Box, settle } from './box.ts'
import { eachCell, hasCell } from './cells.ts'
import { presentSchema, sampleValue } from './fact-schema.ts'
import type { Space } from './space.ts'

/**
 * Facts that lie in a box and that their schema lets through: an example of what was found. Null
 * where none was found, which only happens where comparisons are not looked into.
 */
export const factsIn = (box: Box, space: Space, schema: z.ZodObject): PolicyFacts | null => {
  const settled = settle(box, space)
  if (settled === null) return null
  const draft = draftOf(chooseCells(settled, space), space)
  const facts = solve(draft, settled, space, schema)
  return facts !== null && schema.safeParse(facts).success ? facts : null
}

/** A cell for each axis, parents first: missing where that is allowed. */
const chooseCells = (box: Box, space: Space): readonly number[] => {
  const chosen: number[] = []
  for (const [index, axis] of space.axes.entries()) {
    const cells = box[index] ?? cellsOfAxis(axis)
    const parent = axis.parent < 0 ? 1 : (chosen[axis.parent] ?? 0)
    const mayBeMissing = hasCell(cells, 0) && (parent === 0 || !axis.isMandatory)
    const [first] = eachCell(cells).filter((cell) => cell > 0)
    chosen.push(mayBeMissing ? 0 : (first ?? 0))
  }
  return chosen
}

type Draft = {
  /** Places that are there, and everything on the way to them. */
  readonly there: Set<string>
  readonly missing: Set<string>
  readonly values: Map<string, unknown>
}

const draftOf = (chosen: readonly number[], space: Space): Draft => {
  const draft: Draft = { there: new Set(), missing: new Set(), values: new Map() }
  for (const [index, axis] of space.axes.entries()) {
    const cell = chosen[index] ?? 0
    const { place } = axis
    if (place === null || axis.kind === 'opaque') continue
    if (axis.kind === 'member') addMember(axis, cell, draft)
    else if (cell === 0) draft.missing.add(place.text)
    else {
      bringThere(place, draft)
      if (axis.kind === 'values') draft.values.set(place.text, valueOfCell(axis, cell))
    }
  }
  return draft
}

const addMember = ({ place, values }: Axis, cell: number, draft: Draft): void => {
  if (cell !== 2 || place === null || values.kind !== 'yes-or-no') return
  const known = draft.values.get(place.text)
  const members: readonly unknown[] = Array.isArray(known) ? known : []
  draft.values.set(place.text, [...members, values.member])
}

const bringThere = (
  { fact, steps }: { readonly fact: string; readonly steps: readonly (string | number)[] },
  draft: Draft,
): void => {
  let text = fact
  draft.there.add(text)
  for (const step of steps) {
    text = `${text}.${step}`
    draft.there.add(text)
  }
}

const build = (schema: unknown, text: string, draft: Draft): unknown => {
  const at = presentSchema(schema)
  if (at instanceof z.ZodObject) {
    const fields = Object.entries(at.shape).map(([name, field]) => [
      name,
      buildField(field, `${text}.${name}`, draft),
    ])
    return Object.fromEntries(fields.filter(([, value]) => value !== undefined))
  }
  if (at instanceof z.ZodRecord) {
    return Object.fromEntries(
      [...namesWithin(text, draft)].map((name) => [
        name,
        build(at.valueType, `${text}.${name}`, draft),
      ]),
    )
  }
  return draft.values.has(text) ? draft.values.get(text) : sampleValue(at)
}

/** The names a record of free names is to have. */
const namesWithin = (text: string, { there }: Draft): ReadonlySet<string> => {
  const prefix = `${text}.`
  const own = [...there].filter((place) => place.startsWith(prefix))
  return new Set(own.map((place) => place.slice(prefix.length).split('.', 1)[0] ?? ''))
}

const buildField = (field: unknown, text: string, draft: Draft): unknown => {
  if (draft.there.has(text)) return build(field, text, draft)
  if (!(field instanceof z.ZodType) || field.safeParse(undefined).success) return undefined
  return takesNull(field) ? null : build(field, text, draft)
}

/** The most facts tried for comparisons that are not looked into. */
const triesMax = 400

/** Tries values for comparisons that are not looked into until they come out as the box wants them. */
const solve = (draft: Draft, box: Box, space: Space, schema: z.ZodObject): PolicyFacts | null => {
  const read = (): PolicyFacts => factsOf(draft, schema)
  let tries = 0
  for (const comparison of space.opaque) {
    const index = space.axisOf.get(opaqueText(comparison)) ?? -1
    const cells = box[index] ?? null
    if (cells === null || !(hasCell(cells, 1) !== hasCell(cells, 2))) continue
    const wanted = hasCell(cells, 2)
    const isMet = () => holdsFor(comparison, read()) === wanted
    if (isMet()) continue
    const isSolved = candidatesFor(comparison, box, space).some((candidate) => {
      tries += 1
      if (tries > triesMax) return false
      for (const [place, value] of candidate) {
        draft.values.set(place.text, value)
        bringThere(place, draft)
      }
      return isMet()
    })
    if (!isSolved) return null
  }
  return read()
}

/** Every fact that is fetched has an answer: what may be missing is answered by nothing. */
const factsOf = (draft: Draft, { shape }: z.ZodObject): PolicyFacts =>
  Object.fromEntries(
    Object.entries(shape)
      .map(([name, field]) => [name, buildFact(field, name, draft)] as const)
      .filter(([name, value]) => value !== undefined || isFetched(name)),
  )

const buildFact = (field: z.ZodType, name: string, draft: Draft): unknown => {
  const value = buildField(field, name, draft)
  return value === undefined && isFetched(name) && takesNull(field) ? null : value
}

/** A fetched fact goes by its name and what it was asked by, which no given fact is named like. */
const isFetched = (fact: string): boolean => !fetchedFactName.test(fact)

const takesNull = (field: z.ZodType): boolean => field.safeParse(null).success

const holdsFor = (comparison: CheckedComparison, facts: PolicyFacts): boolean => {
  const { left, right } = comparison
  const other = right.kind === 'constant' ? right.value : valueAt(right.place, facts)
  return testOf(comparison)(valueAt(left, facts), other)
}

const valueAt = ({ fact, steps }: FactPlace, facts: PolicyFacts): unknown =>
  [fact, ...steps].reduce<unknown>(
    (value, step) =>
      typeof value === 'object' && value !== null ? Reflect.get(value, step) : undefined,
    facts,
  )

type Candidate = readonly (readonly [FactPlace, unknown])[]

const candidatesFor = (
  { left, right }: CheckedComparison,
  box: Box,
  space: Space,
): readonly Candidate[] => {
  const lefts = valuesFor(left, box, space)
  if (right.kind === 'constant') {
    const constants: readonly unknown[] = Array.isArray(right.value) ? right.value : [right.value]
    const singles = [...constants, ...lefts]
    const inLists = left.type.kind === 'list' ? singles.map((one) => [one]) : []
    return [...singles, ...inLists, []].map((value) => [[left, value]])
  }
  const rights = valuesFor(right.place, box, space)
  const { place } = right
  return [...new Set([...lefts, ...rights])].flatMap((one) =>
    [...new Set([one, ...rights, ...lefts])].map((other): Candidate => [
      [left, one],
      [place, other],
    ]),
  )
}

/** A few values of the cells a place may lie in, and where nothing narrows it some of its type. */
const valuesFor = (place: FactPlace, box: Box, space: Space): readonly unknown[] => {
  const index = space.axisOf.get(place.text) ?? -1
  const axis = space.axes[index]
  if (axis !== undefined && axis.kind === 'values') {
    const cells = eachCell(box[index] ?? cellsOfAxis(axis)).filter((cell) => cell > 0)
    const own = cells.slice(0, 8).map((cell) => valueOfCell(axis, cell))
    if (box[index] !== null) return own
    return [...own, ...samplesOf(place)]
  }
  return samplesOf(place)
}

const samplesOf = ({ type }: FactPlace): readonly unknown[] => {
  switch (type.kind) {
    case 'text':
      return type.values ?? ['one', 'another']
    case 'decimal':
      return ['0', '1', '100', '1000000']
    case 'number':
      return [0, 1, 100, 1_000_000]
    case 'date':
      return ['2026-12-01', '2026-12-02', '2020-01-01', '2030-01-01']
    case 'boolean':
      return [true, false]
    case 'list':
    case 'record':
      return []
  }
}
