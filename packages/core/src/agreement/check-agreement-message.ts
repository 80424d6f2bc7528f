import { contentHashOf } from '../document/document-content-hash.ts'
import { officeHours } from '../calendar/office-hours.ts'
import { checkCaseCommand, checkOverdueCase } from '../exception/change-case.ts'
import { type Answer, duplicate, parked, personOnly, refused } from '../message/answer.ts'
import type { Message } from '../message/message.ts'
import { personsActing } from '../approval/decide-approval.ts'
import { limitRefusal } from '../authority/check-limit.ts'
import type { AgreementMessage } from './agreement-messages.ts'
import { decidedByAgreementMessage, writersOfCase } from './ask-agreement-authority.ts'
import { type AgreementFacts, type AgreementState, currentAgreement } from './agreement-state.ts'

/**
 * Why a message is not to be applied: it was before, it has to wait, or it is not allowed. Null when it is to be applied.
 */
export function checkAgreementMessage(
  state: AgreementState,
  message: Message,
  said: AgreementMessage,
): Answer | null {
  if (state.messageIds.includes(message.id)) return duplicate('this message was applied before')
  return (
    refusalOfOthers(message, said) ??
    answerTo(state.facts, message, said) ??
    answerToAcceptance(state.facts, message, said)
  )
}

/** What was agreed and released is the buyer's to say: not the supplier's, whose money it is, and not a machine's (INV-21). */
function refusalOfOthers({ actor }: Message, { type }: AgreementMessage): Answer | null {
  const isSupplier = actor.kind === 'supplier-user'
  const isMachine = actor.kind === 'ai' && !type.startsWith('case.')
  return isSupplier || isMachine
    ? refused('not-a-buyer', `only the buyer's side says \`${type}\` about an agreement`)
    : null
}

function answerTo(facts: AgreementFacts, message: Message, said: AgreementMessage): Answer | null {
  switch (said.type) {
    case 'agreement.issued': {
      const hash = contentHashOf(said.data.document)
      return facts.versions.some((version) => version.hash === hash)
        ? duplicate('the same text of the agreement came before')
        : null
    }
    case 'release.counted': {
      const { orderNumber, orderSequence } = said.data
      const known = facts.releases[orderNumber]
      return known !== undefined && known.orderSequence >= orderSequence
        ? duplicate(`release ${orderNumber} said as much, or more, before`)
        : null
    }
    case 'cumulative.reset':
      return answerToReset(facts, message, said.data.from)
    case 'agreement.closed':
      if (currentAgreement(facts) === null) {
        return parked('agreement-not-received', 'it waits for the agreement itself')
      }
      if (facts.closing !== null) return refused('already-closed', 'the agreement is closed')
      return personOnly(message)
    case 'agreement.expired':
    case 'agreement.overdue': {
      const wait = facts.waits[said.data.timerId]
      return wait === undefined || wait.over ? duplicate('nothing waits for it any more') : null
    }
    case 'case.overdue':
      return checkOverdueCase(facts.cases, said.data)
    case 'case.classified':
    case 'case.assigned':
    case 'case.taken':
    case 'case.waiting':
    case 'case.proposed':
    case 'case.approved':
    case 'case.executing':
    case 'case.resolved':
    case 'case.verified':
    case 'case.closed':
    case 'case.bypassed':
    case 'case.merged':
    case 'case.reopened':
      return checkCaseCommand(facts.cases, {
        message,
        command: said,
        calendar: facts.calendar ?? officeHours,
      })
  }
}

function answerToReset(facts: AgreementFacts, message: Message, from: string): Answer | null {
  const agreement = currentAgreement(facts)
  if (agreement === null) {
    return parked('agreement-not-received', 'it waits for the agreement itself')
  }
  if (agreement.agreementType !== 'scheduling') {
    return refused('not-scheduling', 'only a scheduling agreement counts quantities on')
  }
  if (facts.resetFrom !== null && from <= facts.resetFrom) {
    return refused('reset-later', `the quantities are counted from ${facts.resetFrom} already`)
  }
  return personOnly(message)
}

/**
 * To let a release stand though it is not as agreed is for a person, who wrote neither the agreement nor the release, up to
 * the limit the host gave for them (INV-15, INV-16).
 */
function answerToAcceptance(
  facts: AgreementFacts,
  message: Message,
  said: AgreementMessage,
): Answer | null {
  const { accepts, exposure } = decidedByAgreementMessage(facts, said)
  if (accepts === null) return null
  const nobody = personOnly(message)
  if (nobody !== null) return nobody
  const writers = writersOfCase(facts, accepts)
  const own = personsActing(message).find((one) => writers.includes(one))
  if (own !== undefined) {
    return refused(
      'same-person',
      `\`${own}\` wrote the agreement or the release, so somebody else accepts what goes beyond it`,
    )
  }
  const { authority } = message
  const beyond = authority === undefined ? null : limitRefusal(authority, exposure)
  return beyond === null ? null : refused(beyond.reason, beyond.sentence)
}
