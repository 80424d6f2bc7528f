import type * as z from 'zod'
import { addBusinessDays } from '../calendar/business-days.ts'
import { addBusinessHours, nextBusinessOpening } from '../calendar/business-hours.ts'
import { compareInstants, instant, type Instant } from '../calendar/instant.ts'
import { instantOf, TimeOfDay } from '../calendar/time-zone.ts'
import { isOpenTask } from '../exception/change-task.ts'
import { isOpenCase, nextEscalationOf } from '../exception/open-case.ts'
import type { DecisionContext } from '../message/decision.ts'
import type { MessageData } from '../message/message.ts'
import type { PolicyAnswer, Timing } from '../policy/policy.ts'
import { awaitedAnswers } from './awaited-answers.ts'
import { inspectionsAwaited } from './inspections-awaited.ts'
import type { ClockStarted } from './order-events.ts'
import { approvalClockOf, openOrderApproval } from './order-approval.ts'
import { orderFactsForRules } from './order-rule-facts.ts'
import {
  buyerCalendarOf,
  type OrderState,
  type RunningClock,
  supplierCalendarOf,
} from './order-state.ts'
import { schedulesAwaiting, schedulesUnannounced } from './wanted-order-cases.ts'

/** A clock the facts call for. Its instant is counted only when it is started, unless it is fixed. */
export type WantedClock = Pick<RunningClock, 'type' | 'data'> & {
  readonly timerId: string
  /** Null where the rules let it wait for ever. */
  readonly dueAt: () => Instant | null
  /** A clock whose instant follows from the facts is set anew when it moves. */
  readonly isFixed?: true
}

/** Everything the order waits for now, each with the clock that says when it took too long. */
export function wantedClocks(state: OrderState, context: DecisionContext): readonly WantedClock[] {
  return [
    ...acknowledgmentClocks(state, context),
    ...answerClocks(state, context),
    ...noticeClocks(state, context),
    ...reconfirmationClocks(state, context),
    ...inspectionClocks(state, context),
    ...changeClocks(state, context),
    ...caseClocks(state),
    ...taskClocks(state),
    ...approvalClocks(state),
  ]
}

/** A task is called for once its time has run out. */
function taskClocks({ desk }: OrderState): readonly WantedClock[] {
  return (desk.tasks ?? [])
    .filter((task) => isOpenTask(task) && task.overdueSince === undefined)
    .map(({ taskId, dueAt }) => ({
      timerId: `task/${taskId}`,
      type: 'task.overdue',
      data: { taskId },
      dueAt: () => dueAt,
      isFixed: true,
    }))
}

/** The clocks to start, or to set anew because their instant moved, in their order; at most so many. */
export function clocksToStart(
  { desk }: OrderState,
  wanted: readonly WantedClock[],
  most: number,
): readonly z.infer<typeof ClockStarted>[] {
  const found: z.infer<typeof ClockStarted>[] = []
  for (const clock of wanted) {
    if (found.length >= most) break
    const { timerId, type, data } = clock
    const running = desk.clocks[timerId]
    if (desk.rung[timerId] !== undefined) continue
    if (running !== undefined && clock.isFixed !== true) continue
    const dueAt = clock.dueAt()
    if (dueAt !== null && running?.dueAt !== dueAt) found.push({ timerId, type, dueAt, data })
  }
  return found
}

/** The clocks that run, or rang, for something that no longer matters. */
export function clocksToStop(
  { desk }: OrderState,
  wanted: readonly WantedClock[],
): readonly string[] {
  const names = new Set(wanted.map(({ timerId }) => timerId))
  const known = [...Object.keys(desk.clocks), ...Object.keys(desk.rung)]
  return known.filter((timerId) => !names.has(timerId))
}

/** A step of an approval is due at an instant that was counted when it was asked. */
function approvalClocks({ facts }: OrderState): readonly WantedClock[] {
  const approval = facts.issued === null ? openOrderApproval(facts) : undefined
  const dueAt = approval?.progress?.dueAt
  if (approval === undefined || dueAt === undefined) return []
  const clock = approvalClockOf(approval)
  return [{ timerId: clock, type: 'approval.overdue', data: { clock }, dueAt: () => dueAt }]
}

