import {
  compareDates,
  isOpenCase,
  orderStatus,
  type OrderState,
  type ScheduleStanding,
  splitKey,
} from '@counterfoil/core'
import type { ViewRow } from '../store/stored-records.ts'
import { caseRow } from './case-row.ts'
import { driftRows } from './drift-rows.ts'
import { dayMoment } from './day-moment.ts'
import type { OrderSummary } from './summaries.ts'
import { taskRow } from './task-row.ts'

/** What the lists show of an order: the order itself, its cases and tasks, and what systems say otherwise. */
export function orderRows(state: OrderState): readonly ViewRow[] {
  const summary = summariseOrder(state)
  const order: ViewRow = {
    view: 'order',
    id: state.key,
    buyerOrganisation: summary.buyerOrganisation,
    supplier: summary.supplier,
    state: summary.state,
    open: summary.open,
    ownerRole: null,
    openedAt: firstIssueOf(state),
    dueAt: summary.nextRequestedDate === null ? null : dayMoment(summary.nextRequestedDate),
    body: summary,
  }
  const { key, desk, facts } = state
  return [
    order,
    ...desk.cases.map((one) => caseRow(one, summary.supplier)),
    ...driftRows({ kind: 'order', key }, facts.drift, summary.supplier),
    ...(desk.tasks ?? []).map((task) => taskRow(task, summary.supplier)),
  ]
}

/** An order in one row of a list. Goods nobody ordered have the supplier in place of an order number. */
export function summariseOrder(state: OrderState): OrderSummary {
  const { order, states, lines } = state.standing
  const [, buyerOrganisation = '', ...rest] = splitKey(state.key)
  const [orderNumber = '', unorderedFrom] = rest
  const open = states.completion === 'open' && states.cancellation !== 'cancelled'
  return {
    orderKey: state.key,
    buyerOrganisation,
    orderNumber: unorderedFrom ?? orderNumber,
    supplier: order?.supplier ?? unorderedFrom ?? null,
    state: orderStatus(state),
    open,
    orderVersion: order?.version ?? null,
    currency: order?.currency ?? null,
    openExceptions: state.desk.cases.filter(isOpenCase).length,
    nextRequestedDate: open ? firstWanted(lines.flatMap(({ schedules }) => schedules)) : null,
  }
}

function firstWanted(schedules: readonly ScheduleStanding[]): OrderSummary['nextRequestedDate'] {
  const days = schedules
    .filter(({ states }) => states.closure === 'open' && states.delivery !== 'received')
    .flatMap(({ requestedDate }) => (requestedDate === null ? [] : [requestedDate]))
  return days.toSorted(compareDates)[0] ?? null
}

function firstIssueOf({ standing }: OrderState): string | null {
  return standing.versions[0]?.issuedAt ?? standing.order?.issuedAt ?? null
}
