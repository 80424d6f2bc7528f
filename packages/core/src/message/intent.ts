import * as z from 'zod'
import { Instant } from '../calendar/instant.ts'
import { AggregateReference } from '../identity/identity.ts'
import { TradeDocument } from '../document/document.ts'
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
])
export type Intent = z.infer<typeof Intent>
