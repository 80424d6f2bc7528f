import { askedRoles, currentStep, roleToCall } from '../approval/run-approval.ts'
import type { ExceptionCode } from '../exception/exception.ts'
import type { Intent } from '../message/intent.ts'
import { messageData } from '../message/message.ts'
import { systemActor } from '../message/actor.ts'
import { awaitedAnswers } from './awaited-answers.ts'
import { cancellationAsked, cancellationRefused } from './cancellation-notices.ts'
import { notify, tellSupplier } from './notice-intents.ts'
import { openOrderApproval } from './order-approval.ts'
import type { OrderChange } from './order-change-told.ts'
import type { OrderState } from './order-state.ts'

/** Who is told about an event of an order, and in which words. */
export function orderNotices(change: OrderChange): Intent[] {
  return [
    ...deskNotices(change),
    ...approvalNotices(change),
    ...reminders(change),
    ...decisionsTold(change),
    ...finalAnswersTold(change),
  ]
}

/** A supplier that says something else after its last word hears that this is a wish, and what stands. */
function finalAnswersTold({ before, after, fact }: OrderChange): Intent[] {
  if (fact.type !== 'acknowledgment.received') return []
  const { documentNumber } = fact.data.document
  const said = ({ standing }: OrderState) =>
    standing.lines.flatMap(({ orderLineNumber, schedules }) =>
      schedules
        .filter(({ saidAfterwards }) => saidAfterwards === documentNumber)
        .map(({ scheduleNumber }) => `line ${orderLineNumber}, schedule ${scheduleNumber}`),
    )
  const places = said(after)
  if (places.length === 0 || said(before).length > 0) return []
  const sentence = `${documentNumber} is taken as a wish to change what you answered before, which stands until we decide: ${places.join('; ')}`
  return [tellSupplier(after, 'answer-was-final', sentence, { documentNumber })]
}

/** Every role that is asked to approve an order hears of it, and whoever is called because nobody did in time. */
function approvalNotices({ after, fact }: OrderChange): Intent[] {
  if (fact.type === 'approval.escalated') {
    const { toRole: role, because: sentence } = fact.data
    return [notify(after, { role, topic: 'approval-escalated', sentence })]
  }
  const approval = openOrderApproval(after.facts)
  if (approval === undefined) return []
  if (fact.type === 'approval.overdue') {
    // Somebody may still be called; where nobody is left, those who were asked are told again.
    if (roleToCall(approval) !== null) return []
    const sentence = 'the order waits for an approval that nobody gave'
    return askedRoles(approval).map((role) =>
      notify(after, { role, topic: 'approval-overdue', sentence }),
    )
  }
  const { exposure } = approval
  const amount = exposure === null ? '' : ` of ${exposure.amount} ${exposure.currency}`
  if (fact.type === 'approval.rerouted') {
    const { toRole: role, reason } = fact.data
    const sentence = `an order${amount} waits for your approval, handed on by \`${fact.by.id}\`: ${reason}`
    return [notify(after, { role, topic: 'approval-requested', sentence })]
  }
  if (fact.type !== 'approval.requested' && fact.type !== 'approval.asked') return []
  const sentence = `an order${amount} waits for approval`
  const roles = currentStep(approval)?.roles ?? []
  return roles.map((role) => notify(after, { role, topic: 'approval-requested', sentence }))
}

function deskNotices({ before, after, fact }: OrderChange): Intent[] {
  if (fact.type === 'case.opened') {
    const { owner, route, sentence, code } = fact.data.case
    const roles = new Set([owner.role, ...route.alsoRoles, ...alsoTold(code)])
    return [
      ...[...roles].map((role) =>
        notify(after, { role, topic: 'case-opened', sentence: `${code}: ${sentence}` }),
      ),
      ...supplierAnswer(after, code),
    ]
  }
  if (fact.type !== 'case.overdue') return []
  const called = before.desk.cases.find((one) => one.exceptionId === fact.data.exceptionId)
  if (called === undefined) return []
  const role = called.route.escalation[fact.data.level - 1]?.toRole ?? called.owner.role
  const sentence = `${called.code} was due at ${called.dueAt} and is still open: ${called.sentence}`
  return [notify(after, { role, topic: 'case-escalated', sentence })]
}

