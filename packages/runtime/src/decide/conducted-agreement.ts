import {
  agreementAggregate,
  type AgreementState,
  currentAgreement,
  type Message,
} from '@counterfoil/core'
import type { ConductedAggregate } from '../runtime.ts'
import { agreementRows } from '../views/agreement-rows.ts'
import { businessScope, dayOfIssue } from './business-scope.ts'

/** The agreement of core, as a runtime conducts it: its rules are those of the day its version was issued. */
export const conductedAgreement: ConductedAggregate = {
  ...agreementAggregate,
  older: [{ machine: { ...agreementAggregate.machine, version: 1 }, take: { kind: 'replay' } }],
  scopeOf: (state: AgreementState | null, message: Message) => {
    const agreement = state === null ? null : currentAgreement(state.facts)
    if (state === null || agreement === null) return businessScope(message, null)
    const { supplier, issuedAt } = agreement
    return businessScope(message, { supplier, date: dayOfIssue(issuedAt, state.facts.calendar) })
  },
  rowsOf: (state: AgreementState) => agreementRows(state),
}
