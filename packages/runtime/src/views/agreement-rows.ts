import {
  type AgreementState,
  agreementStatus,
  currentAgreement,
  splitKey,
  sumAgreement,
} from '@counterfoil/core'
import type { ViewRow } from '../store/stored-records.ts'
import { caseRow } from './case-row.ts'
import { dayMoment } from './day-moment.ts'
import type { AgreementSummary } from './summaries.ts'

/** What the lists show of an agreement: the agreement itself and each of its cases. */
export function agreementRows(state: AgreementState): readonly ViewRow[] {
  const summary = summariseAgreement(state)
  const { buyerOrganisation, supplier, validTo } = summary
  const agreement: ViewRow = {
    view: 'agreement',
    id: state.key,
    buyerOrganisation,
    supplier,
    state: summary.state,
    open: summary.open,
    ownerRole: null,
    openedAt: currentAgreement(state.facts)?.issuedAt ?? null,
    dueAt: validTo === null ? null : dayMoment(validTo),
    body: summary,
  }
  return [agreement, ...state.facts.cases.map((one) => caseRow(one, supplier))]
}

/** An agreement in one row of a list. Releases may come before it; what it would say is then not known. */
export function summariseAgreement({ key, facts }: AgreementState): AgreementSummary {
  const agreement = currentAgreement(facts)
  const sums = sumAgreement(facts)
  const [, buyerOrganisation = '', agreementNumber = ''] = splitKey(key)
  const releases = Object.values(facts.releases)
  const status = agreementStatus(facts)
  return {
    agreementKey: key,
    buyerOrganisation,
    agreementNumber,
    supplier: agreement?.supplier ?? releases[0]?.supplier ?? null,
    agreementType: agreement?.agreementType ?? null,
    state: status,
    open: status !== 'closed' && status !== 'expired',
    currency: agreement?.currency ?? null,
    amountLimit: agreement?.amountLimit ?? null,
    amountReleased: sums?.amountReleased ?? null,
    amountInvoiced: sums?.amountInvoiced ?? null,
    validTo: agreement?.validTo ?? null,
    releases: releases.map(({ orderNumber }) => orderNumber),
  }
}
