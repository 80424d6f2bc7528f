import type {
  AnyEventObject,
  AnyMachineSnapshot,
  AnyStateMachine,
  AnyStateNode,
  AnyTransitionDefinition,
} from 'xstate'
import type { LifecycleValue } from './state-tree.ts'

/** What guards, assigns and the parameters of actions are given. */
export type Situation = { readonly context: object; readonly event: AnyEventObject }

/** Asks a guard; what it answers counts as yes when it is truthy, as everywhere in XState. */
export type AskedGuard = (situation: Situation, configuration: Configuration) => unknown

/** The parameters of a guard or an action: a value, or a function of the situation. */
export type Parameters = ((situation: Situation) => unknown) | undefined

/** An action of a plan, in the order in which XState carries it out. */
export type PlannedAction =
  | {
      readonly kind: 'assign'
      readonly assignment: Assignment | Readonly<Record<string, unknown>>
      readonly parameters: Parameters
    }
  | {
      readonly kind: 'raise'
      readonly event:
        | AnyEventObject
        | ((situation: Situation, parameters: unknown) => AnyEventObject)
      readonly parameters: Parameters
    }
  | { readonly kind: 'effect'; readonly type: string; readonly parameters: Parameters }

/** An assign that is one function of the situation. */
export type Assignment = (situation: Situation, parameters: unknown) => object

/** A transition that may be chosen, and the guard it waits for. */
export type Candidate = {
  readonly transition: AnyTransitionDefinition
  readonly guard: AskedGuard | null
}

/** Who is asked for an event: the regions inside first, the state itself when none of them takes it. */
export type Branch = {
  readonly inside: readonly Branch[]
  readonly candidates: readonly Candidate[]
}

/** The eventless transitions of an innermost state and of the states around it; the first that passes is chosen. */
export type Eventless = {
  readonly innermost: AnyStateNode
  readonly candidates: readonly Candidate[]
}

/** What happens when transitions are taken from a configuration: one microstep of XState, worked out once. */
export type TransitionPlan = {
  readonly actions: readonly PlannedAction[]
  readonly next: Configuration
  /** XState answers with a new snapshot; otherwise with the same one. */
  readonly isChange: boolean
  /** What may pass now and did not before, as long as the same event is answered; everything when the context changed. */
  readonly unsettled: readonly Eventless[]
}

/** Transitions chosen one after the other from a configuration, and the plan for them once it is needed. */
export type Chosen = {
  readonly candidates: readonly Candidate[]
  readonly longer: Map<Candidate, Chosen>
  plan: TransitionPlan | null
}

/** A set of active states in the order in which XState keeps it, and what is known of it so far. */
export type Configuration = {
  readonly nodes: readonly AnyStateNode[]
  readonly status: 'active' | 'done'
  readonly value: LifecycleValue
  /** Nothing chosen yet: where every choice begins. */
  readonly undecided: Chosen
  /** Who is asked for an event, by its type; null where nobody takes it. */
  readonly branches: Map<string, Branch | null>
  readonly always: readonly Eventless[]
  /** What XState's own guards about states look at. Its context is of no matter. */
  snapshot: AnyMachineSnapshot | null
}

/** A machine with the plans found so far. */
export type CompiledLifecycle = {
  readonly machine: AnyStateMachine
  /** Microsteps in one event after which the lifecycle is taken to go in circles. */
  readonly stepsMax: number
  /** Some guard asks which states are active, not only about the facts. */
  readonly isAskedForStates: boolean
  readonly candidates: Map<AnyTransitionDefinition, Candidate>
  readonly configurations: Map<string, Configuration>
  /** Configurations by the value they are read from: the object itself, or its text. */
  readonly byValue: WeakMap<object, Configuration>
  readonly byText: Map<string, Configuration>
  /** One object for every value, by its text. */
  readonly values: Map<string, LifecycleValue>
  beginning: TransitionPlan | null
}
