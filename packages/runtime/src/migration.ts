/** What a release would make of the states in a store, before it is let loose on it. */
export {
  type CheckedGroup,
  type CheckedState,
  checkMigration,
  type MigrationCheck,
  type MigrationCheckRequest,
} from './machines/check-migration.ts'
export { describeStamp, isSameStamp } from './machines/machine-stamp.ts'
export type { StateChange } from './machines/state-changes.ts'
export { conductedAgreement } from './decide/conducted-agreement.ts'
export { conductedInvoice } from './decide/conducted-invoice.ts'
export { conductedOrder } from './decide/conducted-order.ts'
export { conductedShipment } from './decide/conducted-shipment.ts'
