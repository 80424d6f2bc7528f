import {
  Actor,
  type AggregateReference,
  type AuditEntry,
  chainAudit,
  compareInstants,
  CounterfoilError,
  hashOf,
  instant,
  joinKey,
} from '@counterfoil/core'
import {
  purgeRecord,
  type VerifySignature,
  verifyArchive,
  writeArchive,
} from '@counterfoil/core/audit'
import { readAll } from '../store/pages-of.ts'
import { type HeadSigner, signedAt, signTenant } from '../audit/sign-heads.ts'
import type { Clock } from '../clock/clock.ts'
import type { DeadLetter } from '../dispatch/dead-letter.ts'
import { aggregateText } from '../store/aggregate-text.ts'
import type { PurgedAggregate } from '../store/commit.ts'
import type { Store } from '../store/store.ts'
import { type AggregateToArchive, readToArchive } from './archive-group.ts'
import { type RetentionGroup, type RetentionReview, reviewRetention } from './review-retention.ts'
import { isTombstone, tombstoneOf } from './tombstone.ts'

/** Where an archive is written. */
export type ArchivePlace = {
  readonly write: (line: string) => Promise<void>
  /** Resolves when everything written is where no power cut can take it. Nothing is purged before. */
  readonly sync: () => Promise<void>
  /** What was written, from its beginning, in pieces of any size: an archive is verified before anything is purged. */
  readonly read: () => AsyncIterable<string>
}

/** The books that are purged, and with what their heads are signed and checked. */
export type PurgePlace = {
  readonly store: Store
  readonly clock: Clock
  /** Signs the archive too, so it has to be the one heads are signed with. */
  readonly signer: HeadSigner
  readonly verify: VerifySignature
}

/** What is purged, by whom, why, and where it goes. */
export type PurgeRequest = RetentionReview & {
  readonly archive: ArchivePlace
  /** Who is named in the audit log: its name is kept for ever, so a role does better. */
  readonly actor: Actor
  /** Up to 2000 characters. */
  readonly because: string
  /** Groups in one archive; 10,000 unless said otherwise. What is left is purged by the next. */
  readonly groupsMax?: number
}

/** What a purge did. */
export type PurgeReport = {
  /** The hash of the archive's seal, as the audit log names it; null where nothing may be purged and nothing was written. */
  readonly archive: string | null
  readonly purged: readonly AggregateReference[]
  /** Groups in the archive that are still in the books, because something happened to them meanwhile. */
  readonly overtaken: readonly (readonly AggregateReference[])[]
}

const groupsMaxDefault = 10_000
/** Groups that are archived with the dead letters as they were read once. */
const groupsAtOnce = 100

/**
 * Takes what the rules let go out of the books of a tenant: archives it, and once the archive is on disk and verified takes it
 * out group by group, each with its entry in the audit log. Signs heads before and after. Whatever stops it, each group is whole in the
 * books or gone from them, and what is gone is in the archive; what was left is purged by asking again, into another one.
 */
export async function purge(place: PurgePlace, request: PurgeRequest): Promise<PurgeReport> {
  const { store, clock, signer } = place
  const { tenant } = request
  const signing = { heads: store.heads, clock, signer, everySeconds: 0, tenant }
  refuseUnauditable(request)
  await refuseOtherKey(place, tenant)
  await signTenant(signing)
  const archived = await archiveGroups(place, request)
  if (archived === null) return { archive: null, purged: [], overtaken: [] }
  const { hash, groups } = archived
  await refuseUnverified(place, request, hash)
  const purged: AggregateReference[] = []
  const overtaken: (readonly AggregateReference[])[] = []
  const chain: AuditEntry[] = []
  for (const group of groups) {
    const references = group.map(({ reference }) => reference)
    const entries = await purgeGroup(place, request, { hash, group, chain })
    if (entries === null) overtaken.push(references)
    else purged.push(...references)
    chain.push(...(entries ?? []))
  }
  await signTenant(signing)
  return { archive: hash, purged, overtaken }
}

