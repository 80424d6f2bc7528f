import type { Conduct, Policy } from '../policy/policy.ts'
import type { InvoiceContext } from './check.ts'
import { decideMatch, type MatchEffect } from './decide-match.ts'
import type { MatchResult } from './match-result.ts'
import {
  payableAfterReduction,
  payableOfFreeLines,
  proposeResolutions,
} from './propose-resolution.ts'
import { type MadeFinding, wantedExceptions } from './wanted-exceptions.ts'
import { wantedHolds } from './wanted-holds.ts'

/** What follows from the checks of an invoice. */
export type MatchConclusion = Pick<
  MatchResult,
  'decision' | 'checks' | 'holds' | 'exceptions' | 'resolutions' | 'payableAmount'
>

/** Decides on the invoice, and wants the holds, cases and settlements that the failed checks ask for. */
export function concludeMatch(
  made: readonly MadeFinding[],
  header: InvoiceContext,
  conduct: Conduct,
  policy: Policy,
): MatchConclusion {
  const findings = made.map(({ finding }) => finding)
  const failed = findings.filter(({ effect }) => effect !== null)
  const effects = new Set<MatchEffect>()
  for (const { effect } of failed) if (effect !== null) effects.add(effect)
  const decision = decideMatch(
    effects,
    findings.some(({ hasVariance }) => hasVariance),
  )
  // What only waits names no exception, so nothing is opened or proposed for it.
  const resolutions = proposeResolutions(failed, header)
  const lineCount = header.invoice.lines.length
  return {
    decision,
    checks: findings.map(({ result }) => result),
    holds: [...wantedHolds(failed, lineCount)],
    exceptions: [...wantedExceptions(made, lineCount, policy)],
    resolutions: [...resolutions],
    payableAmount: payable(),
  }

  function payable(): MatchResult['payableAmount'] {
    if (decision === 'reduce') return payableAfterReduction(resolutions, header)
    if (decision !== 'hold' || !conduct.partialRelease) return null
    return payableOfFreeLines(
      failed.filter(({ effect }) => effect === 'hold'),
      header,
    )
  }
}
