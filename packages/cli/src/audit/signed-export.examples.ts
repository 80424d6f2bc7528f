import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { type AuditRecord, chainAudit, type Instant, instant, systemActor } from '@counterfoil/core'
import {
  auditEnds,
  type AuditEntry,
  type AuditHead,
  auditHead,
  type AuditKey,
  type AuditSigner,
  writeAuditExport,
} from '@counterfoil/core/audit'
import { auditKey, ed25519Signer } from '@counterfoil/runtime/audit-keys'

/** Whose audit log it is. */
export const tenant = 'harbor-pine'

/** A log under heads, and what it takes to sign more. */
export type SignedLog = {
  readonly entries: readonly AuditEntry[]
  readonly heads: readonly AuditHead[]
  readonly keys: readonly AuditKey[]
  /** The key in use now. */
  readonly signer: AuditSigner
  readonly at: Instant
}

/**
 * A log of so many entries, a head after each few, the key changed half-way through the heads; orders are of so many
 * entries each.
 */
export async function aSignedLog(
  count: number,
  entriesAHead = 50,
  entriesAChain = 4,
): Promise<SignedLog> {
  const before = generateKeyPairSync('ed25519').privateKey
  const after = generateKeyPairSync('ed25519').privateKey
  const headCount = Math.ceil(count / entriesAHead)
  const change = atHour(Math.ceil(headCount / 2))
  const keys = [
    auditKey({ keyId: '2025', from: atHour(-1), to: change }, before),
    auditKey({ keyId: '2026', from: change }, after),
  ]
  const entries = someEntries(count, entriesAChain)
  const heads: AuditHead[] = []
  for (let number = 0; number < headCount; number += 1) {
    const at = atHour(number)
    const written = entries.slice(0, (number + 1) * entriesAHead)
    const signer = at < change ? signerOf('2025', before) : signerOf('2026', after)
    heads.push(
      await auditHead({ tenant, at: instant(at), ends: auditEnds(written), heads }, signer),
    )
  }
  return { entries, heads, keys, signer: signerOf('2026', after), at: instant(atHour(headCount)) }
}

/** The export of a log, line by line. */
export const exportOf = ({ signer, ...log }: SignedLog): Promise<string[]> =>
  writeAuditExport({ tenant, ...log }, signer)

const signerOf = (keyId: string, key: KeyObject): AuditSigner => ed25519Signer(keyId, key)

const atHour = (hour: number): string =>
  new Date(Date.UTC(2026, 10, 2) + hour * 3_600_000).toISOString()

/** Entries in the order they were written: ten orders move in turns, so that their chains grow under several heads. */
function someEntries(count: number, entriesAChain: number): AuditEntry[] {
  const ends = new Map<string, AuditEntry>()
  return Array.from({ length: count }, (_, index) => {
    const round = Math.floor(index / (10 * entriesAChain))
    const aggregate = `order:${tenant}/0100/${4_500_000 + round * 10 + (index % 10)}`
    const previous = ends.get(aggregate)
    const end = {
      aggregate,
      sequence: previous?.sequence ?? 0,
      previousHash: previous?.hash ?? null,
    }
    const [entry] = chainAudit([aRecord(index, aggregate)], end)
    if (entry === undefined) throw new Error('no entry was chained')
    ends.set(aggregate, entry)
    return entry
  })
}

const aRecord = (index: number, object: string): AuditRecord => ({
  at: instant(atHour(0)),
  actor: systemActor,
  object,
  event: 'order.confirmed',
  eventId: `delivery-${index}#1`,
  from: 'sent',
  to: 'confirmed',
  reason: index % 3 === 0 ? 'Lieferung bestätigt für 12,40 €' : null,
  policy: [],
  inputHash: 'a'.repeat(64),
  eventHash: 'b'.repeat(64),
})