/** The supplier is asked for what it owes; when that does not help, its buyer's superior is told. */
function reminders({ after, fact }: OrderChange): Intent[] {
  if (fact.type === 'acknowledgment.reminder-due') {
    const sentence = askedFor(after, fact.data)
    return [tellSupplier(after, 'acknowledgment-reminder', sentence, messageData(fact.data))]
  }
  if (fact.type === 'acknowledgment.escalation-due') {
    const { about, orderVersion } = fact.data
    const sentence =
      about === undefined
        ? `the supplier has not confirmed version ${orderVersion} of the order`
        : `the supplier has not answered: ${askedFor(after, fact.data)}`
    const data = messageData(fact.data)
    return [
      notify(after, { role: 'procurement', topic: 'acknowledgment-escalated', sentence }),
      tellSupplier(after, 'acknowledgment-escalated', 'your confirmation is overdue', data),
    ]
  }
  if (fact.type === 'reconfirmation.due') {
    const sentence = 'please confirm again what you promised'
    return [tellSupplier(after, 'reconfirmation-requested', sentence, { ...fact.data })]
  }
  if (fact.type !== 'ship-notice.overdue') return []
  const sentence = 'please send the ship notice'
  return [tellSupplier(after, 'ship-notice-requested', sentence, { ...fact.data })]
}

/** What the supplier is asked for, in words for it. */
function askedFor(
  state: OrderState,
  { orderVersion, about }: { readonly orderVersion: number; readonly about?: string | undefined },
): string {
  const awaited = awaitedAnswers(state).find((one) => one.about === about)
  return awaited?.asked ?? `please confirm version ${orderVersion} of the order`
}

/** What the buyer decided, in words for the supplier. */
function decisionsTold({ before, after, fact }: OrderChange): Intent[] {
  if (fact.type === 'change.decided') return decisionTold(before, after, fact)
  if (fact.type === 'change.expired') {
    return [tellSupplier(after, 'change-expired', 'the change has fallen', { ...fact.data })]
  }
  if (fact.type === 'order.cancel-requested' || fact.type === 'line.cancel-requested') {
    return cancellationAsked(after, fact)
  }
  if (fact.type === 'order.cancel-answered' || fact.type === 'line.cancel-answered') {
    return cancellationRefused(after, fact)
  }
  if (
    fact.type === 'schedule.short-closed' ||
    fact.type === 'line.short-closed' ||
    fact.type === 'line.cancelled'
  ) {
    const topic = fact.type.replace('.', '-')
    return [tellSupplier(after, topic, fact.data.reason, { ...fact.data })]
  }
  if (fact.type !== 'order.held' && fact.type !== 'order.released') return []
  return [tellSupplier(after, fact.type.replace('.', '-'), fact.data.reason)]
}

/** Whoever owns the case: a change goes to procurement and planning, trouble at the dock to procurement. */
function alsoTold(code: ExceptionCode): readonly string[] {
  if (changeCodes.has(code)) return ['procurement', 'planning']
  return code.startsWith('RCV_') ? ['procurement'] : []
}

const changeCodes: ReadonlySet<ExceptionCode> = new Set<ExceptionCode>([
  'QTY_CHANGE',
  'DATE_CHANGE',
  'PRICE_CHANGE',
  'UOM_CHANGE',
  'SPLIT',
  'SUBSTITUTION',
  'BACKORDER',
  'SUPPLIER_REJECTION',
])

/** A supplier that works on an old version gets the one that counts. */
function supplierAnswer(state: OrderState, code: ExceptionCode): Intent[] {
  const { order } = state.standing
  if (code !== 'STALE_VERSION' || order === null) return []
  const sentence = `your answer is to an older version: please answer version ${order.version}`
  return [
    { kind: 'send-document', to: 'supplier', document: order },
    tellSupplier(state, 'stale-version', sentence, { orderVersion: order.version }),
  ]
}

function decisionTold(
  before: OrderState,
  after: OrderState,
  fact: Extract<OrderChange['fact'], { readonly type: 'change.decided' }>,
): Intent[] {
  const { changeId, decision, reason, counter } = fact.data
  const change = before.standing.changes.find((one) => one.changeId === changeId)
  if (change === undefined || change.initiator !== 'supplier') return []
  const words = { accept: 'accepted', reject: 'rejected', counter: 'countered' } as const
  const why = reason === undefined ? '' : `: ${reason}`
  const sentence = `your change was ${words[decision]}${why}`
  const data = messageData({
    changeId,
    documentNumber: change.documentNumber,
    differences: counter ?? change.differences,
  })
  const told = tellSupplier(after, `change-${words[decision]}`, sentence, data)
  if (fact.by.id === systemActor.id) return [told]
  const text = `\`${fact.by.id}\` ${words[decision]} what the supplier proposed in ${change.documentNumber}${why}`
  return [
    told,
    notify(after, { role: 'planning', topic: `change-${words[decision]}`, sentence: text }),
  ]
}
