import { generateKeyPairSync } from 'node:crypto'
import {
  type Actor,
  addMilliseconds,
  type AggregateReference,
  CounterfoilError,
  instant,
} from '@counterfoil/core'
import {
  type ArchiveVerdict,
  type AuditFault,
  type CheckedArchive,
  verifyArchive,
  verifyAuditExport,
} from '@counterfoil/core/audit'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkBooks } from '../audit/check-books.ts'
import { exportAudit } from '../audit/export-audit.ts'
import { type HeadSigner, signHeads } from '../audit/sign-heads.ts'
import { ed25519Signer, verifyEd25519 } from '../audit-keys.ts'
import { createVirtualClock } from '../clock/virtual-clock.ts'
import { createRuntime } from '../create-runtime.ts'
import { lifeOf, live, ofOrder, whole } from '../conformance/closed-orders.ts'
import { deadLetter, message, order, row } from '../conformance/records.ts'
import { runtimeViewOf } from '../conformance/runtime-view.ts'
import { aCount, delivered, theInvoice, theOrder } from '../conformance/story-documents.ts'
import { conductedInvoice } from '../decide/conducted-invoice.ts'
import { conductedOrder } from '../decide/conducted-order.ts'
import { conductedShipment } from '../decide/conducted-shipment.ts'
import { checkMigration } from '../machines/check-migration.ts'
import { aWorld, into, policies, rules, signer } from './closed-orders.examples.ts'
import { aggregateText } from '../store/aggregate-text.ts'
import type { Commit } from '../store/commit.ts'
import type { Store } from '../store/store.ts'
import { type ArchivePlace, purge, type PurgeReport } from './purge.ts'
import type { RetentionRules } from './retention-rules.ts'
import { type RetentionGroup, reviewRetention } from './review-retention.ts'

const owner: Actor = { kind: 'system', id: 'records-office', roles: [] }

type Archived = { readonly report: PurgeReport; readonly lines: readonly string[] }

/** Purges what may go, into lines. */
async function purgeInto(
  { store, world }: ReturnType<typeof aWorld>,
  {
    tenant = 'acme',
    given = rules,
    meanwhile = async () => {},
    by = signer,
  }: {
    readonly tenant?: string
    readonly given?: RetentionRules
    readonly meanwhile?: () => Promise<void>
    readonly by?: HeadSigner
  } = {},
): Promise<Archived> {
  const lines: string[] = []
  const report = await purge(
    { store, clock: world.clock, signer: by, verify: verifyEd25519 },
    {
      tenant,
      rules: given,
      archive: into(lines, meanwhile),
      actor: owner,
      because: 'kept long enough',
    },
  )
  return { report, lines }
}

async function review({ store, world }: ReturnType<typeof aWorld>, given = rules) {
  const groups: RetentionGroup[] = []
  const place = { store, clock: world.clock }
  for await (const group of reviewRetention(place, { tenant: 'acme', rules: given })) {
    groups.push(group)
  }
  return groups.map(({ members, stays }) => [
    members.map(({ kind, key }) => `${kind} ${key}`),
    [...new Set(stays.map(({ reason }) => reason))],
  ])
}

/** A dead letter of order 2, with the row that shows it while it waits. */
function aLetter(state: 'waiting' | 'discarded', note: string): Commit {
  const by: Actor = { kind: 'user', id: 'kim', roles: [] }
  const settled = state === 'waiting' ? null : { at: '2027-03-01T09:00:00Z', by, note }
  const content = { kind: 'message', message: message('m', { to: order('2') }) } as const
  const rows = state === 'waiting' ? [row('dl')] : []
  return {
    deadLetters: [deadLetter('dl', { content, state, settled })],
    rows: [{ tenant: 'acme', source: 'dead-letter:dl', aggregate: order('2'), rows }],
  }
}

async function settlements(store: Store): Promise<readonly (string | undefined)[]> {
  const { rows } = await store.deadLetters({ tenant: 'acme', limit: 10 })
  return rows.map(({ settled }) => settled?.note)
}

const sign = ({ store, world }: ReturnType<typeof aWorld>) =>
  signHeads({ heads: store.heads, clock: world.clock }, { signer, everySeconds: 0 })

