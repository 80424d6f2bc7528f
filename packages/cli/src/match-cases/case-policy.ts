import {
  CounterfoilError,
  decimal,
  multiplyDecimals,
  type Policy,
  type Tolerance,
} from '@counterfoil/core'
import { createPolicy, loadRuleSet, type LoadedRuleSet } from '@counterfoil/rules'
import { generalChecks, type LimitWords, systemWords } from './case-checks.ts'
import { invoiceLineNumbers } from './case-invoice.ts'
import {
  type CaseProfile,
  type CaseProfiles,
  findProfileCheck,
  type ProfileCheck,
} from './case-profiles.ts'
import type { CaseCheck, MatchCase } from './match-case.ts'

/** The policy of a case, and what each of its checks is called there. */
export type CasePolicy = { readonly policy: Policy; readonly checkNames: readonly string[] }

/** What a policy is made of: the case without what it expects to come out. */
export type PolicyQuestion = Pick<MatchCase, 'id' | 'profile' | 'policy' | 'po' | 'invoice'> & {
  readonly checks: readonly CaseCheck[]
}

/**
 * The policy of a case: rule sets that extend the profile's, switch its own checks off and enable those
 * of the case alone, with their limits and effects. A limit the case does not give is not checked.
 */
export function casePolicy(question: PolicyQuestion, profiles: CaseProfiles): CasePolicy {
  const profile = profiles.get(question.profile)
  if (profile === undefined) {
    throw new CounterfoilError(
      'RULE_SET_NOT_FOUND',
      `no profile is called \`${question.profile}\`: use ${[...profiles.keys()].join(', ')}`,
    )
  }
  const planned = question.checks.map((check, index) => {
    const meant = meantBy(check, profile, profiles)
    return { check, meant, name: `${check.check}#${index + 1}` }
  })
  const ruleSets = [
    extend(
      profile.matching,
      question,
      planned.map((one) => matchingRule(one, question)),
    ),
    extend(
      profile.tolerance,
      question,
      planned.map((one) => toleranceRule(one)),
    ),
    profile.routing,
  ]
  return { policy: createPolicy({ ruleSets }), checkNames: planned.map(({ name }) => name) }
}

/** A check of a case, the check of a profile it means, and its name in the case's policy. */
type CasePlan = { readonly check: CaseCheck; readonly meant: ProfileCheck; readonly name: string }

function meantBy({ check }: CaseCheck, profile: CaseProfile, profiles: CaseProfiles): ProfileCheck {
  const general = generalChecks[check]?.check
  const meant = findProfileCheck(profiles, profile, (planned) =>
    general === undefined ? planned.name === check : planned.check === general,
  )
  if (meant !== null) return meant
  throw new CounterfoilError('RULE_SET_NOT_FOUND', `no profile knows a check \`${check}\``)
}

/** Everything the profile checks is switched off; its conduct stays. */
function extend(base: LoadedRuleSet, { id }: PolicyQuestion, rules: readonly unknown[]) {
  const { ruleSet } = base
  const json = {
    id: `case-${ruleSet.kind}`,
    kind: ruleSet.kind,
    version: '1.0.0',
    effectiveFrom: ruleSet.effectiveFrom,
    scope: ruleSet.scope,
    extends: `${ruleSet.id}@${ruleSet.version}`,
    switchedOff: base.rules
      .filter(({ event }) => event.type === 'check' || event.type === 'tolerance')
      .map(({ name }) => name),
    owner: ruleSet.owner,
    title: `Worked case ${id}`,
    rules,
  }
  return loadRuleSet(json, { bases: [base] })
}