function timingOf(state: OrderState, context: DecisionContext, waitingFor: string): Timing {
  return askTiming(state, context, waitingFor).value
}

/** The hours after which a wait is over, where a rule was written for it; null where none was. */
function hoursByRule(
  state: OrderState,
  context: DecisionContext,
  waitingFor: string,
): number | null {
  const { value, decision } = askTiming(state, context, waitingFor)
  return decision.firedRules.length === 0 ? null : value.overdueAfterBusinessHours
}

function askTiming(
  state: OrderState,
  { policy }: DecisionContext,
  waitingFor: string,
): PolicyAnswer<Timing> {
  return policy.timing({ ...orderFactsForRules(state), waiting: { for: waitingFor } })
}

/** Nothing is due before it is known. */
function notBefore(moment: Instant, { now }: DecisionContext): Instant {
  const present = instant(now)
  return compareInstants(moment, present) < 0 ? present : moment
}

/** While the supplier is silent it is reminded, then its buyer's superior is told, then a case is opened. */
function acknowledgmentClocks(state: OrderState, context: DecisionContext): readonly WantedClock[] {
  const { order } = state.standing
  if (order === null || state.standing.states.control === 'on-hold') return []
  if (schedulesAwaiting(state).length === 0) return []
  const wait = {
    name: `acknowledgment/${order.version}`,
    since: order.issuedAt,
    data: { orderVersion: order.version },
  }
  return answerClocksOf(state, context, wait)
}

/** What else the supplier has to answer is waited for just as long, from when it was asked (INV-25). */
function answerClocks(state: OrderState, context: DecisionContext): readonly WantedClock[] {
  const { order } = state.standing
  if (order === null || state.standing.states.control === 'on-hold') return []
  return awaitedAnswers(state).flatMap(({ about, since }) =>
    answerClocksOf(state, context, {
      name: `answer/${order.version}/${about}`,
      since,
      data: { orderVersion: order.version, about },
    }),
  )
}

function answerClocksOf(
  state: OrderState,
  context: DecisionContext,
  wait: { readonly name: string; readonly since: Instant; readonly data: MessageData },
): readonly WantedClock[] {
  const timing = timingOf(state, context, 'acknowledgment')
  const { remindAfterBusinessHours, escalateAfterBusinessHours, overdueAfterBusinessHours } = timing
  const calendar = supplierCalendarOf(state.facts)
  const clock = (
    name: string,
    type: string,
    hours: number | null,
    more: MessageData = {},
  ): WantedClock => ({
    timerId: `${wait.name}/${name}`,
    type,
    data: { ...wait.data, ...more },
    dueAt: () =>
      hours === null ? null : notBefore(addBusinessHours(wait.since, hours, calendar), context),
  })
  return [
    ...remindAfterBusinessHours.map((hours, index) =>
      clock(`reminder-${index + 1}`, 'acknowledgment.reminder-due', hours, { reminder: index + 1 }),
    ),
    clock('escalation', 'acknowledgment.escalation-due', escalateAfterBusinessHours),
    clock('overdue', 'acknowledgment.overdue', overdueAfterBusinessHours),
  ]
}

/** Goods are to be announced before they come: a notice is missed so many hours after their day began. */
function noticeClocks(state: OrderState, context: DecisionContext): readonly WantedClock[] {
  const { control } = state.standing.states
  const unannounced = control === 'on-hold' ? [] : schedulesUnannounced(state)
  if (unannounced.length === 0) return []
  const { overdueAfterBusinessHours: hours } = timingOf(state, context, 'ship-notice')
  if (hours === null) return []
  const calendar = buyerCalendarOf(state.facts)
  const dueOn = oncePer((day: (typeof unannounced)[number]['day']) =>
    notBefore(addBusinessHours(startOf(day, calendar.timeZone), hours, calendar), context),
  )
  return unannounced.map(({ line, schedule, day }) => {
    const { orderLineNumber } = line
    const { scheduleNumber } = schedule
    return {
      timerId: `ship-notice/${orderLineNumber}/${scheduleNumber}/${day}`,
      type: 'ship-notice.overdue',
      data: { orderLineNumber, scheduleNumber },
      dueAt: () => dueOn(day),
    }
  })
}

