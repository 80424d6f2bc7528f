import { CounterfoilError } from '@counterfoil/core'
import type { Store } from '../store/store.ts'
import { type DisruptionReview, reviewDisruption } from './review-disruption.ts'
import { type BulkChange, type SelectedItem, type Selection, selectionIdOf } from './selection.ts'
import type { Touched } from './touched.ts'

/** The most cases or approvals of one selection; more of them are refused by `LIMIT_EXCEEDED`. */
const itemsMax = 50_000

/**
 * Selects the open cases, or the waiting approvals, of everything a disruption touches, and freezes what was seen: which,
 * and in which version. What is where it is to go already is left out. Changes nothing.
 */
export async function previewChange(
  store: Store,
  { disruption, today, change }: DisruptionReview & { readonly change: BulkChange },
): Promise<Selection> {
  const items: SelectedItem[] = []
  for await (const touched of reviewDisruption(store, { disruption, today })) {
    items.push(...itemsOf(touched, change))
    if (items.length > itemsMax) throw tooMany()
  }
  const frozen = { disruption, today, change, items }
  return { selectionId: selectionIdOf(frozen), ...frozen }
}

function itemsOf(touched: Touched, change: BulkChange): readonly SelectedItem[] {
  const { reference: aggregate, version } = touched
  const isFrom = (role: string) => change.fromRole === undefined || change.fromRole === role
  if (change.kind === 'reassign') {
    const { toRole, toPerson = null } = change
    return touched.openCases
      .filter(({ ownerRole }) => isFrom(ownerRole))
      .filter(({ ownerRole, person }) => ownerRole !== toRole || person !== toPerson)
      .map(({ exceptionId, code, ownerRole }) => ({
        aggregate,
        version,
        id: exceptionId,
        fromRole: ownerRole,
        sentence: `${code} of ${nameOf(touched)}`,
      }))
  }
  const approvals = touched.kind === 'shipment' ? [] : touched.approvals
  return approvals
    .filter(({ approverRole }) => isFrom(approverRole) && approverRole !== change.toRole)
    .map(({ approvalId, approverRole }) => ({
      aggregate,
      version,
      id: approvalId,
      fromRole: approverRole,
      sentence: `approval of ${nameOf(touched)}`,
    }))
}

function nameOf(touched: Touched): string {
  switch (touched.kind) {
    case 'order':
      return `order ${touched.orderNumber}`
    case 'shipment':
      return `shipment ${touched.shipNoticeNumber}`
    case 'invoice':
      return `invoice ${touched.invoiceNumber}`
  }
}

const tooMany = (): CounterfoilError =>
  new CounterfoilError(
    'LIMIT_EXCEEDED',
    `more than ${itemsMax} cases or approvals are touched: select those of one role by \`fromRole\``,
  )
