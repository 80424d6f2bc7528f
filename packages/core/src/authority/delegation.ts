import * as z from 'zod'
import { ApprovalDecisionType } from '../approval/approval-requirement.ts'
import { CalendarDate, compareDates } from '../calendar/calendar-date.ts'
import { Money } from '../money/money.ts'
import type { AuthorityRefusal } from './authority-refusal.ts'

const person = z.string().min(1).max(120).meta({ 'x-personal': 'name' })

/** Somebody lets another decide in their place for some days: on holiday, for one kind of decision, up to an amount. */
export const Delegation = z.strictObject({
  delegationId: z.string().min(1).max(200),
  from: person,
  to: person,
  /** What may be decided in their place. */
  decisionTypes: z.array(ApprovalDecisionType).min(1),
  /** The roles it is about. Absent: every role of theirs. */
  roles: z.array(z.string().min(1).max(60)).min(1).optional(),
  /** The most that may be decided about, itself included. Absent: as much as they may themselves. */
  exposureMax: Money.optional(),
  /** First and last day it holds, both included, on the calendar of the buyer. */
  validFrom: CalendarDate,
  validTo: CalendarDate,
  reason: z.string().min(1).max(1000),
})
export type Delegation = z.infer<typeof Delegation>

/** The delegations with another, or why it cannot be one. */
export type DelegationRecorded =
  | { readonly kind: 'recorded'; readonly delegations: readonly Delegation[] }
  | ({ readonly kind: 'refused' } & AuthorityRefusal)

/**
 * Writes a delegation down. Nobody delegates to themselves, and no delegation leads back to its giver on a day when all of the
 * chain hold for one decision type and role: the refusal names the chain.
 */
export function recordDelegation(
  known: readonly Delegation[],
  given: Delegation,
): DelegationRecorded {
  const { delegationId, from, to, validFrom, validTo } = given
  if (known.some((one) => one.delegationId === delegationId)) {
    return refused('delegation-known', `there is a delegation \`${delegationId}\` already`)
  }
  if (from === to) return refused('delegation-to-oneself', 'nobody delegates to themselves')
  if (compareDates(validTo, validFrom) < 0) {
    return refused(
      'delegation-dates',
      `it would end on ${validTo}, before it begins on ${validFrom}`,
    )
  }
  const chain = chainBack(known, given, { at: to, part: given, through: [from, to] })
  if (chain !== null) {
    return refused('delegation-cycle', `it would lead back to \`${from}\`: ${chain.join(' → ')}`)
  }
  return { kind: 'recorded', delegations: [...known, given] }
}

/** What is common to all links of a chain so far. */
type Part = Pick<Delegation, 'decisionTypes' | 'roles' | 'validFrom' | 'validTo'>

type Walk = { readonly at: string; readonly part: Part; readonly through: readonly string[] }

function chainBack(
  known: readonly Delegation[],
  given: Delegation,
  { at, part, through }: Walk,
): readonly string[] | null {
  for (const link of known) {
    if (link.from !== at) continue
    const common = commonPart(part, link)
    if (common === null) continue
    if (link.to === given.from) return [...through, link.to]
    // A chain that comes round to somebody in between was refused when it was written down.
    if (through.includes(link.to)) continue
    const walk = { at: link.to, part: common, through: [...through, link.to] }
    const chain = chainBack(known, given, walk)
    if (chain !== null) return chain
  }
  return null
}

/** The days, decision types and roles two links have in common; null where there is none. */
function commonPart(a: Part, b: Part): Part | null {
  const validFrom = compareDates(a.validFrom, b.validFrom) > 0 ? a.validFrom : b.validFrom
  const validTo = compareDates(a.validTo, b.validTo) < 0 ? a.validTo : b.validTo
  const decisionTypes = a.decisionTypes.filter((type) => b.decisionTypes.includes(type))
  if (compareDates(validTo, validFrom) < 0 || decisionTypes.length === 0) return null
  const roles = commonRoles(a.roles, b.roles)
  if (roles?.length === 0) return null
  return { decisionTypes, validFrom, validTo, ...(roles !== undefined && { roles }) }
}

function commonRoles(a: Part['roles'], b: Part['roles']): Part['roles'] {
  if (a === undefined || b === undefined) return a ?? b
  return a.filter((role) => b.includes(role))
}

function refused(reason: string, sentence: string): DelegationRecorded {
  return { kind: 'refused', reason, sentence }
}
