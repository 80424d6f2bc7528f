import { CounterfoilError } from '@counterfoil/core/arithmetic'
import { cellOf, type Cells, cutCells } from '../evaluate/cells.ts'
import { comparisonsIn } from '../evaluate/comparisons-in.ts'
import type { EvaluableRuleSet } from '../evaluate/evaluable-rule-set.ts'
import type { IndexBlock, IndexNode, IndexTerm } from '../evaluate/make-index.ts'
import { preparedRules } from '../evaluate/prepared-rules.ts'
import { restHolds, roomFor, type Run } from '../evaluate/run-program.ts'
import { isCellComparison } from '../evaluate/terms.ts'
import type { DecisionColumn, DecisionLog } from './log-decisions.ts'

/** Finds the rules of a version that fire in a decision of a log, as bits; the same array every time. */
export type LogRunner = (decision: number) => Int32Array

/**
 * Makes a version ready to run over a log. What a comparison says of a value is found once for each value that
 * occurred, not for each decision. Throws `FACT_UNAVAILABLE` where the version looks at a place that the
 * decisions did not record.
 */
export const runOnLog = (ruleSet: EvaluableRuleSet, log: DecisionLog): LogRunner => {
  const { program } = preparedRules(ruleSet)
  const columns = columnsFor(ruleSet, log)
  const slots = roomFor(program)
  const { index } = program
  if (index === null) return () => slots.fired
  const cuts = cutsOf(ruleSet, columns)
  const root = linkNode(index, cuts)
  const run: LogRun = { program, facts: null, slots, columns, inSlots: -1 }
  return (decision) => {
    slots.fired.fill(0)
    fireNode(root, decision, run)
    return slots.fired
  }
}

/** What is being run. Values are put into slots only where a rule asks more of them than their cells. */
type LogRun = Run & {
  readonly columns: readonly DecisionColumn[]
  /** The decision whose values stand in the slots. */
  inSlots: number
}

const columnsFor = (ruleSet: EvaluableRuleSet, log: DecisionLog): readonly DecisionColumn[] => {
  const byPlace = new Map(log.columns.map((column) => [column.place, column]))
  const places = preparedRules(ruleSet).program.slots.map(({ text }) => text)
  const missing = places.filter((place) => !byPlace.has(place))
  if (missing.length === 0) return places.flatMap((place) => byPlace.get(place) ?? [])
  const { reference } = ruleSet
  throw new CounterfoilError(
    'FACT_UNAVAILABLE',
    `cannot replay decisions of \`${log.ruleSet}@${log.version}\` by \`${reference.ruleSet}@${reference.version}\`: they did not look at \`${missing[0] ?? ''}\``,
    { details: { places: missing } },
  )
}

/** A slot with the values of its column told apart as far as any comparison there does. */
type Cut = {
  readonly column: DecisionColumn
  /** By number of a value: its cell. */
  readonly cellOfValue: Int32Array
  /** By cell: a value in it; the others do not occur. */
  readonly examples: readonly { readonly cell: number; readonly value: unknown }[]
}

const cutsOf = (
  { rules }: EvaluableRuleSet,
  columns: readonly DecisionColumn[],
): readonly Cut[] => {
  const byPlace = Map.groupBy(comparisonsIn(rules), ({ left }) => left.text)
  return columns.map((column) => {
    const cells = cutCells((byPlace.get(column.place) ?? []).filter(isCellComparison))
    const cellOfValue = Int32Array.from(column.values, (value) => cellOf(cells, value))
    const examples = new Map<number, unknown>()
    for (const [number, cell] of cellOfValue.entries()) {
      if (!examples.has(cell)) examples.set(cell, column.values[number])
    }
    return {
      column,
      cellOfValue,
      examples: [...examples].map(([cell, value]) => ({ cell, value })),
    }
  })
}

