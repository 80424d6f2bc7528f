import type { TradeDocument } from '../document/document.ts'
import type { LookUps } from './look-ups.ts'
import type { MasterFinding } from './master-check.ts'

/** Whether the supplier of a document is one, and may be dealt with. Counts at the dock stand whoever sent the goods. */
export function checkSupplier(
  lookUps: LookUps,
  { kind, supplier: number }: TradeDocument,
): readonly MasterFinding[] {
  const supplier = lookUps.supplier(number)
  const { on } = lookUps.day
  if (supplier === null) {
    const sentence = `supplier \`${number}\` is not in the master on ${on}`
    return [{ rule: 'supplier-unknown', severity: 'error', line: null, sentence }]
  }
  const { status, holds } = supplier
  if (kind === 'receipt') return []
  if (status === 'blocked' || (kind === 'purchase-order' && holds.includes('order'))) {
    const how = status === 'blocked' ? 'is blocked' : 'is on hold for orders'
    const sentence = `supplier \`${number}\` ${how} on ${on}`
    return [{ rule: 'supplier-blocked', severity: 'error', line: null, sentence }]
  }
  if (status === 'prospect' || status === 'onboarding') {
    const sentence = `supplier \`${number}\` is not released yet on ${on}: ${status}`
    return [{ rule: 'supplier-not-active', severity: 'warning', line: null, sentence }]
  }
  return []
}
