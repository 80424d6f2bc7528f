import { type AuditRecord, canonicalJson, chainAudit, hashOf } from '@counterfoil/core'
import { AuditEntry, auditEnds, auditHead, type AuditKey } from '@counterfoil/core/audit'
import { describe, expect, it } from 'vitest'
import { aSignedLog, exportOf, tenant } from './signed-export.examples.ts'
import { tamper } from './tampering.examples.ts'
import { standalone, verifiers } from './verifiers.examples.ts'
import { type Kept, verifyExport } from './verify-export.ts'

const log = await aSignedLog(300)
const lines = await exportOf(log)
const whole = lines.join('')

/** In which line both verifiers find a fault; null where neither does. */
const faultLine = async (text: string, kept: Kept = {}): Promise<number | null> => {
  const bytes = Buffer.from(text)
  const { fault } = await verifyExport(bytes, kept)
  const found = fault?.line ?? null
  expect(standalone.verifyAudit(bytes, kept).fault?.line ?? null).toBe(found)
  return found
}

/** Entries from all over, and the seal. */
const sampled = new Set([
  ...Array.from({ length: 20 }, (_, index) => 1 + ((index * 137 + 41) % 300)),
  307,
])

describe('an export of the audit log', () => {
  it('is found whole by both verifiers (R-32)', async () => {
    const counted = { entries: 300, chains: 80, heads: 6, fault: null }
    expect(await verifyExport(Buffer.from(whole), {})).toMatchObject(counted)
    expect(standalone.verifyAudit(Buffer.from(whole))).toMatchObject(counted)
    expect(lines).toHaveLength(1 + 300 + 6 + 1)
  })

  describe.each(verifiers)('checked by $name', (verifier) => {
    it('hides no line taken out, swapped or cut off, and no bit of a sample turned (R-32)', async () => {
      const { tried, missed } = await tamper(verifier, lines, (place) =>
        sampled.has(place) ? 1 : null,
      )
      expect(missed).toEqual([])
      const bits = [...sampled].map((place) => Buffer.byteLength(lines[place] ?? '') * 8)
      expect(tried).toBeGreaterThan(bits.reduce((sum, count) => sum + count, 3 * 300))
    }, 120_000)

    it('hides no bit turned of a small one (R-32)', async () => {
      const small = await exportOf(await aSignedLog(6, 3))
      const { tried, missed } = await tamper(verifier, small, () => 1)
      expect(missed).toEqual([])
      expect(tried).toBeGreaterThan(Buffer.byteLength(small.join('')) * 8)
    }, 120_000)
  })

  it.each([
    ['a space', (line: string) => line.replace('":"', '": "')],
    ['a character spelled as an escape', (line: string) => line.replace('order', '\\u006frder')],
    ['a number spelled otherwise', (line: string) => line.replace(/"sequence":\d/, '$&.0')],
    ['a field twice', (line: string) => line.replace('"event":', '"event":"x","event":')],
    ['the line end of Windows', (line: string) => line.replace('\n', '\r\n')],
    ['a byte-order mark', (line: string) => `\uFEFF${line}`],
  ])('allows no other spelling: %s', async (_, respell) => {
    const [, entry = ''] = lines
    expect(respell(entry)).not.toBe(entry)
    expect(await faultLine(lines.with(1, respell(entry)).join(''))).toBe(2)
  })

  it('is one whole export: nothing, half of one and two in one file are refused', async () => {
    expect(await faultLine('')).toBe(1)
    expect(await faultLine(lines.slice(0, 200).join(''))).toBe(201)
    expect(await faultLine(whole + whole)).toBe(lines.length + 1)
    expect(await faultLine(whole + (lines.at(-1) ?? ''))).toBe(lines.length + 1)
  })
})

describe('a chain written anew by somebody who holds no signing key', () => {
  const chained = (aggregate: string, records: readonly AuditRecord[]): string[] =>
    chainAudit(records, { aggregate, sequence: 0, previousHash: null }).map(
      (entry) => `${canonicalJson(entry)}\n`,
    )
  const recordOf = (line = ''): AuditRecord => {
    const {
      aggregate: _aggregate,
      sequence: _sequence,
      previousHash: _previousHash,
      hash: _hash,
      ...record
    } = AuditEntry.parse(JSON.parse(line))
    return record
  }

  it('is not what the heads name (R-32)', async () => {
    const records = lines.slice(1, 5).map((line) => ({ ...recordOf(line), reason: 'it was fine' }))
    const { aggregate } = AuditEntry.parse(JSON.parse(lines[1] ?? ''))
    expect(await faultLine(lines.toSpliced(1, 4, ...chained(aggregate, records)).join(''))).toBe(
      302,
    )
  })

  it('is not under a head where it was added (R-32)', async () => {
    const added = chained('receipt:1', [recordOf(lines[1])])
    expect(await faultLine(lines.toSpliced(301, 0, ...added).join(''))).toBe(309)
  })
})

describe('a log written anew by somebody who holds a signing key', () => {
  it('passes on its own word, and not beside the keys or a head that were kept (R-32)', async () => {
    const forged = await exportOf(await aSignedLog(300))
    const text = forged.join('')
    const keptHead = hashOf(log.heads[2])
    expect(await faultLine(text)).toBeNull()
    expect(await faultLine(text, { keys: log.keys })).toBe(302)
    expect(await faultLine(text, { knownHeads: [keptHead] })).toBe(308)
    expect(await faultLine(whole, { keys: log.keys, knownHeads: [keptHead] })).toBeNull()
  })

  it('has no head that follows from another than the one before it', async () => {
    const [first] = log.heads
    const ends = auditEnds(log.entries.slice(0, 50))
    const other = await auditHead({ tenant, at: log.at, ends, heads: [] }, log.signer)
    const next = await auditHead(
      { tenant, at: log.at, ends: auditEnds(log.entries), heads: [other] },
      log.signer,
    )
    const swappedHeads = first === undefined ? [] : [first, next]
    expect(await faultLine((await exportOf({ ...log, heads: swappedHeads })).join(''))).toBe(303)
  })

  it('cannot end before a head that was kept, though the seal is signed anew', async () => {
    const heads = log.heads.slice(0, 5)
    const kept = { keys: log.keys, knownHeads: [hashOf(log.heads[5])] }
    const shorter = await exportOf({ ...log, heads, entries: log.entries.slice(0, 250) })
    expect(await faultLine(shorter.join(''), { keys: log.keys })).toBeNull()
    expect(await faultLine(shorter.join(''), kept)).toBe(shorter.length)
  })
})

describe('keys that were changed', () => {
  const [before, after] = log.keys
  const exportWith = async (keys: readonly (AuditKey | undefined)[]) =>
    (await exportOf({ ...log, keys: keys.filter((key) => key !== undefined) })).join('')

  it('leave old heads to be checked with the old key', async () => {
    expect(new Set(log.heads.map(({ keyId }) => keyId))).toEqual(new Set(['2025', '2026']))
    expect(await faultLine(await exportWith([after, before]))).toBeNull()
  })

  it('sign nothing outside their time, and nothing when they are not listed', async () => {
    const [first] = log.heads
    const ended = before === undefined ? undefined : { ...before, to: first?.at ?? null }
    expect(await faultLine(await exportWith([ended, after]))).toBe(302)
    expect(await faultLine(await exportWith([after]))).toBe(302)
    expect(await faultLine(await exportWith([before]))).toBe(305)
  })
})
