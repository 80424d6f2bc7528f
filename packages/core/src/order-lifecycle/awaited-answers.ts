import type { Instant } from '../calendar/instant.ts'
import { joinKey } from '../identity/identity.ts'
import { schedulePlace } from './order-frame.ts'
import type { LineStanding, OrderState, ScheduleStanding } from './order-state.ts'
import { wholeLine } from './record-cancellation.ts'
import { touches } from './stand-schedule-answer.ts'

/** Something else than the order itself that the supplier has still to answer. */
export type AwaitedAnswer = {
  /**
   * The id of the change the buyer turned down or countered, `line/schedule` of what is to be promised again, or
   * `cancellation`, of the order or, with `/line` or `/line/schedule`, of part of it.
   */
  readonly about: string
  /** When the supplier was asked. */
  readonly since: Instant
  /** What it is asked for, in words for it. */
  readonly asked: string
}

/** What an order that is to be cancelled waits for. */
export const cancellationAnswer = 'cancellation'

/**
 * What the supplier has to answer beside the order itself: what the buyer decided about its changes, promises to be given
 * again because the goods are due soon, and the wish to cancel. No wait is without an end (INV-25).
 */
export function awaitedAnswers(state: OrderState): readonly AwaitedAnswer[] {
  if (state.standing.order === null || state.standing.states.cancellation === 'cancelled') return []
  const found = new Map<string, AwaitedAnswer>()
  for (const line of state.standing.lines) {
    for (const schedule of line.schedules) {
      if (!isAwaited(schedule)) continue
      const awaited = awaitedOf(state, line, schedule)
      if (awaited !== null && !found.has(awaited.about)) found.set(awaited.about, awaited)
    }
  }
  return [...found.values(), ...cancellations(state)]
}

function isAwaited({ states }: ScheduleStanding): boolean {
  return (
    (states.acknowledgment === 'counter-proposed' ||
      states.acknowledgment === 'reconfirm-required') &&
    states.closure === 'open' &&
    states.control === 'released' &&
    states.delivery === 'not-received'
  )
}

/** The last thing that was decided about the schedule, else that its goods are due soon. */
function awaitedOf(
  { facts, standing, desk }: OrderState,
  line: LineStanding,
  { scheduleNumber }: ScheduleStanding,
): AwaitedAnswer | null {
  const { orderLineNumber } = line
  const place = schedulePlace(orderLineNumber, scheduleNumber)
  const own = new Set(
    line.proposals.flatMap((one) => (one.scheduleNumber === scheduleNumber ? [one.changeId] : [])),
  )
  const changes = standing.changes.filter(
    ({ changeId, initiator, basedOnVersion, orderLineNumber: ofLine, differences }) =>
      own.has(changeId) ||
      (initiator === 'supplier' &&
        ofLine === null &&
        basedOnVersion === standing.order?.version &&
        touches(differences, { orderLineNumber }, { scheduleNumber })),
  )
  for (const { changeId, documentNumber } of changes.toReversed()) {
    const decision = facts.decisions[changeId]
    const withdrawn = facts.changeNews[changeId]?.withdrawn
    const since = decision?.at ?? withdrawn?.at
    if (since === undefined) continue
    const asked =
      decision?.decision === 'counter'
        ? `please answer what we propose instead of your change in ${documentNumber}`
        : `please confirm line ${orderLineNumber}, schedule ${scheduleNumber}, as ordered: your change in ${documentNumber} does not hold`
    return { about: changeId, since, asked }
  }
  // Null where a change fell for want of a decision: its case stays open with its owner.
  const rang = Object.entries(desk.rung).find(([timerId]) =>
    timerId.startsWith(`reconfirmation/${place}/`),
  )
  if (rang === undefined) return null
  const asked = `please confirm again what you promised for line ${orderLineNumber}, schedule ${scheduleNumber}`
  return { about: place, since: rang[1], asked }
}

function cancellations({ facts, standing }: OrderState): readonly AwaitedAnswer[] {
  const { cancelRequested } = facts.control
  const ofLines = standing.lines.flatMap((line) => lineCancellations(facts.lineControl, line))
  if (standing.states.cancellation !== 'cancel-pending' || cancelRequested === undefined) {
    return ofLines
  }
  const asked = 'please say whether you agree to cancel the order'
  return [{ about: cancellationAnswer, since: cancelRequested.at, asked }, ...ofLines]
}

function lineCancellations(
  lineControl: OrderState['facts']['lineControl'],
  { orderLineNumber, schedules }: LineStanding,
): readonly AwaitedAnswer[] {
  const asked = lineControl[orderLineNumber]?.cancelAsked
  if (asked === undefined || !schedules.some(({ cancellation }) => cancellation === 'pending')) {
    return []
  }
  return Object.entries(asked).flatMap(([place, wish]) => {
    if (wish.answer !== undefined) return []
    const name =
      place === wholeLine ? `line ${orderLineNumber}` : `line ${orderLineNumber}, schedule ${place}`
    const about = joinKey([
      cancellationAnswer,
      orderLineNumber,
      ...(place === wholeLine ? [] : [place]),
    ])
    return [
      { about, since: wish.asked.at, asked: `please say whether you agree to cancel ${name}` },
    ]
  })
}
