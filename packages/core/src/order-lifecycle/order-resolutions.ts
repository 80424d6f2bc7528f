import type { ExceptionCase } from '../exception/exception.ts'
import { openTask } from '../exception/change-task.ts'
import { tenantOfKey } from '../identity/identity.ts'
import type { Intent } from '../message/intent.ts'
import { messageData } from '../message/message.ts'
import { readResolutionCode } from '../resolution/resolution-code.ts'
import { type ResolutionEffect, resolutionEffects } from '../resolution/resolution-effects.ts'
import { nameOfOrder, type OrderChange } from './order-change-told.ts'
import type { OrderDecision } from './order-events.ts'
import type { OrderFact, OrderFactOf } from './order-fact.ts'
import { buyerCalendarOf, type OrderState } from './order-state.ts'
import type { Instant } from '../calendar/instant.ts'

/**
 * What settling a case of an order sets going: the supplier is asked or told, what is open is given up, the warehouse sends
 * goods back. What a settlement puts to people in the house becomes a task (`taskOfResolution`).
 */
export function resolutionIntents(change: OrderChange): Intent[] {
  const { after, fact } = change
  if (fact.type === 'receipt.recorded') return giveUpReturned(change, fact)
  if (fact.type !== 'case.resolved') return []
  const settled = after.desk.cases.find(({ exceptionId }) => exceptionId === fact.data.exceptionId)
  const effect = effectOf(fact.data.code)
  return settled === undefined || effect === null ? [] : effectTold(after, settled, fact, effect)
}

function effectOf(said: string): ResolutionEffect | null {
  const code = readResolutionCode(said)
  return code === null ? null : resolutionEffects[code]
}

function effectTold(
  state: OrderState,
  settled: ExceptionCase,
  fact: OrderFactOf<'case.resolved'>,
  effect: ResolutionEffect,
): Intent[] {
  const { amount = settled.exposure ?? undefined, note } = fact.data
  const why = note === null || note === undefined ? '' : `: ${note}`
  switch (effect.kind) {
    case 'expect-credit': {
      const over =
        amount === undefined
          ? 'what was not delivered as ordered'
          : `${amount.amount} ${amount.currency}`
      return [tellSupplier(state, settled, fact, effect.topic, `please credit ${over}${why}`)]
    }
    case 'ask-supplier':
    case 'tell-supplier':
      return [tellSupplier(state, settled, fact, effect.topic, `${effect.sentence}${why}`)]
    case 'short-close':
      return giveUp(state, settled, note ?? 'the rest is not needed any more')
    case 'return-goods':
      return [
        returnOrder(state, settled, fact),
        tellSupplier(state, settled, fact, 'goods-returned', `we send the goods back${why}`),
      ]
    case 'accept':
    case 'draft-debit':
    case 'write-off':
    case 'reduce':
    case 'change-order':
    case 'task':
    case 'reject-invoice':
    case 'match-again':
    case 'note':
      return []
  }
}

function dataOf(
  { standing }: OrderState,
  { subject, discrepancy }: ExceptionCase,
  { data }: OrderFactOf<'case.resolved'>,
) {
  const measured = discrepancy !== null && 'unitOfMeasure' in discrepancy ? discrepancy : null
  return messageData({
    orderNumber: standing.order?.orderNumber ?? null,
    exceptionId: data.exceptionId,
    resolution: data.code,
    orderLineNumber: subject.line ?? null,
    scheduleNumber: subject.schedule ?? null,
    quantity: measured?.difference ?? null,
    unitOfMeasure: measured?.unitOfMeasure ?? null,
    amount: data.amount ?? null,
  })
}

function tellSupplier(
  state: OrderState,
  settled: ExceptionCase,
  fact: OrderFactOf<'case.resolved'>,
  topic: string,
  sentence: string,
): Intent {
  return {
    kind: 'send-supplier-notice',
    supplier: state.standing.order?.supplier ?? '',
    topic,
    subject: nameOfOrder(state).slice(0, 400),
    sentence: sentence.slice(0, 2000),
    data: dataOf(state, settled, fact),
  }
}

function returnOrder(
  state: OrderState,
  settled: ExceptionCase,
  fact: OrderFactOf<'case.resolved'>,
): Intent {
  return {
    kind: 'write-back',
    system: 'wms',
    record: 'return-order',
    // A warehouse keeps no versions of orders.
    expectedVersion: null,
    data: {
      ...dataOf(state, settled, fact),
      supplier: state.standing.order?.supplier ?? null,
      replacement: fact.data.noReplacement !== true,
      because: fact.data.note ?? null,
    },
  }
}

/** Nothing more is expected of the line: the order is told so itself, as by a buyer. */
function giveUp(
  state: OrderState,
  { subject }: Pick<ExceptionCase, 'subject'>,
  reason: string,
): Intent[] {
  const { line } = subject
  if (line === undefined) return []
  return [
    {
      kind: 'tell',
      to: { kind: 'order', key: state.key },
      type: 'line.short-closed',
      data: { orderLineNumber: line, reason: reason.slice(0, 1000) },
    },
  ]
}

/** Goods that went back and are not wanted again are not expected again. */
function giveUpReturned(
  { after }: OrderChange,
  { data: { document } }: OrderFactOf<'receipt.recorded'>,
): Intent[] {
  if (document.receiptType !== 'return') return []
  const unwanted = after.desk.notReplaced ?? {}
  const lines = new Set<string>(
    document.lines.flatMap(({ orderLineNumber }) => orderLineNumber ?? []),
  )
  return Object.entries(unwanted)
    .filter(([line]) => lines.has(line))
    .flatMap(([line, reason]) =>
      giveUp(after, { subject: { aggregate: 'order', key: after.key, line } }, reason),
    )
}

/** The task a settlement puts to people in the house; null where it puts none. */
export function taskOfResolution(
  state: OrderState,
  told: OrderFact | null,
  { recordId, now }: { readonly recordId: string; readonly now: Instant },
): OrderDecision | null {
  if (told?.type !== 'case.resolved') return null
  const effect = effectOf(told.data.code)
  const { exceptionId } = told.data
  const settled = state.desk.cases.find((one) => one.exceptionId === exceptionId)
  if (effect?.kind !== 'task' || settled === undefined) return null
  const task = openTask({
    tenant: tenantOfKey(state.key),
    taskId: recordId,
    // The case is settled by it; the task goes on by itself.
    exceptionId: null,
    subject: settled.subject,
    sentence: `${effect.sentence}: ${settled.sentence}`.slice(0, 1000),
    role: effect.role,
    openedAt: now,
    calendar: buyerCalendarOf(state.facts),
  })
  return { type: 'task.opened', data: { task } }
}
