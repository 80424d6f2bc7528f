export { engineFor } from './json-rules-engine/engine-for.ts'
export { evaluateWithJsonRulesEngine } from './json-rules-engine/evaluate-with-json-rules-engine.ts'
