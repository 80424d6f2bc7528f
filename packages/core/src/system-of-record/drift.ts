import * as z from 'zod'
import { Instant } from '../calendar/instant.ts'
import { ContractReference, DriftPolicy, RecordKind, SystemName } from './contract.ts'

const value = z.string().max(400).nullable()

/** One field that a system says otherwise than it stands here. */
export const FieldDrift = z.strictObject({
  record: RecordKind,
  /** From the record down, with the numbers of lines and schedules: `lines/10/price/amount`. */
  path: z.string().min(1).max(300),
  /** What stands here; null where there is nothing. Texts as they are, all else as canonical JSON. */
  ours: value,
  /** What the system says; null where it says nothing. */
  theirs: value,
  owner: SystemName,
  policy: DriftPolicy,
  /** True where the system's value stands here from now on. */
  taken: z.boolean(),
})
export type FieldDrift = z.infer<typeof FieldDrift>

/**
 * What a system said, held against what stands here under the contract in force. Gathered before the decision and
 * recorded with the message, so that the decision can be taken again.
 */
export const OwnershipCheck = z.strictObject({
  contract: ContractReference,
  /** Who said it; null for a connection the contract does not know. */
  system: SystemName.nullable(),
  record: RecordKind,
  /** The number of the record there: an order, receipt or invoice number. */
  recordNumber: z.string().min(1).max(200),
  /** When it was said. Of several comparisons of one record with one system the latest counts. */
  asOf: Instant,
  drift: z.array(FieldDrift).max(5000),
})
export type OwnershipCheck = z.infer<typeof OwnershipCheck>

/** What differs between here and a system, and since when it is known to. */
export type StandingDrift = Omit<FieldDrift, 'taken'> & {
  readonly system: string | null
  readonly recordNumber: string
  readonly contract: ContractReference
  readonly since: Instant
}

/** The differences known of one aggregate, by what was compared: system, kind and number of the record. */
export type DriftFacts = {
  readonly [compared: string]: { readonly asOf: Instant; readonly drift: readonly StandingDrift[] }
}
