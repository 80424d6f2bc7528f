import { compareInstants, type Instant } from '../calendar/instant.ts'
import { CounterfoilError } from '../errors/counterfoil-error.ts'
import { systemActor } from '../message/actor.ts'
import type { Message } from '../message/message.ts'
import { splitKey } from '../identity/identity.ts'
import type { Policy } from '../policy/policy.ts'
import { tellWorld } from './tell-world.ts'
import type { TimerInWorld, World } from './world.ts'

/** The most clocks that may run out in one passing of time. */
export const timersMax = 100_000

/** Lets time pass up to an instant: every clock due by then runs out, in turn, at its own time. */
export function passTime(
  world: World,
  { until, policy }: { readonly until: Instant; readonly policy: Policy },
): World {
  let current = world
  for (let fired = 0; fired < timersMax; fired += 1) {
    const timer = earliestTimer(current)
    if (timer === null || compareInstants(timer.dueAt, until) > 0) return current
    const stopped = { ...current, timers: current.timers.filter((one) => one !== timer) }
    current = tellWorld(stopped, messageOf(timer), { policy, now: timer.dueAt }).world
  }
  throw new CounterfoilError(
    'LIMIT_EXCEEDED',
    `more than ${timersMax} clocks run out before \`${until}\`: one of them never comes to rest`,
    { details: { until, timersMax } },
  )
}

function earliestTimer({ timers }: World): TimerInWorld | null {
  return timers.reduce<TimerInWorld | null>(
    (first, timer) =>
      first === null || compareInstants(timer.dueAt, first.dueAt) < 0 ? timer : first,
    null,
  )
}

function messageOf(timer: TimerInWorld): Message {
  const { aggregate, timerId, armedVersion, dueAt, type, data, causedBy } = timer
  return {
    id: `timer:${aggregate.kind}:${aggregate.key}/${timerId}:${armedVersion}`.slice(0, 600),
    tenant: splitKey(aggregate.key)[0] as Message['tenant'],
    aggregate,
    type,
    schemaVersion: 1,
    occurredAt: dueAt,
    receivedAt: dueAt,
    actor: systemActor,
    causedBy,
    data,
  }
}
