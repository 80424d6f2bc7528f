import { CounterfoilError } from '@counterfoil/core'

/** How far a runtime is from its end: `draining` finishes what is under way and takes nothing new. */
export type RuntimePhase = 'open' | 'draining' | 'closed'

/** The way of a runtime to its end, in two steps: nothing new is taken, then connectors are waited for no longer. */
export type Closing = {
  readonly phase: () => RuntimePhase
  /** Aborted when nothing new is taken any more. */
  readonly draining: AbortSignal
  /** Aborted when connectors are waited for no longer. */
  readonly calledOff: AbortSignal
  /** Throws `RUNTIME_CLOSED` unless the runtime is open; while it drains, the call may be made again elsewhere. */
  readonly refuseWork: () => void
  /** Throws `RUNTIME_CLOSED` when there is nothing left to look at. */
  readonly refuseWhenClosed: () => void
  readonly drain: () => void
  readonly callOff: () => void
  readonly end: () => void
}

/** Seconds after which a document refused by a runtime that drains may be offered again, to another process. */
const retryAfterSeconds = 1

/** A runtime that is open. */
export function createClosing(): Closing {
  const draining = new AbortController()
  const calledOff = new AbortController()
  let isOver = false
  const refuseWhenClosed = (): void => {
    if (isOver) throw new CounterfoilError('RUNTIME_CLOSED', 'the runtime was closed: use another')
  }
  return {
    phase: () => (isOver ? 'closed' : draining.signal.aborted ? 'draining' : 'open'),
    draining: draining.signal,
    calledOff: calledOff.signal,
    refuseWhenClosed,
    refuseWork: () => {
      refuseWhenClosed()
      if (!draining.signal.aborted) return
      throw new CounterfoilError(
        'RUNTIME_CLOSED',
        'the runtime is about to close and takes nothing new: ask again, and another process answers',
        { retryable: true, details: { retryAfterSeconds } },
      )
    },
    drain: () => draining.abort(),
    callOff: () => calledOff.abort(),
    end: () => {
      isOver = true
    },
  }
}
