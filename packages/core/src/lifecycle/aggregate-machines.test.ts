import { describe, expect, it } from 'vitest'
import type { AnyStateMachine } from 'xstate'
import { agreementLifecycle } from '../agreement/agreement-lifecycle.machine.ts'
import { agreementAggregate } from '../agreement/decide-agreement.ts'
import { approvalLifecycle } from '../approval/approval-lifecycle.machine.ts'
import { disputeLifecycle } from '../dispute/dispute-lifecycle.machine.ts'
import { exceptionLifecycle } from '../exception/exception-lifecycle.machine.ts'
import { holdLifecycle } from '../hold/hold-lifecycle.machine.ts'
import { invoiceAggregate } from '../invoice-lifecycle/decide-invoice.ts'
import { invoiceLifecycle } from '../invoice-lifecycle/invoice-lifecycle.machine.ts'
import { changeRequestLifecycle } from '../order-change/change-request-lifecycle.machine.ts'
import { orderAggregate } from '../order-lifecycle/decide-order.ts'
import { orderLifecycle } from '../order-lifecycle/order-lifecycle.machine.ts'
import { scheduleLifecycle } from '../order-lifecycle/schedule-lifecycle.machine.ts'
import { shipmentAggregate } from '../shipment-lifecycle/decide-shipment.ts'
import { shipmentLifecycle } from '../shipment-lifecycle/shipment-lifecycle.machine.ts'
import { lifecycleShape } from './lifecycle-shape.ts'

const machines: readonly (readonly [
  {
    readonly kind: string
    readonly machine: { readonly version: number; readonly shape?: string }
  },
  readonly AnyStateMachine[],
])[] = [
  [orderAggregate, [orderLifecycle, scheduleLifecycle, changeRequestLifecycle, exceptionLifecycle]],
  [agreementAggregate, [agreementLifecycle, exceptionLifecycle]],
  [shipmentAggregate, [shipmentLifecycle, exceptionLifecycle]],
  [
    invoiceAggregate,
    [invoiceLifecycle, exceptionLifecycle, holdLifecycle, disputeLifecycle, approvalLifecycle],
  ],
]

describe('what states are stored with', () => {
  it.each(machines)('$kind: says which lifecycles made them', ({ kind, machine }, lifecycles) => {
    expect(
      machine.shape,
      `the lifecycles of the ${kind} changed: raise its version, write the new shape, and say how states of version ${machine.version} are taken`,
    ).toBe(lifecycleShape({ machines: lifecycles }))
  })
})
