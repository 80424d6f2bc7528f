import {
  type AuditEntry,
  type AuditRecord,
  chainAudit,
  type Instant,
  type PolicyReference,
} from '@counterfoil/core'
import { versionName } from './registry-state.ts'

/** What happens to a version of a rule set, as the audit calls it. */
export type RegistryEvent =
  | 'rule-set.drafted'
  | 'rule-set.release-approved'
  | 'rule-set.released'
  | 'rule-set.rolled-back'

/** Who did what to which version, when and why. */
export type RegistryAct = {
  readonly event: RegistryEvent
  readonly id: string
  readonly version: string
  readonly at: Instant
  readonly by: string
  readonly because: string
  /** What was in force before and after; null for none. */
  readonly from: string | null
  readonly to: string | null
  /** What was released, or taken back with all that was released after it: the version itself first. */
  readonly policy: readonly PolicyReference[]
  /** What the decision was taken on: `folder:` and the sha-256 of the folder of the version. */
  readonly inputHash: string
}

/** What the entry of a release or a rollback keeps of the folder: its hash, told apart from those of before by the word. */
export const inputHashOfFolder = (folderHash: string): string => `folder:${folderHash}`

/** The hash of the folder in an entry; null in one of before, which covers it only together with other things. */
export const folderHashOf = ({ inputHash }: AuditEntry): string | null =>
  inputHash.startsWith('folder:') ? inputHash.slice('folder:'.length) : null

/** The aggregate whose chain a rule set's acts stand in. */
export const auditAggregateOf = (id: string): string => `rule-set:${id}`

/** The next entry of a rule set's chain. */
export const auditRegistryAct = (
  act: RegistryAct,
  entries: readonly AuditEntry[],
): readonly AuditEntry[] => {
  const aggregate = auditAggregateOf(act.id)
  const last = entries.findLast((entry) => entry.aggregate === aggregate)
  const sequence = last?.sequence ?? 0
  const record: AuditRecord = {
    at: act.at,
    // A name given on a command line: nobody checked it.
    actor: { kind: 'user', id: act.by, roles: [], assurance: 'low' },
    object: `${aggregate}/${act.version}`,
    event: act.event,
    eventId: `${aggregate}#${sequence + 1}`,
    from: act.from,
    to: act.to,
    reason: act.because,
    policy: [...act.policy],
    inputHash: act.inputHash,
  }
  return chainAudit([record], { aggregate, sequence, previousHash: last?.hash ?? null })
}

/** What an entry says was done to which version: `price-tolerance@1.1.0 rolled back by bob`. */
export const describeAct = ({ aggregate, object, event, actor }: AuditEntry): string => {
  const id = aggregate.slice(auditAggregateOf('').length)
  const version = object.slice(aggregate.length + 1)
  const what = event.replace('rule-set.', '').replaceAll('-', ' ')
  return `${versionName(id, version)} ${what} by ${actor.id}`
}

/** Who wrote a version, as far as the audit knows. */
export const authorsOf = (
  entries: readonly AuditEntry[],
  id: string,
  version: string,
): readonly string[] => [
  ...new Set(
    entries
      .filter(
        ({ object, event }) =>
          event === 'rule-set.drafted' && object === `${auditAggregateOf(id)}/${version}`,
      )
      .map(({ actor }) => actor.id),
  ),
]

/** The last release of a version, as the audit has it. */
export const lastReleaseOf = (
  entries: readonly AuditEntry[],
  id: string,
  version: string,
): AuditEntry | undefined =>
  entries.findLast(
    ({ object, event }) =>
      event === 'rule-set.released' && object === `${auditAggregateOf(id)}/${version}`,
  )

/** The last version of a rule set that was released, as the audit writes it. */
export const pointerText = (id: string, versions: readonly string[]): string | null => {
  const last = versions.at(-1)
  return last === undefined ? null : versionName(id, last)
}
