import type { BusinessCalendar } from '../calendar/business-calendar.ts'
import type { CalendarDate } from '../calendar/calendar-date.ts'
import type { Instant } from '../calendar/instant.ts'
import { officeHours } from '../calendar/office-hours.ts'
import type { Decimal } from '../decimal/decimal.ts'
import type { Discrepancy } from '../discrepancy/discrepancy.ts'
import type { Judgement } from '../discrepancy/judge-discrepancy.ts'
import type { ExceptionCase } from '../exception/exception.ts'
import type { Task } from '../exception/task.ts'
import type { AggregateState, MachineStamp } from '../message/decision.ts'
import type { MessageData } from '../message/message.ts'
import type {
  ChangeLifecycleFacts,
  ChangeLifecycleState,
} from '../order-change/change-request-lifecycle.machine.ts'
import type { OrderDifference } from '../order-change/order-change.ts'
import type { Conduct } from '../policy/policy.ts'
import type { PurchaseOrder } from '../purchase-order/purchase-order.ts'
import { noFacts, type OrderFacts, type OrderVersion } from './order-facts.ts'
import type { OrderLifecycleFacts } from './order-lifecycle.machine.ts'
import type { OwnBilling } from './own-billing.ts'
import type { ScheduleLifecycleFacts } from './schedule-lifecycle.machine.ts'
import type { SupplierPromise } from './stand-answers.ts'

/** The states of a schedule, one for each region of its lifecycle. */
export type ScheduleStates = {
  readonly acknowledgment:
    | 'awaiting-acknowledgment'
    | 'change-proposed'
    | 'counter-proposed'
    | 'reconfirm-required'
    | 'rejected'
    | 'backordered'
    | 'part-backordered'
    | 'confirmed'
  readonly shipping: 'not-shipped' | 'part-shipped' | 'shipped'
  readonly delivery: 'not-received' | 'part-received' | 'received'
  readonly billing: 'not-invoiced' | 'part-invoiced' | 'invoiced'
  readonly closure:
    | 'open'
    | 'delivery-complete'
    | 'short-closed'
    | 'cancelled'
    | 'refused'
    | 'closed'
  readonly control: 'released' | 'held'
  readonly resolution: 'clear' | 'awaiting-resolution'
}

/** The states of an order, one for each region of its lifecycle. */
export type OrderStates = {
  readonly issuing: 'draft' | 'pending-approval' | 'approved' | 'sent' | 'delivered'
  readonly acknowledgment:
    | 'unacknowledged'
    | 'partially-acknowledged'
    | 'acknowledged'
    | 'acknowledged-with-changes'
    | 'rejected'
  readonly fulfilment: 'awaiting-shipment' | 'in-fulfilment' | 'fulfilled'
  readonly billing: 'not-invoiced' | 'part-invoiced' | 'invoiced'
  readonly control: 'active' | 'on-hold'
  readonly cancellation: 'not-cancelled' | 'cancel-pending' | 'cancel-refused' | 'cancelled'
  readonly completion: 'open' | 'completed' | 'archived'
}

/** The quantities of a schedule, in its order line's unit of measure. */
export type ScheduleQuantities = {
  readonly ordered: Decimal
  /** Promised, and accepted by the buyer or inside tolerance. May be more than ordered where that was accepted. */
  readonly confirmed: Decimal
  readonly backordered: Decimal
  /** Refused by the supplier. */
  readonly rejected: Decimal
  /** Given up: cancelled or short-closed while still open. */
  readonly cancelled: Decimal
  /** Ordered and not answered: neither confirmed, backordered, rejected nor cancelled. */
  readonly awaiting: Decimal
  /** Announced by ship notices that were not withdrawn. */
  readonly shipped: Decimal
  /** Announced and not counted yet. */
  readonly inTransit: Decimal
  /** Receipts less reversals. `accepted + rejectedByQuality + inInspection = received`. */
  readonly received: Decimal
  readonly accepted: Decimal
  readonly rejectedByQuality: Decimal
  /** Under inspection, blocked or on hold. */
  readonly inInspection: Decimal
  /** Sent back to the supplier. */
  readonly returned: Decimal
  /** Billed by invoices that count. */
  readonly invoiced: Decimal
  /** Given back by credits and reversals. */
  readonly credited: Decimal
  /** Still to be delivered. */
  readonly open: Decimal
}

