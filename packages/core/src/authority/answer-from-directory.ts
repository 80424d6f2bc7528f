import { absoluteDecimal, compareDecimals } from '../decimal/decimal-arithmetic.ts'
import { compareDates } from '../calendar/calendar-date.ts'
import { refusalOfPerson } from '../message/actor.ts'
import type { Money } from '../money/money.ts'
import type { Authority, ConvertedExposure } from './authority-answer.ts'
import type { AuthorityAnswer, AuthorityQuestion } from './authority-question.ts'
import type { AuthorityRefusal } from './authority-refusal.ts'
import { convertExposure, limitRefusal } from './check-limit.ts'
import {
  type AuthorityDirectory,
  isInForce,
  isInScope,
  type RoleAuthority,
} from './authority-directory.ts'
import type { Delegation } from './delegation.ts'
import { breachesOfDuty, refusalOfBreach } from './duty.ts'

/** The most people a decision is delegated through; a longer chain is nobody's decision any more. */
export const delegationsMax = 3

/**
 * Answers who may do what from a directory. A person may by a role of their own, or by one of somebody who delegated to them,
 * on the day, for what it is about, up to the limit; and never against the separation of duties, be it their own or that of
 * anybody they act for. Of several ways the shortest is taken, then the first in the directory. Pure.
 */
export function answerFromDirectory(
  directory: AuthorityDirectory,
  question: AuthorityQuestion,
): AuthorityAnswer {
  const { actor } = question
  const nobody = refusalOfPerson(actor)
  if (nobody !== null) return { kind: 'refused', ...nobody }
  const own = dutyRefusal(directory, question, [actor.id])
  if (own !== null) return { kind: 'refused', ...own }
  const { claims, refusals } = claimsOf(directory, question)
  const answers = claims
    .toSorted((a, b) => a.through.length - b.through.length)
    .map((claim) => answerToClaim(directory, question, claim))
  const allowed = answers.find((answer) => answer.kind === 'allowed')
  if (allowed !== undefined) return allowed
  const [closest] = [...answers.flatMap(refusalIn), ...refusals].toSorted(
    (a, b) => rankOf(a) - rankOf(b),
  )
  return { kind: 'refused', ...(closest ?? noAuthority(question)) }
}

/** A role by which somebody may act: whose it is, and everybody it was delegated through, its holder first. */
type Claim = {
  readonly holder: string
  readonly role: string
  readonly through: readonly string[]
  readonly delegations: readonly Delegation[]
}

type Claims = { readonly claims: readonly Claim[]; readonly refusals: readonly AuthorityRefusal[] }

function claimsOf(directory: AuthorityDirectory, question: AuthorityQuestion): Claims {
  const { actor, handedOver } = question
  const own = claimsThrough(directory, question, { person: actor.id, visited: [actor.id] })
  if (handedOver === undefined) return own
  const { from, asRole } = handedOver
  const theirs = claimsThrough(directory, question, { person: from, visited: [actor.id, from] })
  const handed = theirs.claims
    .filter(({ role }) => role === asRole)
    .map((claim) => ({ ...claim, through: [...claim.through, from] }))
  return { claims: [...own.claims, ...handed], refusals: [...own.refusals, ...theirs.refusals] }
}

function claimsThrough(
  directory: AuthorityDirectory,
  question: AuthorityQuestion,
  { person, visited }: { readonly person: string; readonly visited: readonly string[] },
): Claims {
  const { asRoles, businessDate, scope } = question
  const own = directory.holders
    .filter((one) => one.person === person && (asRoles?.includes(one.role) ?? true))
    .filter((one) => isInForce(one, businessDate) && isInScope(one, scope))
    .map(({ role }): Claim => ({ holder: person, role, through: [], delegations: [] }))
  if (visited.length > delegationsMax) return { claims: own, refusals: [] }
  const refusals: AuthorityRefusal[] = []
  const delegated = directory.delegations.flatMap((delegation) => {
    if (delegation.to !== person || visited.includes(delegation.from)) return []
    const { from } = delegation
    const theirs = claimsThrough(directory, question, { person: from, visited: [...visited, from] })
    const covered = theirs.claims.filter(({ role }) => delegation.roles?.includes(role) ?? true)
    const refusal = covered.length === 0 ? null : delegationRefusal(directory, question, delegation)
    if (refusal !== null) refusals.push(refusal)
    return refusal === null
      ? covered.map((claim) => ({
          ...claim,
          through: [...claim.through, from],
          delegations: [...claim.delegations, delegation],
        }))
      : []
  })
  return { claims: [...own, ...delegated], refusals }
}

/** Why a delegation does not cover a question; null where it does. */
function delegationRefusal(
  directory: AuthorityDirectory,
  question: AuthorityQuestion,
  { from, to, decisionTypes, exposureMax, validFrom, validTo }: Delegation,
): AuthorityRefusal | null {
  const { businessDate, decisionType, exposure } = question
  if (!isInForce({ validFrom, validTo }, businessDate)) {
    return {
      reason: 'delegation-not-in-force',
      sentence: `\`${from}\` delegated to \`${to}\` from ${validFrom} to ${validTo}, and it is ${businessDate}`,
    }
  }
  if (decisionType === null || !decisionTypes.includes(decisionType)) {
    return {
      reason: 'delegation-not-for-this',
      sentence: `\`${from}\` delegated to \`${to}\` ${decisionTypes.join(', ')}, and not ${decisionType ?? 'this'}`,
    }
  }
  if (exposureMax === undefined) return null
  const limit = limitRefusal(
    { asRole: from, limit: exposureMax, ...atRate(directory, question, exposureMax) },
    exposure,
    decisionType,
  )
  return limit === null
    ? null
    : {
        reason: limit.reason === 'limit-exceeded' ? 'delegation-limit-exceeded' : limit.reason,
        sentence: `\`${from}\` delegated to \`${to}\` up to ${exposureMax.amount} ${exposureMax.currency} only`,
      }
}

