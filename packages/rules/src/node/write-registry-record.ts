import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  truncateSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import type { AuditEntry } from '@counterfoil/core'
import { recordOf } from '../registry/registry-record.ts'
import type { Registry } from './read-registry.ts'
import {
  auditFile,
  headsFile,
  inForceFile,
  type ReadRecord,
  releasedFile,
  wholeLinesOf,
} from './read-registry-record.ts'
import { writeFileAtomically } from './write-file-atomically.ts'

/** What a folder's record will be once the audit is this long; hashes that entries of before lack stay as they are. */
export const recordAfter = (
  { state }: Pick<Registry, 'state'>,
  audit: readonly AuditEntry[],
): ReadRecord => {
  const { released, inForce } = recordOf(audit)
  const hashes = Object.entries(released).map(
    ([name, hash]) => [name, hash ?? state.released[name] ?? ''] as const,
  )
  const after = { released: Object.fromEntries(hashes), inForce }
  return { state: after, audit, problems: [], unfinished: [] }
}

/**
 * Writes the audit to its new end, which is when a change is done, and then what is made of it. Broken off in between, the
 * same is written by the next change.
 */
export const commit = (registry: Registry, audit: readonly AuditEntry[]): void => {
  const { folder } = registry
  append(join(folder, auditFile), audit.slice(registry.audit.length))
  const { state } = recordAfter(registry, audit)
  writeJson(join(folder, releasedFile), state.released)
  writeJson(join(folder, inForceFile), state.inForce)
  // The heads last: they say that the others are written.
  writeJson(join(folder, headsFile), recordOf(audit).heads)
}

const append = (path: string, entries: readonly AuditEntry[]): void => {
  const text = existsSync(path) ? readFileSync(path, 'utf8') : ''
  const whole = wholeLinesOf(text)
  if (whole !== text) truncateSync(path, Buffer.byteLength(whole))
  const file = openSync(path, 'a')
  try {
    const before = whole === '' || whole.endsWith('\n') ? '' : '\n'
    writeSync(file, before + entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''))
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

const writeJson = (path: string, value: Readonly<Record<string, unknown>>): void => {
  const sorted = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
  writeFileAtomically(path, `${JSON.stringify(Object.fromEntries(sorted), null, 2)}\n`)
}
