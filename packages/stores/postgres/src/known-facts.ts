import { type AggregateReference, hashOf, joinKey } from '@counterfoil/core'
import {
  type Commit,
  type EffectRecord,
  type SettledAside,
  settledAside,
} from '@counterfoil/runtime'
import { batchOf } from './batch.ts'
import type { Query } from './connections.ts'
import { askLetters, askUnfinished, unfinishedIn } from './purge.ts'
import { bodyOf, numberOf, type SqlRow, storable, textOf, textOrNull } from './stored.ts'

/** Where a message stands that is not applied. */
export type WaitingMessage = {
  readonly status: 'queued' | 'parked' | 'dead'
  readonly position: number
  readonly parkedAt: string
}

/** What became of an effect so far. */
export type EffectFate = {
  readonly state: 'waiting' | 'delivered' | 'dead' | 'discarded'
  readonly attempts: number
  readonly attemptsFailed: number
  readonly leasesLost: number
  readonly isLeased: boolean
  readonly notBefore: string | null
  readonly settledAt: string | null
  readonly connector: string | null
  readonly reference: string | null
  readonly sentence: string | null
}

/** What must be known of the stored to decide on commits: only what they name. Changed as they are decided on. */
export type KnownFacts = {
  last: number
  readonly versions: Map<string, number>
  /** The aggregates, of those that are to be purged, that may not be. */
  readonly unfinished: Set<string>
  /** The hashes of the dead letters that are to be purged. */
  readonly letters: ReadonlyMap<string, string>
  /** Ids of the parked messages of each aggregate that was decided about. */
  readonly parked: Map<string, Set<string>>
  readonly deliveries: Set<string>
  readonly documents: Set<string>
  readonly commands: Set<string>
  /** What was set aside and is settled. */
  readonly settledAside: Set<string>
  readonly applied: Set<string>
  readonly messages: Map<string, WaitingMessage>
  readonly fates: Map<string, EffectFate>
}

/** The questions that lead to the facts, and how their answers become them. */
export type FactQuestions = {
  readonly queries: readonly Query[]
  readonly factsFrom: (answers: readonly (readonly SqlRow[])[]) => Omit<KnownFacts, 'last'>
}

type Owner = { readonly tenant: string; readonly reference: AggregateReference }
type OwnedId = Owner & { readonly id: string }
type Keyed = { readonly tenant: string; readonly key: string }

/** Names an aggregate in the maps above. */
export function ownerKey(tenant: string, { kind, key }: AggregateReference): string {
  return joinKey([tenant, kind, key])
}

/** Names a message in the maps above. */
export function messageKey(tenant: string, { kind, key }: AggregateReference, id: string): string {
  return joinKey([tenant, kind, key, id])
}

const owner = {
  tenant: ['text', ({ tenant }: Owner) => storable(tenant)],
  kind: ['text', ({ reference }: Owner) => reference.kind],
  key: ['text', ({ reference }: Owner) => storable(reference.key)],
} as const

const keyed = {
  tenant: ['text', ({ tenant }: Keyed) => storable(tenant)],
  id: ['text', ({ key }: Keyed) => storable(key)],
} as const

const asideId = {
  tenant: ['text', ({ tenant }: SettledAside) => storable(tenant)],
  id: ['text', ({ id }: SettledAside) => storable(id)],
} as const

const askVersions = batchOf<Owner>(
  owner,
  (names, rows) => `SELECT tenant, kind, key, version FROM ${rows} JOIN aggregate USING (${names})`,
)

const askParked = batchOf<Owner>(
  owner,
  (names, rows) =>
    `SELECT ${names}, id FROM ${rows} JOIN message USING (${names}) WHERE status = 'parked'`,
)

const askDeliveries = batchOf<Keyed>(
  keyed,
  (_names, rows) =>
    `SELECT given.tenant, id FROM ${rows} JOIN delivery d ON d.tenant = given.tenant AND d.delivery_key = id`,
)

const askCommands = batchOf<Keyed>(
  keyed,
  (_names, rows) =>
    `SELECT given.tenant, id FROM ${rows} JOIN command c ON c.tenant = given.tenant AND c.idempotency_key = id`,
)

