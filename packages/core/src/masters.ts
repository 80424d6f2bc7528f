/** Master data with its days, and documents held against it before they are passed on. */
export { type BusinessDay, businessDayOf } from './masters/business-day.ts'
export { checkAgainstMaster } from './masters/check-against-master.ts'
export { checkMasterFile, type CheckedMasterFile } from './masters/check-master-file.ts'
export { compareMasters } from './masters/compare-masters.ts'
export { inForce, type Master, masterOf, type Period } from './masters/master.ts'
export {
  BusinessDateBasis,
  MasterCheck,
  MasterFinding,
  MasterLookUp,
  MasterReference,
} from './masters/master-check.ts'
export {
  MasterFile,
  MasterItem,
  MasterPrice,
  MasterSupplier,
  MasterTaxRate,
  MasterTerms,
} from './masters/master-file.ts'
export { withOwnSupplier } from './masters/own-supplier.ts'
export { type MasterFacts, masterFindings } from './masters/record-master-check.ts'
export type { PlacedFinding } from './system-of-record/check-contract.ts'
export { OwnershipCheck } from './system-of-record/drift.ts'
export { SystemOfRecordContract } from './system-of-record/contract.ts'
