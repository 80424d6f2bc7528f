import type { Instant } from '../calendar/instant.ts'
import { tenantOfKey } from '../identity/identity.ts'
import { moveLifecycle } from '../lifecycle/move-lifecycle.ts'
import { holdLifecycle, type HoldEvent } from './hold-lifecycle.machine.ts'
import { Hold } from './hold.ts'

/** What a new hold is made of; the rest follows from its being new. */
export type HoldPlacement = Omit<Hold, 'tenant' | 'state' | 'released'>

/** Places a hold. The same code may be placed again after a release: each placing is a hold of its own. */
export function placeHold(placement: HoldPlacement): Hold {
  const tenant = tenantOfKey(placement.invoiceKey)
  return { tenant, ...placement, state: 'placed', released: null }
}

/** True while a hold stops what it blocks. */
export function isOpenHold(hold: Hold): boolean {
  return hold.state === 'placed' || hold.state === 'under-review'
}

/** Who ended a hold, when, by which code and why. */
export type HoldRelease = NonNullable<Hold['released']>

/** A person lets the hold go. Null when it is over already or goes only with its invoice. */
export function releaseHold(hold: Hold, release: HoldRelease): Hold | null {
  return endHold(hold, 'hold.released', release)
}

/** The condition of the hold is gone. Null for a hold placed by hand, which only a person releases. */
export function cureHold(hold: Hold, at: Instant, reason: string): Hold | null {
  return endHold(hold, 'hold.cured', { by: 'counterfoil', at, code: 'VARIANCE_CURED', reason })
}

/** A credit memo, debit memo or reduction settled what the hold was placed for. */
export function convertHold(hold: Hold, release: HoldRelease): Hold | null {
  return endHold(hold, 'hold.converted', release)
}

/** The invoice was cancelled, rejected or found to be a duplicate; its holds go with it. */
export function cancelHoldWithInvoice(hold: Hold, at: Instant, reason: string): Hold | null {
  return endHold(hold, 'invoice.closed', { by: 'counterfoil', at, code: 'INVOICE_CLOSED', reason })
}

/** Somebody looks into the hold; it goes on stopping what it blocks. */
export function reviewHold(hold: Hold): Hold | null {
  const state = stateAfter(hold, 'hold.reviewed')
  return state === null ? null : { ...hold, state }
}

function endHold(hold: Hold, type: HoldEvent['type'], release: HoldRelease): Hold | null {
  const state = stateAfter(hold, type)
  return state === null ? null : { ...hold, state, released: release }
}

function stateAfter(hold: Hold, type: HoldEvent['type']): Hold['state'] | null {
  const position = { value: hold.state, context: { releasable: hold.releasable } }
  const moved = moveLifecycle(holdLifecycle, position, { type })
  return moved.changed ? Hold.shape.state.parse(moved.value) : null
}