const groupOf = (number: string) => [
  `invoice acme/0001/S100/INV-${number}/standard`,
  `order acme/0001/${number}`,
  `shipment acme/0001/S100/ASN-${number}`,
]

const verified = (lines: readonly string[]): Promise<ArchiveVerdict> =>
  verifyArchive(lines, { verify: verifyEd25519 })

async function archiveOf({ lines }: Archived): Promise<CheckedArchive> {
  const { archive, fault } = await verified(lines)
  expect(fault).toBeNull()
  if (archive === null) throw new Error('the archive is not whole')
  return archive
}

async function exported({ store, world }: ReturnType<typeof aWorld>, tenant = 'acme') {
  return exportAudit({ store, clock: world.clock }, { tenant, signer })
}

const faultOf = async (
  lines: readonly string[],
  archives: readonly CheckedArchive[] = [],
): Promise<AuditFault['reason'] | null> =>
  (await verifyAuditExport(lines, { verify: verifyEd25519, archives })).fault?.reason ?? null

describe('the review of what may be purged', () => {
  it('names whole groups, and why the others stay', async () => {
    const books = aWorld()
    await live(books.world, [whole('1'), { tenant: 'acme', number: '2', steps: 5 }, whole('3')])
    expect(await review(books)).toEqual([
      [groupOf('1'), ['head']],
      [groupOf('2'), ['open', 'head']],
      [groupOf('3'), ['head']],
    ])
    await sign(books)
    const legalHold = ['shipment:acme/0001/S100/ASN-3']
    expect(await review(books, { ...rules, legalHold })).toEqual([
      [groupOf('1'), []],
      [groupOf('2'), ['open']],
      [groupOf('3'), ['legal-hold']],
    ])
    const days = { ...rules.days, shipment: 1000 }
    expect((await review(books, { ...rules, days }))[0]).toEqual([groupOf('1'), ['recent']])
  })
})

describe('a group for which a document waits in quarantine', () => {
  it('stays until the document is given up', async () => {
    const books = aWorld()
    const { store, world } = books
    await live(world, [whole('1'), whole('2')])
    await sign(books)
    const { clock } = world
    const settings = { store, policies, clock, connectors: [], senders: () => false }
    const strict = createRuntime(settings)
    const late = ofOrder(aCount('2', { documentNumber: 'GR-LATE' }), '1')
    const [answer] = (await strict.receive(delivered(late))).documents
    if (answer?.outcome !== 'quarantined') throw new Error('the count was taken in')
    expect(await review(books)).toEqual([
      [groupOf('1'), ['quarantine']],
      [groupOf('2'), []],
    ])
    expect((await purgeInto(books)).report.purged).toHaveLength(3)
    await strict.act({
      tenant: 'acme',
      actor: { kind: 'user', id: 'kim', roles: [] },
      idempotencyKey: 'given up',
      type: 'quarantine.discarded',
      quarantineId: answer.quarantineId,
      note: 'counted before',
    })
    expect(await review(books)).toEqual([[groupOf('1'), []]])
  })
})

describe('a group whose books do not hold', () => {
  const billed = 'invoice:acme/0001/S100/INV-2/standard'
  const isBilled = ({ aggregate }: { readonly aggregate: AggregateReference }): boolean =>
    aggregateText(aggregate) === billed

  it.each<readonly [what: string, says: string, damage: (store: Store) => Partial<Store>]>([
    [
      'an event was changed',
      'was changed after its audit entry was written',
      ({ events }) => ({
        events: async (request) => {
          const page = await events(request)
          const rows = page.rows.map((event) =>
            isBilled(event) && event.sequence === 1
              ? { ...event, data: { ...event.data, changed: true } }
              : event,
          )
          return { ...page, rows }
        },
      }),
    ],
    [
      'an audit entry in the middle was changed',
      'its hash does not fit its content',
      ({ audit }) => ({
        audit: async (request) => {
          const page = await audit(request)
          const rows = page.rows.map((entry) =>
            entry.aggregate === billed && entry.sequence === 2
              ? { ...entry, reason: 'because I say so' }
              : entry,
          )
          return { ...page, rows }
        },
      }),
    ],
    [
      'an audit entry is missing',
      'stands where entry',
      ({ audit }) => ({
        audit: async (request) => {
          const page = await audit(request)
          const rows = page.rows.filter(
            ({ aggregate, sequence }) => aggregate !== billed || sequence !== 3,
          )
          return { ...page, rows }
        },
      }),
    ],
  ])('stays whole where %s', async (_what, says, damage) => {
    const { store, world } = aWorld()
    await live(world, [whole('1'), whole('2'), whole('3')])
    const books = { store: { ...store, ...damage(store) }, world }
    await sign(books)
    expect(await review(books)).toEqual([
      [groupOf('1'), []],
      [groupOf('2'), ['broken']],
      [groupOf('3'), []],
    ])
    const stays: string[] = []
    const place = { store: books.store, clock: world.clock }
    for await (const group of reviewRetention(place, { tenant: 'acme', rules })) {
      stays.push(...group.stays.map(({ sentence }) => sentence))
    }
    expect(stays).toEqual([expect.stringContaining(says)])
    const purged = await purgeInto(books)
    expect(purged.report.purged).toHaveLength(6)
    expect((await archiveOf(purged)).chains.size).toBe(6)
    expect((await store.events({ tenant: 'acme', limit: 500 })).rows.some(isBilled)).toBe(true)
  })
})

