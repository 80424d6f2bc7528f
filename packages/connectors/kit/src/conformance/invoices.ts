import type { CapabilityGroup } from './capability-group.ts'

/** Invoices that come in, and what finance is told may be paid. */
export const invoices: CapabilityGroup = {
  reads: ['invoice'],
  writes: ['write-back/finance'],
}
