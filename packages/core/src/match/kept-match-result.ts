import * as z from 'zod'
import { canonicalJson } from '../hash/canonical-json.ts'
import { type DomainEvent, messageData } from '../message/message.ts'
import { PolicyDecision } from '../policy/policy.ts'
import { CheckResult, MatchResult } from './match-result.ts'

/** A check as it is kept: a decision of the rules is said in full, or by its place in `policyDecisions`, from 0. */
export const KeptCheckResult = CheckResult.extend({
  policy: z.array(z.union([PolicyDecision, z.int().nonnegative()])),
})
export type KeptCheckResult = z.infer<typeof KeptCheckResult>

/**
 * A match as it is kept. The checks of a line rest on one decision of the rules, and those of other lines often on the same,
 * so each is said once. `matchResultOf` gives the match in full.
 */
export const KeptMatchResult = MatchResult.extend({
  checks: z.array(KeptCheckResult),
  /** The decisions that checks name, in the order of their first check. Absent: every check says its own in full. */
  policyDecisions: z.array(PolicyDecision).optional(),
})
export type KeptMatchResult = z.infer<typeof KeptMatchResult>

/** A match to be kept. Equal matches are kept by equal bytes, whichever objects they share. */
export function keepMatchResult(result: MatchResult): KeptMatchResult {
  const places = new Map<string, number>()
  const known = new Map<PolicyDecision, number>()
  const policyDecisions: PolicyDecision[] = []
  const placeOf = (decision: PolicyDecision): number => {
    const seen = known.get(decision)
    if (seen !== undefined) return seen
    const text = canonicalJson(decision)
    const place = places.get(text) ?? policyDecisions.push(decision) - 1
    places.set(text, place)
    known.set(decision, place)
    return place
  }
  const checks = result.checks.map((check) => ({ ...check, policy: check.policy.map(placeOf) }))
  return { ...result, checks, policyDecisions }
}

/** A match in full, as it was made. Takes what earlier releases kept as it is. */
export function matchResultOf({ policyDecisions = [], ...kept }: KeptMatchResult): MatchResult {
  const checks = kept.checks.map((check): CheckResult => ({
    ...check,
    policy: check.policy.flatMap((one) =>
      typeof one === 'number' ? (policyDecisions[one] ?? []) : one,
    ),
  }))
  return { ...kept, checks }
}

/** An event whose data says in full what is kept once for several of its parts: for whoever looks through it for words. */
export function eventInFull(event: DomainEvent): DomainEvent {
  const { result } = event.data
  if (event.type !== 'invoice.matched' || !isSharing(result)) return event
  return { ...event, data: messageData({ ...event.data, result: matchResultOf(result) }) }
}

// Read from the books, and checked before it was written into them.
function isSharing(result: unknown): result is KeptMatchResult {
  return typeof result === 'object' && result !== null && 'policyDecisions' in result
}