describe('a purge', () => {
  it('archives what it takes out, and the audit log is verified with the archive and without', async () => {
    const books = aWorld()
    await live(books.world, [whole('1'), whole('2'), { tenant: 'acme', number: '3', steps: 4 }])
    await sign(books)
    const before = await exported(books)
    const purged = await purgeInto(books)
    const archive = await archiveOf(purged)
    expect(purged.report).toMatchObject({ archive: archive.hash, overtaken: [] })
    expect(purged.report.purged).toHaveLength(6)
    const after = await exported(books)
    expect(after.length).toBeLessThan(before.length)
    const verdict = await verifyAuditExport(after, { verify: verifyEd25519, archives: [archive] })
    expect(verdict.fault).toBeNull()
    expect(verdict.purged.map(({ aggregate }) => aggregate)).toHaveLength(6)
    expect(await faultOf(after)).toBeNull()
    const checked = await checkBooks(books.store, { tenant: 'acme', verify: verifyEd25519 })
    expect(checked).toMatchObject({ broken: 0, faults: [], unsigned: 0 })
    expect(await review(books)).toMatchObject([[{}, ['open']]])
    // What was there before and what is there now, archive included, are the same entries.
    const entriesIn = (lines: readonly string[]) =>
      lines.filter((line) => JSON.parse(line).kind === undefined && !line.includes('"retention:'))
    expect([...entriesIn(after), ...entriesIn(purged.lines)].toSorted()).toEqual(
      entriesIn(before).toSorted(),
    )
  })

  it('says who purged what, when, why and into which archive', async () => {
    const books = aWorld()
    await live(books.world, [whole('1')])
    const { report } = await purgeInto(books)
    const aggregate = { kind: 'retention', key: `acme/${report.archive ?? ''}` } as const
    const { rows } = await books.store.audit({ tenant: 'acme', aggregate, limit: 10 })
    expect(rows.map(({ object }) => object)).toEqual(
      groupOf('1').map((name) => name.replace(' ', ':')),
    )
    expect(rows[0]).toMatchObject({
      actor: owner,
      event: 'retention.purged',
      reason: 'kept long enough',
      inputHash: report.archive,
    })
  })

  it('leaves a group that moved after it was archived', async () => {
    const books = aWorld()
    await live(books.world, [whole('1'), whole('2')])
    const { runtime } = books.world
    const purged = await purgeInto(books, {
      meanwhile: async () => {
        await runtime.act({
          tenant: 'acme',
          actor: { kind: 'user', id: 'kim', roles: ['buyer'] },
          idempotencyKey: 'late',
          aggregate: { kind: 'order', key: 'acme/0001/1' },
          type: 'note.recorded',
          data: { text: 'the supplier asks about it' },
          expectedVersion: null,
        })
      },
    })
    expect(purged.report.overtaken).toHaveLength(1)
    expect(purged.report.purged).toHaveLength(3)
    expect(await faultOf(await exported(books), [await archiveOf(purged)])).toBeNull()
    expect(await runtime.queries.order({ tenant: 'acme', orderKey: 'acme/0001/1' })).not.toBeNull()
  })

  it('leaves a group of which a dead letter waited at its review, whenever that is settled', async () => {
    const books = aWorld()
    await live(books.world, [whole('1'), whole('2')])
    const { store, world } = books
    const lines: string[] = []
    await store.commit(aLetter('waiting', ''))
    const archive: ArchivePlace = {
      ...into(lines),
      write: async (line) => {
        if (lines.push(line) === 1) await store.commit(aLetter('discarded', 'credited by phone'))
      },
    }
    const request = { tenant: 'acme', rules, archive, actor: owner, because: 'old' }
    const place = { store, clock: world.clock, signer, verify: verifyEd25519 }
    expect((await purge(place, request)).purged).toHaveLength(3)
    expect(await settlements(store)).toEqual(['credited by phone'])
    const next = await purgeInto(books)
    expect(next.report.purged).toHaveLength(3)
    expect(next.lines.join('')).toContain('credited by phone')
    expect(await settlements(store)).toEqual([])
  })

  it('leaves a group of which a dead letter was settled after it was archived', async () => {
    const books = aWorld()
    await live(books.world, [whole('1'), whole('2')])
    await books.store.commit(aLetter('discarded', 'not needed'))
    const { report } = await purgeInto(books, {
      meanwhile: async () => {
        await books.store.commit(aLetter('waiting', ''))
        await books.store.commit(aLetter('discarded', 'credited by phone'))
      },
    })
    expect(report.overtaken.flat().map(({ key }) => key)).toContain('acme/0001/2')
    expect(await settlements(books.store)).toEqual(['credited by phone'])
  })

  it('is refused without a reason that the audit log can hold', async () => {
    const { store, world } = aWorld()
    for (const because of [' ', 'x'.repeat(2001)]) {
      const request = { tenant: 'acme', rules, archive: into([]), actor: owner, because }
      const place = { store, clock: world.clock, signer, verify: verifyEd25519 }
      const asked = purge(place, request)
      await expect(asked).rejects.toThrow('cannot purge without a reason')
    }
  })

  it('is refused under a legal hold that names nothing', async () => {
    const books = aWorld()
    await live(books.world, [whole('1')])
    await sign(books)
    for (const slip of [
      'order:acme/0001/0001',
      'order:acme/0001/ 1',
      'order:acme/0001/1 ',
      'order:Acme/0001/1',
      'Order:acme/0001/1',
      'acme/0001/1',
      'order:',
    ]) {
      const given = { ...rules, legalHold: [slip] }
      await expect(purgeInto(books, { given })).rejects.toThrow(
        `the legal hold names \`${slip}\`, which is not in the books`,
      )
    }
    await live(books.world, [whole('1', 'globex')])
    const elsewhere = { ...rules, legalHold: ['order:globex/0001/1'] }
    expect(await review(books, elsewhere)).toEqual([[groupOf('1'), []]])
  })

  it('is refused with another key than heads are signed with, whatever its name', async () => {
    const books = aWorld()
    await live(books.world, [whole('1')])
    await sign(books)
    const { privateKey } = generateKeyPairSync('ed25519')
    const lines: string[] = []
    for (const by of [ed25519Signer('mine', privateKey), ed25519Signer('2026', privateKey)]) {
      await expect(purgeInto(books, { by })).rejects.toThrow('purge with that one')
    }
    const { store, world } = books
    await live(world, [whole('2')])
    const next = { signer: ed25519Signer('2027', privateKey), everySeconds: 0 }
    await signHeads({ heads: store.heads, clock: world.clock }, next)
    await expect(purgeInto(books)).rejects.toThrow('the key `2027`: purge with that one')
    const early = createVirtualClock('2020-01-01T00:00:00Z')
    const request = { tenant: 'acme', rules, archive: into(lines), actor: owner, because: 'old' }
    const place = { store, clock: early, signer: next.signer, verify: verifyEd25519 }
    await expect(purge(place, request)).rejects.toThrow('set the clock right')
    expect(lines).toEqual([])
    expect(await review(books)).toHaveLength(2)
  })

  it('takes nothing out where what is on disk is not the archive that was written', async () => {
    const books = aWorld()
    await live(books.world, [whole('1')])
    await sign(books)
    const { store, world } = books
    const damages: readonly ((text: string) => string)[] = [
      (text) => text.replace('INV-1', 'INV-2'),
      (text) => text.slice(0, -2),
      () => '',
    ]
    for (const damage of damages) {
      const lines: string[] = []
      const archive: ArchivePlace = {
        ...into(lines),
        read: async function* () {
          yield damage(lines.join(''))
        },
      }
      const request = { tenant: 'acme', rules, archive, actor: owner, because: 'old' }
      const place = { store, clock: world.clock, signer, verify: verifyEd25519 }
      await expect(purge(place, request)).rejects.toThrow('nothing was purged')
    }
    expect(await review(books)).toEqual([[groupOf('1'), []]])
  })

  it('is done where another process, whose clock is a little ahead, signed first with the same key', async () => {
    const books = aWorld()
    const { store, world } = books
    await live(world, [whole('1')])
    const ahead = createVirtualClock(addMilliseconds(instant(world.clock.now()), 1))
    await signHeads({ heads: store.heads, clock: ahead }, { signer, everySeconds: 0 })
    const { report, lines } = await purgeInto(books)
    expect(report.purged).toHaveLength(3)
    expect((await verifyArchive(lines, { verify: verifyEd25519 })).fault).toBeNull()
    const place = { store, clock: world.clock }
    const exported = await exportAudit(place, { tenant: 'acme', signer })
    const archives = [await verifyArchive(lines, { verify: verifyEd25519 })].flatMap(
      ({ archive }) => archive ?? [],
    )
    const verdict = await verifyAuditExport(exported, { verify: verifyEd25519, archives })
    expect(verdict.fault).toBeNull()
  })

  it('is done where that process signed between the first look at the keys and the archive', async () => {
    const { store, world } = aWorld()
    await live(world, [whole('1')])
    const clock = createVirtualClock(addMilliseconds(instant(world.clock.now()), 1))
    let isFirst = true
    const heads: Store['heads'] = {
      ...store.heads,
      keys: async (asked) => {
        const known = await store.heads.keys(asked)
        if (isFirst) await signHeads({ heads: store.heads, clock }, { signer, everySeconds: 0 })
        isFirst = false
        return known
      },
    }
    const lines: string[] = []
    const report = await purge(
      { store: { ...store, heads }, clock: world.clock, signer, verify: verifyEd25519 },
      { tenant: 'acme', rules, archive: into(lines), actor: owner, because: 'kept long enough' },
    )
    expect(report.purged).toHaveLength(3)
  })

  it('takes nothing out where another key takes over while the archive is written', async () => {
    const books = aWorld()
    await live(books.world, [whole('1')])
    const { store, world } = books
    const next = ed25519Signer('2027', generateKeyPairSync('ed25519').privateKey)
    const lines: string[] = []
    const archive: ArchivePlace = {
      ...into(lines),
      write: async (line) => {
        if (lines.push(line) > 1) return
        world.clock.advanceTo(addMilliseconds(instant(world.clock.now()), 1000))
        await world.tell(theOrder({ documentNumber: '2', orderNumber: '2' }))
        const settings = { signer: next, everySeconds: 0 }
        await signHeads({ heads: store.heads, clock: world.clock }, settings)
      },
    }
    const request = { tenant: 'acme', rules, archive, actor: owner, because: 'old' }
    const place = { store, clock: world.clock, signer, verify: verifyEd25519 }
    await expect(purge(place, request)).rejects.toThrow('which was not in use then')
    expect((await store.events({ tenant: 'acme', limit: 500 })).rows.length).toBeGreaterThan(20)
  })

  it('takes nothing out before the archive is on disk', async () => {
    const books = aWorld()
    await live(books.world, [whole('1')])
    const full = async () => {
      throw new Error('the disk is full')
    }
    await expect(purgeInto(books, { meanwhile: full })).rejects.toThrow('the disk is full')
    expect(await review(books)).toEqual([[groupOf('1'), []]])
  })

  it('is finished by the next one where the store was lost in the middle of it', async () => {
    const books = aWorld()
    await live(books.world, [whole('1'), whole('2'), whole('3')])
    const { store } = books
    let purges = 0
    // The first is answered, the second is stored and its answer lost, and then nothing goes any more.
    const failing: Store = {
      ...store,
      commit: async (commit) => {
        if (commit.purged === undefined) return store.commit(commit)
        purges += 1
        const answer = purges > 2 ? null : await store.commit(commit)
        if (answer !== null && purges === 1) return answer
        throw new CounterfoilError('STORE_UNAVAILABLE', 'out of reach', { retryable: true })
      },
    }
    const lines: string[] = []
    const archive = into(lines)
    const request = { tenant: 'acme', rules, archive, actor: owner, because: 'old' }
    const { clock } = books.world
    const asked = purge({ store: failing, clock, signer, verify: verifyEd25519 }, request)
    await expect(asked).rejects.toThrow('out of reach')
    clock.advanceTo(addMilliseconds(instant(clock.now()), 1000))
    const next = await purgeInto(books)
    expect(next.report.purged.map(({ key }) => key)).toContain('acme/0001/3')
    expect(next.report.purged).toHaveLength(3)
    const first = (await verified(lines)).archive
    const archives = [await archiveOf(next), ...(first === null ? [] : [first])]
    expect(archives).toHaveLength(2)
    expect(await faultOf(await exported(books), archives)).toBeNull()
    const checked = await checkBooks(store, { tenant: 'acme', verify: verifyEd25519 })
    expect(checked).toMatchObject({ broken: 0, purged: { length: 9 } })
  })

  it('writes nothing where nothing may go', async () => {
    const books = aWorld()
    await live(books.world, [{ tenant: 'acme', number: '1', steps: 2 }])
    const { report, lines } = await purgeInto(books)
    expect([report.archive, lines]).toEqual([null, []])
  })
})

