import type * as z from 'zod'
import { Milestone } from './milestone.ts'

/** The carrier's report that shipment ASN-1 left; give only what matters. */
export function aMilestone(milestone: Partial<z.input<typeof Milestone>> = {}): Milestone {
  return Milestone.parse({
    kind: 'milestone',
    tenant: 'acme',
    buyerOrganisation: '0001',
    supplier: 'S100',
    documentNumber: 'MS-1',
    revision: 0,
    issuedAt: '2026-11-25T18:00:00Z',
    shipNoticeNumber: 'ASN-1',
    code: 'departed',
    timeMeaning: 'actual',
    at: '2026-11-25T18:00:00Z',
    ...milestone,
  })
}
