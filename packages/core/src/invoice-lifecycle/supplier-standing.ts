import type { ExceptionCode } from '../exception/exception.ts'
import { compareInstants, type Instant } from '../calendar/instant.ts'
import { isOpenHold } from '../hold/change-hold.ts'
import { isCrediting } from '../match/order-line-ledger.ts'
import type { Invoice } from '../invoice/invoice.ts'
import type { SupplierStanding } from '../trading-partner/trading-partner.ts'
import { currentInvoice, isCorrectionOnly, isPaid } from './current-invoice.ts'
import type { InvoiceFacts } from './invoice-state.ts'

/** Why a supplier is not to be paid, its invoice not to be booked, or another account not to be trusted. */
export type SupplierDoubt = {
  readonly code: ExceptionCode
  /** Names this doubt, so that one a person let pass is not held again, and the next one is. */
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
  const isSame = known !== undefined && blockingOf(known.standing) === blockingOf(standing)
  return { ...facts, supplier: { standing, at, since: isSame ? known.since : at } }
}

/** What of a standing stops an invoice; another account or a stop of new orders makes no other blocking. */
function blockingOf({ status, holds }: SupplierStanding): string {
  const held = holds.filter((hold) => hold !== 'order').toSorted()
  return [status === 'blocked' ? 'blocked' : 'open', ...new Set(held)].join('/')
}

/** What the master of suppliers says against booking or paying the invoice; none where nothing is paid. */
export function supplierDoubts(facts: InvoiceFacts): readonly SupplierDoubt[] {
  const invoice = currentInvoice(facts)
  if (facts.supplier === undefined || invoice === null) return []
  // What the supplier gives back is taken from a blocked one too.
  if (isCorrectionOnly(facts) || isCrediting(invoice.invoiceType)) return []
  const { standing, since } = facts.supplier
  const doubts = [...blocking(invoice, standing, since), ...otherAccounts(invoice, standing)]
  // What was paid before its supplier was blocked cannot be held any more; a hold it was paid against stays.
  return doubts.filter(({ key }) => !isPaid(facts) || isHeldBy(facts, key))
}

function blocking(
  { supplier }: Invoice,
  { status, holds }: SupplierStanding,
  since: Instant,
): readonly SupplierDoubt[] {
  const isPostingHeld = holds.includes('posting')
  if (status !== 'blocked' && !isPostingHeld && !holds.includes('payment')) return []
  const held = isPostingHeld ? 'is on hold for posting' : 'is on hold for payment'
  const what = status === 'blocked' ? 'is blocked' : held
  return [
    {
      code: 'BLOCKED_SUPPLIER',
      key: `blocked-supplier/${since}`,
      blocks: isPostingHeld ? 'posting' : 'payment',
      sentence: `supplier \`${supplier}\` ${what} in the master of suppliers`,
    },
  ]
}

/** Another account than the supplier is known by may be somebody else's: it is asked about by a way known before. */
function otherAccounts(
  { supplier, remitToAccounts = [] }: Invoice,
  { bankAccounts }: SupplierStanding,
): readonly SupplierDoubt[] {
  if (bankAccounts === undefined) return []
  const known = new Set(bankAccounts.map(accountText))
  const asked = new Set(remitToAccounts.map(accountText))
  return [...asked]
    .filter((account) => !known.has(account))
    .map((account) => ({
      code: 'BANK_CHANGE',
      key: `bank-change/${account}`,
      blocks: 'payment',
      sentence: `the invoice asks to be paid to account \`…${account.slice(-4)}\`, which the master does not have for supplier \`${supplier}\`: ask the supplier by a number known before`,
    }))
}

function accountText(account: string): string {
  return account.replace(/\s/g, '').toUpperCase()
}

function isHeldBy({ holds, holdTexts }: InvoiceFacts, key: string): boolean {
  return holds.some((hold) => isOpenHold(hold) && holdTexts[hold.holdId] === key)
}
