import { canonicalJson, decimal, type PolicyFacts } from '@counterfoil/core'
import { evaluateRecord, slotValues } from '../evaluate/decide.ts'
import type { DecisionRecord } from '../evaluate/decision-record.ts'
import { answersOf, type RuleAnswer } from '../evaluate/evaluate-rule-set.ts'
import { factsSeen } from '../evaluate/facts-seen.ts'
import { preparedRules } from '../evaluate/prepared-rules.ts'
import { firedNumbers, fireOn } from '../evaluate/run-program.ts'
import { decisionFacts, placesOf } from '../explain/decision-facts.ts'
import type { LoadedRuleSet } from '../rule-set/loaded-rule-set.ts'
import { plainScope } from '../rule-set/scope.ts'
import { answersOnKnown, type KnownAnswers } from './answers-on-known.ts'
import { countBoth } from './count-both.ts'
import type {
  ChangedDecision,
  DecisionSimulation,
  LineNotTried,
  SupplierDecisions,
} from './decision-simulation.ts'
import { knownPlaces } from './known-places.ts'
import { readDecisionLine } from './read-decision-line.ts'
import { recordContradiction } from './record-contradiction.ts'
import { isKeptBack, valueAtStake } from './value-at-stake.ts'
import { valueBySupplier } from './value-by-supplier.ts'

/** What recorded decisions are tried with. */
export type SimulatedVersion = {
  /** The versions decisions may have been made with, found by their hash. */
  readonly versions: readonly LoadedRuleSet[]
  readonly candidate: LoadedRuleSet
}

/** Takes lines of a record of decisions one by one and adds up what would change. */
export type DecisionSimulator = {
  /** A line as `writeDecisionRecord` wrote it, or the record as JSON, with its number in the file. */
  readonly add: (text: string, line: number) => void
  readonly report: () => DecisionSimulation
}

/**
 * Makes recorded decisions again under another version. What was decided is taken from the record; what would be is
 * decided on the facts in it. A line that cannot be tried is reported with its number. The same lines give the same
 * report.
 */
export const simulateDecisions = ({ versions, candidate }: SimulatedVersion): DecisionSimulator => {
  const byHash = new Map(versions.map((one) => [one.reference.hash, one]))
  const notTried: LineNotTried[] = []
  const changed: ChangedDecision[] = []
  const rules = countBoth()
  const counts = { lines: 0, decisions: 0, otherRuleSets: 0 }
  return {
    add: (text, line) => {
      counts.lines += 1
      const found = tryAgain(text, byHash, candidate)
      if (found === 'other rule set') counts.otherRuleSets += 1
      else if ('reason' in found) notTried.push({ line, ...found })
      else {
        counts.decisions += 1
        rules.count(ruleNames(found.before), ruleNames(found.after))
        if (!isSame(found.before, found.after)) changed.push(changeOf(found, line))
      }
    },
    report: () => ({
      ...counts,
      notTried: [...notTried],
      changed: [...changed],
      suppliers: suppliersOf(changed),
      rules: rules.counts(),
    }),
  }
}

type Redecided = {
  readonly made: LoadedRuleSet
  readonly record: DecisionRecord
  readonly facts: PolicyFacts
  readonly before: readonly RuleAnswer[]
  readonly after: readonly RuleAnswer[]
}

