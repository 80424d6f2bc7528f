import { type Actor, calendarDate } from '@counterfoil/core'
import { applySelection } from '../disruption/apply-selection.ts'
import { Disruption } from '../disruption/disruption.ts'
import { previewChange } from '../disruption/preview-change.ts'
import { touchedPage } from '../disruption/review-disruption.ts'
import { sumDisruption } from '../disruption/sum-disruption.ts'
import type { Touched } from '../disruption/touched.ts'
import type { Store } from '../store/store.ts'
import { same } from './check.ts'
import {
  aCount,
  theAcknowledgment,
  theInvoice,
  theOrder,
  theShipNotice,
} from './story-documents.ts'
import type { Stage } from './story-stage.ts'
import { openWorld } from './story-world.ts'

const actor: Actor = { kind: 'user', id: 'cora', roles: ['procurement'] }
const today = calendarDate('2026-11-27')
const disruption = Disruption.parse({
  tenant: 'acme',
  what: { kind: 'supplier', supplier: 'S100' },
  from: '2026-11-25',
  until: null,
  reason: 'S100 filed for insolvency',
})

/** What a supplier that fails touches, and its work given to somebody else. */
export const disruptionStories: Readonly<Record<string, (stage: Stage) => Promise<void>>> = {
  'a supplier fails: what it touches is found page by page, and its cases are given to others once':
    async ({ harness: { store }, policies }) => {
      const world = openWorld({ store, policies })
      await world.tell(
        theOrder(),
        theAcknowledgment(),
        theShipNotice(),
        theOrder({ documentNumber: '4712', orderNumber: '4712' }),
        theOrder({ documentNumber: '4713', orderNumber: '4713', supplier: 'S200' }),
        theOrder({ tenant: 'globex' }),
        // More is billed than came: a case, and a hold.
        aCount('6'),
        theInvoice(),
      )
      const touched = await allOf(store)
      same(
        touched.map(({ reference }) => `${reference.kind} ${reference.key}`),
        ['order acme/0001/4711', 'order acme/0001/4712', 'invoice acme/0001/S100/INV-1/standard'],
        'what is touched: the shipment has arrived',
      )
      const { openValue, unconfirmedValue } = sumDisruption(touched)
      // 4 that are still to come of order 4711 and the 10 of order 4712, at 12.40: 49.60 + 124.00.
      same(openValue, [{ amount: '173.60', currency: 'EUR' }], 'the open value')
      same(unconfirmedValue, [{ amount: '124.00', currency: 'EUR' }], 'of it not promised')

      const change = { kind: 'reassign', toRole: 'insolvency-desk' } as const
      const selection = await previewChange(store, { disruption, today, change })
      same(selection.items.length > 0, true, 'there are cases to give away')
      const first = await applySelection(world.runtime, { selection, actor })
      same([first.applied, first.changed], [selection.items.length, 0], 'all of them are given')
      const before = await world.runtime.queries.audit({ tenant: 'acme', limit: 500 })
      const again = await applySelection(world.runtime, { selection, actor })
      same(again, first, 'asked again it says the same')
      const after = await world.runtime.queries.audit({ tenant: 'acme', limit: 500 })
      same(after.rows.length, before.rows.length, 'and does nothing twice')
      const nothingLeft = await previewChange(store, { disruption, today, change })
      same(nothingLeft.items, [], 'they are where they were to go')
    },
}

async function allOf(store: Store): Promise<readonly Touched[]> {
  const touched: Touched[] = []
  let cursor: string | undefined
  do {
    const page = await touchedPage(store, { disruption, today, limit: 1, cursor })
    touched.push(...page.rows)
    cursor = page.cursor ?? undefined
  } while (cursor !== undefined)
  return touched
}
