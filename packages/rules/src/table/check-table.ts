import { quoted, shown } from '../check/condition-check.ts'
import type { RuleSetFinding } from '../rule-set/rule-set-finding.ts'
import { readFactPath, writeFactPlace } from '../facts/fact-path.ts'
import { readOutput } from './read-output.ts'
import type { RuleTable, TableColumn } from './rule-table.ts'

/** A column as it is written over it: `supplier.class equal`. */
export const columnTitle = ({ fact, path, operator }: TableColumn): string =>
  `${writeFactPlace(fact, readFactPath(path) ?? [])} ${operator}`

/** Checks where the outputs go: pointers, each place once, and lists long enough. */
export const checkOutputs = (table: RuleTable, pointer: string): readonly RuleSetFinding[] =>
  table.outputs.flatMap((output, index) => {
    const sentence = complaintAbout(output, index, table)
    return sentence === null ? [] : [{ pointer: `${pointer}/outputs/${index}`, sentence }]
  })

const complaintAbout = (output: string, index: number, table: RuleTable): string | null => {
  const steps = readOutput(output)
  if (steps === null) {
    return `${shown(output)} is not a place of the answer: write a pointer as \`/upper/pct\`, or \`name\``
  }
  const before = table.outputs.slice(0, index)
  const same = before.find(
    (one) => `${one}/`.startsWith(`${output}/`) || `${output}/`.startsWith(`${one}/`),
  )
  if (same !== undefined)
    return `${quoted(output)} and ${quoted(same)} fill the same place: keep one`
  const tooFar = stepPastTheList(table.event.params, steps)
  if (tooFar === null) return null
  return `${quoted(output)} goes to ${quoted(tooFar)} of a list that has no such position: write the whole list`
}

/** The step that is no position of a list the answer has; null where there is none. */
const stepPastTheList = (answer: unknown, [step, ...rest]: readonly string[]): string | null => {
  if (step === undefined || typeof answer !== 'object' || answer === null) return null
  if (Array.isArray(answer) && !answer.some((_, index) => String(index) === step)) return step
  return stepPastTheList(Object.hasOwn(answer, step) ? Reflect.get(answer, step) : null, rest)
}