const tryAgain = (
  text: string,
  byHash: ReadonlyMap<string, LoadedRuleSet>,
  candidate: LoadedRuleSet,
): Redecided | Omit<LineNotTried, 'line'> | 'other rule set' => {
  const read = readDecisionLine(text)
  if ('fault' in read) return { reason: 'unreadable', sentence: read.fault }
  const { record } = read
  const made = byHash.get(record.hash)
  if (made === undefined) {
    if (!isOfItsName(record, candidate)) return 'other rule set'
    const sentence = `\`${record.ruleSet}@${record.version}\` with the hash \`${record.hash.slice(0, 12)}\` is not here: put the version beside the others`
    return { reason: 'other-version', sentence }
  }
  if (!standsInPlaceOf(candidate, made)) return 'other rule set'
  const contradiction = recordContradiction(made, record)
  if (contradiction !== null) {
    const sentence = `${contradiction}: the line was changed after it was written`
    return { reason: 'not-reproduced', sentence }
  }
  const facts = decisionFacts(made, record)
  const decided = decideAgain(candidate, { made, record, facts })
  if ('answers' in decided) {
    return {
      made,
      record,
      facts,
      before: evaluateRecord(made, record).answers,
      after: decided.answers,
    }
  }
  const missing = decided.missing.map((place) => `\`${place}\``).join(', ')
  const sentence = `whether \`${decided.rule}\` applies hangs on ${missing}, which the decision did not look at: try it on matches, or record decisions anew`
  return { reason: 'fact-missing', sentence }
}

const isOfItsName = (record: DecisionRecord, { ruleSet, lineage }: LoadedRuleSet): boolean =>
  record.ruleSet === ruleSet.id || lineage.includes(record.ruleSet)

/** A version replaces those of its name, or of a set it extends, that are for the same. */
const standsInPlaceOf = (candidate: LoadedRuleSet, made: LoadedRuleSet): boolean =>
  (candidate.ruleSet.id === made.ruleSet.id || candidate.lineage.includes(made.ruleSet.id)) &&
  canonicalJson(plainScope(candidate.ruleSet.scope)) ===
    canonicalJson(plainScope(made.ruleSet.scope))

const decideAgain = (
  candidate: LoadedRuleSet,
  { made, record, facts }: Pick<Redecided, 'made' | 'record' | 'facts'>,
): KnownAnswers => {
  const { program, slots, rules } = preparedRules(candidate)
  const isKnown = knownPlaces(made, record)
  if (!placesOf(candidate).every(isKnown)) return answersOnKnown(candidate, facts, isKnown)
  fireOn(program, facts, slots)
  return {
    answers: answersOf(
      candidate,
      firedNumbers(slots).flatMap((rule) => rules[rule] ?? []),
    ),
  }
}

const noRule = 'no rule'

const ruleNames = (answers: readonly RuleAnswer[]): readonly string[] =>
  answers.length === 0 ? [noRule] : answers.map(({ rule }) => rule)

/** Another rule that says the same, or the same for another reason, is no change. */
const isSame = (one: readonly RuleAnswer[], other: readonly RuleAnswer[]): boolean =>
  canonicalJson(one.map(saidBy)) === canonicalJson(other.map(saidBy))

const saidBy = ({ event: { type, params } }: RuleAnswer): unknown => {
  const { because: _because, ...said } = params
  return { type, said }
}

const zero = decimal('0')

const changeOf = (
  { made, record, facts, before, after }: Redecided,
  line: number,
): ChangedDecision => {
  const { supplier, amount } = valueAtStake(facts)
  const [wasKept, isKept] = [isKeptBack(before, facts), isKeptBack(after, facts)]
  const isSaid = amount !== null && wasKept !== null && isKept !== null
  return {
    line,
    ruleSet: record.ruleSet,
    version: record.version,
    supplier,
    before,
    after,
    value: isSaid
      ? {
          currency: amount.currency,
          newlyHeld: isKept && !wasKept ? amount.amount : zero,
          newlyReleased: wasKept && !isKept ? amount.amount : zero,
        }
      : null,
    facts: factsSeen(preparedRules(made).program.slots, slotValues(made, record)),
  }
}

const suppliersOf = (changed: readonly ChangedDecision[]): readonly SupplierDecisions[] =>
  valueBySupplier(
    changed.flatMap(({ supplier, value }) => (value === null ? [] : [{ supplier, ...value }])),
  ).map(({ count, ...row }) => ({ ...row, decisions: count }))
