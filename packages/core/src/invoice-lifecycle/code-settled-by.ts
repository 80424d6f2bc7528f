import type { DisputeSettlement } from '../dispute/dispute.ts'
import { isOpenHold } from '../hold/change-hold.ts'
import type { Hold } from '../hold/hold.ts'
import type { ResolutionCode } from '../resolution/resolution-code.ts'
import { settlesMoney } from '../resolution/resolution-effects.ts'
import type { InvoiceMessage } from './invoice-messages.ts'
import type { InvoiceFacts } from './invoice-state.ts'

/** The resolution each settlement of a dispute stands for. */
const settlementCodes: Readonly<Record<DisputeSettlement, ResolutionCode>> = {
  'credit-memo': 'credit-request',
  'debit-memo': 'debit-memo',
  're-bill': 'rebill',
  'price-update': 'price-update',
  replacement: 'replace',
  'write-off': 'write-off',
}

/** A case, and the code it is settled by as it was said or proposed. */
export type SettledBy = { readonly exceptionId: string; readonly code: string }

/**
 * The resolution that somebody settles a case by: the code they name, the one that was proposed and they agree to or carry out,
 * or the one a dispute's settlement stands for. Null for whatever settles no case by a code.
 */
export function codeSettledBy(
  { cases, disputes }: InvoiceFacts,
  said: InvoiceMessage,
): SettledBy | null {
  // Of sixty types these few settle a case.
  // oxlint-disable-next-line typescript/switch-exhaustiveness-check
  switch (said.type) {
    case 'case.resolved':
      return { exceptionId: said.data.exceptionId, code: said.data.code }
    case 'case.approved':
    case 'case.executing': {
      const { exceptionId } = said.data
      const proposal = cases.find((one) => one.exceptionId === exceptionId)?.proposal
      return proposal === undefined ? null : { exceptionId, code: proposal.code }
    }
    case 'dispute.settled':
    case 'dispute.settlement-chosen': {
      const dispute = disputes.find(({ disputeId }) => disputeId === said.data.disputeId)
      if (dispute === undefined) return null
      return { exceptionId: dispute.exceptionId, code: settlementCodes[said.data.settlement] }
    }
    default:
      return null
  }
}

/**
 * The open hold that goes when a case is settled as somebody says it is, or is set aside: its invoice is paid although
 * something differs. Null where no money goes by it.
 */
export function holdLetGoBy(facts: InvoiceFacts, said: InvoiceMessage): Hold | null {
  const settled = said.type === 'case.bypassed' ? said.data : moneySettledBy(facts, said)
  if (settled === null) return null
  const { exceptionId } = settled
  return facts.holds.find((hold) => isOpenHold(hold) && hold.exceptionId === exceptionId) ?? null
}

function moneySettledBy(facts: InvoiceFacts, said: InvoiceMessage): SettledBy | null {
  const settled = codeSettledBy(facts, said)
  return settled !== null && settlesMoney(settled.code) ? settled : null
}
