import {
  type AggregateReference,
  BusinessCalendar,
  type CalendarDate,
  CalendarDate as CalendarDateSchema,
  Instant,
  localDateOf,
  type Message,
  splitKey,
  TimeZone,
} from '@counterfoil/core'
import * as z from 'zod'
import type { BusinessScope } from '../runtime.ts'

/** What a document says about when and from whom it is, as far as choosing rule sets needs. */
const DatedDocument = z.object({
  data: z.object({
    document: z.object({
      supplier: z.string().optional(),
      issuedAt: Instant,
      invoiceDate: CalendarDateSchema.optional(),
    }),
    calendars: z.object({ buyer: BusinessCalendar.optional() }).optional(),
  }),
})

/** What is known of a document already: its supplier and its date, and the zone its buyer lives in. */
export type KnownOfDocument = {
  readonly supplier: string
  readonly date: CalendarDate
}

/**
 * The rule sets for a decision: those of the buyer and supplier, on the date of the document that the aggregate stands
 * for. Before that document came, the date and supplier are those of the message.
 */
export function businessScope(message: Message, known: KnownOfDocument | null): BusinessScope {
  const { supplier, date } = known ?? ofMessage(message)
  const businessUnit = buyerOf(message.aggregate)
  return {
    scope: {
      tenant: message.tenant,
      legalEntity: businessUnit,
      businessUnit,
      ...(supplier === null ? {} : { supplier }),
    },
    businessDate: date,
  }
}

/** The calendar day of an issue at the buyer's desks; at Greenwich where their zone is not known. */
export function dayOfIssue(
  issuedAt: Instant,
  calendar: { readonly timeZone: TimeZone } | null | undefined,
): CalendarDate {
  return localDateOf(issuedAt, calendar?.timeZone ?? utc)
}

const utc = TimeZone.parse('UTC')

function ofMessage(message: Message): {
  readonly supplier: string | null
  readonly date: CalendarDate
} {
  const parsed = DatedDocument.safeParse(message)
  if (!parsed.success) {
    return { supplier: supplierIn(message.aggregate), date: dayOfIssue(message.occurredAt, null) }
  }
  const { document, calendars } = parsed.data.data
  return {
    supplier: document.supplier ?? supplierIn(message.aggregate),
    date: document.invoiceDate ?? dayOfIssue(document.issuedAt, calendars?.buyer),
  }
}

function buyerOf({ key }: AggregateReference): string {
  return splitKey(key)[1] ?? ''
}

// The keys of shipments and invoices name the supplier third; an order's names it only for goods nobody ordered, an
// agreement's never.
function supplierIn({ kind, key }: AggregateReference): string | null {
  const parts = splitKey(key)
  if (kind === 'agreement') return null
  return (kind === 'order' ? parts[3] : parts[2]) ?? null
}
