import type { Instant } from '../calendar/instant.ts'
import type { TenantId } from '../identity/identity.ts'
import { moveLifecycle } from '../lifecycle/move-lifecycle.ts'
import { disputeLifecycle, type DisputeEvent } from './dispute-lifecycle.machine.ts'
import { Dispute } from './dispute.ts'

/** Something said in a dispute: who, when, and the words. */
export type DisputeRemark = { readonly by: string; readonly at: Instant; readonly text: string }

/** Opens a dispute with the supplier about a case. The claim is what the buyer wants back; null when it is not money. */
export function openDispute({
  tenant,
  disputeId,
  exceptionId,
  claim,
  remark,
}: {
  readonly tenant: TenantId
  readonly disputeId: string
  readonly exceptionId: string
  readonly claim: Dispute['claim']
  readonly remark: DisputeRemark
}): Dispute {
  return {
    tenant,
    disputeId,
    exceptionId,
    state: 'opened',
    openedAt: remark.at,
    openedBy: remark.by,
    claim,
    settlement: null,
    messages: [{ at: remark.at, from: remark.by, text: remark.text }],
  }
}

/** Takes one step of the talk; null when the dispute is not at a point where that can be said. */
export function stepDispute(
  dispute: Dispute,
  type: DisputeEvent['type'],
  remark: DisputeRemark,
  settlement: Dispute['settlement'] = null,
): Dispute | null {
  const position = { value: dispute.state, context: undefined }
  const moved = moveLifecycle(disputeLifecycle, position, { type })
  if (!moved.changed) return null
  return {
    ...dispute,
    state: Dispute.shape.state.parse(moved.value),
    settlement: settlement ?? dispute.settlement,
    messages: [...dispute.messages, { at: remark.at, from: remark.by, text: remark.text }],
  }
}

/** True while the talk goes on. */
export function isOpenDispute(dispute: Dispute): boolean {
  switch (dispute.state) {
    case 'opened':
    case 'sent':
    case 'acknowledged':
    case 'supplier-responded':
    case 'agreed':
      return true
    case 'settled':
    case 'closed':
    case 'withdrawn':
    case 'expired':
      return false
  }
}
