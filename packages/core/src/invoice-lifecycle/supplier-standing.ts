import { compareInstants, type Instant } from '../calendar/instant.ts'
import { hashOf } from '../hash/content-hash.ts'
import { isOpenHold } from '../hold/change-hold.ts'
import { isCrediting } from '../match/order-line-ledger.ts'
import type { SupplierStanding } from '../trading-partner/trading-partner.ts'
import { currentInvoice, isCorrectionOnly } from './current-invoice.ts'
import type { InvoiceFacts } from './invoice-state.ts'

/** Why a supplier is not to be paid, or its invoices not to be booked. */
export type SupplierBlocking = {
  /** Names this blocking, so that one a person let pass is not held again, and the next one is. */
  readonly key: string
  readonly blocks: 'posting' | 'payment'
  readonly sentence: string
}

/**
 * Adds how the supplier stands in the master. What was looked up last counts; while nothing changes, it is the same
 * blocking however often it is told.
 */
export function recordSupplier(
  facts: InvoiceFacts,
  standing: SupplierStanding | undefined,
  at: Instant,
): InvoiceFacts {
  if (standing === undefined) return facts
  const known = facts.supplier
  if (known !== undefined && compareInstants(known.at, at) > 0) return facts
  const isSame = known !== undefined && hashOf(known.standing) === hashOf(standing)
  return { ...facts, supplier: { standing, at, since: isSame ? known.since : at } }
}

/** What the master of suppliers says against booking or paying the invoice; null for nothing, or where nothing is paid. */
export function supplierBlocking(facts: InvoiceFacts): SupplierBlocking | null {
  const invoice = currentInvoice(facts)
  if (facts.supplier === undefined || invoice === null) return null
  // What the supplier gives back is taken from a blocked one too.
  if (isCorrectionOnly(facts) || isCrediting(invoice.invoiceType)) return null
  const { standing, since } = facts.supplier
  const isPostingHeld = standing.holds.includes('posting')
  const isPaymentHeld = standing.holds.includes('payment')
  if (standing.status !== 'blocked' && !isPostingHeld && !isPaymentHeld) return null
  const key = `blocked-supplier/${since}`
  if (isPaid(facts) && !isHeldBy(facts, key)) return null
  const what =
    standing.status === 'blocked'
      ? 'is blocked'
      : isPostingHeld
        ? 'is on hold for posting'
        : 'is on hold for payment'
  return {
    key,
    blocks: isPostingHeld ? 'posting' : 'payment',
    sentence: `supplier \`${invoice.supplier}\` ${what} in the master of suppliers`,
  }
}

/** What was paid before its supplier was blocked cannot be held any more; a hold it was paid against stays. */
function isPaid({ payments }: InvoiceFacts): boolean {
  return payments.some(({ reversed }) => !reversed)
}

function isHeldBy({ holds, holdTexts }: InvoiceFacts, key: string): boolean {
  return holds.some((hold) => isOpenHold(hold) && holdTexts[hold.holdId] === key)
}
