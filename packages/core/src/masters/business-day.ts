import type { CalendarDate } from '../calendar/calendar-date.ts'
import type { TradeDocument } from '../document/document.ts'
import { dayOfIssue } from '../purchase-order/order-day.ts'
import type { MasterLookUp } from './master-check.ts'

/** The day a document is looked up for, and which of its days that is. */
export type BusinessDay = { readonly on: CalendarDate; readonly basis: MasterLookUp['basis'] }

/** The business day of a document; null for a kind the master says nothing about. */
export function businessDayOf(document: TradeDocument): BusinessDay | null {
  switch (document.kind) {
    case 'purchase-order':
    case 'acknowledgment':
      return { on: dayOfIssue(document), basis: 'order-date' }
    case 'ship-notice':
      return { on: document.shipDate ?? dayOfIssue(document), basis: 'ship-date' }
    case 'receipt':
      return { on: document.receivedDate, basis: 'receipt-date' }
    case 'invoice':
      return { on: document.invoiceDate, basis: 'invoice-date' }
    case 'purchase-agreement':
    case 'change-request':
    case 'milestone':
    case 'inspection':
      return null
  }
}
