import * as z from 'zod'
import { Authority } from '../authority/authority-answer.ts'
import { Instant } from '../calendar/instant.ts'
import { AggregateReference, TenantId } from '../identity/identity.ts'
import { Actor } from './actor.ts'

/** A JSON object, as stored. */
export const MessageData = z.record(z.string(), z.json())
export type MessageData = z.infer<typeof MessageData>

/**
 * Says that an object of documents and facts is the data of a message. All of them are JSON: an optional field is absent,
 * never undefined, which their types cannot express.
 */
export function messageData(data: object): MessageData {
  return data as MessageData
}

/**
 * Something told to one aggregate: a document, a command, an answer of another aggregate or a timer that ran out.
 * The same `id` applied twice has no effect the second time.
 */
export const Message = z.strictObject({
  id: z.string().min(1).max(600),
  tenant: TenantId,
  aggregate: AggregateReference,
  /** Noun, dot, past participle: `receipt.recorded`, `invoice.held`. */
  type: z.string().regex(/^[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*$/),
  schemaVersion: z.int().positive(),
  /** When it happened in the world. */
  occurredAt: Instant,
  /** When this installation learned of it. */
  receivedAt: Instant,
  actor: Actor,
  /** What the host answered when it was asked whether the actor may do this. Absent: it was not asked. */
  authority: Authority.optional(),
  /** Id of the event it follows from; null for what came from outside. */
  causedBy: z.string().max(600).nullable(),
  data: MessageData,
})
export type Message = z.infer<typeof Message>

/** What was decided and is stored for ever. `sequence` counts from 1 in its aggregate. */
export const DomainEvent = z.strictObject({ ...Message.shape, sequence: z.int().positive() })
export type DomainEvent = z.infer<typeof DomainEvent>