describe('what comes in for a purged order', () => {
  it('begins nothing anew: a repeat is known, a later version is set aside, a new invoice finds no order', async () => {
    const books = aWorld()
    await live(books.world, [whole('1')])
    const { report } = await purgeInto(books)
    const { runtime, tell } = books.world
    const repeats = await Promise.all(
      lifeOf('acme', '1').map((document) => runtime.receive(delivered(document))),
    )
    const outcomes = repeats.flatMap(({ documents }) => documents.map(({ outcome }) => outcome))
    expect(outcomes).toEqual(['duplicate', 'duplicate', 'duplicate', 'duplicate', 'duplicate'])

    const [late] = await tell(
      theOrder({ documentNumber: '1', orderNumber: '1', version: 2, revision: 1 }),
    )
    expect(late).toMatchObject({ outcome: 'quarantined', reason: 'REFUSED' })
    expect(late).toHaveProperty('sentence', expect.stringContaining(report.archive ?? '-'))

    await tell(ofOrder(theInvoice('124.00', { documentNumber: 'INV-9' }), '1'))
    const { rows } = await runtime.queries.deadLetters({ tenant: 'acme', state: 'waiting' })
    expect(rows[0]?.sentence).toContain('`order:acme/0001/1` was closed and purged')
    expect(await runtime.queries.order({ tenant: 'acme', orderKey: 'acme/0001/1' })).toBeNull()
    const { rows: events } = await runtime.queries.events({
      tenant: 'acme',
      aggregate: { kind: 'order', key: 'acme/0001/1' },
    })
    expect(events).toEqual([])
  })

  it('is told to an order that is there, of a receipt over both', async () => {
    const books = aWorld()
    const { runtime, tell } = books.world
    await live(books.world, [whole('1'), { tenant: 'acme', number: '2', steps: 3 }])
    await purgeInto(books)
    const count = aCount('10', { documentNumber: 'GR-BOTH' })
    const lines = ['1', '2'].flatMap((number) =>
      ofOrder(count, number).lines.map((line) => ({ ...line, documentLineNumber: number })),
    )
    const both = { ...count, lines }
    const [answer] = await tell(both)
    const live2 = { kind: 'order', key: 'acme/0001/2' }
    expect(answer).toMatchObject({ outcome: 'accepted', aggregates: [live2] })
    expect(answer).toHaveProperty('findings', [
      expect.objectContaining({ rule: 'document-part-purged', severity: 'warning' }),
    ])
    const asked = { tenant: 'acme', state: 'waiting' } as const
    const { rows: letters } = await runtime.queries.deadLetters(asked)
    expect(letters.map(({ sentence }) => sentence)).toEqual([
      expect.stringContaining('`order:acme/0001/1` was closed and purged'),
    ])
    const order = await runtime.queries.order({ tenant: 'acme', orderKey: live2.key })
    expect(JSON.stringify(order)).toContain('"fulfilled"')
    expect((await tell(both)).map(({ outcome }) => outcome)).toEqual(['duplicate'])
    expect((await runtime.queries.deadLetters(asked)).rows).toHaveLength(1)
    const [late] = await tell({ ...both, documentNumber: 'GR-1-LATE', lines: lines.slice(0, 1) })
    expect(late).toMatchObject({ outcome: 'quarantined', reason: 'REFUSED' })
    expect((await runtime.rebuild()).corrected).toEqual([])
  })

  it('keeps no group of its own for ever, once it is closed and old', async () => {
    const books = aWorld()
    await live(books.world, [whole('1')])
    await purgeInto(books)
    const { runtime, tell } = books.world
    await tell(ofOrder(theInvoice('124.00', { documentNumber: 'INV-9' }), '1'))
    const kim: Actor = { kind: 'user', id: 'kim', roles: ['buyer', 'payables', 'ap-clerk'] }
    const discarding = async (): Promise<void> => {
      const { rows } = await runtime.queries.deadLetters({ tenant: 'acme', state: 'waiting' })
      for (const { deadLetterId } of rows) {
        await runtime.act({
          tenant: 'acme',
          actor: kim,
          idempotencyKey: `discard ${deadLetterId}`,
          type: 'dead-letter.discarded',
          deadLetterId,
          note: 'the order is purged',
        })
      }
    }
    await discarding()
    await runtime.act({
      tenant: 'acme',
      actor: kim,
      idempotencyKey: 'rejected',
      aggregate: { kind: 'invoice', key: 'acme/0001/S100/INV-9/standard' },
      type: 'invoice.rejected',
      data: { reason: 'the order is purged' },
      expectedVersion: null,
    })
    await live(books.world, [])
    await discarding()
    await sign(books)
    const late = [groupOf('9')[0], groupOf('1')[1]]
    expect(await review(books)).toEqual([[late, []]])
    const purged = await purgeInto(books)
    expect(purged.report.purged.map(({ kind, key }) => `${kind} ${key}`)).toEqual([late[0]])
    expect((await archiveOf(purged)).chains.size).toBe(1)
    expect(await review(books)).toEqual([])
    const checked = await checkBooks(books.store, { tenant: 'acme', verify: verifyEd25519 })
    expect(checked).toMatchObject({ broken: 0, purged: { length: 4 } })
  })

  it('is still a duplicate invoice where another one has its number', async () => {
    const books = aWorld()
    await live(books.world, [whole('1')])
    await purgeInto(books)
    await books.world.tell(...lifeOf('acme', '2').slice(0, 4))
    const [again] = await books.world.tell(
      ofOrder(theInvoice('124.00', { documentNumber: 'INV1', invoiceDate: '2026-12-01' }), '2'),
    )
    expect(again?.outcome).toBe('accepted')
    const { rows } = await books.world.runtime.queries.exceptions({ tenant: 'acme' })
    expect(rows.map(({ code }) => code)).toContain('DUPLICATE_SUSPECTED')
  })

  it('cannot be decided, looked at as it was, or worked out again', async () => {
    const books = aWorld()
    await live(books.world, [whole('1'), whole('2')])
    const legalHold = ['order:acme/0001/2']
    await purgeInto(books, { given: { ...rules, legalHold } })
    const { runtime } = books.world
    const reference = { kind: 'order', key: 'acme/0001/1' } as const
    expect(await runtime.queries.aggregate({ tenant: 'acme', reference })).toBeNull()
    const at = '2027-01-01T00:00:00Z'
    const asked = runtime.queries.orderAt({ tenant: 'acme', orderKey: reference.key, at })
    await expect(asked).rejects.toThrow('it is in the archive')
    expect(await runtime.rebuild()).toMatchObject({
      rebuilt: 3,
      corrected: [],
      purged: 3,
      left: [],
    })
    const answer = await runtime.act({
      tenant: 'acme',
      actor: { kind: 'user', id: 'kim', roles: ['buyer'] },
      idempotencyKey: 'late',
      aggregate: reference,
      type: 'note.recorded',
      data: { text: 'once more' },
      expectedVersion: null,
    })
    expect(answer).toMatchObject({ outcome: 'refused', reason: 'purged' })
    const aggregates = [conductedOrder, conductedShipment, conductedInvoice]
    const now = instant(books.world.clock.now())
    const checked = await checkMigration({ store: books.store, aggregates, policies, now })
    expect(checked).toMatchObject({ states: 3, isSafe: true })
  })
})

