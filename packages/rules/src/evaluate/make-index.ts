import { cellOfOther, type Cells, cutCells } from './cells.ts'
import { cellsIn, cellsWhere } from './cell-truth.ts'
import type { EvaluableCondition } from './evaluable-rule-set.ts'
import { type Link, linkCondition, type ProgramNode } from './program-node.ts'
import {
  type CellComparison,
  type Conjunction,
  isCellComparison,
  onePlaceOf,
  type Signed,
  type TermMemory,
} from './terms.ts'

/** Rules by what they look at. */
export type IndexNode = IndexBlock | IndexSplit

/** A few terms, tried all at once: each is a bit, and every column takes away those it does not let through. */
export type IndexBlock = {
  readonly kind: 'block'
  readonly columns: readonly IndexColumn[]
  /** A bit for each term. */
  readonly everyTerm: number
  /** In rising order of their rules. */
  readonly terms: readonly IndexTerm[]
  /** True where a term is its rule, by the same number, and nothing of it is left to be asked. */
  readonly isPlain: boolean
  /** The lowest number of a rule in it. */
  readonly firstRule: number
}

/** One slot of a block. */
export type IndexColumn = {
  readonly slot: number
  readonly cells: Cells
  /** The terms that look at it. */
  readonly users: number
  /** By cell: the terms that may still fire. */
  readonly masks: Int32Array
}

/** What remains to be asked of a term after all columns let it through; null for nothing. */
export type IndexTerm = { readonly rule: number; readonly rest: readonly ProgramNode[] | null }

/** A slot whose cell leads to the terms that are left. */
export type IndexSplit = {
  readonly kind: 'split'
  readonly slot: number
  readonly cells: Cells
  /** By cell; null where no term that looks at the slot is left. */
  readonly children: readonly (IndexNode | null)[]
  /** The terms that do not look at the slot. */
  readonly rest: IndexNode | null
  readonly firstRule: number
}

/** A term and the rule it belongs to. */
export type RuleTerm = { readonly rule: number; readonly conjunction: Conjunction }

type Sorted = {
  readonly rule: number
  /** What is asked of one slot alone and decided by its cell. */
  readonly atSlots: ReadonlyMap<number, readonly Signed[]>
  readonly rest: readonly ProgramNode[]
}

/** As many terms as a number has bits. */
const termsOfBlockMax = 32

/** Fewer terms are tried all at once sooner than they are told apart. */
const termsOfSplitMin = 3

/** How many times over terms may stand in the index because they hold in several cells of a slot. */
const copiesMax = 4

/** Builds the index of terms given in rising order of their rules. */
export const makeIndex = (
  terms: readonly RuleTerm[],
  link: Link,
  memory: TermMemory,
): IndexNode | null => indexOf(terms.map((term) => sortTerm(term, link, memory)))

const sortTerm = ({ rule, conjunction }: RuleTerm, link: Link, memory: TermMemory): Sorted => {
  const atSlots = new Map<number, Signed[]>()
  const rest: ProgramNode[] = []
  for (const signed of conjunction) {
    const place = onePlaceOf(signed.condition, memory)
    const slot = place === null ? undefined : link.slots.get(place)
    if (slot === undefined) rest.push(restOf(signed, link))
    else atSlots.set(slot, [...(atSlots.get(slot) ?? []), signed])
  }
  return { rule, atSlots, rest }
}

const restOf = ({ condition, isNegated }: Signed, link: Link): ProgramNode => {
  const node = linkCondition(condition, link)
  return isNegated ? { kind: 'not', node } : node
}

const indexOf = (terms: readonly Sorted[]): IndexNode | null => {
  const [first] = terms
  if (first === undefined) return null
  return splitBest(terms, first.rule) ?? blocksOf(terms, first.rule)
}

const splitBest = (terms: readonly Sorted[], firstRule: number): IndexSplit | null => {
  if (terms.length < termsOfSplitMin) return null
  for (const slot of slotsByUse(terms)) {
    const split = splitAt(slot, terms, firstRule)
    if (split !== null) return split
  }
  return null
}

/** The slots that tell most terms apart first. */
const slotsByUse = (terms: readonly Sorted[]): readonly number[] => {
  const worth = new Map<number, number>()
  const values = new Map<number, Set<unknown>>()
  for (const { atSlots } of terms) {
    for (const [slot, signed] of atSlots) {
      worth.set(slot, (worth.get(slot) ?? 0) + 1)
      const seen = values.get(slot) ?? new Set<unknown>()
      for (const comparison of comparisonsOf(signed)) seen.add(String(comparison.right.value))
      values.set(slot, seen)
    }
  }
  const gain = (slot: number): number =>
    (worth.get(slot) ?? 0) * (1 - 1 / (1 + (values.get(slot)?.size ?? 0)))
  return [...worth.keys()].toSorted((a, b) => gain(b) - gain(a))
}

