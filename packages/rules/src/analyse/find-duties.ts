import type { ApprovalStep, PolicyFacts } from '@counterfoil/core'
import type { CheckedRule } from '../evaluate/checked-rule.ts'
import { evaluateRuleSet } from '../evaluate/evaluate-rule-set.ts'
import type { LoadedRuleSet } from '../rule-set/loaded-rule-set.ts'
import {
  type AnalysisFinding,
  isInherited,
  namesOf,
  pointerOfRule,
  versionOf,
} from './analysis-finding.ts'
import { type ApprovalAnswers, type ApprovalRule, regionWhere } from './approval-answers.ts'
import {
  conflictingDuties,
  dutiesOfCode,
  dutiesOfDecision,
  type Duty,
  dutyNames,
  settlingDecisions,
} from './duty-table.ts'
import type { Box } from './box.ts'
import { factsSchemaOf } from './fact-schema.ts'
import { type Analysed, witnessOf } from './find-in-regions.ts'
import type { Together } from './when-together.ts'
import { makeSpace } from './space.ts'
import { valuesNamed } from './values-named.ts'
import { factsIn } from './witness.ts'

/** A rule, or a set by its owner, that gives a role a duty. */
type Holding = {
  readonly role: string
  readonly duty: Duty
  readonly set: LoadedRuleSet
  /** Null for the owner of the set. */
  readonly rule: CheckedRule | null
  /** Whether nobody else has to agree. */
  readonly isAlone: boolean
  /** Facts that show it; null for the owner of a set, and where none are found. */
  readonly facts: () => PolicyFacts | null
}

/**
 * Roles that hold two duties to be kept apart, as far as rule sets say who does what: who answers for an
 * exception, who approves, who owns a set. Where somebody else has to agree as well it is information only.
 * What persons have which roles is not known here; that is checked when they act.
 */
export const findDuties = (
  analysed: readonly Analysed[],
  matrices: readonly ApprovalAnswers[],
  together: Together,
): readonly AnalysisFinding[] => {
  const routes = analysed.flatMap(routesOf)
  const holdings = [
    ...analysed.flatMap(({ loaded }) => ownerHoldings(loaded)),
    ...routes.flatMap(routeHoldings),
    ...matrices.flatMap(approverHoldings),
  ]
  return [
    ...conflictingDuties.flatMap((pair) => findConflict(pair, holdings, together)),
    ...routes.flatMap((route) => findSettlesAlone(route, matrices, together)),
  ]
}

type Route = {
  readonly analysed: Analysed
  readonly set: LoadedRuleSet
  readonly rule: CheckedRule
  readonly role: string
  /** Exceptions it is for; null for any. */
  readonly codes: readonly string[] | null
}

const routesOf = (analysed: Analysed): readonly Route[] => {
  const set = analysed.loaded
  if (set.ruleSet.kind !== 'routing') return []
  const space = makeSpace(set.rules)
  return set.rules.flatMap((rule) => {
    if (rule.event.type !== 'route') return []
    return [
      {
        analysed,
        set,
        rule,
        role: rule.event.params.ownerRole,
        codes: valuesNamed(rule, 'exception.code', space),
      },
    ]
  })
}

const ownerHoldings = (set: LoadedRuleSet): readonly Holding[] => {
  const holding = { role: set.ruleSet.owner, set, rule: null, isAlone: true, facts: () => null }
  return [
    { ...holding, duty: 'write-rules' },
    ...(set.ruleSet.kind === 'tolerance'
      ? [{ ...holding, duty: 'write-tolerances' as const }]
      : []),
  ]
}

const routeHoldings = (route: Route): readonly Holding[] => {
  const { set, rule, role, codes } = route
  const codeOf = new Map<Duty, string>()
  for (const [code, duty] of Object.entries(dutiesOfCode)) {
    if (codes !== null && codes.includes(code) && !codeOf.has(duty)) codeOf.set(duty, code)
  }
  return [...codeOf].map(([duty, code]) => {
    const facts = () => routedFacts(route, code)
    return { role, duty, set, rule, isAlone: true, facts }
  })
}

/** An exception of that code that the rule routes. */
const routedFacts = ({ analysed, rule }: Route, code: string): PolicyFacts | null => {
  const { space, regionsOf } = analysed.analysis
  for (const box of regionsOf(rule)) {
    const about = regionWhere({ box }, space, 'exception.code', code)
    const { witness = null } = witnessOf(about, analysed, ({ answers }) =>
      answers.some((answer) => answer.rule === rule.name),
    )
    if (witness !== null) return witness
  }
  return null
}

const approverHoldings = (matrix: ApprovalAnswers): readonly Holding[] =>
  Object.entries(dutiesOfDecision).flatMap(([decision, duty]) =>
    approversOf(matrix, decision, null).flatMap(({ rule, steps, box }) =>
      [...new Set(steps.flatMap(({ roles }) => roles))].map((role) => ({
        role,
        duty,
        set: matrix.loaded,
        rule,
        isAlone: canApproveAlone(role, steps, rule),
        facts: () => approvedFacts({ rule, box }, matrix),
      })),
    ),
  )

type Approvers = {
  readonly rule: ApprovalRule
  readonly steps: readonly ApprovalStep[]
  /** Facts for which it is so. */
  readonly box: Box
}

