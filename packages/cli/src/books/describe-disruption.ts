import type { Money } from '@counterfoil/core'
import type {
  DisruptionTotals,
  Selection,
  SelectionReport,
  Touched,
  TouchedSchedule,
} from '@counterfoil/runtime/disruption'

/** Something a disruption touches, and what is at stake. */
export function* describeTouched(touched: Touched): Generator<string> {
  switch (touched.kind) {
    case 'order':
      yield `order ${touched.orderNumber} of ${touched.supplier ?? 'nobody'}, ${touched.state}`
      for (const schedule of touched.schedules) yield `  ${describeSchedule(schedule)}`
      for (const { approverRole } of touched.approvals) yield `  waits for ${approverRole}`
      break
    case 'shipment': {
      const { shipNoticeNumber, supplier, state, expected, shipTo, orderNumbers } = touched
      yield `shipment ${shipNoticeNumber} of ${supplier ?? 'nobody'}, ${state}, expected ${expected ?? 'on no day'} at ${shipTo ?? 'no place'}, for ${orderNumbers.join(', ')}`
      break
    }
    case 'invoice': {
      const { invoiceNumber, supplier, state, total, dueDate } = touched
      const due = dueDate === null ? '' : `, due ${dueDate}`
      yield `invoice ${invoiceNumber} of ${supplier ?? 'nobody'}, ${state}, ${writeMoney(total)}${due}`
      for (const { approverRole } of touched.approvals) yield `  waits for ${approverRole}`
    }
  }
  for (const { code, ownerRole, person } of touched.openCases) {
    yield `  case ${code} of ${person === null ? ownerRole : `${ownerRole} ${person}`}`
  }
}

function describeSchedule(schedule: TouchedSchedule): string {
  const { orderLineNumber, scheduleNumber, open, inTransit, unconfirmed, refused } = schedule
  const { unitOfMeasure, openValue, needBy, shipTo, customer } = schedule
  return [
    `${orderLineNumber}/${scheduleNumber}: ${open} ${unitOfMeasure} open`,
    `${inTransit} on the way`,
    `${unconfirmed} not promised`,
    ...(refused === '0' ? [] : [`${refused} refused`]),
    writeMoney(openValue),
    `wanted ${needBy ?? 'on no day'}`,
    ...(shipTo === null ? [] : [`to ${shipTo}`]),
    ...(customer === null ? [] : [`for ${customer}`]),
  ].join(', ')
}

/** What it comes to. */
export function* describeTotals(totals: DisruptionTotals): Generator<string> {
  const { orders, drafts, schedules, shipments, invoices, openCases, approvals } = totals
  yield `orders ${orders}, of them drafts ${drafts}; deliveries ${schedules}; shipments ${shipments}; invoices ${invoices}; open cases ${openCases}; approvals ${approvals}`
  yield `open ${writeSums(totals.openValue)}, of it not promised ${writeSums(totals.unconfirmedValue)}; invoiced ${writeSums(totals.invoiced)}`
  if (totals.unvalued > 0) {
    yield `priced by a unit nobody stated, and in no amount: ${totals.unvalued} of the deliveries`
  }
  for (const { customer, orderNumbers, openValue, firstNeedBy } of totals.customers) {
    yield `customer ${customer} waits for ${writeSums(openValue)}, first ${firstNeedBy ?? 'on no day'}: ${orderNumbers.join(', ')}`
  }
}

/** What was selected, and what carries it out. */
export function* describeSelection(file: string, selection: Selection): Generator<string> {
  const { items, change } = selection
  const to = describeChange(change)
  for (const [index, { sentence, fromRole }] of items.entries()) {
    yield `${index + 1}: ${sentence}, from ${fromRole} to ${to}`
  }
  yield `${items.length} selected as ${selection.selectionId}; nothing was changed: --apply ${file} carries them out`
}

function describeChange(change: Selection['change']): string {
  const person = change.kind === 'reassign' ? change.toPerson : undefined
  return person === undefined ? change.toRole : `${change.toRole} ${person}`
}

/** What became of a selection. */
export function* describeReport(report: SelectionReport): Generator<string> {
  for (const { number, outcome, what, sentence } of report.items) {
    yield `${number}: ${what}: ${sentence === null ? outcome : `${outcome}, ${sentence}`}`
  }
  yield `${report.applied} applied, ${report.changed} changed since, ${report.refused} refused`
}

function writeMoney(value: Money | null): string {
  return value === null ? 'worth nobody knows what' : `${value.amount} ${value.currency}`
}

function writeSums(sums: readonly Money[]): string {
  return sums.length === 0 ? 'nothing' : sums.map(writeMoney).join(' and ')
}
