import { activities, unknownActivity } from './activities.ts'
import type { EventFate, ReplayedTrace } from './replay-trace.ts'

/** How the events of one activity fared. */
export type ActivityTally = Readonly<Record<EventFate, number>>

/** What a replay adds up to. */
export type ReplayReport = {
  readonly traces: number
  readonly events: number
  readonly byActivity: Readonly<Record<string, ActivityTally>>
  /** Why events were not applied, with how many. */
  readonly reasons: Readonly<Record<string, number>>
  readonly exceptions: Readonly<Record<string, number>>
  readonly brokenInvariants: readonly string[]
}

const noTally: ActivityTally = { applied: 0, 'recorded-only': 0, parked: 0, quarantined: 0 }

/** A report of no trace, with a row for every activity. */
export const emptyReport: ReplayReport = {
  traces: 0,
  events: 0,
  byActivity: Object.fromEntries([...activities.keys()].map((activity) => [activity, noTally])),
  reasons: {},
  exceptions: {},
  brokenInvariants: [],
}

/** Adds a trace to a report. */
export function addToReport(
  report: ReplayReport,
  { world, events }: ReplayedTrace,
  broken: readonly string[],
): ReplayReport {
  const byActivity: Record<string, ActivityTally> = {}
  const reasons: Record<string, number> = {}
  const exceptions: Record<string, number> = {}
  for (const { activity, fate, reason } of events) {
    const tally = byActivity[activity] ?? noTally
    byActivity[activity] = { ...tally, [fate]: tally[fate] + 1 }
    if (reason !== null && fate !== 'recorded-only') {
      count(reasons, `${activity}, ${fate}: ${reason}`)
    }
  }
  const cases = [
    ...Object.values(world.orders).flatMap(({ desk }) => desk.cases),
    ...Object.values(world.shipments).flatMap(({ facts }) => facts.cases),
    ...Object.values(world.invoices).flatMap(({ facts }) => facts.cases),
  ]
  for (const { code } of cases) count(exceptions, code)
  const one = { traces: 1, events: events.length, byActivity, reasons, exceptions }
  return addReports(report, { ...one, brokenInvariants: broken })
}

/** Two reports as one. */
export function addReports(one: ReplayReport, other: ReplayReport): ReplayReport {
  return {
    traces: one.traces + other.traces,
    events: one.events + other.events,
    byActivity: mergeRecords(one.byActivity, other.byActivity, addTallies),
    reasons: mergeRecords(one.reasons, other.reasons, (a, b) => a + b),
    exceptions: mergeRecords(one.exceptions, other.exceptions, (a, b) => a + b),
    brokenInvariants: [...one.brokenInvariants, ...other.brokenInvariants],
  }
}

function addTallies(one: ActivityTally, other: ActivityTally): ActivityTally {
  return {
    applied: one.applied + other.applied,
    'recorded-only': one['recorded-only'] + other['recorded-only'],
    parked: one.parked + other.parked,
    quarantined: one.quarantined + other.quarantined,
  }
}

function mergeRecords<Value>(
  one: Readonly<Record<string, Value>>,
  other: Readonly<Record<string, Value>>,
  add: (a: Value, b: Value) => Value,
): Readonly<Record<string, Value>> {
  const merged = { ...one }
  for (const [key, value] of Object.entries(other)) {
    const known = merged[key]
    merged[key] = known === undefined ? value : add(known, value)
  }
  return merged
}

/** The share of events to be applied that were, in percent with one place, rounded down. */
export function shareApplied({ byActivity }: ReplayReport): number {
  const tallies = Object.values(byActivity)
  const applied = tallies.reduce((sum, tally) => sum + tally.applied, 0)
  const others = tallies.reduce((sum, { parked, quarantined }) => sum + parked + quarantined, 0)
  return applied + others === 0 ? 0 : Math.floor((applied * 1000) / (applied + others)) / 10
}

/** The report as lines of text. */
export function describeReport(report: ReplayReport): readonly string[] {
  return [
    row(['activity', 'applied', 'recorded only', 'parked', 'quarantined', 'reason']),
    ...Object.entries(report.byActivity).map(([activity, tally]) =>
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
    ...Object.entries(report.reasons)
      .toSorted(byCount)
      .map(([reason, times]) => `${times} x ${reason}`),
    '',
    'exceptions opened, by kind:',
    ...Object.entries(report.exceptions)
      .toSorted(byCount)
      .map(([code, times]) => `  ${code.padEnd(28)} ${times}`),
    '',
    ...report.brokenInvariants.slice(0, brokenShownMax),
    `${report.traces} order lines, ${report.events} events, ${shareApplied(report)} % of those to be applied were`,
    `${report.brokenInvariants.length} broken invariants`,
  ]
}

const brokenShownMax = 20

function count(counts: Record<string, number>, key: string): void {
  counts[key] = (counts[key] ?? 0) + 1
}

function byCount([, one]: readonly [string, number], [, other]: readonly [string, number]): number {
  return other - one
}

function recordedOnlyReason(activity: string): string {
  const known = activities.get(activity) ?? unknownActivity
  return 'recordedOnly' in known ? known.recordedOnly : ''
}

function row([activity = '', ...cells]: readonly string[]): string {
  const reason = cells.pop() ?? ''
  const figures = cells.map((cell) => cell.padStart(13)).join(' ')
  return `${activity.padEnd(36)} ${figures}  ${reason}`.trimEnd()
}
