import {
  type AggregateReference,
  type AggregateState,
  type Decision,
  type Instant,
  instant,
  type Message,
  type MessageData,
  type OutwardIntent,
  type PolicySource,
  type WriteAnswer,
} from '@counterfoil/core'
import type { Clock } from '../clock/clock.ts'
import type { Machines } from '../machines/machines.ts'
import type { BusinessScope } from '../runtime.ts'
import type { ViewRow } from '../store/stored-records.ts'

/** Asks the pure aggregates for decisions, under the policy in force and the clock's time. */
export type Conductor = {
  readonly now: () => Instant
  readonly decide: (
    state: AggregateState | null,
    message: Message,
  ) => Decision<AggregateState | null>
  readonly scopeOf: (state: AggregateState | null, message: Message) => BusinessScope
  readonly rowsOf: (reference: AggregateReference, state: AggregateState) => readonly ViewRow[]
  readonly answerOf: (
    reference: AggregateReference,
    intent: OutwardIntent,
    answer: WriteAnswer,
  ) => { readonly type: string; readonly data: MessageData } | null
  readonly policies: PolicySource
  /** How long a message may be parked. */
  readonly parkedHoursMax: number
}

/** A conductor over aggregates of each kind. */
export function createConductor({
  machines,
  policies,
  clock,
  parkedHoursMax,
}: {
  readonly machines: Machines
  readonly policies: PolicySource
  readonly clock: Clock
  readonly parkedHoursMax: number
}): Conductor {
  const now = (): Instant => instant(clock.now())
  return {
    now,
    policies,
    parkedHoursMax,
    decide: (state, message) => {
      const conducted = machines.conductedOf(message.aggregate, state)
      const { scope, businessDate } = conducted.scopeOf(state, message)
      const policy = policies.pick(scope, businessDate)
      return conducted.decide(state, message, { policy, now: now() })
    },
    scopeOf: (state, message) =>
      machines.conductedOf(message.aggregate, state).scopeOf(state, message),
    rowsOf: (reference, state) => machines.conductedOf(reference, state).rowsOf(state),
    answerOf: ({ kind }, intent, answer) =>
      machines.currentOf(kind).answerOf?.(intent, answer) ?? null,
  }
}