function answerToClaim(
  directory: AuthorityDirectory,
  question: AuthorityQuestion,
  claim: Claim,
): AuthorityAnswer {
  const { holder, role, through } = claim
  const duty = dutyRefusal(directory, question, through)
  if (duty !== null) return { kind: 'refused', ...duty }
  const grants = directory.roles.filter((one) => one.role === role && covers(one, question))
  const tried = grants.map((grant) => authorityOf(directory, question, claim, grant))
  const within = tried.find(
    (authority) => limitRefusal(authority, question.exposure, question.decisionType) === null,
  )
  if (within !== undefined) return { kind: 'allowed', authority: within }
  const [largest] = tried.toSorted(byLimit)
  const limit =
    largest === undefined ? null : limitRefusal(largest, question.exposure, question.decisionType)
  const { action, decisionType, businessDate } = question
  return {
    kind: 'refused',
    ...(limit ?? {
      reason: 'role-may-not',
      sentence: `role \`${role}\` of \`${holder}\` may not \`${action}\`${decisionType === null ? '' : ` (${decisionType})`} here on ${businessDate}`,
    }),
  }
}

function covers(grant: RoleAuthority, question: AuthorityQuestion): boolean {
  const { decisionType, action, businessDate, scope } = question
  const isOfType =
    grant.decisionTypes === undefined ||
    (decisionType !== null && grant.decisionTypes.includes(decisionType))
  const isOfAction = grant.actions?.includes(action) ?? true
  return isOfType && isOfAction && isInForce(grant, businessDate) && isInScope(grant, scope)
}

function authorityOf(
  directory: AuthorityDirectory,
  question: AuthorityQuestion,
  { holder, role, through, delegations }: Claim,
  { limit }: RoleAuthority,
): Authority {
  const upTo = limit === null ? 'for any amount' : `up to ${limit.amount} ${limit.currency}`
  // It is kept with what is done, so it names nobody: who they are stands in fields that names are kept apart from.
  const reasons = delegations.map(({ validTo, reason }) => `delegated until ${validTo}: ${reason}`)
  return {
    asRole: role,
    ...(through.length > 0 && { onBehalfOf: holder, delegatedBy: [...through] }),
    ...(delegations.length > 0 && {
      delegations: delegations.map(({ delegationId, from, to, validFrom, validTo }) => ({
        delegationId,
        from,
        to,
        validFrom,
        validTo,
      })),
    }),
    limit,
    ...(limit !== null && atRate(directory, question, limit)),
    because: [`${role} decides ${upTo}`, ...reasons].join('; ').slice(0, 1000),
  }
}

/** An amount in the currency of a limit, at the latest rate of the day or before; nothing where it has none, or needs none. */
function atRate(
  { rates = [] }: AuthorityDirectory,
  { exposure, businessDate }: Pick<AuthorityQuestion, 'exposure' | 'businessDate'>,
  limit: Money,
): { readonly converted?: ConvertedExposure } {
  if (exposure === null || exposure.currency === limit.currency) return {}
  const [latest] = rates
    .filter(({ from, to }) => from === exposure.currency && to === limit.currency)
    .filter(({ rateDate }) => compareDates(rateDate, businessDate) <= 0)
    .toSorted((a, b) => compareDates(b.rateDate, a.rateDate))
  if (latest === undefined) return {}
  const { rate, rateDate } = latest
  return { converted: convertExposure(exposure, { to: limit.currency, rate, rateDate }) }
}

function dutyRefusal(
  { dutyConflicts: conflicts }: AuthorityDirectory,
  { duty, duties }: AuthorityQuestion,
  persons: readonly string[],
): AuthorityRefusal | null {
  if (duty === null) return null
  const given = conflicts === undefined ? {} : { conflicts }
  const [breach] = breachesOfDuty({ persons, duty, done: duties, ...given })
  return breach === undefined ? null : refusalOfBreach(breach)
}

function refusalIn(answer: AuthorityAnswer): readonly AuthorityRefusal[] {
  return answer.kind === 'refused' ? [{ reason: answer.reason, sentence: answer.sentence }] : []
}

/** The refusal that stands closest to a yes is the one worth telling. */
const closeness = [
  'limit-exceeded',
  'delegation-limit-exceeded',
  'currency-not-converted',
  'exposure-unknown',
  'delegation-not-in-force',
  'delegation-not-for-this',
  'duty-conflict',
  'role-may-not',
]

function rankOf({ reason }: AuthorityRefusal): number {
  const rank = closeness.indexOf(reason)
  return rank === -1 ? closeness.length : rank
}

function noAuthority({ actor, asRoles, action }: AuthorityQuestion): AuthorityRefusal {
  const roles = asRoles === null ? `that may \`${action}\`` : `of ${asRoles.join(', ')}`
  return {
    reason: 'no-authority',
    sentence: `\`${actor.id}\` has none of the roles ${roles}, and nobody who has delegated to them`,
  }
}

function byLimit(a: Authority, b: Authority): number {
  if (a.limit === null || b.limit === null) return a.limit === null ? -1 : 1
  // Amounts of two currencies stand as the directory has them.
  if (a.limit.currency !== b.limit.currency) return 0
  return compareDecimals(absoluteDecimal(b.limit.amount), absoluteDecimal(a.limit.amount))
}
