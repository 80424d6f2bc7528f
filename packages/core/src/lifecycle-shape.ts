/** The shape of lifecycles as a hash, for hosts that conduct aggregates of their own. */
export {
  describeLifecycle,
  lifecycleShape,
  type LifecycleShape,
} from './lifecycle/lifecycle-shape.ts'
