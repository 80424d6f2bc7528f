import type { CapabilityGroup } from './capability-group.ts'

/** Suppliers' answers, and what suppliers are asked. */
export const acknowledgments: CapabilityGroup = {
  reads: ['acknowledgment'],
  writes: ['send-supplier-notice'],
}
