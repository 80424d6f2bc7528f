export {
  accrueRebate,
  type NoRebate,
  type RebateAccrual,
  type RebateAccruals,
} from './rebate/accrue-rebate.ts'
export {
  type ChargebackClaim,
  type ChargebackLeftOut,
  type ChargebackLine,
  claimChargeback,
  SupportContract,
  SupportedPrice,
  SupportedSale,
} from './rebate/claim-chargeback.ts'
export { RebateAgreement, RebateStep, RebateTerms } from './rebate/rebate-agreement.ts'
export {
  claimRebate,
  type RebateClaim,
  type RebateClaimed,
  type SupplierClaim,
} from './rebate/rebate-claim.ts'
export { type RebatePeriod, rebatePeriodOf } from './rebate/rebate-period.ts'
export { type ClaimSettlement, settleClaim } from './rebate/settle-claim.ts'
