import type { ChainOwner, RowSubject } from './stored-records.ts'

/** An aggregate as one text, `kind:key`: unique in its tenant, because keys are. Names its chain too. */
export function aggregateText(reference: ChainOwner): string {
  return `${reference.kind}:${reference.key}`
}

/** True when two references name one aggregate. */
export function isSameAggregate(a: RowSubject | ChainOwner, b: RowSubject | ChainOwner): boolean {
  return a.kind === b.kind && a.key === b.key
}