function matchingRule({ check, meant, name }: CasePlan, question: PolicyQuestion) {
  const { tolerance, code, field } = check
  const isGeneral = generalChecks[check.check] !== undefined
  const { amountDecimals, roundExpectedAmount } = question.policy ?? {}
  const lineNumber = invoiceLineOf(check, question)
  const percentOf = tolerance?.['pctOf'] ?? undefined
  const basis = tolerance?.['basis'] ?? undefined
  const billOn = tolerance?.['billOn'] ?? undefined
  return {
    name,
    conditions: { all: [lineNumber === null ? onHeader : onLine(lineNumber)] },
    event: {
      type: 'check',
      params: {
        name,
        check: meant.planned.check,
        holdCode: meant.planned.holdCode,
        onExceed: (check.onExceed ?? 'hold').replaceAll('_', '-'),
        ...(typeof code === 'string' ? { code } : {}),
        ...(typeof field === 'string' ? { field } : {}),
        parameters: {
          amountDecimals: amountDecimals ?? amountDecimalsDefault,
          roundExpected: roundExpectedAmount ?? true,
          ...(isGeneral ? generalParameters(check.check) : meant.planned.parameters),
          reading: 'as-stated',
          // A case counts every difference, also one that is only room left.
          ceiling: false,
          ...(percentOf === undefined ? {} : { percentOf }),
          ...(basis === undefined ? {} : { basis: basis === 'receipt' ? 'receipt' : 'order' }),
          ...(billOn === undefined
            ? {}
            : { billOn: billOn === 'ordered' ? 'ordered' : 'received' }),
          ...(lineNumber === null && typeof check.line === 'string'
            ? { orderLineNumber: check.line }
            : {}),
        },
        because: `the worked case asks for ${check.check}`,
      },
    },
  }
}

// Case files round to two places where they say nothing, whatever the currency.
const amountDecimalsDefault = 2

const onHeader = { fact: 'line', operator: 'is-present', value: false }

function onLine(value: string) {
  return { fact: 'line', path: '$.number', operator: 'equal', value }
}

/** Two suspects of one supplier, day and value: their numbers are compared letter by letter. */
function generalParameters(check: string) {
  if (check === 'duplicate.similarReference')
    return { patterns: ['reference'], caseSensitive: true }
  return check === 'qty.matchedReceipt' ? { receipts: 'named' } : {}
}

/** The first line of the invoice that bills the order line of a check; null for a check of the whole invoice. */
function invoiceLineOf({ line }: CaseCheck, { invoice }: PolicyQuestion): string | null {
  if (typeof line !== 'string') return null
  const lines = invoice.lines ?? []
  const index = lines.findIndex(({ poLine }) => poLine === line)
  return invoiceLineNumbers(lines)[index] ?? null
}

function toleranceRule({ check, meant, name }: CasePlan) {
  const spelling = generalChecks[check.check]
  const standing = toleranceOf(meant)
  const limits = limitsOf(check, spelling?.words ?? systemWords)
  return {
    name,
    conditions: { all: [{ fact: 'check', path: '$.name', operator: 'equal', value: name }] },
    event: {
      type: 'tolerance',
      params: {
        upper: { abs: limits['upper.abs'] ?? null, pct: limits['upper.pct'] ?? null },
        lower: { abs: limits['lower.abs'] ?? null, pct: limits['lower.pct'] ?? null },
        combine: spelling === undefined ? standing.combine : 'either',
        percentBase: spelling?.percentBase ?? standing.percentBase,
        lowerEffect: 'same',
        amountCurrency: 'transaction',
        because: `the limits of the worked case for ${check.check}`,
      },
    },
  }
}

/** How the profile itself limits the check: how its limits combine and what a percentage is of. */
function toleranceOf({ profile, planned }: ProfileCheck): Tolerance {
  const { name, check, code, field, holdCode, onExceed } = planned
  const facts = { name, check, code: code ?? null, field: field ?? null, holdCode, onExceed }
  return createPolicy({ ruleSets: [profile.tolerance] }).tolerance({ check: facts }).value
}

type Limits = Record<LimitWords[string][number], string | null>

function limitsOf({ tolerance }: CaseCheck, words: LimitWords): Limits {
  const limits: Limits = {
    'upper.abs': null,
    'upper.pct': null,
    'lower.abs': null,
    'lower.pct': null,
  }
  for (const [word, value] of Object.entries(tolerance ?? {})) {
    if (value === null || value === undefined) continue
    // A fraction is a percentage with the point moved.
    const limit = word === 'fraction' ? multiplyDecimals(decimal(value), decimal(100)) : value
    for (const place of words[word] ?? []) limits[place] = limit
  }
  return limits
}
