import * as z from 'zod'
import { CalendarDate } from '../calendar/calendar-date.ts'
import { Instant } from '../calendar/instant.ts'
import { Decimal } from '../decimal/decimal.ts'
import { TradeDocument } from '../document/document.ts'
import {
  AggregateReference,
  BuyerOrganisationId,
  DocumentNumber,
  SupplierId,
  TenantId,
} from '../identity/identity.ts'
import { InvoiceType } from '../invoice/invoice.ts'
import { RegisteredInvoice } from '../match/match-input.ts'
import { MessageData } from './message.ts'

/** Tell another aggregate something; becomes a message whose id derives from the intent's key. */
export const TellIntent = z.strictObject({
  kind: z.literal('tell'),
  to: AggregateReference,
  type: z.string(),
  data: MessageData,
})
/** Wake this aggregate at an instant with a message. Arming the same timer again moves it. */
export const ArmTimerIntent = z.strictObject({
  kind: z.literal('arm-timer'),
  timerId: z.string().max(600),
  dueAt: Instant,
  type: z.string(),
  data: MessageData,
})
/** A timer that need not run out any more; one that has run out already is no error. */
export const CancelTimerIntent = z.strictObject({
  kind: z.literal('cancel-timer'),
  timerId: z.string().max(600),
})
/** Tell people: a role, what about, and in words. */
export const NotifyIntent = z.strictObject({
  kind: z.literal('notify'),
  role: z.string().max(60),
  topic: z.string().max(80),
  subject: z.string().max(400),
  sentence: z.string().max(2000),
})
/** Ask the supplier: remind, resend the current version, answer a change, dispute. */
export const SupplierNoticeIntent = z.strictObject({
  kind: z.literal('send-supplier-notice'),
  supplier: z.string().max(80),
  topic: z.string().max(80),
  subject: z.string().max(400),
  sentence: z.string().max(2000),
  data: MessageData,
})
/** Send a document to a trading partner or write it to a system. */
export const SendDocumentIntent = z.strictObject({
  kind: z.literal('send-document'),
  to: z.enum(['supplier', 'erp', 'wms']),
  document: TradeDocument,
})
/** Write an agreed change back to the ERP, on the version it is based on; a conflict comes back as SOR_CONFLICT. */
export const WriteBackIntent = z.strictObject({
  kind: z.literal('write-back'),
  system: z.enum(['erp', 'wms', 'finance', 'planning']),
  record: z.string().max(120),
  expectedVersion: z.int().nullable(),
  data: MessageData,
})
/**
 * Ask the supplier's invoice-number register for invoices this one may repeat. The answer comes back to the invoice as
 * `register.looked-up` with the same `lookUpId`; the invoice itself is not among the entries.
 */
export const LookUpRegisterIntent = z.strictObject({
  kind: z.literal('look-up-register'),
  lookUpId: z.string().min(1).max(600),
  replyTo: AggregateReference,
  tenant: TenantId,
  buyerOrganisation: BuyerOrganisationId,
  supplier: SupplierId,
  documentNumber: DocumentNumber,
  /** Capitals and blanks taken out, as in the invoice's key. */
  normalisedNumber: z.string().max(80),
  invoiceType: InvoiceType,
  invoiceDate: CalendarDate,
  totalAmount: Decimal.nullable(),
  currency: z.string().length(3),
  /** The invoice this one corrects, cancels or credits, so that its type can be found. */
  correctsInvoiceNumber: DocumentNumber.nullable(),
})
/** Enter an invoice in the supplier's register, or change its entry: one entry for each `invoiceKey`. */
export const RegisterInvoiceIntent = z.strictObject({
  kind: z.literal('register-invoice'),
  tenant: TenantId,
  buyerOrganisation: BuyerOrganisationId,
  invoiceKey: z.string().min(1).max(400),
  entry: RegisteredInvoice,
})

/**
 * What the world must be told or asked, as data. The runtime carries each out at least once with the stable key
 * `<event id>/<ordinal>`; whoever receives it applies it once by that key.
 */
export const Intent = z.discriminatedUnion('kind', [
  TellIntent,
  ArmTimerIntent,
  CancelTimerIntent,
  NotifyIntent,
  SupplierNoticeIntent,
  SendDocumentIntent,
  WriteBackIntent,
  LookUpRegisterIntent,
  RegisterInvoiceIntent,
])
export type Intent = z.infer<typeof Intent>
