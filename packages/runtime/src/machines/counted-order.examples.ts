import {
  addMilliseconds,
  type AggregateState,
  CalendarDate,
  type DomainEvent,
  type Intent,
  type MachineStamp,
  splitKey,
} from '@counterfoil/core'
import {
  conductDecision,
  type Conducting,
  type DecidedEvent,
  lifecycleShape,
  type LifecycleValue,
  moveLifecycle,
  beginLifecycle,
  outstandingDecisions,
} from '@counterfoil/core/lifecycle'
import { type AnyStateMachine, assign, setup } from 'xstate'
import * as z from 'zod'
import type { ConductedAggregate } from '../runtime.ts'
import type { OlderMachine } from './older-machine.ts'

/** What is known of a counted order: how much came, and whether it was closed. */
export const CountedFacts = z.strictObject({ counted: z.number(), closed: z.boolean() })
export type CountedFacts = z.infer<typeof CountedFacts>

/** A counted order as stored. */
export type CountedState = AggregateState & {
  readonly regions: LifecycleValue
  readonly facts: CountedFacts
}

type Counted = { readonly type: string; readonly quantity?: number }

/** How the lifecycle of counted orders differs from that of the first release. */
export type Variation = {
  readonly version: number
  /** So much makes it complete; ten in the first release. */
  readonly completeAt?: number
  /** What the states of the delivery are called; `part` is left out where null. */
  readonly part?: string | null
  /** Another region: whether somebody has looked at the goods. */
  readonly hasQuality?: boolean
  readonly older?: readonly OlderMachine[]
}

/** The order of the first release: open, part delivered, complete at ten pieces; then it is closed and the buyer told. */
export const firstRelease: Variation = { version: 1 }

function machineOf({ completeAt = 10, part = 'part', hasQuality = false }: Variation) {
  const complete = { guard: 'isComplete', target: 'complete' }
  const begun = part === null ? [] : [{ guard: 'hasBegun', target: part }]
  const delivery = {
    initial: 'open',
    states: {
      open: { always: [complete, ...begun] },
      ...(part !== null && { [part]: { always: complete } }),
      complete: {},
    },
  }
  const quality = {
    initial: 'unchecked',
    states: { unchecked: { always: { guard: 'hasBegun', target: 'checked' } }, checked: {} },
  }
  const machine: unknown = setup({
    types: { context: {} as CountedFacts, events: {} as Counted, input: {} as CountedFacts },
    guards: {
      isComplete: ({ context }) => context.counted >= completeAt,
      hasBegun: ({ context }) => context.counted > 0,
    },
    actions: {
      count: assign(({ context, event }) => ({ counted: context.counted + (event.quantity ?? 0) })),
      close: assign({ closed: true }),
    },
  }).createMachine({
    id: 'counted',
    type: 'parallel',
    context: ({ input }: { readonly input: CountedFacts }) => input,
    on: { 'goods.counted': { actions: 'count' }, 'order.closed': { actions: 'close' } },
    states: { delivery, ...(hasQuality && { quality }) },
  } as never)
  return machine as AnyStateMachine
}

/** Orders that count what comes, on a lifecycle of XState, with whatever differs from the first release. */
export function countedOrder(
  variation: Variation,
): ConductedAggregate & { readonly machine: MachineStamp } {
  const lifecycle = machineOf(variation)
  const machine: MachineStamp = {
    name: 'counted',
    version: variation.version,
    shape: lifecycleShape({ machines: [lifecycle], state: z.toJSONSchema(CountedFacts) }),
  }
  const begin = (key: string): CountedState => {
    const { value, context } = beginLifecycle(lifecycle, { counted: 0, closed: false })
    return { key, sequence: 0, auditHead: null, machine, regions: value, facts: context }
  }
  const record = (state: CountedState, event: DomainEvent): CountedState => {
    const said = { type: event.type, ...event.data }
    const moved = moveLifecycle(lifecycle, { value: state.regions, context: state.facts }, said)
    return { ...state, sequence: event.sequence, regions: moved.value, facts: moved.context }
  }
  const conducting: Conducting<CountedState> = {
    kind: 'order',
    record,
    derive: ({ regions, facts }) =>
      deliveryOf(regions) === 'complete' && !facts.closed
        ? { type: 'order.closed', data: { because: 'everything has come' } }
        : null,
    intentsOf,
    statusOf: ({ regions }) => deliveryOf(regions),
  }
  return {
    kind: 'order',
    machine,
    older: variation.older ?? [],
    decide: (state, message, context) =>
      conductDecision(
        conducting,
        asCounted(state) ?? begin(message.aggregate.key),
        message,
        context,
      ),
    replay: (key, events) => events.reduce(record, begin(key)),
    outstanding: (state, tenant, context) =>
      outstandingDecisions(conducting, asCounted(state) ?? begin(state.key), tenant, context),
    scopeOf: (_state, message) => ({
      scope: { tenant: message.tenant, businessUnit: splitKey(message.aggregate.key)[1] ?? '' },
      businessDate: CalendarDate.parse(message.occurredAt.slice(0, 10)),
    }),
    rowsOf: (state) => [
      {
        view: 'order',
        id: state.key,
        buyerOrganisation: '0001',
        supplier: null,
        state: deliveryOf(asCounted(state)?.regions ?? ''),
        open: !asCounted(state)?.facts.closed,
        ownerRole: null,
        openedAt: null,
        dueAt: null,
        body: { regions: asCounted(state)?.regions },
      },
    ],
  }
}

function intentsOf({ event, after }: DecidedEvent<CountedState>): readonly Intent[] {
  if (event.type === 'order.closed') {
    const subject = after.key
    return [{ kind: 'notify', role: 'buyer', topic: 'closed', subject, sentence: 'all here' }]
  }
  if (event.type !== 'goods.counted') return []
  const dueAt = addMilliseconds(event.occurredAt, 86_400_000)
  return [{ kind: 'arm-timer', timerId: after.key, dueAt, type: 'order.reminded', data: {} }]
}

/** What a stored state of a counted order is checked by, whatever its regions are called. */
export const CountedStateSchema = z.looseObject({
  regions: z.looseObject({ delivery: z.enum(['open', 'partly-delivered', 'complete']) }),
  facts: CountedFacts,
})

function asCounted(state: AggregateState | null): CountedState | null {
  return state as CountedState | null
}

/** What the delivery is called where a counted order stands. */
export function deliveryOf(regions: LifecycleValue): string {
  const delivery = typeof regions === 'string' ? regions : regions['delivery']
  return typeof delivery === 'string' ? delivery : ''
}
