import { slotValues } from '../evaluate/decide.ts'
import type { DecisionRecord, SlotValue } from '../evaluate/decision-record.ts'
import type { EvaluableRuleSet } from '../evaluate/evaluable-rule-set.ts'
import { preparedRules } from '../evaluate/prepared-rules.ts'

/**
 * Recorded decisions of one rule-set version, laid out to be gone through again and again: by place the
 * values that occurred, each once, and for each decision the number of its value.
 */
export type DecisionLog = {
  readonly ruleSet: string
  readonly version: string
  readonly hash: string
  /** How many decisions it holds. */
  readonly decisions: number
  /** By place, as `DecisionRecord` counts them. */
  readonly columns: readonly DecisionColumn[]
  /** What each decision said at the time, as the record's `fired`. */
  readonly fired: DecisionColumn<string>
}

/** What stood at one place in every decision. */
export type DecisionColumn<Value = SlotValue | undefined> = {
  /** `discrepancy.kind`. */
  readonly place: string
  /** The values that occurred; `undefined` where there was none. */
  readonly values: readonly Value[]
  /** By decision: the number of its value. Longer than the log; only as many count as there are decisions. */
  readonly numbers: Uint32Array
}

/** Takes the records of one version's decisions in. Throws `RULE_SET_NOT_FOUND` for one of another version. */
export const logDecisions = (
  ruleSet: EvaluableRuleSet,
  records: Iterable<DecisionRecord>,
): DecisionLog => {
  const columns = preparedRules(ruleSet).program.slots.map(({ text }) =>
    startColumn<SlotValue | undefined>(text),
  )
  const fired = startColumn<string>('')
  let decisions = 0
  for (const record of records) {
    const values = slotValues(ruleSet, record)
    for (const [slot, column] of columns.entries()) column.add(decisions, values[slot])
    fired.add(decisions, record.fired)
    decisions += 1
  }
  const { ruleSet: id, version, hash } = ruleSet.reference
  return {
    ruleSet: id,
    version,
    hash,
    decisions,
    columns: columns.map((column) => column.done()),
    fired: fired.done(),
  }
}

const roomAtStart = 1_024

type GrowingColumn<Value> = {
  readonly add: (decision: number, value: Value) => void
  readonly done: () => DecisionColumn<Value>
}

const startColumn = <Value>(place: string): GrowingColumn<Value> => {
  const values: Value[] = []
  const known = new Map<unknown, number>()
  const knownLists = new Map<string, number>()
  let numbers = new Uint32Array(roomAtStart)
  const numberOf = (value: Value): number => {
    // Lists and records are alike where their JSON is.
    const isPlain = typeof value !== 'object' || value === null
    const number = isPlain ? known.get(value) : knownLists.get(JSON.stringify(value))
    if (number !== undefined) return number
    if (isPlain) known.set(value, values.length)
    else knownLists.set(JSON.stringify(value), values.length)
    values.push(value)
    return values.length - 1
  }
  return {
    add: (decision, value) => {
      if (decision >= numbers.length) {
        const larger = new Uint32Array(numbers.length * 2)
        larger.set(numbers)
        numbers = larger
      }
      numbers[decision] = numberOf(value)
    },
    done: () => ({ place, values, numbers }),
  }
}
