export {
  type MatchRecord,
  matchRecordOf,
  readMatchRecord,
  writeMatchRecord,
} from './replay/match-record.ts'
export { policiesToCompare, predecessorOf } from './replay/policies-to-compare.ts'
export {
  type SimulatedPolicies,
  simulateMatches,
  type Simulator,
} from './replay/simulate-matches.ts'
export type {
  ChangedInvoice,
  Counts,
  DecidedInvoice,
  Simulation,
  SupplierSimulation,
} from './replay/simulation.ts'
