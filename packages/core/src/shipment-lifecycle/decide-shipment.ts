import { beginLifecycle, moveLifecycle } from '../lifecycle/move-lifecycle.ts'
import {
  conductDecision,
  type Conducting,
  messageIdsIn,
  outstandingDecisions,
  unchanged,
} from '../message/conduct-decision.ts'
import type { Aggregate, Decision, DecisionContext, MachineStamp } from '../message/decision.ts'
import { type DomainEvent, type Message, messageData } from '../message/message.ts'
import { readMessage } from '../message/read-message.ts'
import { checkShipmentMessage } from './check-shipment-message.ts'
import { deriveShipmentDecision } from './derive-shipment-decision.ts'
import type { ShipmentFact } from './shipment-fact.ts'
import { shipmentIntents } from './shipment-intents.ts'
import { shipmentLifecycle } from './shipment-lifecycle.machine.ts'
import { type ShipmentMessage, shipmentMessages } from './shipment-messages.ts'
import { shipmentStatus } from './shipment-regions.ts'
import { type ShipmentFacts, type ShipmentState, unknownShipment } from './shipment-state.ts'

/** The lifecycles that new states are made with: of the shipment and its cases. */
export const shipmentMachine: MachineStamp = {
  name: 'shipment',
  version: 1,
  shape: 'e82525b5e8bb41c737a777da3f01e60092e147df362d84ce308826c2a8fc294a',
}

/** What a shipment is told, and its state: its new state, events, intents and audit entries. Pure. */
export function decideShipment(
  state: ShipmentState | null,
  message: Message,
  context: DecisionContext,
): Decision<ShipmentState | null> {
  const read = readMessage<ShipmentMessage>(message, {
    aggregate: 'a shipment',
    schemas: shipmentMessages,
  })
  if (read.kind !== 'read') return unchanged(state, read)
  const waiting = beforeTheShipment(state, read.message)
  if (waiting !== null) return unchanged(state, waiting)
  const current = state ?? newShipmentState(message.aggregate.key)
  const answer = checkShipmentMessage(current, message, read.message)
  if (answer !== null) return unchanged(state, answer)
  const decision = conductDecision(conducting, current, message, context)
  const messageIds = [...current.messageIds, message.id]
  return { ...decision, state: { ...decision.state, messageIds } }
}

/** The shipment aggregate: what a shipment is told in, its new state, events, intents and audit entries out. */
export const shipmentAggregate: Aggregate<ShipmentState> = {
  kind: 'shipment',
  machine: shipmentMachine,
  decide: decideShipment,
  replay: replayShipment,
  outstanding: (state, tenant, context) => outstandingDecisions(conducting, state, tenant, context),
}

/** Adds one stored event to the state of a shipment; a fold over all its events gives its state again. */
export function recordShipmentEvent(state: ShipmentState, event: DomainEvent): ShipmentState {
  const position = { value: state.regions, context: state.facts }
  const moved = moveLifecycle<typeof shipmentLifecycle, ShipmentFacts>(
    shipmentLifecycle,
    position,
    shipmentFactOf(event),
  )
  return { ...state, sequence: event.sequence, regions: moved.value, facts: moved.context }
}

/** The state of a shipment from its stored events alone. */
function replayShipment(key: string, events: readonly DomainEvent[]): ShipmentState {
  const state = events.reduce(recordShipmentEvent, newShipmentState(key))
  return { ...state, messageIds: messageIdsIn(events) }
}

/** The state of a shipment nothing is known of. */
export function newShipmentState(key: string): ShipmentState {
  const { value, context } = beginLifecycle(shipmentLifecycle, unknownShipment(key))
  return {
    key,
    sequence: 0,
    auditHead: null,
    machine: shipmentMachine,
    regions: value,
    facts: context,
    messageIds: [],
  }
}

const conducting: Conducting<ShipmentState> = {
  kind: 'shipment',
  record: recordShipmentEvent,
  derive: ({ facts }, context, { recordId }) => {
    const decision = deriveShipmentDecision({ facts, context, recordId })
    return decision === null ? null : { ...decision, data: messageData(decision.data) }
  },
  intentsOf: ({ before, after, event }) =>
    shipmentIntents({ before: before.facts, after: after.facts, fact: shipmentFactOf(event) }),
  statusOf: (state) => (state.sequence === 0 ? null : shipmentStatus(state.facts)),
}

/** Notices, reports and counts may come first; everything else answers something a shipment said. */
function beforeTheShipment(state: ShipmentState | null, { type }: ShipmentMessage) {
  if (state !== null || firstTypes.has(type)) return null
  return {
    kind: 'parked',
    reason: 'shipment-not-known',
    sentence: `\`${type}\` waits for the ship notice`,
  } as const
}

const firstTypes: ReadonlySet<ShipmentMessage['type']> = new Set([
  'ship-notice.received',
  'milestone.reported',
  'goods.received',
])

/** A stored event as the fact it adds. Events are stored after they were checked, so they are not checked again. */
function shipmentFactOf(event: DomainEvent): ShipmentFact {
  const { id, type, data, receivedAt, actor } = event
  return { type, data, id, at: receivedAt, by: actor } as unknown as ShipmentFact
}
