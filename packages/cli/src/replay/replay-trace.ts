import {
  compareInstants,
  type DecisionOutcome,
  emptyWorld,
  type Instant,
  invoiceKey,
  passTime,
  type Policy,
  tellWorld,
  type World,
} from '@counterfoil/core'
import { activities, type Activity, unknownActivity } from './activities.ts'
import type { OrderPlan } from './plan-order.ts'
import type { Trace } from './read-traces.ts'
import { tellActivity, traceBeginning } from './tell-activity.ts'
import { replayOwner } from './trace-documents.ts'

/** What became of one event of the log. A refused command, like a document nobody can use, is quarantined. */
export type EventFate = 'applied' | 'recorded-only' | 'parked' | 'quarantined'

/** One event of a trace, and what became of it. */
export type ReplayedEvent = {
  readonly activity: string
  readonly fate: EventFate
  /** Why it was not applied; null when it was. */
  readonly reason: string | null
}

/** A trace run through the lifecycles. */
export type ReplayedTrace = {
  readonly world: World
  readonly events: readonly ReplayedEvent[]
}

/**
 * Runs one recorded history through the lifecycles, clocks included. The clock never turns back: an event with an earlier
 * time than one before it is told at the later one, and keeps its own as the time it happened.
 */
export function replayTrace(trace: Trace, plan: OrderPlan, policy: Policy): ReplayedTrace {
  const events: (ReplayedEvent & { readonly messageId: string | null })[] = []
  let world = emptyWorld
  let progress = traceBeginning
  let now: Instant | null = null
  for (const [eventNumber, [at, activity]] of trace.events.entries()) {
    const known: Activity = activities.get(activity) ?? unknownActivity
    if ('recordedOnly' in known) {
      const reason = known.recordedOnly
      events.push({ activity, fate: 'recorded-only', reason, messageId: null })
      continue
    }
    const present: Instant = now === null || compareInstants(at, now) > 0 ? at : now
    now = present
    world = passTime(world, { until: present, policy })
    const seen = world
    const openBlockOf = (number: string): string | null => openBlock(seen, plan, number)
    const occasion = { plan, progress, at, eventNumber, openBlockOf }
    const told = tellActivity(known.tells, known.field, occasion)
    progress = told.progress
    let outcome: DecisionOutcome | null = null
    for (const message of told.messages) {
      const step = tellWorld(world, { ...message, receivedAt: present }, { policy, now: present })
      world = step.world
      outcome = step.outcome
    }
    const messageId = told.messages.at(-1)?.id ?? null
    events.push({ activity, ...fateOf(outcome), messageId })
  }
  return { world, events: events.map((event) => settled(event, world)) }
}

function fateOf(outcome: DecisionOutcome | null): Pick<ReplayedEvent, 'fate' | 'reason'> {
  switch (outcome?.kind) {
    case 'applied':
      return { fate: 'applied', reason: null }
    case 'parked':
      return { fate: 'parked', reason: outcome.reason }
    case 'refused':
      return { fate: 'quarantined', reason: outcome.reason }
    case 'duplicate':
      return { fate: 'applied', reason: null }
    case undefined:
      return { fate: 'quarantined', reason: 'nothing was told' }
  }
}

/** What was parked and has been applied since is applied. */
function settled(
  { messageId, ...event }: ReplayedEvent & { readonly messageId: string | null },
  { parked, log }: World,
): ReplayedEvent {
  if (event.fate !== 'parked') return event
  if (parked.some(({ message }) => message.id === messageId)) return event
  return log.some(({ id }) => id === `${messageId ?? ''}#0`)
    ? { ...event, fate: 'applied', reason: null }
    : { ...event, fate: 'quarantined', reason: `${event.reason ?? ''}, then refused` }
}

function openBlock({ invoices }: World, { content }: OrderPlan, number: string): string | null {
  const { supplier } = content
  const key = invoiceKey({
    ...replayOwner,
    supplier,
    documentNumber: number,
    invoiceType: 'standard',
  })
  const hold = invoices[key]?.facts.holds.find(
    ({ code, state }) =>
      code === 'PAYMENT_BLOCK' && (state === 'placed' || state === 'under-review'),
  )
  return hold?.holdId ?? null
}
