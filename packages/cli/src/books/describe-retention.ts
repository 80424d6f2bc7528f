import { aggregateText } from '@counterfoil/runtime'
import type { PurgeReport, RetentionGroup } from '@counterfoil/runtime/retention'

/** A group, and why it stays where it does. */
export function* describeGroup({ members, stays }: RetentionGroup): Generator<string> {
  const names = members.map(aggregateText).join(', ')
  const others = stays.filter(({ reason }) => reason !== 'head')
  if (others.length === 0) {
    const first = stays.length > 0 ? ', once heads over it are signed' : ''
    yield `may go${first}: ${names}`
    return
  }
  yield `stays: ${names}`
  for (const { reference, sentence } of others) yield `  ${aggregateText(reference)}: ${sentence}`
}

/** How much may go. */
export function describeReview(count: {
  readonly groups: number
  readonly members: number
  readonly free: number
  readonly freeMembers: number
}): readonly string[] {
  const { groups, members, free, freeMembers } = count
  return [
    `${free} of ${groups} groups may go: ${freeMembers} of ${members} orders, shipments and invoices`,
    'nothing was changed: --purge archives and purges them',
  ]
}

/** What was purged, and what the archive is named by. */
export function describePurge(file: string, report: PurgeReport): readonly string[] {
  const { archive, purged, overtaken } = report
  if (archive === null) return ['nothing may go, and nothing was written']
  return [
    ...overtaken.map(
      (group) =>
        `${group.map(aggregateText).join(', ')}: something happened to it meanwhile; it is in the archive and still in the books`,
    ),
    `${purged.length} orders, shipments and invoices were purged into ${file}`,
    `the archive's hash is ${archive}: the audit log names it by that`,
  ]
}
