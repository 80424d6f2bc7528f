import {
  type AggregateReference,
  type AggregateState,
  CounterfoilError,
  type DomainEvent,
  type MachineStamp,
} from '@counterfoil/core'
import { isTombstone } from '../retention/tombstone.ts'
import type { Store } from '../store/store.ts'
import { describeStamp } from './machine-stamp.ts'
import { type Machines, notTaken } from './machines.ts'
import type { TakePolicy } from './older-machine.ts'
import { eventsOf } from './stored-events.ts'

/** A stored state and whose it is. */
export type StateToTake = {
  readonly tenant: string
  readonly reference: AggregateReference
  readonly state: AggregateState
}

/**
 * A stored state as the machines registered here go on with it. Writes nothing: the next decision stores it. Throws
 * `STATE_NOT_TAKEN` where nobody said how it is taken, or it cannot be taken as they said.
 */
export async function takeState(
  store: Pick<Store, 'events'>,
  machines: Machines,
  found: StateToTake,
): Promise<AggregateState> {
  const { reference, state } = found
  if (isTombstone(state)) return state
  const footing = machines.footingOf(reference.kind, state.machine)
  const current = machines.currentOf(reference.kind)
  if (footing.kind === 'current') return state
  if (footing.kind === 'unknown') throw notTaken(reference, state.machine, current.machine)
  const { take } = footing.older
  switch (take.kind) {
    case 'pin':
      return state
    case 'map':
      return mapped(found, take, current.machine)
    case 'replay': {
      const { tenant } = found
      const events = await eventsOf(store, { tenant, aggregates: [reference] })
      return replayed(found, events.slice(0, state.sequence), current)
    }
  }
}

function mapped(
  { reference, state }: StateToTake,
  take: Extract<TakePolicy, { readonly kind: 'map' }>,
  machine: MachineStamp,
): AggregateState {
  return attempt(reference, state.machine, () => {
    const taken = take.schema.parse(take.map(state))
    const { key, sequence, auditHead } = state
    // What was decided stays decided, so a map may not touch what counts and chains the events.
    const mappedFrom = { ...state.machine, sequence }
    return { ...taken, key, sequence, auditHead, machine: { ...machine, mappedFrom } }
  })
}

function replayed(
  { reference, state }: StateToTake,
  events: readonly DomainEvent[],
  current: {
    readonly replay: (key: string, events: readonly DomainEvent[]) => AggregateState
  },
): AggregateState {
  return attempt(reference, state.machine, () => {
    const taken = current.replay(reference.key, events)
    if (taken.sequence !== state.sequence) {
      throw new Error(`its events end at ${taken.sequence}, and it stands at ${state.sequence}`)
    }
    return { ...taken, auditHead: state.auditHead }
  })
}

function attempt(
  reference: AggregateReference,
  from: MachineStamp,
  take: () => AggregateState,
): AggregateState {
  try {
    return take()
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error)
    throw new CounterfoilError(
      'STATE_NOT_TAKEN',
      `\`${reference.kind}:${reference.key}\`, made by ${describeStamp(from)}, cannot be taken over: ${said}`,
      { retryable: true, cause: error, details: { ...reference, found: from } },
    )
  }
}
