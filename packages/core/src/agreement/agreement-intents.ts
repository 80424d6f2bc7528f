import { canonicalJson } from '../hash/canonical-json.ts'
import type { Intent } from '../message/intent.ts'
import { messageData } from '../message/message.ts'
import type { AgreementFact } from './agreement-events.ts'
import { stoppedLines } from './agreement-standing.ts'
import type { AgreementState } from './agreement-state.ts'
import { currentAgreement } from './agreement-state.ts'
import { sumAgreement } from './count-releases.ts'
import { nameOfAgreement } from './wanted-agreement-cases.ts'

/** An event of an agreement, and the agreement before and after it. */
export type AgreementChange = {
  readonly before: AgreementState
  readonly after: AgreementState
  readonly fact: AgreementFact
}

/** What the world is told or asked because of one event: the releases, people, the supplier and clocks. */
export function agreementIntents(change: AgreementChange): readonly Intent[] {
  return [...answers(change), ...notices(change), ...clocks(change.fact)]
}

/** A release is told which of its lines go beyond the agreement, and told again when that changes. */
function answers({ before, after }: AgreementChange): readonly Intent[] {
  if (before.facts === after.facts) return []
  const now = stoppedLines(after.facts)
  const then = stoppedLines(before.facts)
  if (now.size === 0 && then.size === 0) return []
  return Object.values(after.facts.releases).flatMap(({ orderKey, orderNumber }) => {
    const lines = now.get(orderNumber) ?? []
    const were = then.get(orderNumber) ?? []
    if (canonicalJson(lines) === canonicalJson(were)) return []
    const data = {
      agreementKey: after.key,
      agreementSequence: after.sequence,
      orderNumber,
      stopped: lines,
    }
    return [
      {
        kind: 'tell' as const,
        to: { kind: 'order' as const, key: orderKey },
        type: 'agreement.answered',
        data: messageData(data),
      },
    ]
  })
}

function notices({ before, after, fact }: AgreementChange): readonly Intent[] {
  if (fact.type === 'case.opened') {
    const { owner, route, sentence, code } = fact.data.case
    const roles = [...new Set([owner.role, ...route.alsoRoles])]
    return roles.map((role) =>
      notify(after, { role, topic: 'case-opened', sentence: `${code}: ${sentence}` }),
    )
  }
  if (fact.type === 'case.overdue') {
    const called = before.facts.cases.find((one) => one.exceptionId === fact.data.exceptionId)
    if (called === undefined) return []
    const role = called.route.escalation[fact.data.level - 1]?.toRole ?? called.owner.role
    const sentence = `${called.code} was due at ${called.dueAt} and is still open: ${called.sentence}`
    return [notify(after, { role, topic: 'case-escalated', sentence })]
  }
  if (fact.type !== 'agreement.expired') return []
  return [notify(after, { role: 'procurement', ...expiry(after) })]
}

function expiry({ facts }: AgreementState) {
  const agreement = currentAgreement(facts)
  const left = sumAgreement(facts)?.amountLeft ?? null
  const rest = left === null ? '' : `; ${left} ${agreement?.currency ?? ''} of it are left`
  const sentence = `the agreement was good until ${agreement?.validTo ?? ''}${rest}`
  return { topic: 'agreement-expired', sentence }
}

function clocks(fact: AgreementFact): readonly Intent[] {
  if (fact.type === 'wait.started') {
    const { timerId, type, dueAt, data } = fact.data
    return [{ kind: 'arm-timer', timerId, type, dueAt, data }]
  }
  return fact.type === 'wait.ended' ? [{ kind: 'cancel-timer', timerId: fact.data.timerId }] : []
}

function notify(
  { facts }: AgreementState,
  notice: { readonly role: string; readonly topic: string; readonly sentence: string },
): Intent {
  const { role, topic, sentence } = notice
  const subject = nameOfAgreement(facts).slice(0, 400)
  return { kind: 'notify', role, topic, subject, sentence: sentence.slice(0, 2000) }
}
