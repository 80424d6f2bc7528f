import type { Authority } from '../authority/authority-answer.ts'
import type { Instant } from '../calendar/instant.ts'
import type { Actor } from '../message/actor.ts'
import type { OrderDecision, OrderMessage } from './order-events.ts'

/** Something that happened to an order: what it was told or decided itself, when it was learned, and by whom. */
export type OrderFact = (OrderMessage | OrderDecision) & {
  readonly id: string
  readonly at: Instant
  readonly by: Actor
  /** What the host said of the actor's authority. Absent: it was not asked. */
  readonly authority?: Authority
}

/** What an order was told. */
export type ToldFact = Extract<OrderFact, OrderMessage>

/** The facts of one or several types. */
export type OrderFactOf<Type extends OrderFact['type']> = Extract<
  OrderFact,
  { readonly type: Type }
>
