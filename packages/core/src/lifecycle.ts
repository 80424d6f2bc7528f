/** What lifecycles of core are moved and stored by, for hosts that conduct aggregates of their own. */
export {
  beginLifecycle,
  type LifecycleMove,
  type LifecyclePosition,
  moveLifecycle,
} from './lifecycle/move-lifecycle.ts'
export type { LifecycleEffect } from './lifecycle/run-lifecycle.ts'
export type { LifecycleValue } from './lifecycle/state-tree.ts'
export {
  describeLifecycle,
  lifecycleShape,
  type LifecycleShape,
} from './lifecycle/lifecycle-shape.ts'
export {
  conductDecision,
  type Conducting,
  type DecidedEvent,
  type Deriving,
  messageIdsIn,
  outstandingDecisions,
  unchanged,
} from './message/conduct-decision.ts'
