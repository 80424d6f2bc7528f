import { recordMasterCheck } from '../masters/record-master-check.ts'
import { recordDrift } from '../system-of-record/record-drift.ts'
import type { MasterCheck } from '../masters/master-check.ts'
import type { OwnershipCheck } from '../system-of-record/drift.ts'
import type { OrderFacts } from './order-facts.ts'
import type { Recording } from './recording.ts'

/** What was looked up as a document came in, recorded with it. */
export type Gathered = {
  readonly masters?: MasterCheck | undefined
  readonly ownership?: OwnershipCheck | undefined
}

/** Adds to what a document says what was looked up about it; nothing where the document itself adds nothing. */
export function withGathered(recording: Recording, gathered: Gathered): Recording {
  if (recording.kind !== 'recorded') return recording
  return { ...recording, facts: gatheredFacts(recording.facts, gathered) }
}

/** The facts with what was looked up in them. */
export function gatheredFacts(facts: OrderFacts, { masters, ownership }: Gathered): OrderFacts {
  if (masters === undefined && ownership === undefined) return facts
  const checked = recordMasterCheck(facts.masters, masters)
  const drift = recordDrift(facts.drift, ownership)
  return {
    ...facts,
    ...(checked !== undefined && { masters: checked }),
    ...(drift !== undefined && { drift }),
  }
}
