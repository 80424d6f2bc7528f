import type { Instant } from '../calendar/instant.ts'
import {
  cancelHoldWithInvoice,
  convertHold,
  cureHold,
  placeHold,
  releaseHold,
  reviewHold,
} from '../hold/change-hold.ts'
import type { Hold } from '../hold/hold.ts'
import type { InvoiceFactOf } from './invoice-fact.ts'
import type { InvoiceFacts } from './invoice-state.ts'
import { varianceBehind } from './wanted-holds.ts'

type HoldFact = InvoiceFactOf<
  | 'hold.placed'
  | 'hold.reviewed'
  | 'hold.released'
  | 'invoice.held'
  | 'hold.cured'
  | 'hold.accepted'
  | 'hold.converted'
  | 'hold.cancelled'
>

/** Places a hold or moves one on; a hold is never taken out of the list, so its history stays. */
export function recordInvoiceHold(facts: InvoiceFacts, fact: HoldFact): InvoiceFacts {
  switch (fact.type) {
    case 'hold.placed':
      return withHold(facts, placedByHand(facts, fact), fact.data.code)
    case 'invoice.held':
      return withHold(facts, fact.data.hold, fact.data.holdText)
    case 'hold.reviewed':
      return changed(facts, fact.data.holdId, reviewHold)
    case 'hold.released': {
      const { code, reason } = fact.data
      return letPass(facts, fact.data.holdId, { by: fact.by.id, at: fact.at, code, reason })
    }
    case 'hold.accepted': {
      const { by, code, because } = fact.data
      return letPass(facts, fact.data.holdId, { by, at: fact.at, code, reason: because })
    }
    case 'hold.converted': {
      const { by, code, because } = fact.data
      return converted(facts, fact.data.holdId, { by, at: fact.at, code, reason: because })
    }
    case 'hold.cured':
      return changed(facts, fact.data.holdId, (hold) => cureHold(hold, fact.at, fact.data.because))
    case 'hold.cancelled':
      return changed(facts, fact.data.holdId, (hold) =>
        cancelHoldWithInvoice(hold, fact.at, fact.data.because),
      )
  }
}

function placedByHand(facts: InvoiceFacts, fact: InvoiceFactOf<'hold.placed'>): Hold {
  const { code, blocks, releasable, ownerRole, reason } = fact.data
  return placeHold({
    holdId: fact.id,
    code,
    scope: 'invoice',
    scopeKey: null,
    invoiceKey: facts.invoiceKey,
    placedBy: fact.by.id,
    placedAt: fact.at,
    reason,
    blocks,
    releasable: releasable ?? 'manual',
    ownerRole: ownerRole ?? 'accounts-payable',
    exceptionId: null,
  })
}

function withHold(facts: InvoiceFacts, hold: Hold, holdText: string): InvoiceFacts {
  return {
    ...facts,
    holds: [...facts.holds, hold],
    holdTexts: { ...facts.holdTexts, [hold.holdId]: holdText },
    cases: facts.cases.map((one) =>
      one.exceptionId === hold.exceptionId
        ? { ...one, holdIds: [...one.holdIds, hold.holdId] }
        : one,
    ),
  }
}

function changed(
  facts: InvoiceFacts,
  holdId: string,
  change: (hold: Hold) => Hold | null,
): InvoiceFacts {
  return {
    ...facts,
    holds: facts.holds.map((hold) => (hold.holdId === holdId ? (change(hold) ?? hold) : hold)),
  }
}

type Release = { by: string; at: Instant; code: string; reason: string }

/** A person let the difference pass: it is not held again unless it grows. */
function letPass(facts: InvoiceFacts, holdId: string, release: Release): InvoiceFacts {
  return accepting(
    changed(facts, holdId, (hold) => releaseHold(hold, release)),
    holdId,
  )
}

function converted(facts: InvoiceFacts, holdId: string, release: Release): InvoiceFacts {
  return accepting(
    changed(facts, holdId, (hold) => convertHold(hold, release)),
    holdId,
  )
}

function accepting(facts: InvoiceFacts, holdId: string): InvoiceFacts {
  const text = facts.holdTexts[holdId]
  const placed = facts.holds.find((hold) => hold.holdId === holdId)
  // What was placed by hand says nothing about a measured difference.
  if (text === undefined || placed === undefined || placed.releasable !== 'auto') return facts
  return { ...facts, accepted: { ...facts.accepted, [text]: varianceBehind(facts, text) } }
}
