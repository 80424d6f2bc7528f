export { recordDraft, releaseVersion, rollBackVersion } from './node/change-registry.ts'
export {
  contradictionsOf,
  inForceTogether,
  refuseContradictions,
  type RuleSetContradiction,
} from './node/contradictions.ts'
export {
  filesMax,
  loadRuleSetFolder,
  type RuleSetFileFinding,
} from './node/load-rule-set-folder.ts'
export {
  openRuleSetRegistry,
  type RegistryReload,
  type RuleSetRegistry,
  type RuleSetRegistrySettings,
} from './node/open-rule-set-registry.ts'
export {
  inForceOf,
  readRegistry,
  type Registry,
  registryUnusable,
  type RegistryVersion,
} from './node/read-registry.ts'
export type {
  RegistryAnswer,
  RegistryAsk,
  RegistryOutcome,
  ReleaseRequest,
  RollbackRequest,
} from './node/registry-ask.ts'
export { decidingOn, type Deciding, type DecidingRuleSet } from './registry/deciding-on.ts'
export { oneLine } from './registry/one-line.ts'
export { describeAct } from './registry/registry-audit.ts'