describe('an archive and an export', () => {
  const given = async () => {
    const books = aWorld()
    await live(books.world, [whole('1'), whole('2')])
    const legalHold = ['order:acme/0001/2']
    const one = await purgeInto(books, { given: { ...rules, legalHold } })
    const between = await exported(books)
    const other = await purgeInto(books)
    return { one, other, between, lines: await exported(books) }
  }

  it('show a chain that was taken out without a purge', async () => {
    const { one, lines } = await given()
    const chain = (JSON.parse(one.lines[1] ?? '') as { aggregate: string }).aggregate
    const forged = lines.filter((line) => JSON.parse(line).object !== chain)
    expect(forged.length).toBeLessThan(lines.length)
    expect(await faultOf(forged)).not.toBeNull()
    const books = aWorld()
    await live(books.world, [whole('1')])
    await sign(books)
    const whole1 = await exported(books)
    const missing = whole1.filter((line) => JSON.parse(line).aggregate !== chain)
    expect(missing.length).toBeLessThan(whole1.length)
    expect(await faultOf(missing)).toBe('end-differs')
  })

  it('show every line of an archive that was changed, moved or taken out', async () => {
    const { one } = await given()
    for (const [index, line] of one.lines.entries()) {
      const changed = line.replace(/[0-9](?=[^0-9]*$)/, (digit) => String((Number(digit) + 1) % 10))
      expect(changed).not.toBe(line)
      expect((await verified(one.lines.with(index, changed))).fault).not.toBeNull()
      expect((await verified(one.lines.toSpliced(index, 1))).fault).not.toBeNull()
    }
    expect((await verified([...one.lines, ...one.lines])).fault?.reason).toBe('out-of-order')
  })

  it('show an archive of another run, one that is missing, and one that holds something else', async () => {
    const { one, other, between, lines } = await given()
    const [first, second] = [await archiveOf(one), await archiveOf(other)]
    expect(await faultOf(lines, [first, second])).toBeNull()
    expect(await faultOf(between, [first])).toBeNull()
    expect(await faultOf(between, [second])).toBe('archive-differs')
    expect(await faultOf(lines, [first])).toBe('archive-differs')
    const swapped = { ...first, chains: second.chains }
    expect(await faultOf(lines, [swapped, second])).toBe('archive-differs')
  })
})

