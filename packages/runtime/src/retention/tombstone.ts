import type { AggregateReference, AggregateState, MachineStamp } from '@counterfoil/core'
import { aggregateText } from '../store/aggregate-text.ts'

/** What stands in the books for an aggregate that was purged. Its version is one more than the last it had. */
export type Tombstone = AggregateState & {
  readonly purged: {
    readonly at: string
    /** The hash of the archive's seal. */
    readonly archive: string
  }
}

/** Stamps every tombstone. Releases that know none take no state of that machine, so they begin nothing anew either. */
export const purgeStamp: MachineStamp = { name: 'purged', version: 1, shape: 'purged' }

/** The tombstone of an aggregate as it stood last. */
export function tombstoneOf(
  { key, sequence, auditHead }: Pick<AggregateState, 'key' | 'sequence' | 'auditHead'>,
  purged: Tombstone['purged'],
): Tombstone {
  return { key, sequence: sequence + 1, auditHead, machine: purgeStamp, purged }
}

/** Whether a state is a tombstone. */
export function isTombstone(state: AggregateState | null): state is Tombstone {
  return state?.machine.name === purgeStamp.name && 'purged' in state
}

/** Why nothing can be done about a purged aggregate, in words. */
export function purgedSentence(reference: AggregateReference, { purged }: Tombstone): string {
  return `\`${aggregateText(reference)}\` was closed and purged at ${purged.at}: it is in the archive ${purged.archive}`
}
