import { deepStrictEqual } from 'node:assert'
import {
  type Decimal,
  decimal,
  type Message,
  orderAggregate,
  type OrderState,
  type Policy,
  trimDecimal,
} from '@counterfoil/core'
import { canonicalPolicy } from './canonical-policy.ts'
import { measure } from './measure.ts'
import { orderHistories } from './order-histories.ts'
import { type HandOrder, reduceByHand } from './reduce-by-hand.ts'

/** Decisions about orders over recorded histories, beside a reducer written by hand that keeps the same quantities. */
export function benchDecideOrder(): void {
  const policy = canonicalPolicy()
  const histories = orderHistories()
  for (const history of histories) {
    deepStrictEqual(standingOf(decideAll(history, policy)), reduceByHand(history))
  }
  measure({
    name: 'decision about an order',
    operations: histories.reduce((sum, history) => sum + history.length, 0),
    ours: () => {
      for (const history of histories) decideAll(history, policy)
    },
    limit: () => {
      for (const history of histories) reduceByHand(history)
    },
    ratioMax: null,
  })
}

function decideAll(history: readonly Message[], policy: Policy): OrderState | null {
  let state: OrderState | null = null
  for (const message of history) {
    state = orderAggregate.decide(state, message, { policy, now: message.receivedAt }).state
  }
  return state
}

/** Of our state what the hand-written reducer keeps too. */
function standingOf(state: OrderState | null): HandOrder {
  const schedules = state?.standing.lines.flatMap((line) => line.schedules) ?? []
  const sum = (name: 'ordered' | 'confirmed' | 'received' | 'invoiced'): Decimal =>
    trimDecimal(schedules[0]?.quantities[name] ?? decimal('0'))
  return {
    ordered: sum('ordered'),
    confirmed: sum('confirmed'),
    received: sum('received'),
    invoiced: sum('invoiced'),
    promisedDate: schedules[0]?.promisedDate ?? null,
  }
}
