import { hashOf, splitKey } from '@counterfoil/core'
import { type DriftFacts, standingDrift } from '@counterfoil/core/system-of-record'
import type { ViewRow } from '../store/stored-records.ts'
import type { DriftSummary } from './summaries.ts'

/** What the list of differences shows of an order or invoice: one row for each field that a system says otherwise. */
export function driftRows(
  aggregate: DriftSummary['aggregate'],
  drift: DriftFacts | undefined,
  supplier: string | null,
): readonly ViewRow[] {
  return standingDrift(drift).map((one): ViewRow => {
    const body: DriftSummary = { aggregate, ...one }
    const { system, record, recordNumber, path } = one
    const place = hashOf([system, record, recordNumber, path]).slice(0, 16)
    return {
      view: 'drift',
      id: `${aggregate.kind}:${aggregate.key}#${place}`,
      buyerOrganisation: splitKey(aggregate.key)[1] ?? '',
      supplier,
      state: one.policy,
      // What somebody has to look at has a case; a difference that is only listed keeps nothing from ending.
      open: false,
      ownerRole: one.owner,
      openedAt: one.since,
      dueAt: null,
      body,
    }
  })
}
