import type { OrderState, OrderStates, OrderStatus, ScheduleStates } from '@counterfoil/core'
import { defineEnum } from '../enum/define-enum.ts'

/** The words for where orders and schedules stand. */
export const orderEnums = [
  defineEnum('OrderState', 'Where an order stands, in one word for a list.', {
    awaited: 'Something was said about it, and the order itself has not come.',
    'unordered-goods': 'The place of goods nobody ordered.',
    draft: 'Written, not sent.',
    'pending-approval': 'Waits for approval.',
    approved: 'Approved, not sent.',
    sent: 'Sent to the supplier.',
    delivered: "Taken in by the supplier's system.",
    'partially-acknowledged': 'The supplier answered some of it.',
    acknowledged: 'The supplier took all of it as ordered.',
    'acknowledged-with-changes': 'The supplier answered all of it, some of it otherwise.',
    rejected: 'The supplier refused all of it.',
    'in-fulfilment': 'Goods are on their way or have come.',
    fulfilled: 'Nothing more is expected.',
    'on-hold': 'Somebody stopped it.',
    'cancel-pending': 'It is to be cancelled, and the supplier has not agreed.',
    cancelled: 'It is cancelled.',
    completed: 'All is delivered and billed, and nothing is left to settle.',
    archived: 'Put away.',
  } satisfies Record<OrderStatus, string>),
  defineEnum('OrderIssuing', 'Whether the order was sent.', {
    draft: 'Somebody writes it.',
    'pending-approval': 'It waits for approval.',
    approved: 'It may be sent.',
    sent: 'It was sent.',
    delivered: "The supplier's system took it in.",
  } satisfies Record<OrderStates['issuing'], string>),
  defineEnum('OrderAcknowledgment', 'What the supplier answered to the order as a whole.', {
    unacknowledged: 'Nothing.',
    'partially-acknowledged': 'Something to some of it.',
    acknowledged: 'Yes to all of it.',
    'acknowledged-with-changes': 'Something to all of it, not always as ordered.',
    rejected: 'No to all of it.',
  } satisfies Record<OrderStates['acknowledgment'], string>),
  defineEnum('OrderFulfilment', 'How far delivery of the order is.', {
    'awaiting-shipment': 'Nothing is on its way.',
    'in-fulfilment': 'Something is on its way or has come.',
    fulfilled: 'Nothing more is expected.',
  } satisfies Record<OrderStates['fulfilment'], string>),
  defineEnum('BillingState', 'How much is invoiced.', {
    'not-invoiced': 'Nothing.',
    'part-invoiced': 'Some of it.',
    invoiced: 'All of it.',
  } satisfies Record<ScheduleStates['billing'], string>),
  defineEnum('OrderControl', 'Whether somebody stopped the order.', {
    active: 'Nobody did.',
    'on-hold': 'Somebody did.',
  } satisfies Record<OrderStates['control'], string>),
  defineEnum('OrderCancellation', 'Whether the order is to be cancelled.', {
    'not-cancelled': 'Nobody asked for it.',
    'cancel-pending': 'Asked for; the supplier has not answered.',
    'cancel-refused': 'The supplier refused.',
    cancelled: 'It is cancelled.',
  } satisfies Record<OrderStates['cancellation'], string>),
  defineEnum('OrderCompletion', 'Whether anything is left to do.', {
    open: 'Something is.',
    completed: 'Nothing is.',
    archived: 'It was put away.',
  } satisfies Record<OrderStates['completion'], string>),
  defineEnum('ScheduleAcknowledgment', 'What the supplier answered to a schedule.', {
    'awaiting-acknowledgment': 'Nothing yet.',
    'change-proposed': 'Something else than ordered; the buyer is to decide.',
    'counter-proposed':
      'The buyer wants something else than the supplier; the supplier is to answer.',
    'reconfirm-required': 'It has to be confirmed once more.',
    rejected: 'No.',
    backordered: 'Later.',
    'part-backordered': 'Some of it later.',
    confirmed: 'Yes.',
  } satisfies Record<ScheduleStates['acknowledgment'], string>),
  defineEnum('ScheduleShipping', 'How much is announced by ship notices.', {
    'not-shipped': 'Nothing.',
    'part-shipped': 'Some of it.',
    shipped: 'All of it.',
  } satisfies Record<ScheduleStates['shipping'], string>),
  defineEnum('ScheduleDelivery', 'How much was counted at the dock.', {
    'not-received': 'Nothing.',
    'part-received': 'Some of it.',
    received: 'All of it.',
  } satisfies Record<ScheduleStates['delivery'], string>),
  defineEnum('ScheduleClosure', 'Whether more is expected.', {
    open: 'Yes.',
    'delivery-complete': 'No: it was delivered, or near enough.',
    'short-closed': 'No: the buyer gave the rest up.',
    cancelled: 'No: it was cancelled.',
    refused: 'No: the supplier refuses it, and the buyer took that.',
    closed: 'No, and it is billed.',
  } satisfies Record<ScheduleStates['closure'], string>),
  defineEnum('ScheduleControl', 'Whether somebody stopped the line.', {
    released: 'Nobody did.',
    held: 'Somebody did.',
  } satisfies Record<ScheduleStates['control'], string>),
  defineEnum('ScheduleResolution', 'Whether a receiving case keeps invoices waiting.', {
    clear: 'None does.',
    'awaiting-resolution': 'One does.',
  } satisfies Record<ScheduleStates['resolution'], string>),
  defineEnum('OrderVersionSource', 'Where a version of an order comes from.', {
    issued: 'The ERP issued it.',
    imported: 'It was taken over from the ERP while under way.',
    agreed: 'It follows from a change that was agreed.',
  } satisfies Record<OrderState['standing']['versions'][number]['source'], string>),
  defineEnum('DateMeaning', 'What a promised day is the day of.', {
    delivery: 'Arriving.',
    ship: 'Leaving.',
  }),
]
