import { type Message, orderAggregate, type OrderState } from '@counterfoil/core'
import { beforeShapes } from '../machines/machine-stamp.ts'
import type { ConductedAggregate } from '../runtime.ts'
import { orderRows } from '../views/order-rows.ts'
import { businessScope, dayOfIssue } from './business-scope.ts'
import { writeBackAnswer } from './write-back-answer.ts'

/** The order of core, as a runtime conducts it: its rules are those of the day its current version was issued. */
export const conductedOrder: ConductedAggregate = {
  ...orderAggregate,
  older: [
    { machine: { ...orderAggregate.machine, version: 1 }, take: { kind: 'replay' } },
    { machine: beforeShapes({ ...orderAggregate.machine, version: 1 }), take: { kind: 'replay' } },
    // Before it was kept for whom an order was approved.
    { machine: { ...orderAggregate.machine, version: 2 }, take: { kind: 'replay' } },
  ],
  scopeOf: (state: OrderState | null, message: Message) => {
    const order = state?.standing.order ?? null
    if (state === null || order === null) return businessScope(message, null)
    const { supplier, issuedAt } = order
    return businessScope(message, {
      supplier,
      date: dayOfIssue(issuedAt, state.facts.calendars.buyer),
    })
  },
  rowsOf: (state: OrderState) => orderRows(state),
  answerOf: writeBackAnswer,
}
