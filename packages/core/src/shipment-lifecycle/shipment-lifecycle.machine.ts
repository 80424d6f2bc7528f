import { assign, not, setup } from 'xstate'
import { recordShipmentFact } from './record-shipment-fact.ts'
import type { ShipmentFact } from './shipment-fact.ts'
import { shipmentRegions, type ShipmentRegion, transportState } from './shipment-regions.ts'
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

const isUnderway = ({ context }: Seen): boolean => transportState(context) !== 'expected'

const isAtTheDock = ({ context }: Seen): boolean =>
  transportState(context) === 'arrived' || isBeingCounted({ context })

const isBeingCounted = ({ context }: Seen): boolean =>
  transportState(context) === 'unloading' || transportState(context) === 'received'

const isMisaligned = ({ context }: Seen): boolean => {
  const state = shipmentRegions.alignment(context)
  return state === 'misaligned' || state === 'pre-arrival-alert'
}

/**
 * The life of a shipment (MODEL §3.4) in seven regions that move on their own. Notices, reports, counts, answers and
 * decisions only add facts; each state follows from the facts by an eventless guard, so any order of arrival ends in the
 * same states. A state that no longer fits falls back towards the first of its region, from where the facts lead on.
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
    isNoticed: ({ context }) => shipmentRegions.notice(context) !== 'draft',
    isValidated: follows('notice', 'validated'),
    isRejected: follows('notice', 'rejected'),
    isCancelled: follows('notice', 'cancelled'),
    isAmended: follows('amendment', 'amended'),
    isAligned: follows('alignment', 'aligned'),
    isMisaligned,
    isWarehouseAlerted: follows('alignment', 'pre-arrival-alert'),
    isUnderway,
    isLost: follows('transport', 'lost'),
    isAtTheDock,
    isBeingCounted,
    isCounted: follows('transport', 'received'),
    isDelayed: follows('schedule', 'delayed'),
    isOverdue: follows('schedule', 'overdue'),
    isLate: follows('schedule', 'late'),
    isMatched: follows('reconciliation', 'matched'),
    isDiscrepant: follows('reconciliation', 'discrepant'),
    isClosed: follows('standing', 'closed'),
  },
}).createMachine({
  id: 'shipment',
  context: ({ input }) => input,
  type: 'parallel',
  on: { '*': { actions: 'recordFact' } },
  states: {
    notice: {
      initial: 'draft',
      states: {
        draft: { always: { guard: 'isNoticed', target: 'submitted' } },
        submitted: {
          always: [
            { guard: 'isValidated', target: 'validated' },
            { guard: 'isRejected', target: 'rejected' },
            { guard: 'isCancelled', target: 'cancelled' },
          ],
        },
        validated: { always: { guard: not('isValidated'), target: 'submitted' } },
        rejected: { always: { guard: not('isRejected'), target: 'submitted' } },
        // A withdrawal falls when goods were counted after all, or a later notice takes its place.
        cancelled: { always: { guard: not('isCancelled'), target: 'submitted' } },
      },
    },
    amendment: {
      initial: 'original',
      states: {
        original: { always: { guard: 'isAmended', target: 'amended' } },
        amended: { always: { guard: not('isAmended'), target: 'original' } },
      },
    },
    alignment: {
      initial: 'not-compared',
      states: {
        'not-compared': {
          always: [
            { guard: 'isAligned', target: 'aligned' },
            { guard: 'isMisaligned', target: 'misaligned' },
          ],
        },
        aligned: { always: { guard: not('isAligned'), target: 'not-compared' } },
        misaligned: {
          always: [
            { guard: 'isWarehouseAlerted', target: 'pre-arrival-alert' },
            { guard: not('isMisaligned'), target: 'not-compared' },
          ],
        },
        'pre-arrival-alert': {
          always: { guard: not('isWarehouseAlerted'), target: 'misaligned' },
        },
      },
    },
    transport: {
      initial: 'expected',
      states: {
        expected: { always: { guard: 'isUnderway', target: 'in-transit' } },
        'in-transit': {
          always: [
            { guard: 'isAtTheDock', target: 'arrived' },
            { guard: 'isLost', target: 'lost' },
            { guard: not('isUnderway'), target: 'expected' },
          ],
        },
        lost: { always: { guard: not('isLost'), target: 'in-transit' } },
        arrived: {
          always: [
            { guard: 'isBeingCounted', target: 'unloading' },
            { guard: not('isAtTheDock'), target: 'in-transit' },
          ],
        },
        unloading: {
          always: [
            { guard: 'isCounted', target: 'received' },
            { guard: not('isBeingCounted'), target: 'arrived' },
          ],
        },
        received: { always: { guard: not('isCounted'), target: 'unloading' } },
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
        delayed: { always: { guard: not('isDelayed'), target: 'on-schedule' } },
        overdue: { always: { guard: not('isOverdue'), target: 'on-schedule' } },
        late: { always: { guard: not('isLate'), target: 'on-schedule' } },
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
        matched: { always: { guard: not('isMatched'), target: 'open' } },
        discrepant: { always: { guard: not('isDiscrepant'), target: 'open' } },
      },
    },
    standing: {
      initial: 'open',
      states: {
        open: { always: { guard: 'isClosed', target: 'closed' } },
        closed: { always: { guard: not('isClosed'), target: 'open' } },
      },
    },
  },
})