/** What the audit log cannot hold would keep every later export from being verified. */
function refuseUnauditable({ actor, because }: PurgeRequest): void {
  const isSayable =
    Actor.safeParse(actor).success && because.trim() !== '' && because.length <= 2000
  if (isSayable) return
  throw new CounterfoilError(
    'COMMAND_INVALID',
    'cannot purge without a reason of at most 2000 characters and a name of at most 120',
  )
}

/** A key that signs no heads yet would take over from the one that does, and what another seals is never verified. */
async function refuseOtherKey({ store, clock, signer }: PurgePlace, tenant: string): Promise<void> {
  const keys = await store.heads.keys({ tenant })
  const current = keys.find(({ to }) => to === null)
  if (current === undefined) return
  const { keyId, publicKey, from } = current
  const signed = `heads of \`${tenant}\` are signed with the key \`${keyId}\``
  if (keyId !== signer.keyId) throw notToPurgeWith(`${signed}: purge with that one`)
  if (publicKey !== signer.publicKey) {
    throw notToPurgeWith(`${signed}, and this is another of that name: purge with that one`)
  }
  const now = instant(clock.now())
  if (compareInstants(instant(from), signedAt(now, keyId, keys)) <= 0) return
  throw notToPurgeWith(`${signed} from ${from} on, and here it is ${now}: set the clock right`)
}

const notToPurgeWith = (sentence: string): CounterfoilError =>
  new CounterfoilError('SETTINGS_INVALID', sentence)

/** What is purged is nowhere else: an archive that cannot be verified now never will be. */
async function refuseUnverified(
  { store, verify }: PurgePlace,
  { tenant, archive }: PurgeRequest,
  hash: string,
): Promise<void> {
  const keys = await store.heads.keys({ tenant })
  const verdict = await verifyArchive(linesIn(archive.read()), { verify, keys })
  if (verdict.archive?.hash === hash) return
  const { line, sentence } = verdict.fault ?? { line: 1, sentence: 'it is another archive' }
  throw new CounterfoilError(
    'AUDIT_CHAIN_BROKEN',
    `nothing was purged, because the archive does not hold in line ${line}: ${sentence}`,
  )
}

/** Lines with their line feeds. */
async function* linesIn(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let line = ''
  for await (const piece of pieces) {
    const [end = '', ...others] = piece.split('\n')
    line += end
    for (const other of others) {
      yield `${line}\n`
      line = other
    }
  }
  if (line !== '') yield line
}

/** What must be known of an aggregate to take it out, once it is archived. */
type Archived = Omit<PurgedAggregate, 'state' | 'versionBefore'> & {
  readonly last: Parameters<typeof tombstoneOf>[0]
  readonly end: Pick<AuditEntry, 'aggregate' | 'sequence' | 'hash'>
}

/** Writes everything that may go; null where nothing may. */
async function archiveGroups(
  { store, clock, signer }: PurgePlace,
  request: PurgeRequest,
): Promise<{ readonly hash: string; readonly groups: readonly (readonly Archived[])[] } | null> {
  const { tenant, archive, groupsMax = groupsMaxDefault } = request
  const keys = await store.heads.keys({ tenant })
  const writer = writeArchive(tenant, keys)
  const groups: (readonly Archived[])[] = []
  for await (const free of freeGroups({ store, clock }, request)) {
    // After the review, which keeps what has a dead letter that waits.
    const letters = await readAll((page) => store.deadLetters({ tenant, ...page }))
    for (const { members } of free) {
      if (groups.length >= groupsMax) break
      const group: Archived[] = []
      const reads = await readGroup(store, { tenant, members, letters })
      if (groups.length === 0 && reads.length > 0) await archive.write(writer.opening)
      for (const read of reads) {
        for (const line of read.lines) await archive.write(writer.line(line))
        group.push(await archivedOf(store, { tenant, members }, read))
      }
      if (group.length > 0) groups.push(group)
    }
    if (groups.length >= groupsMax) break
  }
  if (groups.length === 0) return null
  const seal = await writer.seal(signedAt(instant(clock.now()), signer.keyId, keys), signer)
  await archive.write(seal.line)
  await archive.sync()
  return { hash: seal.hash, groups }
}

