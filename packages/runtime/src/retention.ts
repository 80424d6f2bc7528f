/** What closed orders, shipments and invoices are kept for, and how they go: archived first, then purged. */
export {
  type ArchivePlace,
  purge,
  type PurgePlace,
  type PurgeReport,
  type PurgeRequest,
} from './retention/purge.ts'
export { RetentionRules } from './retention/retention-rules.ts'
export {
  type RetentionGroup,
  type RetentionReview,
  reviewRetention,
  type StayReason,
} from './retention/review-retention.ts'
export { isTombstone, type Tombstone } from './retention/tombstone.ts'
