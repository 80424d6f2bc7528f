import * as z from 'zod'

/** How a case can be settled, MODEL §5 in kebab-case. What each of them sets going is in `resolutionEffects`. */
export const ResolutionCode = z.enum([
  'accept',
  'accept-as-change',
  'accept-as-is',
  'accept-over',
  'accept-phone',
  'accept-variance',
  'alternative-supplier',
  'approve',
  'await-balance',
  'await-inspection',
  'await-receipt',
  'buffer',
  'cancel',
  'cancel-reissue',
  'carrier-claim',
  'change-order',
  'chase',
  'claim',
  'confirm-duplicate',
  'correct',
  'counter',
  'credit-request',
  'debit-memo',
  'defer',
  'discard',
  'dispute',
  'expedite',
  'extend',
  'fix-master',
  'keep',
  'none',
  'not-duplicate',
  'outreach',
  'po-increase',
  'post-receipt',
  'price-update',
  'rebill',
  'receipt-correction',
  'reduce-invoice',
  'refuse',
  'reject',
  'reject-invoice',
  're-label',
  'relink',
  'repair-replay',
  'replace',
  'request-asn',
  'reroute',
  'resend',
  'resource-alternative',
  'return',
  'return-to-supplier',
  'return-to-vendor',
  'rework',
  'scrap',
  'self-assess',
  'short-close',
  'split-to-carrier',
  'take-later',
  'write-off',
])
export type ResolutionCode = z.infer<typeof ResolutionCode>

/** The code somebody wrote, as it is kept: `ACCEPT_VARIANCE` is `accept-variance`. Null where there is no such code. */
export function readResolutionCode(text: string): ResolutionCode | null {
  const read = ResolutionCode.safeParse(text.trim().toLowerCase().replaceAll('_', '-'))
  return read.success ? read.data : null
}

/** True for a code by which a difference passes as it is, however it was written. */
export function isAcceptance(text: string): boolean {
  return text.trim().toLowerCase().startsWith('accept')
}
