import type { AggregateReference } from '@counterfoil/core'
import type { RowSubject } from './stored-records.ts'

/** An aggregate as one text, `kind:key`: unique in its tenant, because keys are. */
export function aggregateText(reference: AggregateReference): string {
  return `${reference.kind}:${reference.key}`
}

/** True when two references name one aggregate. */
export function isSameAggregate(a: RowSubject, b: RowSubject): boolean {
  return a.kind === b.kind && a.key === b.key
}
