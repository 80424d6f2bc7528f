import * as z from 'zod'
import { Instant } from '../calendar/instant.ts'
import {
  BuyerOrganisationId,
  DocumentNumber,
  joinKey,
  SupplierId,
  TenantId,
} from '../identity/identity.ts'

/** The way a document came in. */
export const Channel = z.enum([
  'x12',
  'edifact',
  'ubl',
  'cxml',
  'csv',
  'email',
  'portal',
  'api',
  'erp',
  'wms',
  'tms',
  'phone',
])
export type Channel = z.infer<typeof Channel>

/** Where a document came from, kept so that anyone can go back to the untouched original. */
export const Origin = z.strictObject({
  channel: Channel,
  /** The configured connection it arrived on. */
  connection: z.string().min(1).max(120),
  /** Connection and interchange or set control numbers, else the content hash: recognises a delivery sent twice. */
  deliveryKey: z.string().min(1).max(300),
  /** sha-256 of the received bytes, hex; with a salt that is kept beside the text where texts are kept to be erasable. */
  contentHash: z.string().regex(/^[0-9a-f]{64}$/),
  /** The foreign system's own id of the record, when it has one. */
  foreignId: z.string().max(200).optional(),
  /** True where the sender marked it as a test: it may be shown, never posted. X12 ISA15 T, EDIFACT UNB 0035. */
  isTest: z.boolean().optional(),
})
export type Origin = z.infer<typeof Origin>

/** What every document carries, whatever its kind. Spread into each document's schema. */
export const documentHeaderFields = {
  tenant: TenantId,
  buyerOrganisation: BuyerOrganisationId,
  supplier: SupplierId,
  /** The sender's own number of this document. */
  documentNumber: DocumentNumber,
  /** 0 for the first issue; a correction under the same number carries a higher one. */
  revision: z.int().nonnegative(),
  /** When the sender issued it. A document that only carries a day is issued at 00:00 in the partner's zone. */
  issuedAt: Instant,
  origin: Origin.optional(),
  notes: z.array(z.string().max(2000)).optional(),
} as const

/** The key a document is known by apart from its revision: kind, supplier and number. */
export function documentKey(document: {
  readonly kind: string
  readonly supplier: string
  readonly documentNumber: string
}): string {
  return joinKey([document.kind, document.supplier, document.documentNumber])
}