describe('whatever is purged', () => {
  it('leaves every other order, and the other tenant, as they were', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            tenant: fc.constantFrom('acme', 'globex'),
            steps: fc.integer({ min: 1, max: 6 }),
          }),
          { minLength: 1, maxLength: 5 },
        ),
        async (given) => {
          const orders = given.map((one, index) => ({ ...one, number: `${index + 1}` }))
          const books = aWorld()
          await live(books.world, orders)
          await sign(books)
          const { queries } = books.world.runtime
          const stays = orders.filter(({ tenant, steps }) => tenant === 'acme' && steps < 6)
          const seen = () => Promise.all(stays.map(({ number }) => seenOf(books, number)))
          const before = { own: await seen(), other: await runtimeViewOf(queries, 'globex') }
          const { report } = await purgeInto(books)
          expect(report.purged).toHaveLength(
            3 * orders.filter(({ tenant, steps }) => tenant === 'acme' && steps === 6).length,
          )
          expect({ own: await seen(), other: await runtimeViewOf(queries, 'globex') }).toEqual(
            before,
          )
          expect((await books.world.runtime.rebuild()).corrected).toEqual([])
        },
      ),
      { numRuns: 12 },
    )
  }, 120_000)
})

/** What is seen of an order and its own shipment and invoice. */
async function seenOf({ world }: ReturnType<typeof aWorld>, number: string) {
  const { queries } = world.runtime
  const orderKey = `acme/0001/${number}`
  return {
    order: await queries.order({ tenant: 'acme', orderKey }),
    timeline: await queries.timeline({ tenant: 'acme', orderKey, limit: 500 }),
    moment: await queries.orderAt({ tenant: 'acme', orderKey, at: world.clock.now() }),
  }
}