/** Works something out once for each day: thousands of schedules may be due on one. */
function oncePer<Day, Value>(work: (day: Day) => Value): (day: Day) => Value {
  const known = new Map<Day, Value>()
  return (day) => {
    const before = known.get(day)
    if (before !== undefined) return before
    const value = work(day)
    known.set(day, value)
    return value
  }
}

function startOf(
  day: Parameters<typeof instantOf>[0],
  zone: Parameters<typeof instantOf>[2],
): Instant {
  return instantOf(day, midnight, zone)
}

const midnight = TimeOfDay.parse('00:00')
const hoursOfDay = 8

/**
 * Some time before goods are due the supplier says again that it will deliver, where a rule asks for that: its hours count
 * back from the day promised, eight to a working day. Without such a rule nobody is asked.
 */
function reconfirmationClocks(state: OrderState, context: DecisionContext): readonly WantedClock[] {
  const due = schedulesUnannounced(state).filter(
    ({ schedule }) =>
      schedule.promisedDate !== null &&
      (schedule.states.acknowledgment === 'confirmed' ||
        schedule.states.acknowledgment === 'reconfirm-required'),
  )
  if (due.length === 0) return []
  const hours = hoursByRule(state, context, 'reconfirmation')
  if (hours === null) return []
  const calendar = supplierCalendarOf(state.facts)
  const askedFor = oncePer((day: (typeof due)[number]['day']) => {
    const asked = addBusinessDays(day, -Math.max(1, Math.ceil(hours / hoursOfDay)), calendar)
    return notBefore(nextBusinessOpening(startOf(asked, calendar.timeZone), calendar), context)
  })
  return due.map(({ line, schedule, day }) => {
    const { orderLineNumber } = line
    const { scheduleNumber, answeredBy } = schedule
    return {
      timerId: `reconfirmation/${orderLineNumber}/${scheduleNumber}/${day}/${answeredBy ?? ''}`,
      type: 'reconfirmation.due',
      data: { orderLineNumber, scheduleNumber },
      dueAt: () => askedFor(day),
    }
  })
}

/**
 * Goods that wait for quality control keep their invoices waiting too: where a rule says how long, they are a case of their
 * own after that. Counted in the buyer's hours from the count, or from the rework asked for last.
 */
function inspectionClocks(state: OrderState, context: DecisionContext): readonly WantedClock[] {
  const awaited = inspectionsAwaited(state)
  if (awaited.length === 0) return []
  const hours = hoursByRule(state, context, 'inspection')
  if (hours === null) return []
  const calendar = buyerCalendarOf(state.facts)
  return awaited.map(({ place, since, receiptNumber, receiptLineNumber }) => ({
    timerId: `inspection/${place}`,
    type: 'inspection.overdue',
    data: { receiptNumber, receiptLineNumber },
    dueAt: () => notBefore(addBusinessHours(since, hours, calendar), context),
  }))
}

/**
 * A change somebody wishes for falls when nobody decides it in the hours a rule gives it, counted from when it was seen to
 * need a decision. Without such a rule it waits for as long as its case does.
 */
function changeClocks(state: OrderState, context: DecisionContext): readonly WantedClock[] {
  const open = state.standing.changes.filter(
    (change) => change.state === 'pending-decision' || change.state === 'pending-impact',
  )
  if (open.length === 0) return []
  const hours = hoursByRule(state, context, 'change-decision')
  if (hours === null) return []
  const calendar = buyerCalendarOf(state.facts)
  return open.map(({ changeId }) => ({
    timerId: `change/${changeId}`,
    type: 'change.expired',
    data: { changeId },
    dueAt: () => addBusinessHours(instant(context.now), hours, calendar),
  }))
}

/** Every open case calls somebody until it is settled. */
function caseClocks({ desk, facts }: OrderState): readonly WantedClock[] {
  const open = desk.cases.filter(isOpenCase)
  return open.flatMap((one): readonly WantedClock[] => {
    const { exceptionId } = one
    const next = nextEscalationOf(one, buyerCalendarOf(facts))
    if (next === null) return []
    return [
      {
        timerId: `case/${exceptionId}/${next.level}`,
        type: 'case.overdue',
        data: { exceptionId, level: next.level },
        dueAt: () => next.at,
        isFixed: true,
      },
    ]
  })
}
