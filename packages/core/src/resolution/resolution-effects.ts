import { isAcceptance, readResolutionCode, type ResolutionCode } from './resolution-code.ts'

/** What a resolution sets going at an invoice or an order. */
export type ResolutionEffect =
  /** The difference passes as it is: holds linked to the case go, and come back only if it grows. */
  | { readonly kind: 'accept' }
  /** The supplier owes a credit memo; the case waits for it, and what comes is counted against what was asked. */
  | { readonly kind: 'expect-credit'; readonly topic: string }
  /** The buyer drafts a debit memo for finance; it counts from its posting on. */
  | { readonly kind: 'draft-debit' }
  /** The amount is written off in finance, once somebody with authority agreed. */
  | { readonly kind: 'write-off' }
  /** So much less is paid, and the supplier is told why. */
  | { readonly kind: 'reduce' }
  /** The order takes over the price or the quantity that was billed, and is written to the ERP. */
  | { readonly kind: 'change-order'; readonly field: 'price' | 'quantity' }
  /** What is still open of the order line is given up. */
  | { readonly kind: 'short-close' }
  /** The warehouse sends goods back. */
  | { readonly kind: 'return-goods' }
  /** Somebody in the house has to do something first; the case waits for it. */
  | { readonly kind: 'task'; readonly role: string; readonly sentence: string }
  /** The supplier is asked for something that settles the case when it comes; the case waits for it. */
  | { readonly kind: 'ask-supplier'; readonly topic: string; readonly sentence: string }
  /** The supplier is told; nothing more is waited for. */
  | { readonly kind: 'tell-supplier'; readonly topic: string; readonly sentence: string }
  /** The invoice will not be paid and goes back. */
  | { readonly kind: 'reject-invoice' }
  /** Something it is matched with was put right elsewhere: it is matched anew. */
  | { readonly kind: 'match-again' }
  /** Written down only; what it says was done where it was decided. */
  | { readonly kind: 'note' }

const accept = { kind: 'accept' } as const
const note = { kind: 'note' } as const
const matchAgain = { kind: 'match-again' } as const
const rejectInvoice = { kind: 'reject-invoice' } as const
const tell = (topic: string, sentence: string): ResolutionEffect => ({
  kind: 'tell-supplier',
  topic,
  sentence,
})
const ask = (topic: string, sentence: string): ResolutionEffect => ({
  kind: 'ask-supplier',
  topic,
  sentence,
})
const task = (role: string, sentence: string): ResolutionEffect => ({
  kind: 'task',
  role,
  sentence,
})

/** What each resolution does. One table for all cases: a code that is in no case's list does nothing anywhere. */
export const resolutionEffects: Readonly<Record<ResolutionCode, ResolutionEffect>> = {
  accept,
  'accept-as-change': accept,
  'accept-as-is': accept,
  'accept-over': accept,
  'accept-phone': accept,
  'accept-variance': accept,
  'alternative-supplier': note,
  approve: accept,
  'await-balance': ask('balance-requested', 'please deliver the rest'),
  'await-inspection': task('quality', 'decide about the goods in inspection'),
  'await-receipt': ask('delivery-requested', 'please deliver what you billed'),
  buffer: note,
  cancel: note,
  'cancel-reissue': note,
  'carrier-claim': task('transport', 'claim the damage or loss from the carrier'),
  'change-order': note,
  chase: tell('acknowledgment-reminder', 'please confirm the order'),
  claim: task('transport', 'claim the delay or loss from the carrier'),
  'confirm-duplicate': note,
  correct: matchAgain,
  counter: note,
  'credit-request': { kind: 'expect-credit', topic: 'credit-requested' },
  'debit-memo': { kind: 'draft-debit' },
  defer: note,
  discard: note,
  dispute: { kind: 'expect-credit', topic: 'charge-disputed' },
  expedite: tell('expedite-requested', 'please deliver sooner'),
  extend: matchAgain,
  'fix-master': matchAgain,
  keep: note,
  none: note,
  'not-duplicate': note,
  outreach: tell('delivery-asked-after', 'please say whether you can keep the promised day'),
  'po-increase': { kind: 'change-order', field: 'quantity' },
  'post-receipt': task('receiving', 'enter the goods that came'),
  'price-update': { kind: 'change-order', field: 'price' },
  rebill: ask('rebill-requested', 'please cancel this invoice and bill what is owed'),
  'receipt-correction': task('receiving', 'count the goods again and correct the receipt'),
  'reduce-invoice': { kind: 'reduce' },
  refuse: tell('delivery-refused', 'the delivery is refused'),
  reject: note,
  'reject-invoice': rejectInvoice,
  're-label': note,
  relink: matchAgain,
  'repair-replay': matchAgain,
  replace: ask('replacement-requested', 'please deliver a replacement'),
  'request-asn': tell('ship-notice-requested', 'please send the ship notice'),
  reroute: note,
  resend: tell('order-resent', 'please answer the version that counts'),
  'resource-alternative': note,
  return: rejectInvoice,
  'return-to-supplier': rejectInvoice,
  'return-to-vendor': { kind: 'return-goods' },
  rework: note,
  scrap: note,
  'self-assess': accept,
  'short-close': { kind: 'short-close' },
  'split-to-carrier': accept,
  'take-later': note,
  'write-off': { kind: 'write-off' },
}

/** True for effects counted in money: what came back is held against what was asked. */
export function isCountedInMoney({ kind }: ResolutionEffect): boolean {
  return (
    kind === 'expect-credit' || kind === 'draft-debit' || kind === 'write-off' || kind === 'reduce'
  )
}

/** True for effects that go ahead only once somebody with authority agreed, where the approval rules ask for it. */
export function needsAuthority({ kind }: ResolutionEffect): boolean {
  return kind === 'write-off' || kind === 'change-order'
}

/** True for codes after which an invoice is paid although something differs: whoever says them lets its hold go. */
export function settlesMoney(said: string): boolean {
  if (isAcceptance(said)) return true
  const code = readResolutionCode(said)
  if (code === null) return false
  const effect = resolutionEffects[code]
  return effect.kind === 'accept' || isCountedInMoney(effect)
}
