import type { PolicyFacts } from '@counterfoil/core'
import { cellOf } from './cells.ts'
import type { IndexBlock, IndexNode, IndexTerm } from './make-index.ts'
import type { Program } from './program.ts'
import type { ProgramNode } from './program-node.ts'

/** The values a program looks at, and the rules it found to fire. */
export type Slots = {
  readonly values: unknown[]
  /** A bit for each rule: rule 0 is the lowest bit of the first number. */
  readonly fired: Int32Array
}

/** Room for the slots of a program; it may be filled again for other facts. */
export const roomFor = (program: Program): Slots => ({
  values: program.slots.map(() => undefined),
  fired: new Int32Array(Math.ceil(program.conditions.length / 32)),
})

/** Reads the facts a program looks at into its slots. */
export const fillSlots = (program: Program, facts: PolicyFacts, slots: Slots): void => {
  const { readers } = program
  for (let slot = 0; slot < readers.length; slot += 1) slots.values[slot] = readers[slot]?.(facts)
}

/** Finds every rule that fires on the values in the slots. */
export const fire = (program: Program, slots: Slots): void => {
  slots.fired.fill(0)
  if (program.index !== null) fireNode(program.index, { program, facts: null, slots })
}

/** Finds every rule that fires on facts, reading of them only what it takes to know. */
export const fireOn = (program: Program, facts: PolicyFacts, slots: Slots): void => {
  slots.fired.fill(0)
  if (program.index !== null) fireNode(program.index, { program, facts, slots })
}

/** The number of the first rule that fires on the values in the slots; null where none does. */
export const firstFired = (program: Program, slots: Slots): number | null => {
  if (program.index === null) return null
  const first = firstOfNode(program.index, { program, facts: null, slots }, nobody)
  return first === nobody ? null : first
}

/** The number of the first rule that fires on facts; null where none does. Later rules are not looked at. */
export const firstFiredOn = (program: Program, facts: PolicyFacts, slots: Slots): number | null => {
  if (program.index === null) return null
  const first = firstOfNode(program.index, { program, facts, slots }, nobody)
  return first === nobody ? null : first
}

/** The numbers of the rules found to fire, in rising order. */
export const firedNumbers = ({ fired }: Slots): readonly number[] => {
  const numbers: number[] = []
  for (const [word, bits] of fired.entries()) {
    for (let left = bits; left !== 0; left &= left - 1) numbers.push(word * 32 + lowestBit(left))
  }
  return numbers
}

const nobody = Number.POSITIVE_INFINITY

const lowestBit = (bits: number): number => 31 - Math.clz32(bits & -bits)

/** What is being run, on what. Values are read from the facts where there are any, else from the slots. */
export type Run = {
  readonly program: Program
  readonly facts: PolicyFacts | null
  readonly slots: Slots
}

const valueAt = ({ program, facts, slots }: Run, slot: number): unknown =>
  facts === null ? slots.values[slot] : program.readers[slot]?.(facts)

const fireNode = (node: IndexNode, run: Run): void => {
  if (node.kind === 'block') {
    fireBlock(node, run)
    return
  }
  const child = node.children[node.slot < 0 ? 0 : cellOf(node.cells, valueAt(run, node.slot))]
  if (child !== null && child !== undefined) fireNode(child, run)
  if (node.rest !== null) fireNode(node.rest, run)
}

const fireBlock = (block: IndexBlock, run: Run): void => {
  const alive = aliveIn(block, run)
  const { fired } = run.slots
  if (block.isPlain) {
    fired[0] = (fired[0] ?? 0) | alive
    return
  }
  for (let left = alive; left !== 0; left &= left - 1) {
    const term = block.terms[lowestBit(left)]
    if (term === undefined || !restHolds(term, run)) continue
    const word = term.rule >> 5
    fired[word] = (fired[word] ?? 0) | (1 << (term.rule & 31))
  }
}

const firstOfNode = (node: IndexNode, run: Run, best: number): number => {
  if (node.firstRule >= best) return best
  if (node.kind === 'block') return firstOfBlock(node, run, best)
  const child = node.children[node.slot < 0 ? 0 : cellOf(node.cells, valueAt(run, node.slot))]
  const first = child === null || child === undefined ? best : firstOfNode(child, run, best)
  return node.rest === null ? first : firstOfNode(node.rest, run, first)
}

const firstOfBlock = (block: IndexBlock, run: Run, best: number): number => {
  for (let left = aliveIn(block, run); left !== 0; left &= left - 1) {
    const term = block.terms[lowestBit(left)]
    if (term === undefined || term.rule >= best) return best
    if (restHolds(term, run)) return term.rule
  }
  return best
}

/** The terms of a block that every column lets through. */
const aliveIn = ({ columns, everyTerm }: IndexBlock, { program, facts, slots }: Run): number => {
  let alive = everyTerm
  for (let index = 0; index < columns.length; index += 1) {
    const column = columns[index]
    if (column === undefined || (alive & column.users) === 0) continue
    const value = facts === null ? slots.values[column.slot] : program.readers[column.slot]?.(facts)
    alive &= column.masks[cellOf(column.cells, value)] ?? 0
    if (alive === 0) return 0
  }
  return alive
}

/** Whether what no column decides of a term holds. */
export const restHolds = ({ rest }: IndexTerm, run: Run): boolean =>
  rest === null || rest.every((node) => nodeHolds(node, run))

const nodeHolds = (node: ProgramNode, run: Run): boolean => {
  switch (node.kind) {
    case 'compare':
      return node.test(valueAt(run, node.slot), node.constant)
    case 'compare-slots':
      return node.test(valueAt(run, node.slot), valueAt(run, node.other))
    case 'all':
      for (const one of node.nodes) if (!nodeHolds(one, run)) return false
      return true
    case 'any':
      for (const one of node.nodes) if (nodeHolds(one, run)) return true
      return false
    case 'not':
      return !nodeHolds(node.node, run)
  }
}
