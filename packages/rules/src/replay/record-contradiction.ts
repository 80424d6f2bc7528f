import { slotValues } from '../evaluate/decide.ts'
import { writeBits } from '../evaluate/decision-bits.ts'
import type { DecisionRecord } from '../evaluate/decision-record.ts'
import { preparedRules } from '../evaluate/prepared-rules.ts'
import { fire, firedNumbers } from '../evaluate/run-program.ts'
import type { LoadedRuleSet } from '../rule-set/loaded-rule-set.ts'

/**
 * Where a record cannot be what the version of its hash wrote, in words: it bears another name or version, keeps other
 * places than the version looks at, or says that other rules fired than do on the values in it. Null where nothing shows
 * that it was changed. Throws `RULE_SET_NOT_FOUND` for the record of another version.
 */
export const recordContradiction = (made: LoadedRuleSet, record: DecisionRecord): string | null => {
  const values = slotValues(made, record)
  const { ruleSet, version } = made.reference
  if (record.ruleSet !== ruleSet || record.version !== version) {
    return `its hash is that of \`${ruleSet}@${version}\``
  }
  const { program, slots, rules } = preparedRules(made)
  const given = values.filter((value) => value !== undefined).length
  if (
    record.given !== writeBits(program.slots.length, (slot) => values[slot] !== undefined) ||
    record.slots.length !== given
  ) {
    return `\`${ruleSet}@${version}\` does not look at the places it keeps`
  }
  slots.values.splice(0, program.slots.length, ...values)
  fire(program, slots)
  const fired = new Set(firedNumbers(slots))
  return writeBits(rules.length, (rule) => fired.has(rule)) === record.fired
    ? null
    : `\`${ruleSet}@${version}\` does not decide so on these facts`
}
