import type { CapabilityGroup } from './capability-group.ts'

/** Counts and inspections, and the receipts that warehouse and planning expect. */
export const receipts: CapabilityGroup = {
  reads: ['receipt', 'inspection'],
  writes: ['write-back/wms', 'write-back/planning'],
}
