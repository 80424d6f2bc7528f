import { personsActing } from '../approval/decide-approval.ts'
import { dutiesOfApproval } from '../approval/duties-of-approval.ts'
import {
  breachesAmong,
  breachesOfDuty,
  type Duty,
  type DutyBreach,
  type DutyDone,
  dutyOfPersons,
  refusalOfBreach,
  withDuty,
} from '../authority/duty.ts'
import { isCompensated, isSamePair } from '../authority/duty-compensation.ts'
import { type Answer, personOnly, refused } from '../message/answer.ts'
import { systemActor } from '../message/actor.ts'
import type { Message } from '../message/message.ts'
import type { Policy } from '../policy/policy.ts'
import { holdLetGoBy } from './code-settled-by.ts'
import { makersOf } from './current-invoice.ts'
import type { InvoiceFact } from './invoice-fact.ts'
import type { InvoiceMessage } from './invoice-messages.ts'
import { invoiceFactsForRules } from './invoice-rule-facts.ts'
import type { InvoiceFacts } from './invoice-state.ts'

/** The duty somebody does who says this to an invoice; null for none that is kept apart. */
export function dutyOf(facts: InvoiceFacts, said: InvoiceMessage): Duty | null {
  // Of sixty types these few are duties.
  // oxlint-disable-next-line typescript/switch-exhaustiveness-check
  switch (said.type) {
    case 'invoice.received':
    case 'extraction.confirmed':
      return 'enter-invoice'
    case 'invoice.approved':
      return 'approve-invoice'
    case 'hold.released':
      return 'release-hold'
    case 'duplicate.decided':
      return said.data.decision === 'cleared' ? 'release-hold' : null
    case 'supplier.changed':
      return 'change-bank-data'
    case 'payment.cleared':
      return 'pay'
    default:
      return holdLetGoBy(facts, said) === null ? null : 'release-hold'
  }
}

/** The duty a person did by what they said; null for none, and for what no person said. */
export function dutyOfFact(facts: InvoiceFacts, fact: InvoiceFact): Duty | null {
  return fact.by.kind === 'user' ? dutyOf(facts, fact as InvoiceMessage) : null
}

/** Everybody who did a duty in the case of an invoice, each once: with it, and with the orders it bills. */
export function dutiesOfCase(facts: InvoiceFacts): readonly DutyDone[] {
  return dutiesIn(facts).reduce(withDuty, noDuties)
}

const noDuties: readonly DutyDone[] = []

function dutiesIn(facts: InvoiceFacts): readonly DutyDone[] {
  const makers = makersOf(facts).map((by): DutyDone => ({ duty: 'enter-invoice', by }))
  const releasers = facts.holds.flatMap(({ released }) =>
    released === null || released.by === systemActor.id
      ? []
      : dutyOfPersons('release-hold', [released.by]),
  )
  const ofOrders = Object.values(facts.answers).flatMap(({ view }) => view?.duties ?? [])
  const approvers = facts.approvals.flatMap((one) => dutiesOfApproval(one, 'approve-invoice'))
  return [...makers, ...approvers, ...releasers, ...ofOrders, ...(facts.duties ?? noDuties)]
}

/** Remembers that a person did a duty of an invoice. */
export function withDutyDone(
  facts: InvoiceFacts,
  fact: InvoiceFact,
  duty: Duty | null,
): InvoiceFacts {
  if (duty === null) return facts
  const persons = personsActing({ actor: fact.by, authority: fact.authority })
  const done = dutyOfPersons(duty, persons).reduce(
    (all, one) => withDuty(all, one),
    facts.duties ?? noDuties,
  )
  return { ...facts, duties: done }
}

/** What one person did in the case though it is kept apart, and nobody stands for. */
export function openBreaches(facts: InvoiceFacts): readonly DutyBreach[] {
  const known = breaches.get(facts)
  if (known !== undefined) return known
  const compensations = facts.compensations ?? []
  const open = breachesAmong(dutiesIn(facts)).filter((one) => !isCompensated(one, compensations))
  breaches.set(facts, open)
  return open
}

// Every region asks, and facts never change: other facts are another object.
const breaches = new WeakMap<InvoiceFacts, readonly DutyBreach[]>()

/**
 * Why a person may not do a duty of an invoice, because of another they, or somebody they act for, did in the case; null where
 * they may, or where somebody with no hand in it stands for it.
 */
export function dutyAnswer(
  facts: InvoiceFacts,
  message: Message,
  { duty, policy }: { readonly duty: Duty | null; readonly policy: Policy | null },
): Answer | null {
  if (duty === null || message.actor.kind !== 'user') return null
  const compensations = facts.compensations ?? []
  const breach = breachesOfDuty({
    persons: personsActing(message),
    duty,
    done: dutiesOfCase(facts),
  }).find((one) => !isCompensated(one, compensations))
  if (breach === undefined) return null
  const { reason, sentence } = refusalOfBreach(breach)
  const isSoft = isCompensable(facts, [breach.did, breach.duty], policy)
  const way = isSoft ? '; somebody with no hand in it may stand for it by `duties.compensated`' : ''
  return refused(reason, `${sentence}${way}`)
}

/** Whether a rule lets a second approver stand for the separation of two duties. */
function isCompensable(
  facts: InvoiceFacts,
  pair: readonly [Duty, Duty],
  policy: Policy | null,
): boolean {
  const conduct = policy?.conduct({ invoice: invoiceFactsForRules(facts) }).value
  return (conduct?.compensableDuties ?? []).some((one) => isSamePair(one, pair))
}

/** Why somebody may not stand for two duties of another; null where they may. */
export function answerToCompensation(
  facts: InvoiceFacts,
  message: Message,
  said: Extract<InvoiceMessage, { readonly type: 'duties.compensated' }>['data'],
  policy: Policy | null,
): Answer | null {
  const { person, duties } = said
  const nobody = personOnly(message)
  if (nobody !== null) return nobody
  if (!isCompensable(facts, duties, policy)) {
    return refused('duty-conflict', `no rule lets anybody stand for ${duties.join(' and ')}`)
  }
  const persons = personsActing(message)
  if (persons.includes(person)) {
    return refused('same-person', 'nobody stands for what they do themselves')
  }
  const own = dutiesOfCase(facts).find(
    ({ duty, by, onBehalfOf }) =>
      duties.includes(duty) && persons.some((one) => one === by || one === onBehalfOf),
  )
  return own === undefined
    ? null
    : refused(
        'duty-conflict',
        `\`${own.by}\` did \`${own.duty}\` in this case, so somebody with no hand in it has to stand for it`,
      )
}
