import type { Actor, ExceptionCase, Message } from '@counterfoil/core'
import type { Effect } from '../store/stored-records.ts'

/**
 * Something that could not be carried out and waits for a person: an effect no connector took, or a message its
 * aggregate could not decide. Everything needed to repair it is here.
 */
export type DeadLetter = {
  readonly tenant: string
  readonly deadLetterId: string
  readonly content:
    | { readonly kind: 'effect'; readonly effect: Effect }
    | { readonly kind: 'message'; readonly message: Message }
  readonly at: string
  /** How many failed. */
  readonly attempts: number
  /** Why the last attempt failed, in words. */
  readonly sentence: string
  readonly state: 'waiting' | 'redriven' | 'discarded'
  /** The DEAD_LETTER case opened for it; null where its aggregate was told and has a case of its own. */
  readonly exception: ExceptionCase | null
  readonly settled: {
    readonly at: string
    readonly by: Actor
    readonly note: string
  } | null
}
