import type * as z from 'zod'
import { ChangeRequest } from './order-change.ts'

/** Change request CR-1 of the supplier: line 1 a week later; give only what matters. */
export function aChangeRequest(change: Partial<z.input<typeof ChangeRequest>> = {}): ChangeRequest {
  return ChangeRequest.parse({
    kind: 'change-request',
    tenant: 'acme',
    buyerOrganisation: '0001',
    supplier: 'S100',
    documentNumber: 'CR-1',
    revision: 0,
    issuedAt: '2026-11-22T08:00:00Z',
    orderNumber: '4711',
    initiator: 'supplier',
    basedOnVersion: 1,
    differences: [
      { path: 'lines/1/schedules/1/requestedDate', from: '2026-11-27', to: '2026-12-04' },
    ],
    ...change,
  })
}
