export { earlierReleaseCases } from './earlier-release.ts'
export {
  type ConformanceCase,
  storeConformanceCases,
  type StoreHarness,
} from './store-conformance.ts'
export { storyCases } from './story-cases.ts'
export { wholeLife } from './story-documents.ts'