/** One schedule as it stands. */
export type ScheduleStanding = {
  readonly scheduleNumber: string
  readonly requestedDate: CalendarDate | null
  /** The day asked for when it was first ordered, whatever was agreed on since (INV-23). */
  readonly originalRequestedDate: CalendarDate | null
  /** The day of the first promise there was for it; null while there is none (INV-23). */
  readonly firstPromisedDate: CalendarDate | null
  /** The day the last delivery was promised for; null while nothing is promised. */
  readonly promisedDate: CalendarDate | null
  /** The day goods are expected: announced or reported by the shipment, else promised, else requested. */
  readonly expectedDate: CalendarDate | null
  /** So much the supplier says it will deliver, agreed on or not; what is ordered while it said nothing. */
  readonly expectedQuantity: Decimal
  /** The answer that counts says otherwise than ordered. */
  readonly isChanged: boolean
  /** The answer that counts; null while there is none. */
  readonly answeredBy: string | null
  /**
   * What the supplier said after an answer that was final: a wish to change it, which does not apply until it is accepted.
   * Absent: nothing.
   */
  readonly saidAfterwards?: string
  /** The supplier was asked to let it go, and has not answered or does not agree. Absent: it was not, or it is let go. */
  readonly cancellation?: 'pending' | 'refused'
  /** Every promise there was, by issue time, then document. */
  readonly promises: readonly SupplierPromise[]
  readonly quantities: ScheduleQuantities
  readonly states: ScheduleStates
  readonly facts: ScheduleLifecycleFacts
}

/** A difference between the order and what answers it, as measured now. The same measure has the same identity. */
export type MeasuredDifference = {
  readonly identity: string
  readonly discrepancy: Discrepancy
}

/** What the supplier's answer to a schedule would change, and which differences make it a wish and no confirmation. */
export type Proposal = {
  readonly changeId: string
  readonly documentNumber: string
  readonly scheduleNumber: string
  readonly differences: readonly OrderDifference[]
  /** Identities of the measured differences that a person has to decide on, or the rules have to judge first. */
  readonly undecided: readonly string[]
}

/** One order line as it stands. */
export type LineStanding = {
  readonly orderLineNumber: string
  readonly schedules: readonly ScheduleStanding[]
  /** Everything about the line that is not as ordered. */
  readonly differences: readonly MeasuredDifference[]
  readonly proposals: readonly Proposal[]
}

/** A change of the order somebody wishes for, as it stands. */
export type ChangeStanding = {
  readonly changeId: string
  readonly initiator: 'buyer' | 'supplier'
  /** An acknowledgment that differs, or a change request. */
  readonly documentNumber: string
  readonly orderLineNumber: string | null
  readonly scheduleNumber: string | null
  readonly basedOnVersion: number
  readonly differences: readonly OrderDifference[]
  readonly state: ChangeLifecycleState
  readonly facts: ChangeLifecycleFacts
}

/** What follows from the facts and from what the desk was told; recomputed, never told. */
export type OrderStanding = {
  /** The current version; null before it is known. */
  readonly order: PurchaseOrder | null
  readonly versions: readonly OrderVersion[]
  readonly states: OrderStates
  readonly lines: readonly LineStanding[]
  readonly changes: readonly ChangeStanding[]
  /** What is wrong with no line of its own: goods nobody ordered, answers to an old version, two texts of one number. */
  readonly differences: readonly MeasuredDifference[]
  readonly facts: OrderLifecycleFacts
}

/** A difference held against the tolerance rules, so that they are asked once. */
export type JudgedDifference = {
  readonly judgement: Judgement
  /** The line it was measured at; null for the order as a whole. */
  readonly line: string | null
}

