import type { MetricDefinition } from './metric-definition.ts'

/** What the whole is for, in six numbers: each by its one definition, of what documents say. */
export const outcomeDefinitions: readonly MetricDefinition[] = [
  {
    name: 'order-error-rate',
    requirement: 'R-110',
    title: 'Order errors',
    counts:
      'Each order sent to a supplier: erroneous where a case was ever opened that says so of the order itself (an article, unit or supplier the master does not know, a price that is not the agreed one, a unit the supplier changes, an answer to an old version, two texts under one number), or where a case of it was closed as caused by a buyer’s error or the master data. Left out: orders taken over half-way from another system.',
    variants: ['all'],
    apart: [],
    summaries: {
      orders: { kind: 'sum', figure: 'orders' },
      errors: { kind: 'sum', figure: 'erroneous' },
      rate: { kind: 'ratio', of: 'erroneous', among: 'orders' },
    },
  },
  {
    name: 'document-exception-rate',
    requirement: 'R-110',
    title: 'Receiving and invoice exceptions',
    counts:
      '`receiving`: each order line of which something was counted, and each count of what nobody ordered; an exception where a case about the count was ever opened, and always for what nobody ordered. `invoice`: each invoice; an exception where a case or a hold was ever opened on it. What was settled since counts on: somebody had to look. Left out: counts of which a reversal left nothing, and cases that say a system could not carry something out.',
    variants: ['receiving', 'invoice'],
    apart: ['variant'],
    summaries: {
      counted: { kind: 'sum', figure: 'counted' },
      exceptions: { kind: 'sum', figure: 'excepted' },
      rate: { kind: 'ratio', of: 'excepted', among: 'counted' },
    },
  },
  {
    name: 'supplier-response-time',
    requirement: 'R-110',
    title: 'Supplier response time',
    counts:
      'Everything a supplier was asked, in its own hours: `order` is what confirmation cycle time counts, `change` what the buyer asked for later, as change response time counts it. One that waits counts with its age so far.',
    variants: ['order', 'change'],
    apart: ['variant'],
    summaries: {
      asked: { kind: 'count' },
      waiting: { kind: 'running' },
      medianHours: { kind: 'quantile', figure: 'hours', share: '0.5' },
      p90Hours: { kind: 'quantile', figure: 'hours', share: '0.9' },
    },
  },
  {
    name: 'inventory-accuracy',
    requirement: 'R-110',
    title: 'Inventory accuracy of receipts',
    counts:
      'No document says what is on the shelf. What stands for it: each line of a receipt by which stock was booked in, accurate where it was booked right the first time, so that nothing of it was reversed and the receipt was not counted again under its number. `unitAccuracy` is 1 less all units reversed over all units booked. Left out: goods nobody ordered. Losses in the warehouse are not seen.',
    variants: ['all'],
    apart: [],
    summaries: {
      bookings: { kind: 'sum', figure: 'bookings' },
      accuracy: { kind: 'ratio', of: 'accurate', among: 'bookings' },
      unitAccuracy: { kind: 'ratio', of: 'unitsOff', among: 'unitsBooked', isComplement: true },
    },
  },
  {
    name: 'expedite-cost',
    requirement: 'R-110',
    title: 'Expedite cost',
    counts:
      'Each invoice that was released. What haste costs stands in the charges of invoices whose code is `EXPEDITE`, `EXPEDITED`, `EXPEDITED-FREIGHT`, `EXPRESS`, `EXPRESS-FREIGHT` or `RUSH`, in any case and with any signs between; `costShare` is their sum over the amounts of all lines. Credits take away what was billed. Haste that is billed under the code of ordinary freight, or by the carrier alone, is not seen.',
    variants: ['all'],
    apart: ['currency'],
    summaries: {
      invoices: { kind: 'sum', figure: 'invoices' },
      cost: { kind: 'sum', figure: 'cost' },
      costShare: { kind: 'ratio', of: 'cost', among: 'goods' },
      expeditedRate: { kind: 'ratio', of: 'expedited', among: 'invoices' },
    },
  },
  {
    name: 'on-time-fulfilment',
    requirement: 'R-110',
    title: 'On-time fulfilment of orders',
    counts:
      'Each order as a whole, which R-124 counts by schedule: on time where every schedule of it had come in full by the day first asked for. It counts once all of it has come, or once the last day is over of what has not. Left out: cancelled schedules and those without a day, and orders with no other.',
    variants: ['all'],
    apart: [],
    summaries: {
      orders: { kind: 'sum', figure: 'orders' },
      onTime: { kind: 'ratio', of: 'onTime', among: 'orders' },
      complete: { kind: 'ratio', of: 'complete', among: 'orders' },
    },
  },
]
