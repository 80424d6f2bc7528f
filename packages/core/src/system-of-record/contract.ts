import * as z from 'zod'
import { CalendarDate } from '../calendar/calendar-date.ts'

/** A system, or a party that speaks for itself: `erp`, `wms`, `finance`, `supplier`. */
export const SystemName = z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/)
export type SystemName = z.infer<typeof SystemName>

/** What a contract speaks about: the documents, what follows from them, and the master data. */
export const RecordKind = z.enum([
  'purchase-agreement',
  'purchase-order',
  'change-request',
  'acknowledgment',
  'ship-notice',
  'milestone',
  'receipt',
  'inspection',
  'invoice',
  'payment',
  'stock',
  'plan',
  'supplier',
  'item',
  'unit',
  'price',
  'payment-terms',
  'tax-rate',
])
export type RecordKind = z.infer<typeof RecordKind>

/**
 * What is done where a value here differs from its owner's, or another system says otherwise. `report`: it is listed;
 * `exception`: a case is opened for somebody too; `adopt`: the owner's value is taken at once.
 */
export const DriftPolicy = z.enum(['report', 'exception', 'adopt'])
export type DriftPolicy = z.infer<typeof DriftPolicy>

/** Which way values travel: `in` from the owner to here, `out` from here to the owner, or `both`. */
export const FlowDirection = z.enum(['in', 'out', 'both'])

/** How a value is written that is owned elsewhere. */
export const WritingTerms = z.strictObject({
  /** `write-back`: by asking the owner; `never`: only its owner says it. */
  by: z.enum(['write-back', 'never']),
  /** The version that was seen has to be named, so that nothing newer is written over (`SOR_CONFLICT`). */
  expectedVersion: z.boolean(),
})
export type WritingTerms = z.infer<typeof WritingTerms>

const ownershipFields = {
  owner: SystemName,
  /** Roles of people and names of systems that may propose another value; the owner always may. */
  proposers: z.array(z.string().min(1).max(60)).max(50),
  direction: FlowDirection,
  writing: WritingTerms,
  drift: DriftPolicy,
} as const

/** Who owns a field, who may propose, how it is written, and what is done about differences. */
export const Ownership = z.strictObject(ownershipFields)
export type Ownership = z.infer<typeof Ownership>

const pattern = z.string().regex(/^[a-z0-9.-]+(\/([a-z0-9.-]+|\*))*$/)
const carriers = {
  // A star stands for the rest: `order-version/*`.
  /** Records of write-backs that write this; a star at the end stands for the rest. */
  writeBacks: z.array(pattern).max(50).optional(),
  /** Types of commands and messages that say this: `invoice.posted`. */
  commands: z
    .array(z.string().regex(/^[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*$/))
    .max(100)
    .optional(),
} as const

/** What differs for one field from the rest of its record. */
export const FieldTerms = z.strictObject({
  /** From the record down, names and keys divided by slashes; a star stands for any one: `shipTo`, or the price under every key of `lines`. */
  path: z
    .string()
    .min(1)
    .max(200)
    .regex(/^([A-Za-z0-9.-]+|\*)(\/([A-Za-z0-9.-]+|\*))*$/),
  ...z.strictObject(ownershipFields).partial().shape,
  ...carriers,
})
export type FieldTerms = z.infer<typeof FieldTerms>

/** Who owns a kind of record, with the fields that are owned otherwise. */
export const RecordTerms = z.strictObject({
  record: RecordKind,
  ...ownershipFields,
  /** Systems a record may come from that is not known yet; the owner alone where absent. */
  createdBy: z.array(SystemName).min(1).max(20).optional(),
  ...carriers,
  fields: z.array(FieldTerms).max(500),
})
export type RecordTerms = z.infer<typeof RecordTerms>

/**
 * Says field by field which system owns what, from a day on. As with rule sets, a version is never edited: another content
 * is another version.
 */
export const SystemOfRecordContract = z.strictObject({
  $schema: z.string().max(400).optional(),
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  version: z.string().regex(/^\d+\.\d+\.\d+$/),
  title: z.string().min(1).max(400),
  /** First business day it holds. */
  effectiveFrom: CalendarDate,
  /** Last business day it holds; until the next version where absent. */
  effectiveTo: CalendarDate.optional(),
  systems: z
    .array(
      z.strictObject({
        system: SystemName,
        title: z.string().max(200),
        /** Connections it speaks through; a star at the end stands for the rest: `erp-*`, or `*` for all others. */
        connections: z.array(z.string().min(1).max(120)).max(200),
      }),
    )
    .min(1)
    .max(50),
  records: z.array(RecordTerms).min(1).max(50),
})
export type SystemOfRecordContract = z.infer<typeof SystemOfRecordContract>

/** A contract as a decision names it. */
export const ContractReference = z.strictObject({
  contract: z.string().max(120),
  version: z.string().max(40),
  /** sha-256 over the canonical JSON of the contract. */
  hash: z.string().regex(/^[0-9a-f]{64}$/),
})
export type ContractReference = z.infer<typeof ContractReference>