/** A clock that runs: what it will say, and when. */
export type RunningClock = {
  readonly dueAt: Instant
  readonly type: string
  readonly data: MessageData
}

/** What was decided on the facts: answers of the policy, cases, clocks, and what others were told. */
export type OrderDesk = {
  readonly conduct: Conduct | null
  /** The version of the order the rules were asked for it; the first where absent. */
  readonly conductVersion?: number
  readonly judged: { readonly [identity: string]: JudgedDifference }
  /** Every case, open or not, in the order in which they were opened. */
  readonly cases: readonly ExceptionCase[]
  /** Differences a person settled as they are, with the case. */
  readonly settled: { readonly [identity: string]: string }
  /** What each case is for: the identity of the difference, or the name of the reason. */
  readonly caseKeys: { readonly [exceptionId: string]: string }
  /** What colleagues were asked to do. Absent: nothing. */
  readonly tasks?: readonly Task[]
  /** Lines whose goods go back and are not wanted again, and why. Absent: none. */
  readonly notReplaced?: { readonly [orderLineNumber: string]: string }
  readonly clocks: { readonly [timerId: string]: RunningClock }
  /** Clocks that rang while what they wait for has not come, with the instant they were set to. */
  readonly rung: { readonly [timerId: string]: Instant }
  /** What each shipment was last told about its notice, as a hash. */
  readonly compared: { readonly [shipmentKey: string]: string }
  /** Bills the buyer wrote itself, in their order. Absent: none. */
  readonly ownBillings?: readonly OwnBilling[]
  /** Ids of messages that are not documents, to know a repetition. */
  readonly messageIds: readonly string[]
}

/** Everything about one order. Plain JSON. */
export type OrderState = AggregateState & {
  readonly facts: OrderFacts
  readonly desk: OrderDesk
  readonly standing: OrderStanding
}

/** The lifecycles that new states are made with: of the order, its schedules, changes and cases. */
export const orderMachine: MachineStamp = {
  name: 'order',
  version: 3,
  shape: '35b03079a9c4aa93dd1359fbcc75d460dbd00405c4a3ce32c6c0f9efce8b5df0',
}

/** A desk nothing has come to. */
export const emptyDesk: OrderDesk = {
  conduct: null,
  judged: {},
  cases: [],
  settled: {},
  caseKeys: {},
  clocks: {},
  rung: {},
  compared: {},
  messageIds: [],
}

/** What the lifecycle of an order looks at, before anything is known. */
export const nothingKnown: OrderLifecycleFacts = {
  isSubmitted: false,
  isApproved: false,
  isIssued: false,
  isDelivered: false,
  schedules: 0,
  answered: 0,
  changed: 0,
  rejected: 0,
  isUnderWay: false,
  delivered: 0,
  partInvoiced: 0,
  invoiced: 0,
  closed: 0,
  openCases: 0,
  heldInvoices: 0,
  isHeld: false,
  isCancelRequested: false,
  isCancelConsented: false,
  isCancelRefused: false,
  isArchived: false,
}

/** An order of which nothing is known. */
export function newOrderState(key: string): OrderState {
  return {
    key,
    sequence: 0,
    auditHead: null,
    machine: orderMachine,
    facts: noFacts,
    desk: emptyDesk,
    standing: {
      order: null,
      versions: [],
      lines: [],
      changes: [],
      differences: [],
      facts: nothingKnown,
      states: {
        issuing: 'draft',
        acknowledgment: 'unacknowledged',
        fulfilment: 'awaiting-shipment',
        billing: 'not-invoiced',
        control: 'active',
        cancellation: 'not-cancelled',
        completion: 'open',
      },
    },
  }
}

/** The hours the supplier works, as they were known when the order came in. */
export function supplierCalendarOf(facts: OrderFacts): BusinessCalendar {
  return facts.calendars.supplier ?? officeHours
}

/** The hours the buyer's desks work. */
export function buyerCalendarOf(facts: OrderFacts): BusinessCalendar {
  return facts.calendars.buyer ?? officeHours
}
