import type { PolicyAnswer, PolicyFacts, PolicyReference } from '@counterfoil/core'
import { freeze } from '../check/freeze.ts'
import type { CheckedRule } from '../evaluate/checked-rule.ts'
import { factsSeen } from '../evaluate/facts-seen.ts'
import { makeProgram, type Program } from '../evaluate/program.ts'
import {
  fillSlots,
  fire,
  firedNumbers,
  firstFired,
  roomFor,
  type Slots,
} from '../evaluate/run-program.ts'
import type { HitPolicy } from '../rule-set/rule-event.ts'
import { makeMemory } from './memory.ts'

/** A rule among all those that may answer one question: what it says, and the set it stands in. */
export type RankedRule<Value> = CheckedRule & {
  readonly value: Value
  readonly reference: PolicyReference
}

/** What is answered, by which rules of which set. */
export type Ruling<Value> = {
  readonly value: Value
  readonly reference: PolicyReference
  readonly firedRules: readonly string[]
  readonly because: readonly string[]
}

/** Answers a question about facts. The answer is frozen and may be the same object for equal facts. */
export type Question<Value> = (facts: PolicyFacts) => PolicyAnswer<Value>

/**
 * A question to be put to ranked rules. `rule` gets those that fired, in rank order, and makes the answer
 * of them; it is a function of them alone, so the answer depends on nothing but what the rules read.
 */
export const makeQuestion = <Said, Value>(
  ranked: readonly RankedRule<Said>[],
  hit: HitPolicy,
  rule: (fired: readonly RankedRule<Said>[]) => Ruling<Value>,
): Question<Value> => {
  const program = makeProgram(ranked)
  // Answering calls nothing that could ask again, so one room serves every call.
  const slots = roomFor(program)
  const answer = (): PolicyAnswer<Value> =>
    answerOf(rule(firedOf(ranked, program, slots, hit)), program, slots)
  const recall = makeMemory(program.slots, answer)
  return (facts) => {
    fillSlots(program, facts, slots)
    return recall(slots.values)
  }
}

const firedOf = <One>(
  ranked: readonly One[],
  program: Program,
  slots: Slots,
  hit: HitPolicy,
): readonly One[] => {
  const at = (number: number | null): readonly One[] =>
    number === null ? [] : ranked.slice(number, number + 1)
  if (hit === 'first') return at(firstFired(program, slots))
  fire(program, slots)
  return firedNumbers(slots).flatMap(at)
}

const answerOf = <Value>(
  { value, reference, firedRules, because }: Ruling<Value>,
  program: Program,
  slots: Slots,
): PolicyAnswer<Value> =>
  freeze({
    value,
    decision: {
      reference,
      firedRules: [...firedRules],
      because: [...because],
      facts: factsSeen(program.slots, slots.values),
    },
  })
