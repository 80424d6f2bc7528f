import type * as z from 'zod'
import { Pack, ShipNotice, ShipNoticeLine } from './ship-notice.ts'

/** A ship-notice line of 10 pieces for line 1 of order 4711; give only what matters. */
export function aShipNoticeLine(
  line: Partial<z.input<typeof ShipNoticeLine>> = {},
): ShipNoticeLine {
  return ShipNoticeLine.parse({
    documentLineNumber: '1',
    orderNumber: '4711',
    orderLineNumber: '1',
    item: { buyerItem: 'SKU-1' },
    quantityShipped: '10',
    unitOfMeasure: 'EA',
    lots: [],
    ...line,
  })
}

/** A pallet; give only what matters. */
export function aPack(pack: Partial<z.input<typeof Pack>> = {}): Pack {
  return Pack.parse({ packId: 'P1', level: 'pallet', ...pack })
}

/** Ship notice ASN-1 of supplier S100 for one line of order 4711; give only what matters. */
export function aShipNotice(notice: Partial<z.input<typeof ShipNotice>> = {}): ShipNotice {
  return ShipNotice.parse({
    kind: 'ship-notice',
    tenant: 'acme',
    buyerOrganisation: '0001',
    supplier: 'S100',
    documentNumber: 'ASN-1',
    revision: 0,
    issuedAt: '2026-11-25T08:00:00Z',
    purpose: 'original',
    shipDate: '2026-11-25',
    estimatedDeliveryDate: '2026-11-27',
    shipTo: 'DC-NORTH',
    carrier: 'Nordfracht',
    packs: [],
    lines: [aShipNoticeLine()],
    ...notice,
  })
}
