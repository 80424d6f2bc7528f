export { engineFor } from './json-rules-engine/engine-for.ts'
export {
  type FiredRule,
  type RunOptions,
  runWithJsonRulesEngine,
} from './json-rules-engine/run-with-json-rules-engine.ts'
export { evaluateWithJsonRulesEngine } from './json-rules-engine/evaluate-with-json-rules-engine.ts'
