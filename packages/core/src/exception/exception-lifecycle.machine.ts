import { assign, setup, stateIn } from 'xstate'

/** What the lifecycle of a case looks at; the rest of the record is no matter to it. */
export type ExceptionLifecycleContext = {
  /** How many times the case was escalated. */
  readonly escalationLevel: number
  /** Whether the routing rules let a person set the case aside unsolved. */
  readonly bypassAllowed: boolean
}

/** What can happen to a case. `cure` comes from the system when the reason is gone, the rest from people and clocks. */
export type ExceptionLifecycleEvent =
  | { readonly type: 'classify' }
  | { readonly type: 'assign' }
  | { readonly type: 'take' }
  | { readonly type: 'wait'; readonly for: 'supplier' | 'internal' | 'approval' }
  | { readonly type: 'propose' }
  | { readonly type: 'approve' }
  | { readonly type: 'execute' }
  | { readonly type: 'resolve' }
  | { readonly type: 'verify' }
  | { readonly type: 'close' }
  | { readonly type: 'cure' }
  | { readonly type: 'escalate' }
  | { readonly type: 'bypass' }
  | { readonly type: 'merge' }
  | { readonly type: 'reopen' }

/**
 * The life of a case (MODEL §3.8), beside which it may be escalated any number of times while it is open. Commands of
 * people come in the order in which they are given, so here, unlike in the lifecycles of documents, events move states;
 * what a state does not take is refused with a reason by `applyCaseCommand`.
 */
export const exceptionLifecycle = setup({
  types: {
    context: {} as ExceptionLifecycleContext,
    events: {} as ExceptionLifecycleEvent,
    input: {} as ExceptionLifecycleContext,
  },
  guards: {
    isForSupplier: ({ event }) => event.type === 'wait' && event.for === 'supplier',
    isForApproval: ({ event }) => event.type === 'wait' && event.for === 'approval',
    isBypassAllowed: ({ context }) => context.bypassAllowed,
    isOpen: stateIn({ work: 'open' }),
  },
  actions: {
    raiseLevel: assign({ escalationLevel: ({ context }) => context.escalationLevel + 1 }),
  },
}).createMachine({
  id: 'exception',
  context: ({ input }) => input,
  type: 'parallel',
  states: {
    work: {
      initial: 'open',
      states: {
        open: {
          initial: 'detected',
          states: {
            detected: { on: { classify: 'classified' } },
            classified: {},
            assigned: {},
            'in-progress': {},
            'waiting-supplier': {},
            'waiting-internal': {},
            'waiting-approval': {},
            'resolution-proposed': { on: { approve: 'approved' } },
            approved: { on: { execute: 'executing' } },
            executing: {},
          },
          on: {
            assign: '.assigned',
            take: '.in-progress',
            wait: [
              { guard: 'isForSupplier', target: '.waiting-supplier' },
              { guard: 'isForApproval', target: '.waiting-approval' },
              { target: '.waiting-internal' },
            ],
            propose: '.resolution-proposed',
            resolve: 'resolved',
            cure: 'auto-resolved',
            bypass: { guard: 'isBypassAllowed', target: 'bypassed' },
            merge: 'merged',
          },
        },
        resolved: { on: { verify: 'verified', reopen: 'open.in-progress' } },
        verified: { on: { close: 'closed', reopen: 'open.in-progress' } },
        closed: { on: { reopen: 'open.in-progress' } },
        'auto-resolved': { on: { reopen: 'open.in-progress' } },
        bypassed: { on: { reopen: 'open.in-progress' } },
        merged: { on: { reopen: 'open.in-progress' } },
      },
    },
    escalation: {
      initial: 'not-escalated',
      states: {
        'not-escalated': {
          on: { escalate: { guard: 'isOpen', target: 'escalated', actions: 'raiseLevel' } },
        },
        escalated: {
          on: { escalate: { guard: 'isOpen', target: 'escalated', actions: 'raiseLevel' } },
        },
      },
    },
  },
})
