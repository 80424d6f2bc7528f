import * as z from 'zod'
import { Instant } from '../calendar/instant.ts'
import { documentHeaderFields } from '../document/document-header.ts'
import { DocumentNumber } from '../identity/identity.ts'

/** A step of a shipment on its way. X12 214 AT701, EDIFACT IFTSTA 9011, UBL TransportEventTypeCode. */
export const Milestone = z.strictObject({
  kind: z.literal('milestone'),
  ...documentHeaderFields,
  shipNoticeNumber: DocumentNumber,
  code: z.enum([
    'booked',
    'picked-up',
    'departed',
    'port',
    'customs',
    'delayed',
    'out-for-delivery',
    'arrived',
    'gate-in',
    'unloaded',
    'lost',
  ]),
  timeMeaning: z.enum(['planned', 'estimated', 'actual']),
  at: Instant,
  location: z.string().max(120).optional(),
})
export type Milestone = z.infer<typeof Milestone>
