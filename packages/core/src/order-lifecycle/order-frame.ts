import { isAcceptance } from '../resolution/resolution-code.ts'
import type { Conduct } from '../policy/policy.ts'
import type { PurchaseOrder } from '../purchase-order/purchase-order.ts'
import type { CurrentOrder } from './current-order.ts'
import type { OrderFacts } from './order-facts.ts'
import type { OrderDesk } from './order-state.ts'

/** What the standing of an order is worked out from. */
export type OrderFrame = {
  readonly facts: OrderFacts
  readonly desk: OrderDesk
  readonly order: PurchaseOrder
  readonly current: CurrentOrder
}

/** How orders are conducted until the rules were asked. */
export const conductDefault: Pick<
  Conduct,
  'retainConfirmationOnUnchangedLines' | 'completeWithinUnderDelivery' | 'finalAnswers'
> = {
  retainConfirmationOnUnchangedLines: true,
  completeWithinUnderDelivery: false,
}

/** Whether a measured difference still has to be judged by the rules, decided by a person, or is accepted. */
export type DifferenceStanding = 'unjudged' | 'open' | 'accepted'

/** How a measured difference stands. A difference a person settled by accepting it, or set aside, is accepted. */
export function differenceStanding(desk: OrderDesk, identity: string): DifferenceStanding {
  const judged = desk.judged[identity]
  if (judged === undefined) return 'unjudged'
  if (judged.judgement !== 'outside') return 'accepted'
  const code = settlementOf(desk, identity)
  return code === 'bypassed' || isAcceptance(code) ? 'accepted' : 'open'
}

/**
 * True where the buyer takes a refusal as the supplier's last word: it is accepted, or its case was settled by buying
 * elsewhere or by giving the goods up.
 */
export function isRefusalTaken(desk: OrderDesk, identity: string): boolean {
  if (differenceStanding(desk, identity) === 'accepted') return true
  return refusalTaken.has(settlementOf(desk, identity))
}

const refusalTaken: ReadonlySet<string> = new Set(['cancel', 'resource-alternative'])

/** The resolution code of the case a person settled a difference by; empty while nobody did. */
function settlementOf(desk: OrderDesk, identity: string): string {
  const settledBy = desk.settled[identity]
  if (settledBy === undefined) return ''
  const settled = desk.cases.find(({ exceptionId }) => exceptionId === settledBy)
  return settled?.resolution?.code ?? ''
}

/** A line and schedule in one text, as clocks and facts about schedules name them. */
export function schedulePlace(orderLineNumber: string, scheduleNumber: string): string {
  return `${orderLineNumber}/${scheduleNumber}`
}
