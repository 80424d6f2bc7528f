import type { Instant } from '../calendar/instant.ts'
import type { TradeDocument } from '../document/document.ts'
import { businessDayOf } from './business-day.ts'
import type { MasterCheck, MasterFinding } from './master-check.ts'
import type { Master } from './master.ts'
import { checkInvoiceLines, checkInvoiceTerms } from './check-invoice.ts'
import { checkAnswerLines } from './check-answer.ts'
import { checkOrderLines, checkOrderTerms } from './check-order.ts'
import { checkNoticeLines } from './check-notice.ts'
import { checkReceiptLines } from './check-receipt.ts'
import { checkSupplier } from './check-supplier.ts'
import { createLookUps } from './look-ups.ts'

/**
 * Holds a document against the master data of its business day: an order and an answer to it on the day it was issued, a
 * ship notice on the day the goods leave, a receipt on the day of the count, an invoice on its own date (INV-24). Null for kinds of documents the master says
 * nothing about. `asOf` is when it was looked up; the issue of the document where absent.
 */
export function checkAgainstMaster(
  master: Master,
  document: TradeDocument,
  asOf?: Instant,
): MasterCheck | null {
  const day = businessDayOf(document)
  if (day === null) return null
  const lookUps = createLookUps(master, day)
  const findings = [...checkSupplier(lookUps, document), ...findingsOf(lookUps, document)]
  return {
    master: master.reference,
    document: `${document.kind}/${document.documentNumber}`.slice(0, 200),
    asOf: asOf ?? document.issuedAt,
    lookUps: lookUps.made(),
    findings: [...findings],
  }
}

function findingsOf(
  lookUps: ReturnType<typeof createLookUps>,
  document: TradeDocument,
): readonly MasterFinding[] {
  switch (document.kind) {
    case 'purchase-order':
      return [...checkOrderTerms(lookUps, document), ...checkOrderLines(lookUps, document)]
    case 'acknowledgment':
      return checkAnswerLines(lookUps, document)
    case 'ship-notice':
      return checkNoticeLines(lookUps, document)
    case 'receipt':
      return checkReceiptLines(lookUps, document)
    case 'invoice':
      return [...checkInvoiceTerms(lookUps, document), ...checkInvoiceLines(lookUps, document)]
    case 'purchase-agreement':
    case 'change-request':
    case 'milestone':
    case 'inspection':
      return []
  }
}
