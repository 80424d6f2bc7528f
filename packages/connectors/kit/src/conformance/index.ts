export { conformanceCases } from './conformance-cases.ts'
export type { AmendedRecord, ConformanceCase, ConnectorHarness } from './harness.ts'
