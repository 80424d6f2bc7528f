import type { ApprovalDecisionType, ExceptionCode } from '@counterfoil/core'

/** Something a role does that another thing must be kept apart from. */
export type Duty =
  | 'create-order'
  | 'approve-order'
  | 'receive-goods'
  | 'enter-invoice'
  | 'release-hold'
  | 'write-rules'
  | 'write-tolerances'
  | 'approve-rules'
  | 'bring-in-supplier'
  | 'approve-bank-change'

/** Duties in words. */
export const dutyNames: Readonly<Record<Duty, string>> = {
  'create-order': 'agrees what is ordered',
  'approve-order': 'approves orders',
  'receive-goods': 'answers for what is received',
  'enter-invoice': 'corrects invoices',
  'release-hold': 'releases holds',
  'write-rules': 'owns the rules',
  'write-tolerances': 'owns the tolerances',
  'approve-rules': 'approves changes of rules',
  'bring-in-supplier': 'approves new suppliers',
  'approve-bank-change': 'answers for changed bank accounts',
}

/** Duties one role must not have together, as auditors look for them in procure-to-pay (COSO, SOX 404). */
export const conflictingDuties: readonly (readonly [Duty, Duty])[] = [
  ['create-order', 'approve-order'],
  ['approve-order', 'receive-goods'],
  ['receive-goods', 'enter-invoice'],
  ['enter-invoice', 'release-hold'],
  ['write-tolerances', 'release-hold'],
  ['write-rules', 'approve-rules'],
  ['bring-in-supplier', 'approve-bank-change'],
]

/** What whoever answers for an exception does to settle it. */
export const dutiesOfCode: Readonly<Partial<Record<ExceptionCode, Duty>>> = {
  // The supplier wants the order changed, and whoever answers agrees what is ordered.
  PRICE_CHANGE: 'create-order',
  QTY_CHANGE: 'create-order',
  UOM_CHANGE: 'create-order',
  SUBSTITUTION: 'create-order',
  // The count is put right.
  RCV_SHORT: 'receive-goods',
  RCV_OVER: 'receive-goods',
  RCV_WRONG_ITEM: 'receive-goods',
  RCV_REJECTED: 'receive-goods',
  RCV_UNORDERED: 'receive-goods',
  // The invoice is put right, or entered anew.
  MISSING_DATA: 'enter-invoice',
  UNMATCHED_LINE: 'enter-invoice',
  WRONG_PO: 'enter-invoice',
  INVOICE_OUT_OF_BALANCE: 'enter-invoice',
  INVOICE_TOTAL: 'enter-invoice',
  BANK_CHANGE: 'approve-bank-change',
}

/** What whoever approves a decision does. */
export const dutiesOfDecision: Readonly<Partial<Record<ApprovalDecisionType, Duty>>> = {
  order: 'approve-order',
  'release-hold': 'release-hold',
  'policy-change': 'approve-rules',
  'supplier-activation': 'bring-in-supplier',
}

/** Decisions that settle an exception, so that whoever answers for it should not be the only one who agrees. */
export const settlingDecisions: readonly ApprovalDecisionType[] = [
  'accept-variance',
  'release-hold',
  'write-off',
]
