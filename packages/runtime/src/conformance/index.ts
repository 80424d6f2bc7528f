export {
  type ConformanceCase,
  storeConformanceCases,
  type StoreHarness,
} from './store-conformance.ts'
