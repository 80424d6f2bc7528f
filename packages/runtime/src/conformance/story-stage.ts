import type { PolicySource } from '@counterfoil/core'
import type { StoreHarness } from './store-conformance.ts'

/** A store to live a story on, and the rules it is lived under. */
export type Stage = { readonly harness: StoreHarness; readonly policies: PolicySource }
