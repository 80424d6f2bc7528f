import type { Authority } from '../authority/authority-answer.ts'
import type { Instant } from '../calendar/instant.ts'
import type { Actor } from '../message/actor.ts'
import type { InvoiceDecision } from './invoice-events.ts'
import type { InvoiceMessage } from './invoice-messages.ts'

/** Something that happened to an invoice: what it was told or decided itself, when it was learned, and by whom. */
export type InvoiceFact = (InvoiceMessage | InvoiceDecision) & {
  readonly id: string
  readonly at: Instant
  /** When it happened, as whoever tells it says. */
  readonly occurredAt: Instant
  readonly by: Actor
  /** What the host said of the actor's authority. Absent: it was not asked. */
  readonly authority?: Authority
}

/** The facts of one or several types. */
export type InvoiceFactOf<Type extends InvoiceFact['type']> = Extract<
  InvoiceFact,
  { readonly type: Type }
>
