import {
  type AggregateReference,
  type AuditEntry,
  CounterfoilError,
  type DomainEvent,
  joinKey,
  TradeDocument,
} from '@counterfoil/core'
import { type AuditHead, type AuditKey, purgedChainOf } from '@counterfoil/core/audit'
import { personTokensIn } from '@counterfoil/core/personal'
import {
  aggregateText,
  contentHashOf,
  knownDocumentKey,
  type OriginalText,
  type Person,
  readAll,
  readHeads,
  type Store,
} from '@counterfoil/runtime'
import { isTombstone } from '@counterfoil/runtime/retention'

/** A document as it was decided about, the event that says so, and the text it came as, where that is kept. */
export type DocumentEvidence = {
  readonly document: TradeDocument
  readonly event: DomainEvent
  readonly original: OriginalText | null
}

/** What is not in the books any more: the entry that says so, and the hash of the archive it is in. */
export type PurgedEvidence = {
  readonly aggregate: string
  readonly archive: string
  readonly entry: AuditEntry
}

/** All that the books have of an invoice, its orders and their shipments. */
export type Evidence = {
  readonly tenant: string
  readonly invoiceKey: string
  readonly aggregates: readonly AggregateReference[]
  readonly purged: readonly PurgedEvidence[]
  readonly events: readonly DomainEvent[]
  /** Their chains, and those of the purges that took some of them out. */
  readonly entries: readonly AuditEntry[]
  readonly heads: readonly AuditHead[]
  readonly keys: readonly AuditKey[]
  readonly documents: readonly DocumentEvidence[]
  /** Everybody who is named: null in place of whoever is forgotten. */
  readonly people: ReadonlyMap<string, Person | null>
}

/** Reads the evidence of an invoice, named by its number or, where several suppliers use one, by its key. */
export async function gatherEvidence(
  store: Store,
  { tenant, invoice }: { readonly tenant: string; readonly invoice: string },
): Promise<Evidence> {
  const invoiceKey = await findInvoice(store, tenant, invoice)
  const aggregates = await aggregatesAround(store, tenant, invoiceKey)
  const events = await readAll((page) => store.events({ tenant, aggregates, ...page }))
  const chains = await Promise.all(
    aggregates.map((aggregate) => readAll((page) => store.audit({ tenant, aggregate, ...page }))),
  )
  const purges = await purgesOf(store, tenant, aggregates)
  const entries = [...chains.flat(), ...purges]
  const names = new Set(aggregates.map(aggregateText))
  return {
    tenant,
    invoiceKey,
    aggregates,
    purged: purges.flatMap((entry) => {
      const chain = purgedChainOf(entry)
      return chain !== null && names.has(chain.aggregate) ? [{ ...chain, entry }] : []
    }),
    events,
    entries,
    // After the entries: a head that was signed meanwhile speaks of no more than there is.
    ...(await readHeads(store, tenant)),
    documents: await documentsIn(store, events),
    people: await peopleIn(store, tenant, [events, entries]),
  }
}

async function findInvoice(store: Store, tenant: string, invoice: string): Promise<string> {
  const rows = await readAll((page) => store.rows({ tenant, view: 'invoice', ...page }))
  const found = rows
    .filter(({ id, body }) => id === invoice || body['invoiceNumber'] === invoice)
    .map(({ id }) => id)
  const [only, ...others] = found
  if (only !== undefined && others.length === 0) return only
  const reference = { kind: 'invoice', key: invoice } as const
  const [loaded] = await store.load([{ tenant, reference, messageIds: [] }])
  if (loaded !== undefined && isTombstone(loaded.state)) {
    const { archive } = loaded.state.purged
    throw new CounterfoilError(
      'COMMAND_INVALID',
      `the invoice \`${invoice}\` was purged: it is in the archive ${archive}`,
    )
  }
  const sentence =
    only === undefined
      ? `no invoice \`${invoice}\` of \`${tenant}\` is in the books: name its number or its key`
      : `several invoices are numbered \`${invoice}\`: name one by its key, ${found.join(' or ')}`
  throw new CounterfoilError('COMMAND_INVALID', sentence)
}

/** The invoice, the orders it bills and their shipments. Other invoices of the orders are not this one's business. */
async function aggregatesAround(
  store: Store,
  tenant: string,
  invoiceKey: string,
): Promise<readonly AggregateReference[]> {
  const invoice: AggregateReference = { kind: 'invoice', key: invoiceKey }
  const linked = await store.linked({ tenant, reference: invoice })
  const orders = linked.filter(({ kind }) => kind === 'order')
  const shipments = new Map<string, AggregateReference>()
  for (const reference of orders) {
    for (const one of await store.linked({ tenant, reference })) {
      if (one.kind === 'shipment') shipments.set(one.key, one)
    }
  }
  return [invoice, ...orders, ...shipments.values()]
}

/** The chains of the purges that took some of the aggregates out of the books. */
async function purgesOf(
  store: Store,
  tenant: string,
  aggregates: readonly AggregateReference[],
): Promise<readonly AuditEntry[]> {
  const loaded = await store.load(
    aggregates.map((reference) => ({ tenant, reference, messageIds: [] })),
  )
  const archives = new Set(
    loaded.flatMap(({ state }) => (isTombstone(state) ? [state.purged.archive] : [])),
  )
  const chains = await Promise.all(
    [...archives].map((archive) => {
      const aggregate = { kind: 'retention', key: joinKey([tenant, archive]) } as const
      return readAll((page) => store.audit({ tenant, aggregate, ...page }))
    }),
  )
  return chains.flat()
}

async function documentsIn(
  store: Store,
  events: readonly DomainEvent[],
): Promise<readonly DocumentEvidence[]> {
  const found = new Map<string, DocumentEvidence>()
  for (const event of events) {
    const document = isTold(event)
      ? TradeDocument.safeParse(event.data['document']).data
      : undefined
    if (document === undefined || found.has(contentHashOf(document))) continue
    const original = await originalOf(store, document)
    found.set(contentHashOf(document), { document, event, original })
  }
  return [...found.values()]
}

/** Whether an event is a message that was told, and not what followed from one. */
const isTold = ({ id }: DomainEvent): boolean => id.endsWith('#0')

async function originalOf(store: Store, document: TradeDocument): Promise<OriginalText | null> {
  const { tenant, revision } = document
  const known = await store.documents({ tenant, documentKey: knownDocumentKey(document) })
  const deliveryKeys = known
    .filter((one) => one.revision === revision && one.contentHash === contentHashOf(document))
    .map(({ deliveryKey }) => deliveryKey)
  const { rows } = await store.originals({ tenant, deliveryKeys, limit: 1 })
  return rows[0] ?? null
}

async function peopleIn(
  store: Store,
  tenant: string,
  records: unknown,
): Promise<ReadonlyMap<string, Person | null>> {
  const tokens = personTokensIn(records).toSorted()
  const known = await store.people.find({ tenant, tokens })
  const byToken = new Map(known.map((person) => [person.token, person]))
  return new Map(tokens.map((token) => [token, byToken.get(token) ?? null]))
}
