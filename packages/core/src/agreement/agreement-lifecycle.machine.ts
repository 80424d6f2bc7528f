import { assign, not, setup } from 'xstate'
import type { AgreementFact } from './agreement-events.ts'
import { type AgreementRegion, agreementRegions } from './agreement-standing.ts'
import type { AgreementFacts } from './agreement-state.ts'
import { recordAgreementFact } from './record-agreement-fact.ts'

/** Asks whether the facts put a region into a state. */
const follows =
  <Region extends AgreementRegion>(
    region: Region,
    state: ReturnType<(typeof agreementRegions)[Region]>,
  ) =>
  ({ context }: { readonly context: AgreementFacts }): boolean =>
    agreementRegions[region](context) === state

/**
 * The life of an agreement in two regions that move on their own: whether it may be released from, and how much of it is.
 * Texts, releases and decisions only add facts; each state follows from the facts by an eventless guard, so any order of
 * arrival ends in the same states. A state that no longer fits falls back to the first of its region.
 */
export const agreementLifecycle = setup({
  types: {
    context: {} as AgreementFacts,
    events: {} as AgreementFact,
    input: {} as AgreementFacts,
  },
  actions: {
    recordFact: assign(({ context, event }) => recordAgreementFact(context, event)),
  },
  guards: {
    isKnown: ({ context }) => agreementRegions.terms(context) !== 'unknown',
    isExpired: follows('terms', 'expired'),
    isClosed: follows('terms', 'closed'),
    isReleased: follows('use', 'released'),
    isExhausted: follows('use', 'exhausted'),
    isExceeded: follows('use', 'exceeded'),
  },
}).createMachine({
  id: 'agreement',
  context: ({ input }) => input,
  type: 'parallel',
  on: { '*': { actions: 'recordFact' } },
  states: {
    terms: {
      initial: 'unknown',
      states: {
        unknown: { always: { guard: 'isKnown', target: 'in-force' } },
        'in-force': {
          always: [
            { guard: 'isClosed', target: 'closed' },
            { guard: 'isExpired', target: 'expired' },
          ],
        },
        // An extension is a later version, whose last day is not over.
        expired: { always: { guard: not('isExpired'), target: 'in-force' } },
        closed: {},
      },
    },
    use: {
      initial: 'unused',
      states: {
        unused: {
          always: [
            { guard: 'isExceeded', target: 'exceeded' },
            { guard: 'isExhausted', target: 'exhausted' },
            { guard: 'isReleased', target: 'released' },
          ],
        },
        released: { always: { guard: not('isReleased'), target: 'unused' } },
        exhausted: { always: { guard: not('isExhausted'), target: 'unused' } },
        exceeded: { always: { guard: not('isExceeded'), target: 'unused' } },
      },
    },
  },
})
