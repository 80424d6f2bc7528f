import { assign, setup } from 'xstate'
import { recordShipmentFact } from './record-shipment-fact.ts'
import type { ShipmentFact } from './shipment-fact.ts'
import { shipmentRegions, type ShipmentRegion } from './shipment-regions.ts'
import type { ShipmentFacts } from './shipment-state.ts'

type Seen = { readonly context: ShipmentFacts }

/** Asks whether the facts put a region into a state. */
const follows =
  <Region extends ShipmentRegion>(
    region: Region,
    state: ReturnType<(typeof shipmentRegions)[Region]>,
  ) =>
  ({ context }: Seen): boolean =>
    shipmentRegions[region](context) === state

/**
 * The life of a shipment (MODEL §3.4) in seven regions that move on their own. Notices, reports, counts, answers and
 * decisions only add facts; each state follows from the facts by an eventless guard, so any order of arrival ends in the
 * same states.
 */
export const shipmentLifecycle = setup({
  types: {
    context: {} as ShipmentFacts,
    events: {} as ShipmentFact,
    input: {} as ShipmentFacts,
  },
  actions: {
    recordFact: assign(({ context, event }) => recordShipmentFact(context, event)),
  },
  guards: {
    isSubmitted: follows('notice', 'submitted'),
    isValidated: follows('notice', 'validated'),
    isRejected: follows('notice', 'rejected'),
    isCancelled: follows('notice', 'cancelled'),
    isOriginal: follows('amendment', 'original'),
    isAmended: follows('amendment', 'amended'),
    isNotCompared: follows('alignment', 'not-compared'),
    isAligned: follows('alignment', 'aligned'),
    isMisaligned: follows('alignment', 'misaligned'),
    isWarehouseAlerted: follows('alignment', 'pre-arrival-alert'),
    isExpected: follows('transport', 'expected'),
    isInTransit: follows('transport', 'in-transit'),
    isArrived: follows('transport', 'arrived'),
    isUnloading: follows('transport', 'unloading'),
    isReceived: follows('transport', 'received'),
    isLost: follows('transport', 'lost'),
    isOnSchedule: follows('schedule', 'on-schedule'),
    isDelayed: follows('schedule', 'delayed'),
    isOverdue: follows('schedule', 'overdue'),
    isLate: follows('schedule', 'late'),
    isUnreconciled: follows('reconciliation', 'open'),
    isMatched: follows('reconciliation', 'matched'),
    isDiscrepant: follows('reconciliation', 'discrepant'),
    isOpen: follows('standing', 'open'),
    isClosed: follows('standing', 'closed'),
  },
}).createMachine({
  id: 'shipment-lifecycle',
  context: ({ input }) => input,
  type: 'parallel',
  on: { '*': { actions: 'recordFact' } },
  states: {
    notice: {
      initial: 'draft',
      states: {
        draft: {
          always: [
            { guard: 'isSubmitted', target: 'submitted' },
            { guard: 'isCancelled', target: 'cancelled' },
          ],
        },
        submitted: {
          always: [
            { guard: 'isValidated', target: 'validated' },
            { guard: 'isRejected', target: 'rejected' },
            { guard: 'isCancelled', target: 'cancelled' },
          ],
        },
        validated: {
          always: [
            { guard: 'isSubmitted', target: 'submitted' },
            { guard: 'isCancelled', target: 'cancelled' },
          ],
        },
        rejected: {
          always: [
            { guard: 'isSubmitted', target: 'submitted' },
            { guard: 'isCancelled', target: 'cancelled' },
          ],
        },
        // A withdrawal falls when goods were counted after all, or a later notice replaces it.
        cancelled: { always: { guard: 'isSubmitted', target: 'submitted' } },
      },
    },
    amendment: {
      initial: 'original',
      states: {
        original: { always: { guard: 'isAmended', target: 'amended' } },
        amended: { always: { guard: 'isOriginal', target: 'original' } },
      },
    },
    alignment: {
      initial: 'not-compared',
      states: {
        'not-compared': {
          always: [
            { guard: 'isAligned', target: 'aligned' },
            { guard: 'isMisaligned', target: 'misaligned' },
            { guard: 'isWarehouseAlerted', target: 'pre-arrival-alert' },
          ],
        },
        aligned: {
          always: [
            { guard: 'isNotCompared', target: 'not-compared' },
            { guard: 'isMisaligned', target: 'misaligned' },
            { guard: 'isWarehouseAlerted', target: 'pre-arrival-alert' },
          ],
        },
        misaligned: {
          always: [
            { guard: 'isWarehouseAlerted', target: 'pre-arrival-alert' },
            { guard: 'isAligned', target: 'aligned' },
            { guard: 'isNotCompared', target: 'not-compared' },
          ],
        },
        'pre-arrival-alert': {
          always: [
            { guard: 'isAligned', target: 'aligned' },
            { guard: 'isMisaligned', target: 'misaligned' },
            { guard: 'isNotCompared', target: 'not-compared' },
          ],
        },
      },
    },
    transport: {
      initial: 'expected',
      states: {
        expected: {
          always: [
            { guard: 'isInTransit', target: 'in-transit' },
            { guard: 'isArrived', target: 'arrived' },
            { guard: 'isUnloading', target: 'unloading' },
            { guard: 'isReceived', target: 'received' },
            { guard: 'isLost', target: 'lost' },
          ],
        },
        'in-transit': {
          always: [
            { guard: 'isExpected', target: 'expected' },
            { guard: 'isArrived', target: 'arrived' },
            { guard: 'isUnloading', target: 'unloading' },
            { guard: 'isReceived', target: 'received' },
            { guard: 'isLost', target: 'lost' },
          ],
        },
        arrived: {
          always: [
            { guard: 'isExpected', target: 'expected' },
            { guard: 'isInTransit', target: 'in-transit' },
            { guard: 'isUnloading', target: 'unloading' },
            { guard: 'isReceived', target: 'received' },
            { guard: 'isLost', target: 'lost' },
          ],
        },
        unloading: {
          always: [
            { guard: 'isExpected', target: 'expected' },
            { guard: 'isInTransit', target: 'in-transit' },
            { guard: 'isArrived', target: 'arrived' },
            { guard: 'isReceived', target: 'received' },
            { guard: 'isLost', target: 'lost' },
          ],
        },
        received: {
          always: [
            { guard: 'isExpected', target: 'expected' },
            { guard: 'isInTransit', target: 'in-transit' },
            { guard: 'isArrived', target: 'arrived' },
            { guard: 'isUnloading', target: 'unloading' },
            { guard: 'isLost', target: 'lost' },
          ],
        },
        lost: {
          always: [
            { guard: 'isExpected', target: 'expected' },
            { guard: 'isInTransit', target: 'in-transit' },
            { guard: 'isArrived', target: 'arrived' },
            { guard: 'isUnloading', target: 'unloading' },
            { guard: 'isReceived', target: 'received' },
          ],
        },
      },
    },
    schedule: {
      initial: 'on-schedule',
      states: {
        'on-schedule': {
          always: [
            { guard: 'isDelayed', target: 'delayed' },
            { guard: 'isOverdue', target: 'overdue' },
            { guard: 'isLate', target: 'late' },
          ],
        },
        delayed: {
          always: [
            { guard: 'isOnSchedule', target: 'on-schedule' },
            { guard: 'isOverdue', target: 'overdue' },
            { guard: 'isLate', target: 'late' },
          ],
        },
        overdue: {
          always: [
            { guard: 'isOnSchedule', target: 'on-schedule' },
            { guard: 'isDelayed', target: 'delayed' },
            { guard: 'isLate', target: 'late' },
          ],
        },
        late: {
          always: [
            { guard: 'isOnSchedule', target: 'on-schedule' },
            { guard: 'isDelayed', target: 'delayed' },
          ],
        },
      },
    },
    reconciliation: {
      initial: 'open',
      states: {
        open: {
          always: [
            { guard: 'isMatched', target: 'matched' },
            { guard: 'isDiscrepant', target: 'discrepant' },
          ],
        },
        matched: {
          always: [
            { guard: 'isDiscrepant', target: 'discrepant' },
            { guard: 'isUnreconciled', target: 'open' },
          ],
        },
        discrepant: {
          always: [
            { guard: 'isMatched', target: 'matched' },
            { guard: 'isUnreconciled', target: 'open' },
          ],
        },
      },
    },
    standing: {
      initial: 'open',
      states: {
        open: { always: { guard: 'isClosed', target: 'closed' } },
        closed: { always: { guard: 'isOpen', target: 'open' } },
      },
    },
  },
})
