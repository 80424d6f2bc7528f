import type { ExceptionCode } from '../exception/exception.ts'
import type { Intent } from '../message/intent.ts'
import { type MessageData, messageData } from '../message/message.ts'
import { systemActor } from '../message/actor.ts'
import { nameOfOrder, type OrderChange } from './order-change-told.ts'
import type { OrderState } from './order-state.ts'

/** Who is told about an event of an order, and in which words. */
export function orderNotices({ before, after, fact }: OrderChange): Intent[] {
  switch (fact.type) {
    case 'case.opened': {
      const { owner, route, sentence, code } = fact.data.case
      const roles = new Set([owner.role, ...route.alsoRoles, ...alsoTold(code)])
      return [
        ...[...roles].map((role) =>
          notify(after, { role, topic: 'case-opened', sentence: `${code}: ${sentence}` }),
        ),
        ...supplierAnswer(after, code),
      ]
    }
    case 'case.overdue': {
      const called = before.desk.cases.find((one) => one.exceptionId === fact.data.exceptionId)
      if (called === undefined) return []
      const role = called.route.escalation[fact.data.level - 1]?.toRole ?? called.owner.role
      const sentence = `${called.code} was due at ${called.dueAt} and is still open: ${called.sentence}`
      return [notify(after, { role, topic: 'case-escalated', sentence })]
    }
    case 'acknowledgment.reminder-due': {
      const sentence = `please confirm version ${fact.data.orderVersion} of the order`
      const data = messageData(fact.data)
      return [tellSupplier(after, 'acknowledgment-reminder', sentence, data)]
    }
    case 'acknowledgment.escalation-due': {
      const sentence = `the supplier has not confirmed version ${fact.data.orderVersion} of the order`
      return [
        notify(after, { role: 'procurement', topic: 'acknowledgment-escalated', sentence }),
        tellSupplier(after, 'acknowledgment-escalated', 'your confirmation is overdue', {
          ...fact.data,
        }),
      ]
    }
    case 'reconfirmation.due':
      return [
        tellSupplier(after, 'reconfirmation-requested', 'please confirm again what you promised', {
          ...fact.data,
        }),
      ]
    case 'ship-notice.overdue':
      return [
        tellSupplier(after, 'ship-notice-requested', 'please send the ship notice', {
          ...fact.data,
        }),
      ]
    case 'change.decided':
      return decisionTold(before, after, fact)
    case 'change.expired':
      return [changeTold(after, 'change-expired', 'the change has fallen', fact.data.changeId)]
    case 'order.cancel-requested':
      return [tellSupplier(after, 'cancel-requested', fact.data.reason)]
    case 'schedule.short-closed':
    case 'line.cancelled':
      return [tellSupplier(after, fact.type.replace('.', '-'), fact.data.reason, { ...fact.data })]
    case 'order.held':
    case 'order.released':
      return [tellSupplier(after, fact.type.replace('.', '-'), fact.data.reason)]
    default:
      return []
  }
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

function changeTold(state: OrderState, topic: string, sentence: string, changeId: string): Intent {
  return tellSupplier(state, topic, sentence, { changeId })
}

function notify(
  state: OrderState,
  notice: { readonly role: string; readonly topic: string; readonly sentence: string },
): Intent {
  const { role, topic, sentence } = notice
  return {
    kind: 'notify',
    role,
    topic,
    subject: nameOfOrder(state).slice(0, 400),
    sentence: sentence.slice(0, 2000),
  }
}

function tellSupplier(
  state: OrderState,
  topic: string,
  sentence: string,
  data: MessageData = {},
): Intent {
  const { order } = state.standing
  return {
    kind: 'send-supplier-notice',
    supplier: order?.supplier ?? '',
    topic,
    subject: nameOfOrder(state).slice(0, 400),
    sentence: sentence.slice(0, 2000),
    data: { orderNumber: order?.orderNumber ?? null, ...data },
  }
}
