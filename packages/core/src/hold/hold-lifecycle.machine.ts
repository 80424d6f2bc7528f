import { setup } from 'xstate'
import type { Hold } from './hold.ts'

/** What can happen to a hold. `hold.cured`: its condition is gone; `hold.converted`: a credit, debit or reduction settled it. */
export type HoldEvent =
  | { readonly type: 'hold.reviewed' }
  | { readonly type: 'hold.released' }
  | { readonly type: 'hold.cured' }
  | { readonly type: 'hold.converted' }
  | { readonly type: 'invoice.closed' }

/** What the lifecycle of a hold has to know of it. */
export type HoldFacts = { readonly releasable: Hold['releasable'] }

const isReleasableByPerson = ({ context }: { readonly context: HoldFacts }): boolean =>
  context.releasable !== 'never'

const isReleasedByCure = ({ context }: { readonly context: HoldFacts }): boolean =>
  context.releasable === 'auto'

/**
 * A hold from its placing to its end (MODEL 3.7). It goes by a person's release, by the cure of its condition, by being
 * converted, or with its invoice. A hold placed by hand is never cured; one that is `never` releasable goes only with
 * the invoice.
 */
export const holdLifecycle = setup({
  types: {
    context: {} as HoldFacts,
    events: {} as HoldEvent,
    input: {} as HoldFacts,
  },
  guards: { isReleasableByPerson, isReleasedByCure },
}).createMachine({
  id: 'hold-lifecycle',
  context: ({ input }) => input,
  initial: 'placed',
  states: {
    placed: {
      on: {
        'hold.reviewed': { target: 'under-review' },
        'hold.released': { guard: 'isReleasableByPerson', target: 'released' },
        'hold.cured': { guard: 'isReleasedByCure', target: 'released' },
        'hold.converted': { guard: 'isReleasableByPerson', target: 'converted' },
        'invoice.closed': { target: 'cancelled-with-invoice' },
      },
    },
    'under-review': {
      on: {
        'hold.released': { guard: 'isReleasableByPerson', target: 'released' },
        'hold.cured': { guard: 'isReleasedByCure', target: 'released' },
        'hold.converted': { guard: 'isReleasableByPerson', target: 'converted' },
        'invoice.closed': { target: 'cancelled-with-invoice' },
      },
    },
    released: { type: 'final' },
    converted: { type: 'final' },
    'cancelled-with-invoice': { type: 'final' },
  },
})
