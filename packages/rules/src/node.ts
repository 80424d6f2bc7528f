export {
  filesMax,
  loadRuleSetFolder,
  type RuleSetFileFinding,
} from './node/load-rule-set-folder.ts'
