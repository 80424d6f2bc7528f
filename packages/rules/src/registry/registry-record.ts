import type { AuditEntry } from '@counterfoil/core'
import { auditAggregateOf, folderHashOf } from './registry-audit.ts'
import { putInForce, takeBackTo, versionName, type VersionsInForce } from './registry-state.ts'

/** What the audit says was done, which decides: the files beside it are made of it. */
export type RegistryRecord = {
  /** Every version ever released, with the hash of its folder; null where an entry of before does not hold it. */
  readonly released: Readonly<Record<string, string | null>>
  readonly inForce: VersionsInForce
  /** The last hash of each rule set's chain. */
  readonly heads: Readonly<Record<string, string>>
}

/** Reads out of the entries what is released and what is in force. */
export const recordOf = (entries: readonly AuditEntry[]): RegistryRecord => {
  const released: Record<string, string | null> = {}
  const heads: Record<string, string> = {}
  let inForce: VersionsInForce = {}
  for (const entry of entries) {
    heads[entry.aggregate] = entry.hash
    if (!movesPointer(entry)) continue
    const [id, version] = versionIn(entry)
    if (entry.event === 'rule-set.rolled-back') {
      inForce = takeBackTo(inForce, id, entry.to?.slice(versionName(id, '').length) ?? null)
    } else {
      inForce = putInForce(inForce, id, version)
      released[versionName(id, version)] = folderHashOf(entry)
    }
  }
  return { released, inForce, heads }
}

/** The record as it was before the last release or rollback, which is what a change that broke off leaves in the files. */
export const recordBeforeLast = (entries: readonly AuditEntry[]): RegistryRecord =>
  recordOf(entries.slice(0, Math.max(entries.findLastIndex(movesPointer), 0)))

/** Whether an entry says that something was put in force or taken back. */
export const movesPointer = ({ event }: AuditEntry): boolean =>
  event === 'rule-set.released' || event === 'rule-set.rolled-back'

const versionIn = ({ aggregate, object }: AuditEntry): readonly [id: string, version: string] => [
  aggregate.slice(auditAggregateOf('').length),
  object.slice(aggregate.length + 1),
]
