import { assign, not, setup } from 'xstate'
import type { Decimal } from '../decimal/decimal.ts'
import {
  compareDecimals,
  isPositiveDecimal,
  subtractDecimals,
  sumDecimals,
} from '../decimal/decimal-arithmetic.ts'

/** What the state of a receipt line follows from. Quantities are in the order line's unit of measure. */
export type ReceiptLineFacts = {
  /** As counted last; zero while goods are announced and not counted. */
  readonly quantityCounted: Decimal
  /** Of what was counted and not reversed: accepted, refused by quality control, and not decided on. */
  readonly quantityAccepted: Decimal
  readonly quantityRejected: Decimal
  readonly quantityPending: Decimal
  /** Sent back to the supplier. */
  readonly quantityReturned: Decimal
  /** What is not decided on is blocked or on hold, and not under inspection. */
  readonly isBlocked: boolean
  /** Quality control had to decide, or did. */
  readonly isInspected: boolean
  readonly isPutAway: boolean
}

/** The facts of a receipt line changed. */
export type ReceiptLineEvent = {
  readonly type: 'facts.changed'
  readonly facts: ReceiptLineFacts
}

/** The states of a receipt line. */
export type ReceiptLineState =
  | 'expected'
  | 'counted'
  | 'accepted-to-stock'
  | 'in-inspection'
  | 'blocked'
  | 'accepted'
  | 'partially-accepted'
  | 'rejected'
  | 'put-away'
  | 'returned'
  | 'reversed'

/** The one state the facts lead to; `counted` is only passed through. */
function stateOf(facts: ReceiptLineFacts): ReceiptLineState {
  const { quantityAccepted, quantityRejected, quantityPending } = facts
  if (!isPositiveDecimal(facts.quantityCounted)) return 'expected'
  const standing = sumDecimals([quantityAccepted, quantityRejected, quantityPending])
  if (!isPositiveDecimal(standing)) return 'reversed'
  if (compareDecimals(facts.quantityReturned, standing) >= 0) return 'returned'
  if (facts.isPutAway) return 'put-away'
  if (isPositiveDecimal(quantityPending)) return facts.isBlocked ? 'blocked' : 'in-inspection'
  if (isPositiveDecimal(quantityRejected)) {
    return isPositiveDecimal(subtractDecimals(standing, quantityRejected))
      ? 'partially-accepted'
      : 'rejected'
  }
  return facts.isInspected ? 'accepted' : 'accepted-to-stock'
}

/** Asks whether the facts lead to a state. */
const follows =
  (state: ReceiptLineState) =>
  ({ context }: { readonly context: ReceiptLineFacts }): boolean =>
    stateOf(context) === state

/**
 * The life of one line of a receipt (MODEL §3.5). Counts, inspections, reversals and returns only change the facts; the
 * state follows by `always`, so papers in any order lead to the same state.
 */
export const receiptLineLifecycle = setup({
  types: {
    context: {} as ReceiptLineFacts,
    events: {} as ReceiptLineEvent,
    input: {} as ReceiptLineFacts,
  },
  guards: {
    isExpected: follows('expected'),
    isAcceptedToStock: follows('accepted-to-stock'),
    isInInspection: follows('in-inspection'),
    isBlocked: follows('blocked'),
    isAccepted: follows('accepted'),
    isPartiallyAccepted: follows('partially-accepted'),
    isRejected: follows('rejected'),
    isPutAway: follows('put-away'),
    isReturned: follows('returned'),
    isReversed: follows('reversed'),
  },
  actions: { takeFacts: assign(({ event }) => event.facts) },
}).createMachine({
  id: 'receipt-line',
  context: ({ input }) => input,
  on: { 'facts.changed': { actions: 'takeFacts' } },
  initial: 'expected',
  states: {
    expected: { always: { guard: not('isExpected'), target: 'counted' } },
    counted: {
      always: [
        { guard: 'isExpected', target: 'expected' },
        { guard: 'isReversed', target: 'reversed' },
        { guard: 'isReturned', target: 'returned' },
        { guard: 'isPutAway', target: 'put-away' },
        { guard: 'isBlocked', target: 'blocked' },
        { guard: 'isInInspection', target: 'in-inspection' },
        { guard: 'isPartiallyAccepted', target: 'partially-accepted' },
        { guard: 'isRejected', target: 'rejected' },
        { guard: 'isAccepted', target: 'accepted' },
        { guard: 'isAcceptedToStock', target: 'accepted-to-stock' },
      ],
    },
    'accepted-to-stock': {
      always: [
        { guard: 'isPutAway', target: 'put-away' },
        { guard: not('isAcceptedToStock'), target: 'counted' },
      ],
    },
    'in-inspection': {
      always: [
        { guard: 'isAccepted', target: 'accepted' },
        { guard: 'isPartiallyAccepted', target: 'partially-accepted' },
        { guard: 'isRejected', target: 'rejected' },
        { guard: not('isInInspection'), target: 'counted' },
      ],
    },
    blocked: { always: { guard: not('isBlocked'), target: 'counted' } },
    accepted: {
      always: [
        { guard: 'isPutAway', target: 'put-away' },
        { guard: not('isAccepted'), target: 'counted' },
      ],
    },
    'partially-accepted': {
      always: [
        { guard: 'isPutAway', target: 'put-away' },
        { guard: not('isPartiallyAccepted'), target: 'counted' },
      ],
    },
    rejected: { always: { guard: not('isRejected'), target: 'counted' } },
    'put-away': { always: { guard: not('isPutAway'), target: 'counted' } },
    returned: { always: { guard: not('isReturned'), target: 'counted' } },
    reversed: { always: { guard: not('isReversed'), target: 'counted' } },
  },
})
