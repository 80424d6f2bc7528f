import {
  type AggregateReference,
  type AggregateState,
  type AuditEntry,
  canonicalJson,
  type DomainEvent,
} from '@counterfoil/core'
import type { ConductedAggregate } from '../runtime.ts'
import { type Machines, notTaken } from './machines.ts'

/** The aggregate that replays the events of a stored state, and whether it is the one that made the state. */
export type Replayer = {
  readonly conducted: ConductedAggregate
  /** False where an older machine made the state, or it was mapped: then its events need not lead to it. */
  readonly isMaker: boolean
}

/** Who replays the events of an aggregate. Throws `STATE_NOT_TAKEN` where nothing is known of the machine of its state. */
export function replayerOf(
  machines: Machines,
  reference: AggregateReference,
  { machine }: Pick<AggregateState, 'machine'>,
): Replayer {
  const current = machines.currentOf(reference.kind)
  const footing = machines.footingOf(reference.kind, machine)
  const isMapped = machine.mappedFrom !== undefined
  if (footing.kind === 'current') return { conducted: current, isMaker: !isMapped }
  if (footing.kind === 'unknown') throw notTaken(reference, machine, current.machine)
  const { take } = footing.older
  if (take.kind === 'pin') return { conducted: take.aggregate, isMaker: !isMapped }
  return { conducted: current, isMaker: false }
}

/** The state that the first events of an aggregate lead to, with the end its audit chain had then. */
export function replayStored(
  { conducted }: Replayer,
  reference: AggregateReference,
  events: readonly DomainEvent[],
  audit: ReadonlyMap<string, readonly AuditEntry[]>,
): AggregateState {
  const state = conducted.replay(reference.key, events)
  const last = events.findLast(({ id }) => audit.has(id))
  const auditHead = last === undefined ? null : (audit.get(last.id)?.at(-1)?.hash ?? null)
  return { ...state, auditHead }
}

/** True where two states are the same to the byte, once their fields are put in one order. */
export function isSameState(a: AggregateState, b: AggregateState): boolean {
  return canonicalJson(a) === canonicalJson(b)
}
