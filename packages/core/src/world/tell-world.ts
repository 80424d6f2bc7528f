import { agreementAggregate } from '../agreement/decide-agreement.ts'
import { type Instant, instant } from '../calendar/instant.ts'
import { CounterfoilError } from '../errors/counterfoil-error.ts'
import { sha256Hex } from '../hash/content-hash.ts'
import type { AggregateReference } from '../identity/identity.ts'
import { invoiceAggregate } from '../invoice-lifecycle/decide-invoice.ts'
import { systemActor } from '../message/actor.ts'
import type {
  AggregateState,
  Decision,
  DecisionContext,
  DecisionOutcome,
} from '../message/decision.ts'
import type { Intent } from '../message/intent.ts'
import { type DomainEvent, type Message, messageData } from '../message/message.ts'
import { orderAggregate } from '../order-lifecycle/decide-order.ts'
import { shipmentAggregate } from '../shipment-lifecycle/decide-shipment.ts'
import { lookUpWorldRegister } from './look-up-world-register.ts'
import type { World } from './world.ts'

/** The world after a message, and what became of the message. */
export type ToldWorld = {
  readonly world: World
  readonly outcome: DecisionOutcome
}

/** The most messages one may lead to, over all aggregates; more would be two that never stop answering each other. */
export const messagesMax = 100_000

/**
 * Tells a message to its aggregate and carries on until nobody has anything left to say: messages between aggregates
 * are told, look-ups in the register answered, parked messages tried again. Pure; the outcome is that of the first message.
 */
export function tellWorld(world: World, message: Message, context: DecisionContext): ToldWorld {
  const queue: Queued[] = [{ message, lookUp: null }]
  let current = world
  let outcome: DecisionOutcome | null = null
  for (let told = 0; told < queue.length; told += 1) {
    if (told > messagesMax) throw neverAtRest(message)
    const next = queue[told]
    if (next === undefined) break
    const answered =
      next.lookUp === null ? next.message : answerLookUp(current, next.message, next.lookUp)
    const step = tellOne(current, answered, context)
    current = step.world
    queue.push(...step.queued)
    outcome ??= step.outcome
  }
  return { world: current, outcome: outcome ?? nothingToTell }
}

const nothingToTell: DecisionOutcome = { kind: 'duplicate', sentence: 'there was nothing to tell' }

/** A message to be told; with a look-up, it asks the register when its turn comes. */
type Queued = {
  readonly message: Message
  readonly lookUp: Extract<Intent, { readonly kind: 'look-up-register' }> | null
}

type Step = {
  readonly world: World
  readonly outcome: DecisionOutcome
  readonly queued: readonly Queued[]
}

function tellOne(world: World, message: Message, context: DecisionContext): Step {
  const decision = decide(world, message, context)
  const { outcome } = decision
  if (outcome.kind === 'parked') {
    const { reason, sentence } = outcome
    const isKnown = world.parked.some((parked) => parked.message.id === message.id)
    const parked = isKnown ? world.parked : [...world.parked, { message, reason, sentence }]
    return { world: { ...world, parked }, outcome, queued: [] }
  }
  if (outcome.kind !== 'applied' || decision.state === null) return { world, outcome, queued: [] }
  const applied = apply(world, message, { ...decision, state: decision.state }, context)
  const retried = retryParked(applied.world, message.aggregate, context)
  return { world: retried.world, outcome, queued: [...applied.queued, ...retried.queued] }
}

function decide(
  world: World,
  message: Message,
  context: DecisionContext,
): Decision<AggregateState | null> {
  const { kind, key } = message.aggregate
  switch (kind) {
    case 'order':
      return orderAggregate.decide(world.orders[key] ?? null, message, context)
    case 'shipment':
      return shipmentAggregate.decide(world.shipments[key] ?? null, message, context)
    case 'invoice':
      return invoiceAggregate.decide(world.invoices[key] ?? null, message, context)
    case 'agreement':
      return agreementAggregate.decide(world.agreements[key] ?? null, message, context)
  }
}

function apply(
  world: World,
  message: Message,
  decision: Decision<AggregateState | null> & { readonly state: AggregateState },
  context: DecisionContext,
): { readonly world: World; readonly queued: readonly Queued[] } {
  const { aggregate } = message
  const [told] = decision.events
  const queued: Queued[] = []
  let after: World = {
    ...withState(world, aggregate, decision.state),
    log: [...world.log, ...decision.events],
    audit: [...world.audit, ...decision.audit],
    parked: world.parked.filter((parked) => parked.message.id !== message.id),
  }
  if (told === undefined) return { world: after, queued }
  for (const [ordinal, intent] of decision.intents.entries()) {
    const origin = { key: intentKey(told.id, ordinal), told, now: instant(context.now) }
    const version = decision.state.sequence
    after = withIntent(after, intent, { aggregate, version, ...origin })
    queued.push(...queuedBy(intent, origin))
  }
  return { world: after, queued }
}

