/** Which system owns which field, who may propose and write it, and what has come apart. */
export {
  checkContract,
  contractReference,
  type CheckedContract,
} from './system-of-record/check-contract.ts'
export type { PlacedFinding } from './system-of-record/check-contract.ts'
export {
  type OwnedComparison,
  type OwnedText,
  takeOwned,
} from './system-of-record/compare-records.ts'
export {
  ContractReference,
  DriftPolicy,
  FieldTerms,
  FlowDirection,
  Ownership,
  RecordKind,
  RecordTerms,
  SystemName,
  SystemOfRecordContract,
  WritingTerms,
} from './system-of-record/contract.ts'
export {
  type DriftFacts,
  FieldDrift,
  OwnershipCheck,
  type StandingDrift,
} from './system-of-record/drift.ts'
export { erpWmsFinance } from './system-of-record/erp-wms-finance.ts'
export { mayCreate, ownerOf, pickContract, systemOf } from './system-of-record/owner-of.ts'
export { driftCases, recordDrift, standingDrift } from './system-of-record/record-drift.ts'
export {
  refusalToSay,
  refusalToWrite,
  type WriteRefusal,
} from './system-of-record/refusal-to-write.ts'
export { ourText } from './system-of-record/our-text.ts'
export type { OurText } from './system-of-record/our-text.ts'
export type { WantedDriftCase } from './system-of-record/record-drift.ts'
export type { WriteBack } from './system-of-record/refusal-to-write.ts'
