import { assign, setup } from 'xstate'
import type { InvoiceFact } from './invoice-fact.ts'
import { invoiceRegions, type InvoiceRegion } from './invoice-regions.ts'
import type { InvoiceFacts } from './invoice-state.ts'
import { recordInvoiceFact } from './record-invoice-fact.ts'

type Seen = { readonly context: InvoiceFacts }

/** Asks whether the facts put a region into a state. */
const follows =
  <Region extends InvoiceRegion>(
    region: Region,
    state: ReturnType<(typeof invoiceRegions)[Region]>,
  ) =>
  ({ context }: Seen): boolean =>
    invoiceRegions[region](context) === state

/**
 * The life of an invoice (MODEL 3.6) in nine regions that move on their own. Documents, answers and decisions only add
 * facts; each state follows from the facts by an eventless guard, so any order of arrival ends in the same states.
 */
export const invoiceLifecycle = setup({
  types: {
    context: {} as InvoiceFacts,
    events: {} as InvoiceFact,
    input: {} as InvoiceFacts,
  },
  actions: {
    recordFact: assign(({ context, event }) => recordInvoiceFact(context, event)),
  },
  guards: {
    isDoubtful: follows('document', 'extraction-review'),
    isReceived: follows('document', 'received'),
    isNotYetMatched: follows('duplicate', 'unchecked'),
    isNoDuplicate: follows('duplicate', 'clear'),
    isSuspectedDuplicate: follows('duplicate', 'suspected'),
    isConfirmedDuplicate: follows('duplicate', 'confirmed'),
    isBeforeLinking: follows('linking', 'waiting'),
    isAskingOrders: follows('linking', 'asking'),
    isUnlinked: follows('linking', 'unlinked'),
    isLinked: follows('linking', 'linked'),
    isWaitingForMatch: follows('matching', 'waiting'),
    isHeldAsDuplicate: follows('matching', 'suspected-duplicate'),
    isAwaitingReceipt: follows('matching', 'awaiting-receipt'),
    isAwaitingResolution: follows('matching', 'awaiting-resolution'),
    isAwaitingApproval: follows('matching', 'awaiting-approval'),
    isOnHold: follows('matching', 'on-hold'),
    isMatched: follows('matching', 'matched'),
    isRefused: follows('matching', 'refused'),
    isWhole: follows('reduction', 'whole'),
    isReduced: follows('reduction', 'reduced'),
    isUnposted: follows('posting', 'unposted'),
    isPosted: follows('posting', 'posted'),
    isNotReleased: follows('payment', 'not-released'),
    isPartlyReleased: follows('payment', 'partly-released'),
    isReleased: follows('payment', 'released'),
    isPaymentReady: follows('payment', 'payment-ready'),
    isPaid: follows('payment', 'paid'),
    isUndisputed: follows('dispute', 'undisputed'),
    isDisputed: follows('dispute', 'disputed'),
    isSettled: follows('dispute', 'settled'),
    isOpen: follows('standing', 'open'),
    isClosedAsDuplicate: follows('standing', 'duplicate'),
    isClosedAsRejected: follows('standing', 'rejected'),
    isClosedAsCancelled: follows('standing', 'cancelled'),
    isClosedAsCredited: follows('standing', 'credited'),
    isClosedAsApplied: follows('standing', 'applied'),
  },
}).createMachine({
  id: 'invoice-lifecycle',
  context: ({ input }) => input,
  type: 'parallel',
  on: { '*': { actions: 'recordFact' } },
  states: {
    document: {
      initial: 'captured',
      states: {
        captured: { always: { guard: 'isReceived', target: 'received' } },
        'extraction-review': { always: { guard: 'isReceived', target: 'received' } },
        received: { always: { guard: 'isDoubtful', target: 'extraction-review' } },
      },
    },
    duplicate: {
      initial: 'unchecked',
      states: {
        unchecked: {
          always: [
            { guard: 'isNoDuplicate', target: 'clear' },
            { guard: 'isSuspectedDuplicate', target: 'suspected' },
          ],
        },
        clear: {
          always: [
            { guard: 'isSuspectedDuplicate', target: 'suspected' },
            { guard: 'isNotYetMatched', target: 'unchecked' },
          ],
        },
        suspected: {
          always: [
            { guard: 'isNoDuplicate', target: 'clear' },
            { guard: 'isConfirmedDuplicate', target: 'confirmed' },
            { guard: 'isNotYetMatched', target: 'unchecked' },
          ],
        },
        confirmed: { always: { guard: 'isNotYetMatched', target: 'unchecked' } },
      },
    },
    linking: {
      initial: 'waiting',
      states: {
        waiting: {
          always: [
            { guard: 'isAskingOrders', target: 'asking' },
            { guard: 'isUnlinked', target: 'unlinked' },
            { guard: 'isLinked', target: 'linked' },
          ],
        },
        asking: {
          always: [
            { guard: 'isUnlinked', target: 'unlinked' },
            { guard: 'isLinked', target: 'linked' },
            { guard: 'isBeforeLinking', target: 'waiting' },
          ],
        },
        unlinked: {
          always: [
            { guard: 'isAskingOrders', target: 'asking' },
            { guard: 'isLinked', target: 'linked' },
            { guard: 'isBeforeLinking', target: 'waiting' },
          ],
        },
        linked: {
          always: [
            { guard: 'isAskingOrders', target: 'asking' },
            { guard: 'isUnlinked', target: 'unlinked' },
            { guard: 'isBeforeLinking', target: 'waiting' },
          ],
        },
      },
    },
    matching: {
      initial: 'waiting',
      states: {
        waiting: {
          always: [
            { guard: 'isMatched', target: 'matched' },
            { guard: 'isOnHold', target: 'on-hold' },
            { guard: 'isAwaitingReceipt', target: 'awaiting-receipt' },
            { guard: 'isAwaitingResolution', target: 'awaiting-resolution' },
            { guard: 'isAwaitingApproval', target: 'awaiting-approval' },
            { guard: 'isHeldAsDuplicate', target: 'suspected-duplicate' },
            { guard: 'isRefused', target: 'refused' },
          ],
        },
        matched: {
          always: [
            { guard: 'isOnHold', target: 'on-hold' },
            { guard: 'isAwaitingReceipt', target: 'awaiting-receipt' },
            { guard: 'isAwaitingResolution', target: 'awaiting-resolution' },
            { guard: 'isAwaitingApproval', target: 'awaiting-approval' },
            { guard: 'isHeldAsDuplicate', target: 'suspected-duplicate' },
            { guard: 'isRefused', target: 'refused' },
            { guard: 'isWaitingForMatch', target: 'waiting' },
          ],
        },
        'on-hold': {
          always: [
            { guard: 'isMatched', target: 'matched' },
            { guard: 'isAwaitingReceipt', target: 'awaiting-receipt' },
            { guard: 'isAwaitingResolution', target: 'awaiting-resolution' },
            { guard: 'isAwaitingApproval', target: 'awaiting-approval' },
            { guard: 'isHeldAsDuplicate', target: 'suspected-duplicate' },
            { guard: 'isRefused', target: 'refused' },
            { guard: 'isWaitingForMatch', target: 'waiting' },
          ],
        },
        'awaiting-receipt': {
          always: [
            { guard: 'isMatched', target: 'matched' },
            { guard: 'isOnHold', target: 'on-hold' },
            { guard: 'isAwaitingResolution', target: 'awaiting-resolution' },
            { guard: 'isAwaitingApproval', target: 'awaiting-approval' },
            { guard: 'isHeldAsDuplicate', target: 'suspected-duplicate' },
            { guard: 'isRefused', target: 'refused' },
            { guard: 'isWaitingForMatch', target: 'waiting' },
          ],
        },
        'awaiting-resolution': {
          always: [
            { guard: 'isMatched', target: 'matched' },
            { guard: 'isOnHold', target: 'on-hold' },
            { guard: 'isAwaitingReceipt', target: 'awaiting-receipt' },
            { guard: 'isAwaitingApproval', target: 'awaiting-approval' },
            { guard: 'isHeldAsDuplicate', target: 'suspected-duplicate' },
            { guard: 'isRefused', target: 'refused' },
            { guard: 'isWaitingForMatch', target: 'waiting' },
          ],
        },
        'awaiting-approval': {
          always: [
            { guard: 'isMatched', target: 'matched' },
            { guard: 'isOnHold', target: 'on-hold' },
            { guard: 'isAwaitingReceipt', target: 'awaiting-receipt' },
            { guard: 'isAwaitingResolution', target: 'awaiting-resolution' },
            { guard: 'isHeldAsDuplicate', target: 'suspected-duplicate' },
            { guard: 'isRefused', target: 'refused' },
            { guard: 'isWaitingForMatch', target: 'waiting' },
          ],
        },
        'suspected-duplicate': {
          always: [
            { guard: 'isMatched', target: 'matched' },
            { guard: 'isOnHold', target: 'on-hold' },
            { guard: 'isAwaitingReceipt', target: 'awaiting-receipt' },
            { guard: 'isAwaitingResolution', target: 'awaiting-resolution' },
            { guard: 'isAwaitingApproval', target: 'awaiting-approval' },
            { guard: 'isRefused', target: 'refused' },
            { guard: 'isWaitingForMatch', target: 'waiting' },
          ],
        },
        // A refused invoice is matched again only after it was reopened.
        refused: { always: { guard: 'isWaitingForMatch', target: 'waiting' } },
      },
    },
    reduction: {
      initial: 'whole',
      states: {
        whole: { always: { guard: 'isReduced', target: 'reduced' } },
        reduced: { always: { guard: 'isWhole', target: 'whole' } },
      },
    },
    posting: {
      initial: 'unposted',
      states: {
        unposted: { always: { guard: 'isPosted', target: 'posted' } },
        posted: { always: { guard: 'isUnposted', target: 'unposted' } },
      },
    },
    payment: {
      initial: 'not-released',
      states: {
        'not-released': {
          always: [
            { guard: 'isPartlyReleased', target: 'partly-released' },
            { guard: 'isReleased', target: 'released' },
            { guard: 'isPaymentReady', target: 'payment-ready' },
            { guard: 'isPaid', target: 'paid' },
          ],
        },
        'partly-released': {
          always: [
            { guard: 'isReleased', target: 'released' },
            { guard: 'isPaymentReady', target: 'payment-ready' },
            { guard: 'isPaid', target: 'paid' },
            { guard: 'isNotReleased', target: 'not-released' },
          ],
        },
        released: {
          always: [
            { guard: 'isPaymentReady', target: 'payment-ready' },
            { guard: 'isPaid', target: 'paid' },
            { guard: 'isNotReleased', target: 'not-released' },
          ],
        },
        'payment-ready': {
          always: [
            { guard: 'isPaid', target: 'paid' },
            { guard: 'isNotReleased', target: 'not-released' },
          ],
        },
        paid: {
          always: [
            { guard: 'isPaymentReady', target: 'payment-ready' },
            { guard: 'isReleased', target: 'released' },
            { guard: 'isPartlyReleased', target: 'partly-released' },
            { guard: 'isNotReleased', target: 'not-released' },
          ],
        },
      },
    },
    dispute: {
      initial: 'undisputed',
      states: {
        undisputed: { always: { guard: 'isDisputed', target: 'disputed' } },
        disputed: {
          always: [
            { guard: 'isSettled', target: 'settled' },
            { guard: 'isUndisputed', target: 'undisputed' },
          ],
        },
        settled: { always: { guard: 'isDisputed', target: 'disputed' } },
      },
    },
    standing: {
      initial: 'open',
      states: {
        open: {
          always: [
            { guard: 'isClosedAsDuplicate', target: 'duplicate' },
            { guard: 'isClosedAsRejected', target: 'rejected' },
            { guard: 'isClosedAsCancelled', target: 'cancelled' },
            { guard: 'isClosedAsCredited', target: 'credited' },
            { guard: 'isClosedAsApplied', target: 'applied' },
          ],
        },
        duplicate: { always: { guard: 'isOpen', target: 'open' } },
        rejected: { always: { guard: 'isOpen', target: 'open' } },
        cancelled: { always: { guard: 'isOpen', target: 'open' } },
        credited: { always: { guard: 'isOpen', target: 'open' } },
        applied: { always: { guard: 'isOpen', target: 'open' } },
      },
    },
  },
})