function withState(world: World, { kind, key }: AggregateReference, state: AggregateState): World {
  switch (kind) {
    case 'order':
      return { ...world, orders: { ...world.orders, [key]: state as World['orders'][string] } }
    case 'shipment':
      return {
        ...world,
        shipments: { ...world.shipments, [key]: state as World['shipments'][string] },
      }
    case 'invoice':
      return {
        ...world,
        invoices: { ...world.invoices, [key]: state as World['invoices'][string] },
      }
    case 'agreement':
      return {
        ...world,
        agreements: { ...world.agreements, [key]: state as World['agreements'][string] },
      }
  }
}

type IntentOrigin = { readonly key: string; readonly told: DomainEvent; readonly now: Instant }

function withIntent(
  world: World,
  intent: Intent,
  origin: IntentOrigin & { readonly aggregate: AggregateReference; readonly version: number },
): World {
  const { key, told, aggregate, version } = origin
  switch (intent.kind) {
    case 'tell':
    case 'look-up-register':
      return world
    case 'cancel-timer':
      return { ...world, timers: withoutTimer(world, aggregate, intent.timerId) }
    case 'arm-timer': {
      const { kind: _, ...timer } = intent
      const armed = { ...timer, aggregate, armedVersion: version, causedBy: told.id }
      return { ...world, timers: [...withoutTimer(world, aggregate, intent.timerId), armed] }
    }
    case 'register-invoice':
      return { ...world, register: { ...world.register, [intent.invoiceKey]: intent.entry } }
    case 'notify':
    case 'send-supplier-notice':
    case 'send-document':
    case 'write-back':
      return { ...world, effects: [...world.effects, { key, aggregate, intent }] }
  }
}

function withoutTimer(
  { timers }: World,
  { kind, key }: AggregateReference,
  timerId: string,
): World['timers'] {
  return timers.filter(
    (timer) =>
      timer.timerId !== timerId || timer.aggregate.key !== key || timer.aggregate.kind !== kind,
  )
}

function queuedBy(intent: Intent, { key, told, now }: IntentOrigin): readonly Queued[] {
  const envelope = {
    id: key,
    tenant: told.tenant,
    schemaVersion: 1,
    occurredAt: told.occurredAt,
    receivedAt: now,
    actor: systemActor,
    causedBy: told.id,
  }
  if (intent.kind === 'tell') {
    const { to, type, data } = intent
    return [{ message: { ...envelope, aggregate: to, type, data }, lookUp: null }]
  }
  if (intent.kind === 'look-up-register') {
    const message = { ...envelope, aggregate: intent.replyTo, type: 'register.looked-up', data: {} }
    return [{ message, lookUp: intent }]
  }
  return []
}

function answerLookUp(
  world: World,
  message: Message,
  lookUp: Extract<Intent, { readonly kind: 'look-up-register' }>,
): Message {
  const entries = lookUpWorldRegister(world, lookUp)
  return { ...message, data: messageData({ lookUpId: lookUp.lookUpId, entries }) }
}

/** Tries the parked messages of an aggregate, oldest first, again from the beginning whenever one was applied. */
function retryParked(
  world: World,
  { kind, key }: AggregateReference,
  context: DecisionContext,
): { readonly world: World; readonly queued: readonly Queued[] } {
  const queued: Queued[] = []
  let current = world
  for (let isMoving = true; isMoving;) {
    isMoving = false
    const own = current.parked.filter(
      ({ message }) => message.aggregate.kind === kind && message.aggregate.key === key,
    )
    for (const { message } of own) {
      const decision = decide(current, message, context)
      if (decision.outcome.kind === 'parked') continue
      current = {
        ...current,
        parked: current.parked.filter((parked) => parked.message.id !== message.id),
      }
      if (decision.outcome.kind !== 'applied' || decision.state === null) continue
      const applied = apply(current, message, { ...decision, state: decision.state }, context)
      current = applied.world
      queued.push(...applied.queued)
      isMoving = true
      break
    }
  }
  return { world: current, queued }
}

const derivedIdCharactersMax = 400

function intentKey(told: string, ordinal: number): string {
  const key = `${told}/${ordinal}`
  return key.length <= derivedIdCharactersMax ? key : `sha256:${sha256Hex(key)}`
}

function neverAtRest(message: Message): CounterfoilError {
  return new CounterfoilError(
    'LIMIT_EXCEEDED',
    `message \`${message.id}\` leads to more than ${messagesMax} others: two aggregates never stop answering each other`,
    { details: { messageId: message.id, messagesMax } },
  )
}
