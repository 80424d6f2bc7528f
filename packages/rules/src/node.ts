export {
  recordDraft,
  type RegistryAnswer,
  type RegistryAsk,
  type ReleaseRequest,
  releaseVersion,
  rollBackVersion,
} from './node/change-registry.ts'
export { contradictionsOf, inForceTogether, refuseContradictions } from './node/contradictions.ts'
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
