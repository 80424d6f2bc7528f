import type { Instant } from '../calendar/instant.ts'
import type { Actor } from '../message/actor.ts'
import type { ShipmentDecision } from './shipment-events.ts'
import type { ShipmentMessage } from './shipment-messages.ts'

/** Something that happened to a shipment: what it was told or decided itself, when it was learned, and by whom. */
export type ShipmentFact = (ShipmentMessage | ShipmentDecision) & {
  readonly id: string
  readonly at: Instant
  readonly by: Actor
}

/** The facts of one or several types. */
export type ShipmentFactOf<Type extends ShipmentFact['type']> = Extract<
  ShipmentFact,
  { readonly type: Type }
>
