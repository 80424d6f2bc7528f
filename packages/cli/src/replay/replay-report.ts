import { activities } from './activities.ts'
import type { EventFate, ReplayedTrace } from './replay-trace.ts'

/** How the events of one activity fared. */
export type ActivityTally = Readonly<Record<EventFate, number>>

/** What a replay adds up to. */
export type ReplayReport = {
  readonly traces: number
  readonly events: number
  readonly byActivity: ReadonlyMap<string, ActivityTally>
  /** Why events were not applied, with how many. */
  readonly reasons: ReadonlyMap<string, number>
  readonly exceptions: ReadonlyMap<string, number>
  readonly brokenInvariants: readonly string[]
}

const noTally: ActivityTally = { applied: 0, 'recorded-only': 0, parked: 0, quarantined: 0 }

/** A report of no trace, with a row for every activity. */
export const emptyReport: ReplayReport = {
  traces: 0,
  events: 0,
  byActivity: new Map([...activities.keys()].map((activity) => [activity, noTally])),
  reasons: new Map(),
  exceptions: new Map(),
  brokenInvariants: [],
}

/** Adds a trace to a report. */
export function addToReport(
  report: ReplayReport,
  { world, events }: ReplayedTrace,
  broken: readonly string[],
): ReplayReport {
  const byActivity = new Map(report.byActivity)
  const reasons = new Map(report.reasons)
  const exceptions = new Map(report.exceptions)
  for (const { activity, fate, reason } of events) {
    const tally = byActivity.get(activity) ?? noTally
    byActivity.set(activity, { ...tally, [fate]: tally[fate] + 1 })
    if (reason !== null && fate !== 'recorded-only') {
      count(reasons, `${activity}, ${fate}: ${reason}`)
    }
  }
  for (const { desk } of Object.values(world.orders)) {
    for (const { code } of desk.cases) count(exceptions, code)
  }
  for (const { facts } of Object.values(world.invoices)) {
    for (const { code } of facts.cases) count(exceptions, code)
  }
  return {
    traces: report.traces + 1,
    events: report.events + events.length,
    byActivity,
    reasons,
    exceptions,
    brokenInvariants: [...report.brokenInvariants, ...broken],
  }
}

/** The share of events to be applied that were, in percent with one place, rounded down. */
export function shareApplied({ byActivity }: ReplayReport): number {
  const tallies = [...byActivity.values()]
  const applied = tallies.reduce((sum, tally) => sum + tally.applied, 0)
  const others = tallies.reduce((sum, { parked, quarantined }) => sum + parked + quarantined, 0)
  return applied + others === 0 ? 0 : Math.floor((applied * 1000) / (applied + others)) / 10
}

/** The report as lines of text. */
export function describeReport(report: ReplayReport): readonly string[] {
  return [
    row(['activity', 'applied', 'recorded only', 'parked', 'quarantined', 'reason']),
    ...[...report.byActivity].map(([activity, tally]) =>
      row([
        activity,
        String(tally.applied),
        String(tally['recorded-only']),
        String(tally.parked),
        String(tally.quarantined),
        recordedOnlyReason(activity),
      ]),
    ),
    '',
    ...[...report.reasons].toSorted(byCount).map(([reason, times]) => `${times} x ${reason}`),
    '',
    'exceptions opened, by kind:',
    ...[...report.exceptions]
      .toSorted(byCount)
      .map(([code, times]) => `  ${code.padEnd(28)} ${times}`),
    '',
    ...report.brokenInvariants.slice(0, brokenShownMax),
    `${report.traces} order lines, ${report.events} events, ${shareApplied(report)} % of those to be applied were`,
    `${report.brokenInvariants.length} broken invariants`,
  ]
}

const brokenShownMax = 20

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}

function byCount([, one]: readonly [string, number], [, other]: readonly [string, number]): number {
  return other - one
}

function recordedOnlyReason(activity: string): string {
  const known = activities.get(activity)
  return known !== undefined && 'recordedOnly' in known ? known.recordedOnly : ''
}

function row([activity = '', ...cells]: readonly string[]): string {
  const reason = cells.pop() ?? ''
  const figures = cells.map((cell) => cell.padStart(13)).join(' ')
  return `${activity.padEnd(36)} ${figures}  ${reason}`.trimEnd()
}
