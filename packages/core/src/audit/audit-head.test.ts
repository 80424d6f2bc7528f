import { describe, expect, it } from 'vitest'
import { type Instant, instant } from '../calendar/instant.ts'
import { hashOf, sha256Hex } from '../hash/content-hash.ts'
import { systemActor } from '../message/actor.ts'
import { chainAudit } from './audit-chain.ts'
import type { AuditEntry, AuditRecord } from './audit-entry.ts'
import { writeAuditExport } from './audit-export.ts'
import { auditEnds, type AuditHead, auditHead } from './audit-head.ts'
import type { AuditKey, AuditSigner, VerifySignature } from './audit-signature.ts'
import { verifyAuditHeads } from './verify-audit-export.ts'

const tenant = 'acme'
const keys: AuditKey[] = [
  { keyId: 'k', publicKey: 'a'.repeat(64), from: '2026-01-01T00:00:00.000Z', to: null },
]

/** Stands for ed25519: core only hands bytes to a port. */
const signatureOf = (bytes: Uint8Array): Uint8Array =>
  Uint8Array.from({ length: 64 }, (_, index) =>
    Number.parseInt(sha256Hex(`${index}:${bytes.join()}`).slice(0, 2), 16),
  )
const signer: AuditSigner = { keyId: 'k', sign: signatureOf }
const verify: VerifySignature = (_, bytes, signature) =>
  signatureOf(bytes).join() === signature.join()

const aRecord = (event: string): AuditRecord => ({
  at: '2026-12-01T08:00:00Z' as Instant,
  actor: systemActor,
  object: 'invoice:acme/0001/S100/INV-1/standard',
  event,
  eventId: `delivery-1#${event}`,
  from: 'matching',
  to: 'released',
  reason: null,
  policy: [],
  inputHash: 'a'.repeat(64),
})
const aChain = (aggregate: string, ...events: readonly string[]): AuditEntry[] =>
  chainAudit(events.map(aRecord), { aggregate, sequence: 0, previousHash: null })

const headOver = (
  entries: readonly AuditEntry[],
  heads: readonly AuditHead[] = [],
  at = '2026-12-01T09:00:00Z',
) => auditHead({ tenant, at: instant(at), ends: auditEnds(entries), heads }, signer)

const one = aChain('order:1', 'a.b', 'c.d')
const two = aChain('order:2', 'a.b')
const grown = [...one, ...aChain('order:2', 'a.b', 'e.f'), ...aChain('order:3', 'a.b')]
const first = await headOver([...two, ...one])
const second = await headOver(grown, [first], '2026-12-02T10:00:00.5+01:00')
const heads = [first, second]
const check = (given: Partial<Parameters<typeof verifyAuditHeads>[0]>, knownHeads?: string[]) =>
  verifyAuditHeads(
    { tenant, entries: grown, heads, keys, ...given },
    { verify, ...(knownHeads && { knownHeads }) },
  )

describe('a head over all chains of a tenant', () => {
  it('names the chains that grew, counts all, and follows from the head before (R-32)', () => {
    expect(first).toMatchObject({ number: 1, previousHead: null, chains: 2, entries: 3 })
    expect(first.grown.map(({ aggregate }) => aggregate)).toEqual(['order:1', 'order:2'])
    expect(second).toMatchObject({
      number: 2,
      at: '2026-12-02T09:00:00.500Z',
      previousHead: hashOf(first),
      chains: 3,
      entries: 5,
      keyId: 'k',
    })
    expect(second.grown).toEqual([
      { aggregate: 'order:2', sequence: 2, hash: grown[3]?.hash },
      { aggregate: 'order:3', sequence: 1, hash: grown[4]?.hash },
    ])
  })

  it('names no chain where nothing grew, and still counts', async () => {
    const quiet = await headOver(grown, heads, '2026-12-03T09:00:00Z')
    expect(quiet).toMatchObject({ number: 3, grown: [], chains: 3, entries: 5 })
    expect(await check({ heads: [...heads, quiet] })).toBeNull()
  })

  it.each([
    ['is missing', two],
    ['is shorter', [...two, ...one.slice(0, 1)]],
    ['ends in another entry', [...two, ...aChain('order:1', 'a.b', 'x.y')]],
  ])('is refused where a chain %s', async (_, entries) => {
    await expect(headOver(entries, [first])).rejects.toMatchObject({ code: 'AUDIT_CHAIN_BROKEN' })
  })

  it('is refused where the clock went back', async () => {
    await expect(headOver(grown, heads)).rejects.toMatchObject({ code: 'AUDIT_CHAIN_BROKEN' })
  })
})

describe('verifyAuditHeads', () => {
  it('finds nothing in what was signed, nor where nothing was', async () => {
    expect(await check({}, [hashOf(first), hashOf(second)])).toBeNull()
    expect(await check({ entries: [], heads: [], keys: [] })).toBeNull()
  })

  const altered = (change: Partial<AuditHead>) => ({ heads: [first, { ...second, ...change }] })
  const rewritten = [...one, ...aChain('order:2', 'x.y', 'e.f'), ...aChain('order:3', 'a.b')]
  const early = { ...keys[0], to: '2026-12-02T09:00:00.500Z' } as AuditKey
  it.each([
    [
      'an entry changed',
      { entries: grown.with(0, { ...one[0], reason: 'x' } as AuditEntry) },
      'hash-differs',
    ],
    ['a chain written anew', { entries: rewritten }, 'end-differs'],
    ['a chain cut off', { entries: grown.slice(0, 4) }, 'end-differs'],
    ['a chain added', { entries: [...grown, ...aChain('order:4', 'a.b')] }, 'not-under-a-head'],
    ['a head taken out', { heads: [second] }, 'head-gap'],
    ['the last head taken out', { heads: [first] }, 'not-under-a-head'],
    [
      'another head before',
      { heads: [{ ...first, signature: '0'.repeat(128) }] },
      'signature-differs',
    ],
    ['another hash before', altered({ previousHead: null }), 'head-gap'],
    ['another instant', altered({ at: '2026-12-02T09:00:00.501Z' }), 'signature-differs'],
    ['an earlier instant', altered({ at: '2026-11-02T09:00:00.500Z' }), 'out-of-order'],
    ['another tenant', altered({ tenant: 'other' }), 'not-expected'],
    ['another count of entries', altered({ entries: 6 }), 'count-differs'],
    ['another count of chains', altered({ chains: 4 }), 'count-differs'],
    ['chains in another order', altered({ grown: second.grown.toReversed() }), 'out-of-order'],
    ['a key nobody knows', { keys: [] }, 'signature-differs'],
    ['a key out of use', { keys: [early] }, 'signature-differs'],
    [
      'a key not yet in use',
      { keys: [{ ...early, from: '2026-12-02T00:00:00.000Z', to: null }] },
      'signature-differs',
    ],
  ])('finds %s', async (_, change, reason) => {
    expect(await check(change)).toMatchObject({ reason })
  })

  it('finds that a head kept elsewhere is not there', async () => {
    const other = await headOver(one)
    expect(await check({}, [hashOf(other)])).toMatchObject({ reason: 'head-missing' })
  })
})

describe('writeAuditExport', () => {
  it('refuses entries no head speaks of', async () => {
    const at = instant('2026-12-03T09:00:00Z')
    const late = { tenant, at, entries: grown, heads: [first], keys }
    await expect(writeAuditExport(late, signer)).rejects.toMatchObject({
      code: 'AUDIT_CHAIN_BROKEN',
    })
  })
})
