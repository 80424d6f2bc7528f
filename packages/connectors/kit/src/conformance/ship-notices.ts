import type { CapabilityGroup } from './capability-group.ts'

/** Ship notices and reports of the way, and what the warehouse is told before the goods come. */
export const shipNotices: CapabilityGroup = {
  reads: ['ship-notice', 'milestone'],
  writes: ['send-document/wms'],
}
