import type { PolicyFacts } from '@counterfoil/core'
import { CounterfoilError } from '@counterfoil/core/arithmetic'
import { refuseUnfetched } from '../fetch/refuse-unfetched.ts'
import { isBitSet, writeBits } from './decision-bits.ts'
import type { DecisionRecord, SlotValue } from './decision-record.ts'
import type { EvaluablePlace, EvaluableRuleSet } from './evaluable-rule-set.ts'
import { answersOf, type RuleSetEvaluation } from './evaluate-rule-set.ts'
import { preparedRules } from './prepared-rules.ts'
import { fillSlots, fire } from './run-program.ts'

/**
 * Decides about facts and keeps the decision as a record, from which answers and explanations are derived
 * whenever somebody asks. Facts are plain JSON. Of a whole record that a rule asks for, only that it was
 * there is kept, as `{}`: no rule looks further into it than its other places say.
 */
export const decide = (loaded: EvaluableRuleSet, facts: PolicyFacts): DecisionRecord => {
  refuseUnfetched(loaded, facts)
  const { program, rules, slots } = preparedRules(loaded)
  fillSlots(program, facts, slots)
  fire(program, slots)
  const { values, fired } = slots
  const kept: SlotValue[] = []
  for (const [slot, place] of program.slots.entries()) {
    if (values[slot] !== undefined) kept.push(keptValue(place, values[slot]))
  }
  const { ruleSet, version, hash } = loaded.reference
  return {
    ruleSet,
    version,
    hash,
    fired: writeBits(rules.length, (rule) => (((fired[rule >> 5] ?? 0) >>> (rule & 31)) & 1) === 1),
    given: writeBits(program.slots.length, (slot) => values[slot] !== undefined),
    slots: kept,
  }
}

/** What a record says of its decision: every rule that fired, and those that decided. */
export const evaluateRecord = (
  loaded: EvaluableRuleSet,
  record: DecisionRecord,
): RuleSetEvaluation => {
  refuseOtherVersion(loaded, record)
  const fired = preparedRules(loaded).rules.filter((_, rule) => isBitSet(record.fired, rule))
  return { fired: fired.map(({ name }) => name), answers: answersOf(loaded, fired) }
}

/** The values of a record by the slots of its version; `undefined` where nothing stood. */
export const slotValues = (
  loaded: EvaluableRuleSet,
  record: DecisionRecord,
): readonly (SlotValue | undefined)[] => {
  refuseOtherVersion(loaded, record)
  let next = 0
  return preparedRules(loaded).program.slots.map((_, slot) => {
    if (!isBitSet(record.given, slot)) return undefined
    next += 1
    return record.slots[next - 1]
  })
}

const refuseOtherVersion = ({ reference }: EvaluableRuleSet, record: DecisionRecord): void => {
  if (record.hash === reference.hash) return
  throw new CounterfoilError(
    'RULE_SET_NOT_FOUND',
    `cannot read a decision of \`${record.ruleSet}@${record.version}\` by \`${reference.ruleSet}@${reference.version}\`: load the version it was made with`,
    { details: { decided: record.hash, loaded: reference.hash } },
  )
}

const keptValue = (place: EvaluablePlace, value: unknown): SlotValue => {
  if (place.type.kind === 'record' && typeof value === 'object' && value !== null) return {}
  if (isPlainJson(value)) return value
  throw new CounterfoilError(
    'DOCUMENT_INVALID',
    `cannot keep a decision on \`${place.text}\`: facts are plain JSON`,
    { details: { place: place.text, type: typeof value } },
  )
}

const isPlainJson = (value: unknown): value is SlotValue => {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true
  if (typeof value === 'number') return Number.isFinite(value)
  return typeof value === 'object' && Object.values(value).every(isPlainJson)
}
