import {
  type AggregateKind,
  type AggregateReference,
  type AggregateState,
  CounterfoilError,
  type MachineStamp,
} from '@counterfoil/core'
import type { ConductedAggregate } from '../runtime.ts'
import { aggregateText } from '../store/aggregate-text.ts'
import { describeStamp, isSameStamp } from './machine-stamp.ts'
import type { OlderMachine } from './older-machine.ts'

/** How a stored state is conducted: by the machine of today, as an older one says, or by nobody here. */
export type Footing =
  | { readonly kind: 'current' }
  | { readonly kind: 'older'; readonly older: OlderMachine }
  | { readonly kind: 'unknown' }

/** The aggregates of a runtime, today's and older ones, by the stamp of the states they made. */
export type Machines = {
  readonly kinds: readonly AggregateKind[]
  /** The aggregate that new states of a kind are made by. Throws `COMMAND_INVALID` where there is none. */
  readonly currentOf: (kind: AggregateKind) => ConductedAggregate
  readonly footingOf: (kind: AggregateKind, stamp: MachineStamp) => Footing
  /**
   * Who decides about a state: today's aggregate, or the older one it is pinned to. Throws `STATE_NOT_TAKEN` for a state
   * that was not taken over.
   */
  readonly conductedOf: (
    reference: AggregateReference,
    state: AggregateState | null,
  ) => ConductedAggregate
}

/** Registers aggregates. Throws `SETTINGS_INVALID` where two of them claim the same states. */
export function registerMachines(aggregates: readonly ConductedAggregate[]): Machines {
  const byKind = new Map(aggregates.map((aggregate) => [aggregate.kind, aggregate]))
  for (const aggregate of aggregates) refuseRivals(aggregate)
  const currentOf = (kind: AggregateKind): ConductedAggregate => {
    const conducted = byKind.get(kind)
    if (conducted !== undefined) return conducted
    throw new CounterfoilError(
      'COMMAND_INVALID',
      `nothing decides about \`${kind}\` here: give the runtime an aggregate of that kind`,
    )
  }
  const footingOf = (kind: AggregateKind, stamp: MachineStamp): Footing => {
    const { machine, older = [] } = currentOf(kind)
    if (isSameStamp(machine, stamp)) return { kind: 'current' }
    const found = older.find((one) => isSameStamp(one.machine, stamp))
    return found === undefined ? { kind: 'unknown' } : { kind: 'older', older: found }
  }
  return {
    kinds: [...byKind.keys()],
    currentOf,
    footingOf,
    conductedOf: (reference, state) => {
      if (state === null) return currentOf(reference.kind)
      const footing = footingOf(reference.kind, state.machine)
      if (footing.kind === 'current') return currentOf(reference.kind)
      if (footing.kind === 'older' && footing.older.take.kind === 'pin') {
        return footing.older.take.aggregate
      }
      throw notTaken(reference, state.machine, currentOf(reference.kind).machine)
    },
  }
}

/** The refusal of a state that a machine made which is not known here. Retryable: a process that knows it may be asked. */
export function notTaken(
  reference: AggregateReference,
  found: MachineStamp,
  known: MachineStamp,
): CounterfoilError {
  const wayOut =
    found.version > known.version
      ? 'a later release wrote it: leave it to that, or install it here'
      : 'say how states of that machine are taken: pin, map or replay'
  return new CounterfoilError(
    'STATE_NOT_TAKEN',
    `\`${aggregateText(reference)}\` was made by ${describeStamp(found)}, which is not known here beside ${describeStamp(known)}: ${wayOut}`,
    { retryable: true, details: { ...reference, found, known } },
  )
}

/** True for the refusal of a state that was not taken over: its work is left to a process that can. */
export function isNotTaken(error: unknown): error is CounterfoilError {
  return CounterfoilError.is(error) && error.code === 'STATE_NOT_TAKEN'
}

function refuseRivals({ kind, machine, older = [] }: ConductedAggregate): void {
  const stamps = [machine, ...older.map((one) => one.machine)]
  const rival = stamps.find((stamp, index) =>
    stamps.slice(index + 1).some((other) => isSameStamp(stamp, other)),
  )
  if (rival !== undefined) {
    throw new CounterfoilError(
      'SETTINGS_INVALID',
      `${describeStamp(rival)} is registered twice for \`${kind}\`: say once how its states are taken`,
    )
  }
  for (const one of older) {
    if (one.take.kind !== 'pin' || isSameStamp(one.machine, one.take.aggregate.machine)) continue
    throw new CounterfoilError(
      'SETTINGS_INVALID',
      `states of ${describeStamp(one.machine)} cannot be pinned to ${describeStamp(one.take.aggregate.machine)}: register the machine that made them`,
    )
  }
}