const askSettledDocuments = batchOf<SettledAside>(
  asideId,
  (names, rows) =>
    `SELECT ${names} FROM ${rows} JOIN quarantined USING (${names}) WHERE state <> 'quarantined'`,
)

const askSettledLetters = batchOf<SettledAside>(
  asideId,
  (names, rows) =>
    `SELECT ${names} FROM ${rows} JOIN dead_letter USING (${names}) WHERE state <> 'waiting'`,
)

type DocumentKey = {
  readonly tenant: string
  readonly documentKey: string
  readonly revision: number
  readonly contentHash: string
}
const askDocuments = batchOf<DocumentKey>(
  {
    tenant: ['text', ({ tenant }) => storable(tenant)],
    document_key: ['text', ({ documentKey }) => storable(documentKey)],
    revision: ['bigint', ({ revision }) => revision],
    content_hash: ['text', ({ contentHash }) => storable(contentHash)],
  },
  (names, rows) => `SELECT ${names} FROM ${rows} JOIN document USING (${names})`,
)

const ownedId = { ...owner, id: ['text', ({ id }: OwnedId) => storable(id)] } as const

const askApplied = batchOf<OwnedId>(
  ownedId,
  (_names, rows) =>
    `SELECT given.tenant, given.kind, given.key, given.id FROM ${rows} JOIN event e
     ON e.tenant = given.tenant AND e.kind = given.kind AND e.key = given.key AND e.message_id = given.id`,
)

const askMessages = batchOf<OwnedId>(
  ownedId,
  (names, rows) =>
    `SELECT ${names}, status, position, parked_at FROM ${rows} JOIN message USING (${names})`,
)

// Locked, because whoever claims an effect counts the attempt meanwhile; in one order, so that nobody waits in a circle.
const askFates = batchOf<Keyed>(
  keyed,
  (names, rows) =>
    `SELECT tenant, id, state, attempts, attempts_failed, leases_lost, leased, not_before, settled_at, connector, reference, sentence
     FROM effect WHERE (${names}) IN (SELECT ${names} FROM ${rows}) ORDER BY position FOR UPDATE`,
)

/** What to ask before commits can be decided on. */
export function questionsAbout(commits: readonly Commit[]): FactQuestions {
  const all = <Part>(part: (commit: Commit) => readonly Part[] | undefined): readonly Part[] =>
    commits.flatMap((commit) => part(commit) ?? [])
  const messages = [
    ...all(({ settled }) => settled?.map(({ message }) => message)),
    ...all(({ queue }) => queue),
    ...all(({ requeue }) => requeue),
  ].map(({ tenant, aggregate, id }) => ({ tenant, reference: aggregate, id }))
  const aside = commits.flatMap(settledAside)
  const parts = [
    askVersions([
      ...all(({ aggregates }) => aggregates),
      ...all(({ purged }) => purged),
      ...all(({ basis }) => basis),
    ]),
    askUnfinished(all(({ purged }) => purged)),
    askLetters(
      all(({ purged }) =>
        purged?.flatMap(({ tenant, deadLetters }) =>
          deadLetters.map(({ deadLetterId }) => ({ tenant, deadLetterId })),
        ),
      ),
    ),
    askParked(all(({ basis }) => basis)),
    askDeliveries(
      all(({ deliveries }) => deliveries?.map((one) => ({ ...one, key: one.deliveryKey }))),
    ),
    askDocuments(all(({ documents }) => documents)),
    askCommands(
      all(({ commands }) => commands?.map((one) => ({ ...one, key: one.idempotencyKey }))),
    ),
    askApplied(messages),
    askMessages(messages),
    askFates(all(({ effectResults }) => effectResults)),
    askSettledDocuments(aside.filter(({ kind }) => kind === 'quarantine')),
    askSettledLetters(aside.filter(({ kind }) => kind === 'dead-letter')),
  ]
  return {
    queries: parts.flat(),
    factsFrom: (answers) => {
      const waiting = [...answers]
      const [
        versions,
        unfinished = [],
        letters = [],
        parked,
        deliveries,
        documents,
        commands,
        applied,
        stored,
        fates,
        settledDocuments = [],
        settledLetters = [],
      ] = parts.map((part): readonly SqlRow[] => (part.length === 0 ? [] : (waiting.shift() ?? [])))
      return {
        parked: parkedIn(parked ?? []),
        versions: new Map(versions?.map((row) => [ownerIn(row), numberOf(row, 'version')])),
        unfinished: new Set(
          unfinished.filter((row) => unfinishedIn(row).length > 0).map((row) => ownerIn(row)),
        ),
        letters: new Map(letters.map((row) => [textsIn(row, 'tenant', 'id'), hashOf(bodyOf(row))])),
        deliveries: new Set(deliveries?.map((row) => textsIn(row, 'tenant', 'id'))),
        documents: new Set(documents?.map(documentIn)),
        commands: new Set(commands?.map((row) => textsIn(row, 'tenant', 'id'))),
        applied: new Set(applied?.map(messageIn)),
        messages: new Map(stored?.map((row) => [messageIn(row), waitingIn(row)])),
        settledAside: new Set([
          ...settledDocuments.map((row) => asideIn('quarantine', row)),
          ...settledLetters.map((row) => asideIn('dead-letter', row)),
        ]),
        fates: new Map(fates?.map((row) => [textsIn(row, 'tenant', 'id'), fateIn(row)])),
      }
    },
  }
}

