import type { ConnectorCapabilities, TradeDocumentKind, WriteCapability } from '@counterfoil/core'
import type { ConnectorCheck } from './harness.ts'
import { readingChecks } from './reading.ts'
import { writingChecks } from './writing.ts'

/** Documents and intents that belong together in an office. */
export type CapabilityGroup = {
  readonly reads: readonly TradeDocumentKind[]
  readonly writes: readonly WriteCapability[]
  /** What is checked beyond reading and writing, with the capability it takes. */
  readonly also?: readonly (ConnectorCheck & { readonly needs: WriteCapability })[]
}

/** The checks of a group that a connector's capabilities call for. */
export function checksOf(
  { reads, writes, also = [] }: CapabilityGroup,
  capabilities: ConnectorCapabilities,
): readonly ConnectorCheck[] {
  return [
    ...reads.filter((kind) => capabilities.reads.includes(kind)).flatMap(readingChecks),
    ...writes
      .filter((capability) => capabilities.writes.includes(capability))
      .flatMap(writingChecks),
    ...also.filter(({ needs }) => capabilities.writes.includes(needs)),
  ]
}
