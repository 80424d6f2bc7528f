/** Signed heads over the audit chains of a tenant, the export an outsider checks, and the check. */
export {
  AuditEnd,
  auditEnds,
  AuditHead,
  auditHead,
  type AuditHeadRequest,
  type GrownChain,
  nextAuditHead,
  type NextAuditHeadRequest,
} from './audit/audit-head.ts'
export { auditEventBreak } from './audit/audit-event.ts'
export { type AuditLinkBreak, auditLinkBreak } from './audit/audit-chain.ts'
export { AuditEntry } from './audit/audit-entry.ts'
export {
  type AuditExport,
  AuditOpening,
  AuditSeal,
  streamAuditExport,
  writeAuditExport,
} from './audit/audit-export.ts'
export {
  ArchivedAggregate,
  ArchivedRecord,
  ArchiveOpening,
  ArchiveSeal,
  type ArchiveWriter,
  writeArchive,
} from './audit/archive.ts'
export { AuditKey, type AuditSigner, type VerifySignature } from './audit/audit-signature.ts'
export { type AuditFault, checkHeads, type HeadCheck } from './audit/check-heads.ts'
export {
  type PurgedChain,
  purgedChainOf,
  type PurgeReason,
  purgeRecord,
} from './audit/purged-chain.ts'
export { type ArchiveVerdict, type CheckedArchive, verifyArchive } from './audit/verify-archive.ts'
export {
  type AuditCheck,
  type AuditCheckOptions,
  type AuditCounts,
  type AuditExportVerdict,
  openAuditCheck,
  verifyAuditExport,
  verifyAuditHeads,
} from './audit/verify-audit-export.ts'
