import type { AggregateState, MachineStamp } from '@counterfoil/core'
import type { ConductedAggregate } from '../runtime.ts'

/**
 * A machine of before, and how the states it made are taken. A machine is named by version and shape; without a shape it
 * stands for states of before shapes were kept.
 */
export type OlderMachine = {
  readonly machine: MachineStamp
  readonly take: TakePolicy
}

/**
 * `pin`: what began under the old machine ends under it; it stays registered with all it needs. `replay`: the state is
 * worked out again from the stored events, as the new machine understands them. `map`: a pure function makes the new state
 * of the old one, and a schema holds what it made to what the new machine stores.
 */
export type TakePolicy =
  | { readonly kind: 'pin'; readonly aggregate: ConductedAggregate }
  | { readonly kind: 'replay' }
  | {
      readonly kind: 'map'
      readonly map: (state: AggregateState) => unknown
      readonly schema: StateSchema
    }

/** What checks a state: a zod schema, or anything else with `parse`. Throws what does not fit. */
export type StateSchema = { readonly parse: (state: unknown) => object }
