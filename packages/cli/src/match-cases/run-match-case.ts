import { matchInvoice } from '@counterfoil/core'
import * as z from 'zod'
import { caseDocuments } from './case-documents.ts'
import { casePolicy } from './case-policy.ts'
import type { CaseProfiles } from './case-profiles.ts'
import { type CaseDifference, compareCase } from './compare-case.ts'
import { MatchCase } from './match-case.ts'

/** How a case came out; it passes when nothing differs. */
export type CaseOutcome = { readonly id: string; readonly differences: readonly CaseDifference[] }

/**
 * Runs one worked case: makes documents of it and rule sets of its checks, matches, and compares. A case
 * that cannot be read fails with the reason.
 */
export function runMatchCase(json: unknown, profiles: CaseProfiles): CaseOutcome {
  try {
    const one = MatchCase.parse(json)
    const { expected, ...given } = one
    // Of what the case expects, nothing but the checks with their limits and effects goes on.
    const checks = expected.checks.map(({ expect: _expect, ...check }) => check)
    const { policy, checkNames } = casePolicy({ ...given, checks }, profiles)
    const result = matchInvoice({ ...caseDocuments(given), attempt: 1, policy })
    return { id: one.id, differences: compareCase(expected, result, checkNames) }
  } catch (error) {
    const actual = reasonOf(error)
    return { id: idOf(json), differences: [{ place: 'case', expected: 'a readable case', actual }] }
  }
}

function idOf(json: unknown): string {
  const { data } = z.object({ id: z.union([z.string(), z.number()]) }).safeParse(json)
  return String(data?.id ?? 'without an id')
}

function reasonOf(error: unknown): string {
  if (!(error instanceof z.ZodError)) return error instanceof Error ? error.message : String(error)
  const [issue] = error.issues
  return `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not valid'}`
}
