import type {
  ChangedDecision,
  DecisionSimulation,
  LineNotTried,
  RuleAnswer,
} from '@counterfoil/rules/replay'
import { counted, countsThatDiffer, supplierRows } from './simulation-rows.ts'

/** What changed decisions are shown for, and how many of them. */
export type DecisionNames = { readonly candidate: string; readonly first: number }

/** A simulation of recorded decisions as lines of text. */
export function describeDecisions(
  report: DecisionSimulation,
  { candidate, first }: DecisionNames,
): readonly string[] {
  const { lines, decisions, otherRuleSets, changed, suppliers, notTried } = report
  const others = otherRuleSets === 0 ? '' : `, ${otherRuleSets} of other rule sets`
  return [
    `${candidate} on recorded decisions, as if it had been in force on every day`,
    `${counted(lines, 'line')}: ${decisions} decided again, ${notTried.length} not tried${others}`,
    `${counted(changed.length, 'decision')} would come out otherwise`,
    ...countsThatDiffer('deciding rules', report.rules),
    ...supplierRows(
      suppliers.map(({ supplier, decisions: count, ...row }) => ({
        ...row,
        supplier: supplier ?? 'no supplier recorded',
        count,
      })),
      'decisions',
      first,
    ),
    ...(changed.length === 0 ? [] : ['']),
    ...changed.slice(0, first).flatMap(describeChange),
    ...more(changed.length - first, 'changed decision'),
    ...(notTried.length === 0 ? [] : ['', 'not tried:']),
    ...notTried.slice(0, first).map(describeNotTried),
    ...more(notTried.length - first, 'line'),
  ]
}

function describeChange(one: ChangedDecision): readonly string[] {
  const { line, ruleSet, version, supplier, value, facts } = one
  const whose = supplier === null ? '' : `, ${supplier}`
  const seen = Object.entries(facts).map(([place, fact]) => `${place} ${JSON.stringify(fact)}`)
  return [
    `line ${line}, ${ruleSet}@${version}${whose}: ${say(one.before)} → ${say(one.after)}${moved(value)}`,
    `  ${seen.join(', ')}`,
  ]
}

function say(answers: readonly RuleAnswer[]): string {
  if (answers.length === 0) return 'no rule'
  return answers.map(({ rule, event }) => `${rule} (${event.params.because})`).join(', ')
}

function moved(value: ChangedDecision['value']): string {
  if (value === null) return ''
  const { newlyHeld, newlyReleased, currency } = value
  if (newlyHeld !== '0') return `; ${newlyHeld} ${currency} newly held`
  return newlyReleased === '0' ? '' : `; ${newlyReleased} ${currency} newly released`
}

function describeNotTried({ line, sentence }: LineNotTried): string {
  return `line ${line}: ${sentence}`
}

function more(left: number, noun: string): readonly string[] {
  return left > 0 ? [`and ${counted(left, `more ${noun}`)}, all of them with --json`] : []
}
