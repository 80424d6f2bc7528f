import { instant } from '../calendar/instant.ts'
import { shipmentKey } from '../identity/identity.ts'
import type { Actor } from '../message/actor.ts'
import { systemActor } from '../message/actor.ts'
import type { Decision, DecisionContext } from '../message/decision.ts'
import type { Intent } from '../message/intent.ts'
import { type Message, messageData } from '../message/message.ts'
import type { Milestone } from '../milestone/milestone.ts'
import type { Policy } from '../policy/policy.ts'
import { aPolicy, aTolerance } from '../policy/policy.examples.ts'
import type { ShipNotice } from '../ship-notice/ship-notice.ts'
import { decideShipment } from './decide-shipment.ts'
import { GoodsReceivedLine, type ShipmentMessageType } from './shipment-messages.ts'
import type { ShipmentState } from './shipment-state.ts'

/** The key of shipment ASN-1 of supplier S100. */
export const aShipmentKey = 'acme/0001/S100/ASN-1'

/** A receiver at the dock. */
export const aReceiver: Actor = { kind: 'user', id: 'rita', roles: ['receiving'] }

/** Something told to shipment ASN-1 at an instant; the id is made of type, data and instant unless given. */
export function aShipmentMessage(
  type: ShipmentMessageType,
  data: object,
  told: {
    readonly at?: string
    readonly by?: Actor
    readonly id?: string
    readonly key?: string
  } = {},
): Message {
  const at = instant(told.at ?? '2026-11-25T09:00:00Z')
  return {
    id: told.id ?? `${type}@${at}#${JSON.stringify(data).length}`,
    tenant: 'acme' as Message['tenant'],
    aggregate: { kind: 'shipment', key: told.key ?? aShipmentKey },
    type,
    schemaVersion: 1,
    occurredAt: at,
    receivedAt: at,
    actor: told.by ?? systemActor,
    causedBy: null,
    data: messageData(data),
  }
}

/** The notice as it comes in. */
export function noticeReceived(document: ShipNotice, at = '2026-11-25T09:00:00Z'): Message {
  const id = `notice/${document.revision}/${document.issuedAt}/${document.purpose}/${document.lines.length}`
  return aShipmentMessage(
    'ship-notice.received',
    { document },
    { at, id, key: shipmentKey(document) },
  )
}

/** A report of the carrier as it comes in. */
export function milestoneReported(document: Milestone, at = '2026-11-26T06:00:00Z'): Message {
  const id = `milestone/${document.documentNumber}/${document.revision}`
  return aShipmentMessage('milestone.reported', { document }, { at, id })
}

/** Ten pieces of line 1 of order 4711, counted on receipt GR-1; give only what matters. */
export function aCountedLine(
  line: Partial<Record<keyof GoodsReceivedLine, unknown>> = {},
): GoodsReceivedLine {
  return GoodsReceivedLine.parse({
    receiptNumber: 'GR-1',
    receiptLineNumber: '1',
    revision: 0,
    receiptType: 'receipt',
    orderNumber: '4711',
    orderLineNumber: '1',
    quantity: '10',
    unitOfMeasure: 'EA',
    conditions: [],
    final: false,
    ...line,
  })
}

/** What an order answers about the notice: that it fits, unless differences are given. */
export function comparisonOf(
  orderNumber: string,
  answer: {
    readonly revision?: number
    readonly discrepancies?: readonly object[]
    readonly aligned?: boolean
  } = {},
): Message {
  const { revision = 0, discrepancies = [], aligned = discrepancies.length === 0 } = answer
  const data = { shipmentKey: aShipmentKey, orderNumber, revision, aligned, discrepancies }
  const id = `compared/${orderNumber}/${revision}/${discrepancies.length}/${String(aligned)}`
  return aShipmentMessage('ship-notice.compared', data, { id })
}

/** A policy under which any difference is out of tolerance, days too. */
export const strictPolicy: Policy = aPolicy({
  tolerance: () => aTolerance({ upper: { abs: '0', pct: '0' }, lower: { abs: '0', pct: '0' } }),
})

/** Everything a row of messages led to. */
export type Told = {
  readonly state: ShipmentState
  readonly decisions: readonly Decision<ShipmentState | null>[]
  readonly intents: readonly Intent[]
}

/** Tells a shipment one message after another; what was parked is tried again after each that was applied. */
export function tellShipment(messages: readonly Message[], policy: Policy = strictPolicy): Told {
  const decisions: Decision<ShipmentState | null>[] = []
  let state: ShipmentState | null = null
  let parked: Message[] = []
  const tell = (message: Message): boolean => {
    const context: DecisionContext = { policy, now: message.receivedAt }
    const decision: Decision<ShipmentState | null> = decideShipment(state, message, context)
    decisions.push(decision)
    state = decision.state
    if (decision.outcome.kind === 'parked') parked.push(message)
    return decision.outcome.kind === 'applied'
  }
  for (const message of messages) {
    if (!tell(message)) continue
    const again: readonly Message[] = parked
    parked = []
    again.forEach(tell)
  }
  if (state === null) throw new Error('no shipment came of it')
  return { state, decisions, intents: decisions.flatMap(({ intents }) => intents) }
}
