import { addressDocument } from '../correlate/address-document.ts'
import { instant } from '../calendar/instant.ts'
import type { TradeDocument } from '../document/document.ts'
import type { ExceptionCase } from '../exception/exception.ts'
import { isOpenCase } from '../exception/open-case.ts'
import { sha256Hex } from '../hash/content-hash.ts'
import type { Actor } from '../message/actor.ts'
import type { Decision, DecisionOutcome } from '../message/decision.ts'
import type { Intent } from '../message/intent.ts'
import { type Message, messageData } from '../message/message.ts'
import { aPolicy, aRoute, aTolerance } from '../policy/policy.examples.ts'
import type { Policy } from '../policy/policy.ts'
import { decideOrder } from './decide-order.ts'
import type { OrderState, ScheduleStanding } from './order-state.ts'

/** The key of order 4711. */
export const anOrderKey = 'acme/0001/4711'

/** The buyer of order 4711. */
export const anOrderBuyer: Actor = { kind: 'user', id: 'bert', roles: ['buyer'] }

/** A policy that accepts nothing, and keeps invoices waiting while goods are in question. */
export function aStrictPolicy(): Policy {
  return aPolicy({
    tolerance: () => aTolerance({ lower: { abs: '0', pct: '0' }, lowerEffect: 'hold' }),
    routing: ({ exception }) => {
      const code = String((exception as { readonly code: string }).code)
      return aRoute({ blocksMatching: code.startsWith('RCV_') })
    },
  })
}

/** Something told to order 4711 at an instant; the id is unique to type, data and instant unless given. */
export function anOrderMessage(
  type: string,
  data: object,
  told: { readonly at?: string; readonly by?: Actor; readonly id?: string } = {},
): Message {
  const at = instant(told.at ?? '2026-11-23T09:00:00Z')
  return {
    id: told.id ?? `${type}@${at}/${sha256Hex(JSON.stringify(data)).slice(0, 12)}`,
    tenant: 'acme' as Message['tenant'],
    aggregate: { kind: 'order', key: anOrderKey },
    type,
    schemaVersion: 1,
    occurredAt: at,
    receivedAt: at,
    actor: told.by ?? anOrderBuyer,
    causedBy: null,
    data: messageData(data),
  }
}

/** A document as the message order 4711 is told; for a ship notice what its shipment tells the order. */
export function anOrderDocument(document: TradeDocument, at = '2026-11-23T09:00:00Z'): Message {
  const by: Actor = { kind: 'connector', id: 'edi', roles: [] }
  if (document.kind === 'ship-notice') {
    const { documentNumber, revision, issuedAt, purpose, shipDate, lines } = document
    const { estimatedDeliveryDate, packs } = document
    const containers = packs.flatMap(({ sscc }) => sscc ?? [])
    const shipmentKey = `acme/0001/S100/${documentNumber}`
    const announced = { shipmentKey, documentNumber, revision, issuedAt, purpose, shipDate }
    const data = { ...announced, estimatedDeliveryDate, containers, lines }
    return anOrderMessage('shipment.announced', data, { at, by })
  }
  const [addressed] = addressDocument(document)
  if (addressed === undefined) throw new Error('the document concerns nobody')
  const { type, data, aggregate } = addressed
  return { ...anOrderMessage(type, data, { at, by }), aggregate }
}

/** What became of an order that was told messages one after the other. */
export type ToldOrder = {
  readonly state: OrderState | null
  readonly decisions: readonly Decision<OrderState | null>[]
  readonly intents: readonly Intent[]
  /** Messages that wait, in the order in which they came. */
  readonly parked: readonly Message[]
}

/** Tells an order messages as a runtime does: what is parked is tried again whenever something was applied. */
export function tellOrder(
  messages: readonly Message[],
  { policy = aStrictPolicy(), state: from = null as OrderState | null } = {},
): ToldOrder {
  let state = from
  let parked: Message[] = []
  const decisions: Decision<OrderState | null>[] = []
  const decide = (message: Message): DecisionOutcome => {
    const decision = decideOrder(state, message, { policy, now: message.receivedAt })
    state = decision.state
    decisions.push(decision)
    return decision.outcome
  }
  for (const message of messages) {
    const { kind } = decide(message)
    if (kind === 'parked') parked.push(message)
    for (let isMoving = kind === 'applied'; isMoving;) {
      const waiting = parked
      parked = []
      isMoving = false
      for (const one of waiting) {
        const outcome = decide(one)
        if (outcome.kind === 'parked') parked.push(one)
        if (outcome.kind === 'applied') isMoving = true
      }
    }
  }
  return { state, decisions, intents: decisions.flatMap(({ intents }) => intents), parked }
}

/** The state of an order that was told messages; throws when nothing came of them. */
export function anOrderTold(
  messages: readonly Message[],
  options: Parameters<typeof tellOrder>[1] = {},
): OrderState {
  const { state } = tellOrder(messages, options)
  if (state === null) throw new Error('no order came of it')
  return state
}

/** A schedule of an order; of line 1, schedule 1 unless another is named. */
export function scheduleOf(
  { standing }: OrderState,
  line = '1',
  scheduleNumber = '1',
): ScheduleStanding {
  const found = standing.lines
    .find(({ orderLineNumber }) => orderLineNumber === line)
    ?.schedules.find((schedule) => schedule.scheduleNumber === scheduleNumber)
  if (found === undefined) throw new Error(`the order has no schedule ${line}/${scheduleNumber}`)
  return found
}

/** The cases somebody has to work on. */
export function openCasesOf({ desk }: OrderState): readonly ExceptionCase[] {
  return desk.cases.filter(isOpenCase)
}

/** The codes of the cases somebody has to work on, sorted. */
export function openCodesOf(state: OrderState): readonly string[] {
  return openCasesOf(state)
    .map(({ code }) => code as string)
    .toSorted()
}

/** Everybody who is told, with the topic, sorted: `planning: expected-receipt-changed`. */
export function noticesIn(intents: readonly Intent[]): readonly string[] {
  return intents
    .flatMap((intent) => (intent.kind === 'notify' ? [`${intent.role}: ${intent.topic}`] : []))
    .toSorted()
}

/** Every record written to a system: `planning expected-receipts/1/1`. */
export function recordsIn(intents: readonly Intent[]): readonly string[] {
  return intents
    .flatMap((intent) =>
      intent.kind === 'write-back' ? [`${intent.system} ${intent.record}`] : [],
    )
    .toSorted()
}