/** Groups that may go, some at a time. */
async function* freeGroups(
  place: Pick<PurgePlace, 'store' | 'clock'>,
  request: PurgeRequest,
): AsyncGenerator<readonly RetentionGroup[]> {
  let free: RetentionGroup[] = []
  for await (const group of reviewRetention(place, request)) {
    if (group.stays.length > 0) continue
    free.push(group)
    if (free.length < groupsAtOnce) continue
    yield free
    free = []
  }
  if (free.length > 0) yield free
}

/** What is archived of a group; nothing where something happened to one of its members meanwhile. */
async function readGroup(
  store: Store,
  {
    tenant,
    members,
    letters,
  }: {
    readonly tenant: string
    readonly members: readonly AggregateReference[]
    readonly letters: readonly DeadLetter[]
  },
): Promise<readonly AggregateToArchive[]> {
  const reads: AggregateToArchive[] = []
  for (const reference of members) {
    const read = await readToArchive(store, { tenant, reference }, letters)
    if (read === 'moved') return []
    if (read !== 'nothing') reads.push(read)
  }
  return reads
}

async function archivedOf(
  store: Store,
  { tenant, members }: { readonly tenant: string } & Pick<RetentionGroup, 'members'>,
  { reference, state, end: entry, deadLetters, originals }: AggregateToArchive,
): Promise<Archived> {
  const letters = deadLetters.map((letter) => ({
    deadLetterId: letter.deadLetterId,
    contentHash: hashOf(letter),
  }))
  const deliveryKeys: string[] = []
  for (const { deliveryKey } of originals) {
    if (await isOfNobodyElse(store, { tenant, deliveryKey, members }))
      deliveryKeys.push(deliveryKey)
  }
  const sources = [
    aggregateText(reference),
    ...letters.map(({ deadLetterId }) => `dead-letter:${deadLetterId}`),
  ]
  // A page of each is in memory, and of all of them only this.
  const last = { key: state.key, sequence: state.sequence, auditHead: state.auditHead }
  const end = { aggregate: entry.aggregate, sequence: entry.sequence, hash: entry.hash }
  return { tenant, reference, last, end, sources, deadLetters: letters, deliveryKeys }
}

/** Whether a text came for nobody who stays in the books. */
async function isOfNobodyElse(
  store: Store,
  {
    tenant,
    deliveryKey,
    members,
  }: {
    readonly tenant: string
    readonly deliveryKey: string
    readonly members: readonly AggregateReference[]
  },
): Promise<boolean> {
  const answer = (await store.delivery({ tenant, deliveryKey }))?.answer
  const told = answer !== undefined && 'aggregates' in answer ? answer.aggregates : []
  const names = new Set(members.map(aggregateText))
  const others = told.filter((reference) => !names.has(aggregateText(reference)))
  const loaded = await store.load(
    others.map((reference) => ({ tenant, reference, messageIds: [] })),
  )
  return loaded.every(({ state }) => state === null || isTombstone(state))
}

/** Takes a group out with its entries in the chain of the purge; null, with nothing done, where something happened to it. */
async function purgeGroup(
  { store, clock }: PurgePlace,
  { tenant, actor, because }: PurgeRequest,
  {
    hash,
    group,
    chain,
  }: {
    readonly hash: string
    readonly group: readonly Archived[]
    readonly chain: readonly AuditEntry[]
  },
): Promise<readonly AuditEntry[] | null> {
  const at = instant(clock.now())
  const reference = { kind: 'retention', key: joinKey([tenant, hash]) } as const
  const records = group.map(({ end: { aggregate, sequence, hash: last } }, index) =>
    purgeRecord(
      { aggregate, sequence, hash: last, archive: hash },
      { at, actor, because, number: chain.length + index + 1 },
    ),
  )
  const entries = chainAudit(records, {
    aggregate: aggregateText(reference),
    sequence: chain.length,
    previousHash: chain.at(-1)?.hash ?? null,
  })
  const answer = await store.commit({
    purged: group.map(({ last, end: _end, ...one }) => ({
      ...one,
      versionBefore: last.sequence,
      state: tombstoneOf(last, { at, archive: hash }),
    })),
    audit: entries.map((entry) => ({ tenant, reference, entry })),
  })
  return answer.kind === 'committed' ? entries : null
}
