import { decimal } from '@counterfoil/core'
import type { MetricDefinition } from './metric-definition.ts'
import { outcomeDefinitions } from './outcomes.ts'
import type { Band, Summary } from './summarise/summary.ts'

const hours = (share: '0.5' | '0.9'): Summary => ({ kind: 'quantile', figure: 'hours', share })

const days = (from: number, below: number | null): Band => ({
  figure: 'hours',
  from: decimal(from * 24),
  below: below === null ? null : decimal(below * 24),
})

const ages = {
  days0to1: days(0, 2),
  days2to3: days(2, 4),
  days4to7: days(4, 8),
  days8to14: days(8, 15),
  days15on: days(15, null),
}

/** The eight metrics of how the process runs and the six outcomes, each by its one definition. */
export const metricDefinitions: readonly MetricDefinition[] = [
  {
    name: 'confirmation-cycle-time',
    requirement: 'R-118',
    title: 'Supplier confirmation cycle time',
    counts:
      'Each schedule of an order sent to a supplier: the hours of the supplier’s calendar from the issue of the first version it is in to the issue of the first answer that speaks of it, whatever it says. One that nobody answered counts with its age so far, or with its age when the first goods came all the same. Left out: orders taken over half-way from another system, and what was cancelled unanswered.',
    variants: ['all'],
    apart: [],
    summaries: {
      schedules: { kind: 'count' },
      unanswered: { kind: 'sum', figure: 'unanswered' },
      medianHours: hours('0.5'),
      p90Hours: hours('0.9'),
    },
  },
  {
    name: 'change-response-time',
    requirement: 'R-119',
    title: 'Order change response time',
    counts:
      'Each change somebody asked for, by who asked. `supplier`: from the issue of the document to the buyer’s decision, in the buyer’s hours; what the rules let pass counts with 0 hours. `buyer`: from the issue of a new version to the first answer to it, in the supplier’s hours. One that waits counts with its age so far. Left out: withdrawn, lapsed and overtaken before anybody decided.',
    variants: ['buyer', 'supplier'],
    apart: ['variant'],
    summaries: {
      changes: { kind: 'count' },
      waiting: { kind: 'running' },
      medianHours: hours('0.5'),
      p90Hours: hours('0.9'),
    },
  },
  {
    name: 'ship-notice-accuracy',
    requirement: 'R-120',
    title: 'Ship notice to receipt accuracy',
    counts:
      'Two questions that are often taken for one. `as-received`: each order line of a ship notice of which something was counted, accurate where what was counted and not reversed is to the unit what was announced, and all of it good; `unitAccuracy` is 1 less all units off over all units announced. Lines counted in another unit are left out. `as-ordered`: each order of a notice, accurate where the order found nothing in it that is not as ordered and promised.',
    variants: ['as-received', 'as-ordered'],
    apart: ['variant'],
    summaries: {
      counted: { kind: 'sum', figure: 'counted' },
      accuracy: { kind: 'ratio', of: 'accurate', among: 'counted' },
      unitAccuracy: { kind: 'ratio', of: 'unitsOff', among: 'unitsShipped', isComplement: true },
    },
  },
  {
    name: 'receiving-discrepancy-rate',
    requirement: 'R-121',
    title: 'Receiving discrepancy rate',
    counts:
      'Each line of a receipt, discrepant where the dock found any condition but good, or goods nobody ordered; also by value at the order’s price. Left out: counts of which a reversal left nothing.',
    variants: ['all'],
    apart: ['currency'],
    summaries: {
      lines: { kind: 'sum', figure: 'lines' },
      rate: { kind: 'ratio', of: 'discrepant', among: 'lines' },
      rateByValue: { kind: 'ratio', of: 'discrepantValue', among: 'value' },
    },
  },
  {
    name: 'touchless-match-rate',
    requirement: 'R-122',
    title: 'Touchless invoice match rate',
    counts:
      'Each invoice that was released or ended otherwise: touchless where it was released and no person ever had a hand in it, be it one that corrected a field, released a hold, approved, or cancelled it later. `firstAttempt`: released by its first match. Left out: invoices not decided yet, and duplicates.',
    variants: ['all'],
    apart: [],
    summaries: {
      invoices: { kind: 'sum', figure: 'invoices' },
      rate: { kind: 'ratio', of: 'touchless', among: 'invoices' },
      firstAttemptRate: { kind: 'ratio', of: 'firstAttempt', among: 'invoices' },
    },
  },
  {
    name: 'exception-aging',
    requirement: 'R-123',
    title: 'Exception aging and cycle time',
    counts:
      'Each case. `open`: its age since it was found, all hours counted, in bands of whole days, by number and by the money at stake. `settled`: from found to settled, by whomever.',
    variants: ['open', 'settled'],
    apart: ['variant', 'currency'],
    summaries: {
      cases: { kind: 'sum', figure: 'cases' },
      exposure: { kind: 'sum', figure: 'exposure' },
      medianHours: hours('0.5'),
      p90Hours: hours('0.9'),
      ...Object.fromEntries(
        Object.entries(ages).flatMap(([name, band]) => [
          [name, { kind: 'count', band }],
          [`${name}Exposure`, { kind: 'sum', figure: 'exposure', band }],
        ]),
      ),
    },
  },
  {
    name: 'on-time-inbound',
    requirement: 'R-124',
    title: 'On-time inbound performance',
    counts:
      'Each schedule, held against three days: the one first asked for, the first one promised, the last one promised. On time where the last of it was counted by the end of that day, and not before the goods were wanted; in full where as much came as was ordered, or as little as was agreed on. What was refused, reversed or sent back has not come. One that is not complete counts as late once its day is over. The week is that of the day it is held against. Left out: schedules without such a day, and cancelled ones.',
    variants: ['original-request', 'first-promise', 'latest-promise'],
    apart: ['variant'],
    summaries: {
      schedules: { kind: 'sum', figure: 'schedules' },
      onTime: { kind: 'ratio', of: 'onTime', among: 'schedules' },
      inFull: { kind: 'ratio', of: 'inFull', among: 'schedules' },
      onTimeInFull: { kind: 'ratio', of: 'onTimeInFull', among: 'schedules' },
    },
  },
  {
    name: 'supplier-variance',
    requirement: 'R-125',
    title: 'Supplier-specific variance trends',
    counts:
      'Signed differences, inside tolerance too. `price`: each price billed, in percent of the order’s, but for suspected duplicates and invoices that came to nothing. `quantity`: each complete schedule, in percent of what was ordered. `date`: days after the day first asked for. `leakage`: what was paid above the order, in money, because it was inside tolerance or a person let it pass: price, quantity at the order’s price, charges. The trend weighs each new value with 0.2.',
    variants: ['price', 'quantity', 'date', 'leakage'],
    apart: ['variant', 'currency'],
    summaries: {
      counted: { kind: 'count' },
      trend: { kind: 'trend', figure: 'variance', weight: '0.2' },
      median: { kind: 'quantile', figure: 'variance', share: '0.5' },
      leakage: { kind: 'sum', figure: 'leakage' },
    },
  },
  ...outcomeDefinitions,
]