/** Names what was set aside in the set above. */
export function asideKey({ kind, tenant, id }: SettledAside): string {
  return joinKey([kind, tenant, id])
}

const asideIn = (kind: SettledAside['kind'], row: SqlRow): string =>
  asideKey({ kind, tenant: textOf(row, 'tenant'), id: textOf(row, 'id') })

function parkedIn(rows: readonly SqlRow[]): Map<string, Set<string>> {
  const parked = new Map<string, Set<string>>()
  for (const row of rows) {
    const key = ownerIn(row)
    parked.set(key, (parked.get(key) ?? new Set()).add(textOf(row, 'id')))
  }
  return parked
}

/** Names a document's content under its number. */
export function documentContentKey(document: DocumentKey): string {
  const { tenant, documentKey, revision, contentHash } = document
  return joinKey([tenant, documentKey, String(revision), contentHash])
}

function textsIn(row: SqlRow, ...columns: readonly string[]): string {
  return joinKey(columns.map((column) => textOf(row, column)))
}

const ownerIn = (row: SqlRow): string => textsIn(row, 'tenant', 'kind', 'key')
const messageIn = (row: SqlRow): string => textsIn(row, 'tenant', 'kind', 'key', 'id')
const documentIn = (row: SqlRow): string =>
  textsIn(row, 'tenant', 'document_key', 'revision', 'content_hash')

function waitingIn(row: SqlRow): WaitingMessage {
  const status = textOf(row, 'status')
  return {
    status: status === 'queued' || status === 'parked' ? status : 'dead',
    position: numberOf(row, 'position'),
    parkedAt: textOf(row, 'parked_at'),
  }
}

function fateIn(row: SqlRow): EffectFate {
  return {
    state: effectStateOf(row),
    ...attemptsOf(row),
    isLeased: textOf(row, 'leased') === 't',
    notBefore: textOrNull(row, 'not_before'),
    settledAt: textOrNull(row, 'settled_at'),
    connector: textOrNull(row, 'connector'),
    reference: textOrNull(row, 'reference'),
    sentence: textOrNull(row, 'sentence'),
  }
}

/** How often an effect was taken, and what that came to. */
export function attemptsOf(
  row: SqlRow,
): Pick<EffectRecord, 'attempts' | 'attemptsFailed' | 'leasesLost'> {
  return {
    attempts: numberOf(row, 'attempts'),
    // Absent in books of an earlier release that are only read.
    attemptsFailed: Number(row['attempts_failed'] ?? 0),
    leasesLost: Number(row['leases_lost'] ?? 0),
  }
}

/** The state an effect is in. */
export function effectStateOf(row: SqlRow): EffectFate['state'] {
  const state = textOf(row, 'state')
  return state === 'waiting' || state === 'delivered' || state === 'dead' ? state : 'discarded'
}
