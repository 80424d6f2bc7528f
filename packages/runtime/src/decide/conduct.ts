import {
  type AggregateReference,
  type AggregateState,
  CounterfoilError,
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
import type { BusinessScope, ConductedAggregate } from '../runtime.ts'
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

/** A conductor over one aggregate of each kind. */
export function createConductor({
  aggregates,
  policies,
  clock,
  parkedHoursMax,
}: {
  readonly aggregates: readonly ConductedAggregate[]
  readonly policies: PolicySource
  readonly clock: Clock
  readonly parkedHoursMax: number
}): Conductor {
  const byKind = new Map(aggregates.map((aggregate) => [aggregate.kind, aggregate]))
  const now = (): Instant => instant(clock.now())
  return {
    now,
    policies,
    parkedHoursMax,
    decide: (state, message) => {
      const conducted = conductedOf(message.aggregate)
      const { scope, businessDate } = conducted.scopeOf(state, message)
      const policy = policies.pick(scope, businessDate)
      return conducted.decide(state, message, { policy, now: now() })
    },
    scopeOf: (state, message) => conductedOf(message.aggregate).scopeOf(state, message),
    rowsOf: (reference, state) => conductedOf(reference).rowsOf(state),
    answerOf: (reference, intent, answer) =>
      conductedOf(reference).answerOf?.(intent, answer) ?? null,
  }

  function conductedOf({ kind }: AggregateReference): ConductedAggregate {
    const conducted = byKind.get(kind)
    if (conducted !== undefined) return conducted
    throw new CounterfoilError(
      'COMMAND_INVALID',
      `nothing decides about \`${kind}\` here: give the runtime an aggregate of that kind`,
    )
  }
}
