import {
  checkInvariants,
  type DomainEvent,
  type Policy,
  type RecordedMatch,
  recordedMatches,
  type World,
} from '@counterfoil/core'
import { planOrder } from './plan-order.ts'
import type { RegisterLine } from './read-register.ts'
import type { Trace } from './read-traces.ts'
import { addToReport, emptyReport, type ReplayReport } from './replay-report.ts'
import { replayTrace } from './replay-trace.ts'

/** Which traces are run: every `every`-th, and of those the `index`-th of each `of`. */
export type ReplayPart = {
  readonly every: number
  readonly index: number
  readonly of: number
  /** Told of every match that was made, where somebody keeps them. */
  readonly record?: (match: RecordedMatch) => void
}

/** Runs a part of the traces, each with its line of the register, and checks the invariants after each. */
export function replayPart(
  traces: readonly Trace[],
  lines: readonly RegisterLine[],
  policy: Policy,
  { every, index, of, record }: ReplayPart,
): ReplayReport {
  let report = emptyReport
  for (const [number, trace] of traces.entries()) {
    const content = lines[number % lines.length]
    if (content === undefined || number % every !== 0 || (number / every) % of !== index) continue
    const replayed = replayTrace(trace, planOrder(trace, content), policy)
    const broken = checkInvariants(replayed.world).map(
      ({ invariant, sentence }) => `INV-${invariant} ${trace.po}/${trace.line}: ${sentence}`,
    )
    if (record !== undefined) for (const match of matchesIn(replayed.world)) record(match)
    report = addToReport(report, replayed, broken)
  }
  return report
}

function matchesIn({ log }: World): readonly RecordedMatch[] {
  const ofInvoices = log.filter(({ aggregate }) => aggregate.kind === 'invoice')
  const byInvoice = Map.groupBy(ofInvoices, ({ aggregate }: DomainEvent) => aggregate.key)
  return [...byInvoice].flatMap(([key, events]) => recordedMatches(key, events))
}
