import type { ApprovalDecisionType } from '../approval/approval-requirement.ts'
import type { AuthorityQuestion } from '../authority/authority-question.ts'
import { instant } from '../calendar/instant.ts'
import { officeHours } from '../calendar/office-hours.ts'
import { localDateOf } from '../calendar/time-zone.ts'
import type { ExceptionCase } from '../exception/exception.ts'
import type { Message } from '../message/message.ts'
import { readMessage } from '../message/read-message.ts'
import type { Money } from '../money/money.ts'
import { type AgreementMessage, agreementMessages } from './agreement-messages.ts'
import { isReleaseAccepted } from './agreement-standing.ts'
import { type AgreementFacts, currentAgreement, unknownAgreement } from './agreement-state.ts'
import type { AgreementState } from './agreement-state.ts'
import { findOverreach } from './find-overreach.ts'

/** What is decided about an agreement by saying something to it, and how much is at stake. */
export type DecidedByAgreementMessage = {
  readonly decisionType: ApprovalDecisionType | null
  /** Null where no money is, or how much is not known. */
  readonly exposure: Money | null
  /** The case by which a release stands though it is not as agreed; null where none does. */
  readonly accepts: ExceptionCase | null
}

/** Whether the actor of a message may say it to an agreement: the question for the host; null for what cannot be read. */
export function askAgreementAuthority(
  state: AgreementState | null,
  message: Message,
): AuthorityQuestion | null {
  const read = readMessage<AgreementMessage>(message, {
    aggregate: 'an agreement',
    schemas: agreementMessages,
  })
  if (read.kind !== 'read') return null
  const facts = state?.facts ?? unknownAgreement(message.aggregate.key)
  const agreement = currentAgreement(facts)
  const { decisionType, exposure } = decidedByAgreementMessage(facts, read.message)
  const at = instant(message.receivedAt)
  return {
    tenant: message.tenant,
    actor: message.actor,
    action: message.type,
    decisionType,
    exposure,
    asRoles: null,
    scope:
      agreement === null
        ? {}
        : { buyerOrganisation: agreement.buyerOrganisation, supplier: agreement.supplier },
    at,
    businessDate: localDateOf(at, (facts.calendar ?? officeHours).timeZone),
    duty: null,
    duties: [],
  }
}

/** What is decided by a message to an agreement, and how much is at stake. */
export function decidedByAgreementMessage(
  { cases }: AgreementFacts,
  said: AgreementMessage,
): DecidedByAgreementMessage {
  // Of twenty types these few decide about money.
  // oxlint-disable-next-line typescript/switch-exhaustiveness-check
  switch (said.type) {
    case 'case.resolved':
    case 'case.bypassed':
    case 'case.approved':
    case 'case.executing': {
      const settled = cases.find((one) => one.exceptionId === said.data.exceptionId)
      const code = said.type === 'case.resolved' ? said.data.code : settled?.proposal?.code
      const accepts = said.type === 'case.bypassed' || isReleaseAccepted(code ?? '')
      if (settled === undefined || !accepts) return undecided
      return { decisionType: 'accept-variance', exposure: settled.exposure, accepts: settled }
    }
    default:
      return undecided
  }
}

const undecided: DecidedByAgreementMessage = { decisionType: null, exposure: null, accepts: null }

/** Who wrote what a case of an agreement is about: any text of the agreement, and the release, or all of them where it names none. */
export function writersOfCase(
  facts: AgreementFacts,
  { exceptionId }: ExceptionCase,
): readonly string[] {
  const key = facts.caseKeys[exceptionId]
  const release = findOverreach(facts).find((one) => one.key === key)?.orderNumber ?? null
  const releases = Object.values(facts.releases).filter(
    ({ orderNumber }) => release === null || orderNumber === release,
  )
  return [
    ...facts.versions.flatMap(({ issuedBy = [] }) => issuedBy),
    ...releases.flatMap(({ writtenBy = [] }) => writtenBy),
  ]
}
