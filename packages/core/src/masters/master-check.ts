import * as z from 'zod'
import { CalendarDate } from '../calendar/calendar-date.ts'
import { Instant } from '../calendar/instant.ts'
import { Discrepancy } from '../discrepancy/discrepancy.ts'

/** A master as a decision names it: which one, in which state. */
export const MasterReference = z.strictObject({
  master: z.string().max(120),
  version: z.string().max(120),
  /** sha-256 over the canonical JSON of its rows; null where it is kept in a database and has only a version. */
  hash: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable(),
})
export type MasterReference = z.infer<typeof MasterReference>

/**
 * Which day of a document counts: of the order for prices and terms, of the count for units, of the invoice for taxes
 * (INV-24); of a ship notice the day the goods leave.
 */
export const BusinessDateBasis = z.enum(['order-date', 'ship-date', 'receipt-date', 'invoice-date'])
export type BusinessDateBasis = z.infer<typeof BusinessDateBasis>

/** One look-up in the master: what was asked, for which day, and the row that answered. */
export const MasterLookUp = z.strictObject({
  table: z.enum(['supplier', 'item', 'unit', 'price', 'payment-terms', 'tax-rate']),
  /** Parts of the key, joined with slashes. */
  key: z.string().min(1).max(400),
  on: CalendarDate,
  basis: BusinessDateBasis,
  /** sha-256 over the row; null where none is in force on the day. */
  row: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable(),
  /** The days the row holds. Absent: without beginning or end, or no row. */
  effectiveFrom: CalendarDate.optional(),
  effectiveTo: CalendarDate.optional(),
})
export type MasterLookUp = z.infer<typeof MasterLookUp>

/** What a document says and the master does not know, or knows otherwise. */
export const MasterFinding = z.strictObject({
  rule: z.enum([
    'supplier-unknown',
    'supplier-blocked',
    'supplier-not-active',
    'item-unknown',
    'item-blocked',
    'item-discontinued',
    'unit-unknown',
    'price-missing',
    'price-differs',
    'currency-differs',
    'terms-differ',
    'tax-rate-differs',
    'lot-missing',
    'serial-missing',
    'shelf-life-short',
  ]),
  /** `error`: it is not passed on before somebody settled it; `warning`: it is kept beside the document. */
  severity: z.enum(['error', 'warning']),
  /** Line of the document; null for the document as a whole. */
  line: z.string().max(40).nullable(),
  sentence: z.string().min(1).max(400),
  /** A measured difference, for the tolerance rules to judge: such a finding is an error where they say so. */
  discrepancy: Discrepancy.optional(),
})
export type MasterFinding = z.infer<typeof MasterFinding>

/**
 * A document held against the master data, gathered before the decision and recorded with the message, so that the
 * decision can be taken again when the master says something else.
 */
export const MasterCheck = z.strictObject({
  master: MasterReference,
  /** Kind and number of the document. */
  document: z.string().min(1).max(200),
  /** When the document was issued, or the master was looked at again. Of several checks the latest counts. */
  asOf: Instant,
  lookUps: z.array(MasterLookUp).max(20_000),
  findings: z.array(MasterFinding).max(20_000),
})
export type MasterCheck = z.infer<typeof MasterCheck>
