import type { Policy, PolicyAnswer, PolicyFacts } from '@counterfoil/core'
import { decide } from '../evaluate/decide.ts'
import { writeDecisionRecord } from '../evaluate/write-decision-record.ts'
import type { LoadedRuleSet } from '../rule-set/loaded-rule-set.ts'
import type { RuleSetKind } from '../rule-set/rule-set-kind.ts'
import { narrownessOf } from '../rule-set/scope.ts'

/**
 * A policy that answers as before and tells of every decision as a line of a record (`writeDecisionRecord`), to be tried
 * again under another version: one for each rule set that was asked, which are those of the question's kind down to the
 * scope and priority that answered. `ruleSets` are those the policy is made of; others among them are passed over.
 */
export const recordDecisions = (
  policy: Policy,
  ruleSets: readonly LoadedRuleSet[],
  record: (line: string) => void,
): Policy => {
  const hashes = new Set(policy.references.map(({ hash }) => hash))
  const own = ruleSets.filter(({ reference }) => hashes.has(reference.hash))
  const recorded =
    <Value>(kind: RuleSetKind, ask: (facts: PolicyFacts) => PolicyAnswer<Value>) =>
    (facts: PolicyFacts): PolicyAnswer<Value> => {
      const answer = ask(facts)
      for (const set of setsAsked(own, kind, answer.decision.reference.hash)) {
        record(writeDecisionRecord(decide(set, facts)))
      }
      return answer
    }
  return {
    references: policy.references,
    tolerance: recorded('tolerance', policy.tolerance),
    matching: recorded('matching', policy.matching),
    conduct: recorded('matching', policy.conduct),
    routing: recorded('routing', policy.routing),
    timing: recorded('routing', policy.timing),
    approval: recorded('approval', policy.approval),
  }
}

const setsAsked = (
  own: readonly LoadedRuleSet[],
  kind: RuleSetKind,
  answered: string,
): readonly LoadedRuleSet[] => {
  const ofKind = own.filter(({ ruleSet }) => ruleSet.kind === kind)
  const answering = ofKind.find(({ reference }) => reference.hash === answered)
  if (answering === undefined) return ofKind
  return ofKind.filter((one) => compareRank(one, answering) <= 0)
}

/** Below zero where the one is asked before the other. */
const compareRank = ({ ruleSet: one }: LoadedRuleSet, { ruleSet: other }: LoadedRuleSet): number =>
  narrownessOf(other.scope) - narrownessOf(one.scope) || (other.priority ?? 1) - (one.priority ?? 1)