/** A slot as one node of the index cuts it. */
type Look = {
  readonly numbers: Uint32Array
  readonly values: readonly unknown[]
  readonly cells: Cells
  readonly cellOfValue: Int32Array
  /** By cell of the slot: the node's cell; null where there are too many to keep. */
  readonly known: Int32Array | null
}

type LogNode =
  | {
      readonly kind: 'block'
      readonly block: IndexBlock
      readonly looks: readonly Look[]
    }
  | {
      readonly kind: 'split'
      /** Null for a split at no slot: its one child is always tried. */
      readonly look: Look | null
      readonly children: readonly (LogNode | null)[]
      readonly rest: LogNode | null
    }

const linkNode = (node: IndexNode, cuts: readonly Cut[]): LogNode => {
  if (node.kind === 'block') {
    const looks = node.columns.map(({ slot, cells }) => lookOf(cells, cuts[slot]))
    return { kind: 'block', block: node, looks }
  }
  return {
    kind: 'split',
    look: node.slot < 0 ? null : lookOf(node.cells, cuts[node.slot]),
    children: node.children.map((child) => (child === null ? null : linkNode(child, cuts))),
    rest: node.rest === null ? null : linkNode(node.rest, cuts),
  }
}

/** How many cells of a slot a node may keep its own cells of. */
const knownMax = 512

const lookOf = (cells: Cells, cut: Cut | undefined): Look => {
  if (cut === undefined) throw new RangeError('an index looks at a slot its program does not have')
  const { column, cellOfValue, examples } = cut
  return {
    numbers: column.numbers,
    values: column.values,
    cells,
    cellOfValue,
    known: examples.length > knownMax ? null : knownOf(cells, examples),
  }
}

const knownOf = (cells: Cells, examples: Cut['examples']): Int32Array => {
  const most = examples.reduce((max, { cell }) => Math.max(max, cell), 0)
  const known = new Int32Array(most + 1)
  for (const { cell, value } of examples) known[cell] = cellOf(cells, value)
  return known
}

const cellAt = ({ numbers, values, cells, cellOfValue, known }: Look, decision: number): number => {
  const number = numbers[decision] ?? 0
  return known === null ? cellOf(cells, values[number]) : (known[cellOfValue[number] ?? 0] ?? 0)
}

const fireNode = (node: LogNode, decision: number, run: LogRun): void => {
  if (node.kind === 'block') {
    fireBlock(node.block, node.looks, decision, run)
    return
  }
  const child = node.children[node.look === null ? 0 : cellAt(node.look, decision)]
  if (child !== null && child !== undefined) fireNode(child, decision, run)
  if (node.rest !== null) fireNode(node.rest, decision, run)
}

const fireBlock = (
  { columns, everyTerm, terms, isPlain }: IndexBlock,
  looks: readonly Look[],
  decision: number,
  run: LogRun,
): void => {
  let alive = everyTerm
  for (let index = 0; index < columns.length; index += 1) {
    const column = columns[index]
    const look = looks[index]
    if (column === undefined || look === undefined || (alive & column.users) === 0) continue
    alive &= column.masks[cellAt(look, decision)] ?? 0
    if (alive === 0) return
  }
  const { fired } = run.slots
  if (isPlain) {
    fired[0] = (fired[0] ?? 0) | alive
    return
  }
  for (let left = alive; left !== 0; left &= left - 1) {
    const term = terms[31 - Math.clz32(left & -left)]
    if (term !== undefined && holds(term, decision, run)) {
      fired[term.rule >> 5] = (fired[term.rule >> 5] ?? 0) | (1 << (term.rule & 31))
    }
  }
}

/** What no column decides is asked of the values themselves. */
const holds = (term: IndexTerm, decision: number, run: LogRun): boolean => {
  if (term.rest === null) return true
  if (run.inSlots !== decision) {
    for (const [slot, { values, numbers }] of run.columns.entries()) {
      run.slots.values[slot] = values[numbers[decision] ?? 0]
    }
    run.inSlots = decision
  }
  return restHolds(term, run)
}