const splitAt = (slot: number, terms: readonly Sorted[], firstRule: number): IndexSplit | null => {
  const users = terms.filter(({ atSlots }) => atSlots.has(slot))
  const cells = cellsAt(slot, users)
  const all = cellsIn(cells)
  const byCell: Sorted[][] = all.map(() => [])
  let copies = 0
  for (const term of users) {
    const atSlots = new Map([...term.atSlots].filter(([other]) => other !== slot))
    const left = { ...term, atSlots }
    for (const cell of cellsWhere(cells, all, term.atSlots.get(slot) ?? [])) {
      byCell[cell]?.push(left)
      copies += 1
    }
    if (copies > copiesMax * terms.length) return null
  }
  const others = terms.filter(({ atSlots }) => !atSlots.has(slot))
  const most = Math.max(...byCell.map((some) => some.length))
  // A few terms are split only where that leaves a good part of them out.
  if (
    most === terms.length ||
    (terms.length <= termsOfBlockMax &&
      (users.length < termsOfSplitMin || most > users.length * 0.7))
  )
    return null
  return {
    kind: 'split',
    slot,
    cells,
    children: byCell.map(indexOf),
    rest: indexOf(others),
    firstRule,
  }
}

/** Terms that nothing tells apart, a block at a time. */
const blocksOf = (terms: readonly Sorted[], firstRule: number): IndexNode => {
  const head = blockOf(terms.slice(0, termsOfBlockMax), firstRule)
  const others = terms.slice(termsOfBlockMax)
  const [next] = others
  if (next === undefined) return head
  const rest = blocksOf(others, next.rule)
  // A split at a slot nobody looks at: both of its sides are tried.
  return { kind: 'split', slot: -1, cells: cutCells([]), children: [head], rest, firstRule }
}

const blockOf = (terms: readonly Sorted[], firstRule: number): IndexBlock => {
  const slots = new Set(terms.flatMap(({ atSlots }) => [...atSlots.keys()]))
  const columns = [...slots].map((slot) => columnOf(slot, terms))
  const everyTerm = terms.reduce((bits, _, bit) => bits | (1 << bit), 0)
  return {
    kind: 'block',
    columns: inBestOrder(columns, terms.length),
    everyTerm,
    terms: terms.map(({ rule, rest }) => ({ rule, rest: rest.length === 0 ? null : rest })),
    isPlain: terms.every(({ rule, rest }, bit) => rule === bit && rest.length === 0),
    firstRule,
  }
}

const columnOf = (slot: number, terms: readonly Sorted[]): IndexColumn => {
  const cells = cellsAt(slot, terms)
  const all = cellsIn(cells)
  const masks = new Int32Array(all.length)
  let users = 0
  for (const [bit, { atSlots }] of terms.entries()) {
    const signed = atSlots.get(slot)
    if (signed !== undefined) users |= 1 << bit
    const through = signed === undefined ? all.keys() : cellsWhere(cells, all, signed)
    for (const cell of through) masks[cell] = (masks[cell] ?? 0) | (1 << bit)
  }
  return { slot, cells, users, masks }
}

const cellsAt = (slot: number, terms: readonly Sorted[]): Cells =>
  cutCells(terms.flatMap(({ atSlots }) => comparisonsOf(atSlots.get(slot) ?? [])))

const comparisonsOf = (signed: readonly Signed[]): readonly CellComparison[] =>
  signed.flatMap(({ condition }) => leavesOf(condition))

const leavesOf = (condition: EvaluableCondition): readonly CellComparison[] => {
  if (condition.kind === 'comparison') return isCellComparison(condition) ? [condition] : []
  if (condition.kind === 'not') return leavesOf(condition.condition)
  return condition.conditions.flatMap(leavesOf)
}

/**
 * The columns that take most terms away first. How often a value comes is not known, so every cell counts
 * alike; only the order of work depends on it.
 */
const inBestOrder = (
  columns: readonly IndexColumn[],
  termCount: number,
): readonly IndexColumn[] => {
  const alive = Array.from({ length: termCount }, () => 1)
  const left = new Set(columns)
  const ordered: IndexColumn[] = []
  for (let column = bestOf(left, alive); column !== null; column = bestOf(left, alive)) {
    for (const [bit, chance] of alive.entries()) alive[bit] = chance * passRate(column, bit)
    left.delete(column)
    ordered.push(column)
  }
  return ordered
}

/** The column that takes away most of the terms that are left, by the chance of each; null where there is none. */
const bestOf = (
  columns: ReadonlySet<IndexColumn>,
  alive: readonly number[],
): IndexColumn | null => {
  let best: { readonly column: IndexColumn; readonly gain: number } | null = null
  for (const column of columns) {
    const taken = alive.reduce((sum, chance, bit) => sum + chance * (1 - passRate(column, bit)), 0)
    const gain = column.cells.decimals.thresholds.length > 0 ? taken / decimalCost : taken
    if (best === null || gain > best.gain) best = { column, gain }
  }
  return best?.column ?? null
}

// Reading a decimal takes about as long as looking at so many other values.
const decimalCost = 3

/** How many of the cells of given values let a term through. */
const passRate = ({ masks }: IndexColumn, bit: number): number => {
  const given = masks.subarray(cellOfOther)
  return given.reduce((sum, mask) => sum + ((mask >>> bit) & 1), 0) / given.length
}