/** Facts that the rule of the matrix answers. */
const approvedFacts = (
  { rule, box }: Pick<Approvers, 'rule' | 'box'>,
  { loaded, space }: ApprovalAnswers,
): PolicyFacts | null => {
  const facts = factsIn(box, space, factsSchemaOf(loaded))
  if (facts === null) return null
  const { answers } = evaluateRuleSet(loaded, facts)
  return answers.some((answer) => answer.rule === rule.name) ? facts : null
}

/** The rules that have somebody approve a decision, about that exception where one is given. */
const approversOf = (
  { regions, space }: ApprovalAnswers,
  decision: string,
  code: string | null,
): readonly Approvers[] => {
  const rules = new Map<ApprovalRule, Box>()
  for (const region of regions) {
    if (region.rule === null || rules.has(region.rule)) continue
    const box = regionWhere(region, space, 'approval.decisionType', decision)
    if (box === null) continue
    const about = code === null ? box : regionWhere({ box }, space, 'approval.exceptionCode', code)
    if (about !== null) rules.set(region.rule, about)
  }
  return [...rules].flatMap(([rule, box]) => {
    const { params } = rule.event
    return params.outcome === 'needed' ? [{ rule, steps: params.steps, box }] : []
  })
}

/** Whether one role can give every agreement that is asked for. Two persons may still have the same role. */
const canApproveAlone = (
  role: string,
  steps: readonly ApprovalStep[],
  { event }: ApprovalRule,
): boolean => {
  if (event.params.outcome === 'needed' && event.params.fourEyes) return false
  return steps.every(
    ({ roles, mode, quorum = 1 }) =>
      roles.includes(role) &&
      (mode === 'any' || roles.length === 1 || (mode === 'quorum' && quorum === 1)),
  )
}

const findConflict = (
  [one, other]: readonly [Duty, Duty],
  holdings: readonly Holding[],
  together: Together,
): readonly AnalysisFinding[] => {
  const roles = [...new Set(holdings.map(({ role }) => role))]
  return roles.flatMap((role): readonly AnalysisFinding[] => {
    const own = holdings.filter((holding) => holding.role === role)
    const [some, others] = [one, other].map((which) => own.filter(({ duty }) => duty === which))
    const first = heldWith(some ?? [], others ?? [], together)
    const second = heldWith(others ?? [], some ?? [], together)
    const [at] = second
    if (first.length === 0 || at === undefined) return []
    const isAlone =
      second.some((holding) => holding.isAlone) && first.some((holding) => holding.isAlone)
    const isOwn = [...first, ...second].some(
      ({ set, rule }) => rule !== null && !isInherited(set, rule),
    )
    const wayOut = isAlone
      ? 'give one of them to another role'
      : 'another has to agree as well, which keeps it in check as long as that is another person'
    return [
      {
        kind: 'duties',
        severity: isAlone && isOwn ? 'warning' : 'information',
        ruleSet: versionOf(at.set),
        pointer: pointerOfHolding(at),
        rules: [...second, ...first].map((holding) => nameOfHolding(holding)),
        sentence:
          `\`${role}\` ${dutyNames[one]} (${namesOf(first.map(asNamed))}) and ${dutyNames[other]} ` +
          `(${namesOf(second.map(asNamed))}): ${wayOut}`,
        ...shownBy([...second, ...first]),
      },
    ]
  })
}

/** Those of some holdings that are in force together with one of others. */
const heldWith = (
  some: readonly Holding[],
  others: readonly Holding[],
  together: Together,
): readonly Holding[] =>
  some.filter(({ set }) => others.some((other) => together(set, other.set) !== null))

const shownBy = (
  holdings: readonly Pick<Holding, 'facts'>[],
): { readonly witness?: PolicyFacts } => {
  for (const { facts } of holdings) {
    const witness = facts()
    if (witness !== null) return { witness }
  }
  return {}
}

const pointerOfHolding = ({ set, rule }: Holding): string =>
  rule === null ? '/owner' : pointerOfRule(set, rule)

const nameOfHolding = ({ set, rule }: Holding): string =>
  rule === null ? `${versionOf(set)}/owner` : `${versionOf(set)}/${rule.name}`

const asNamed = (holding: Holding): { readonly name: string } => ({ name: nameOfHolding(holding) })

/** An exception whose owner alone agrees to what settles it. */
const findSettlesAlone = (
  { set, rule, role, codes }: Route,
  matrices: readonly ApprovalAnswers[],
  together: Together,
): readonly AnalysisFinding[] => {
  const found = matrices.flatMap((matrix) => {
    if (together(set, matrix.loaded) === null) return []
    const approvals = settlingDecisions.flatMap((decision) =>
      (codes ?? [null]).flatMap((code) => approversOf(matrix, decision, code)),
    )
    const alone = approvals.filter((one) => canApproveAlone(role, one.steps, one.rule))
    return [...new Map(alone.map((one) => [one.rule.name, one]))].map(([name, one]) => ({
      name: `${versionOf(matrix.loaded)}/${name}`,
      facts: () => approvedFacts(one, matrix),
    }))
  })
  if (found.length === 0) return []
  return [
    {
      kind: 'duties',
      severity: isInherited(set, rule) ? 'information' : 'warning',
      ruleSet: versionOf(set),
      pointer: pointerOfRule(set, rule),
      rules: [rule.name, ...found.map(({ name }) => name)],
      sentence: `\`${role}\` answers for the exceptions of \`${rule.name}\` and alone approves what settles them (${namesOf(found)}): let another role answer, or one more agree`,
      ...shownBy(found),
    },
  ]
}
