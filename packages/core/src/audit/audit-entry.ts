import * as z from 'zod'
import { Instant } from '../calendar/instant.ts'
import { Actor } from '../message/actor.ts'
import { PolicyReference } from '../policy/policy.ts'

/** What an auditor needs to know of one state change, before it is chained. */
export const AuditRecord = z.strictObject({
  at: Instant,
  actor: Actor,
  /** What changed: `order:tenant/buyer/4711`, with `/line/schedule` where finer. */
  object: z.string().max(600),
  event: z.string().max(120),
  eventId: z.string().max(600),
  from: z.string().max(400).nullable(),
  to: z.string().max(400).nullable(),
  reason: z.string().max(2000).nullable(),
  policy: z.array(PolicyReference),
  /** sha-256 of the canonical message. */
  inputHash: z.string(),
  /**
   * sha-256 of the canonical event, so that what was derived is held as well as what was told. Absent where the entry is about
   * no event (the registry of rule sets), and in entries of releases that did not write it.
   */
  eventHash: z.string().optional(),
})
export type AuditRecord = z.infer<typeof AuditRecord>

/** An audit record in its aggregate's hash chain: `hash` covers the record, its number and the hash before it. */
export const AuditEntry = z.strictObject({
  ...AuditRecord.shape,
  aggregate: z.string().max(500),
  sequence: z.int().positive(),
  previousHash: z.string().nullable(),
  hash: z.string(),
})
export type AuditEntry = z.infer<typeof AuditEntry>
