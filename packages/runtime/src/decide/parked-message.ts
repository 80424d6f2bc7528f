import { addMilliseconds, instant } from '@counterfoil/core'
import type { ParkedMessage, Timer } from '../store/stored-records.ts'
import type { DraftedAggregate } from './draft.ts'

const millisecondsAnHour = 3_600_000

/** Type of the timer by which a parked message runs out of time. */
const outOfTime = 'message.out-of-time'

/** An aggregate with a message parked, and the timer that ends its waiting. Parked again, it keeps its place and time. */
export function park(
  aggregate: DraftedAggregate,
  parked: ParkedMessage,
  hoursMax: number,
): DraftedAggregate {
  const { message, parkedAt } = parked
  const known = new Map(aggregate.known).set(message.id, 'parked')
  if (aggregate.parked.some((other) => other.message.id === message.id)) {
    return { ...aggregate, known }
  }
  const timer: Timer = {
    tenant: aggregate.tenant,
    aggregate: aggregate.reference,
    timerId: timerIdOf(message.id),
    armedVersion: aggregate.state?.sequence ?? 0,
    dueAt: addMilliseconds(instant(parkedAt), Math.round(hoursMax * millisecondsAnHour)),
    type: outOfTime,
    data: { messageId: message.id },
    causedBy: message.id,
  }
  return {
    ...aggregate,
    known,
    parked: [...aggregate.parked, parked],
    timers: new Map(aggregate.timers).set(timer.timerId, timer),
  }
}

/** An aggregate for which a message waits no more. */
export function unpark(aggregate: DraftedAggregate, messageId: string): DraftedAggregate {
  const parked = aggregate.parked.filter(({ message }) => message.id !== messageId)
  if (parked.length === aggregate.parked.length) return aggregate
  const timers = new Map(aggregate.timers)
  timers.delete(timerIdOf(messageId))
  return { ...aggregate, parked, timers }
}

/** The parked message whose time a timer ends; null for any other timer, and undefined when it waits no more. */
export function outOfTimeBy(
  { type, data }: Timer,
  { parked }: DraftedAggregate,
): ParkedMessage | null | undefined {
  if (type !== outOfTime) return null
  return parked.find(({ message }) => message.id === data['messageId'])
}

function timerIdOf(messageId: string): string {
  return `parked:${messageId}`
}
