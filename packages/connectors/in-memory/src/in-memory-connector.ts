import {
  capabilityFor,
  type Connector,
  CounterfoilError,
  type Envelope,
  joinKey,
  type OutwardIntent,
  type ReadPage,
  type ReadRequest,
  type TradeDocumentKind,
  type WriteAnswer,
  type WriteCapability,
  type WriteRequest,
} from '@counterfoil/core'
import type { CarriedOut, Journal, JournalEntry, OwnedRecord } from './journal.ts'

/** What the stand-in stands in for, and what it remembers of an earlier run. */
export type InMemoryConnectorSettings = {
  /** Unique in one runtime; `in-memory-stand-in` when absent. */
  readonly name?: string
  /** The tenants it works for; all of them when absent. */
  readonly tenants?: readonly string[]
  /** The documents it may be given to deliver; every kind when absent. */
  readonly reads?: readonly TradeDocumentKind[]
  /** What it carries out; everything when absent. */
  readonly writes?: readonly WriteCapability[]
  /** Where it writes down everything that happens to it. Without one it forgets everything with the process. */
  readonly journal?: Journal
  /** What a system declines, and in which words; null for what it accepts. Nothing is declined when absent. */
  readonly declines?: (
    intent: OutwardIntent,
  ) => { readonly reason: string; readonly sentence: string } | null
}

/** The reference connector, with the handles by which a test or a story plays the world around it. */
export type InMemoryConnector = Connector & {
  /** Something arrives in the mailbox and waits to be read. */
  readonly deliver: (envelope: Envelope) => void
  /** The owner of a record changes it, so that a write-back on an older version conflicts. */
  readonly amend: (record: OwnedRecord) => void
  /** From now on no system can be reached. */
  readonly switchOff: () => void
  /** From now on every system can be reached again. */
  readonly switchOn: () => void
  /** What was carried out, in its order, each once. */
  readonly carriedOut: () => readonly CarriedOut[]
}

/**
 * Stands in for the ERP, the warehouse system, finance, planning and the suppliers' mailboxes, all in memory: it keeps
 * every sentence of the connector contract, so it is the reference that other connectors are compared with, and what it
 * did can be looked at. The same calls in the same order give the same answers.
 */
export function createInMemoryConnector(
  settings: InMemoryConnectorSettings = {},
): InMemoryConnector {
  const { name = 'in-memory-stand-in', tenants, journal, declines = () => null } = settings
  const reads = settings.reads ?? everyDocument
  const writes = settings.writes ?? everyCapability
  const world = emptyWorld()
  let isOff = false
  let isRemembered = false

  // The journal is read at the first call, so that making a connector touches nothing.
  const remembered = (): World => {
    if (!isRemembered) for (const entry of journal?.read() ?? []) addToWorld(world, entry)
    isRemembered = true
    return world
  }
  const happen = (entry: JournalEntry): void => {
    remembered()
    journal?.append(entry)
    addToWorld(world, entry)
  }
  const refuseWhenOut = (signal: AbortSignal): void => {
    if (!isOff && !signal.aborted) return
    const sentence = signal.aborted ? 'the call was called off' : 'the systems are switched off'
    throw new CounterfoilError('CONNECTOR_UNAVAILABLE', `${name}: ${sentence}`, { retryable: true })
  }
  return {
    contract: 'v1',
    name,
    ...(tenants === undefined ? {} : { tenants }),
    capabilities: { reads, writes },
    read: async (request) => {
      if (reads.length === 0) throw notCapable(name, 'reading')
      refuseWhenOut(request.signal)
      return pageOf(name, remembered(), request)
    },
    write: async (request) => {
      const capability = capabilityFor(request.intent)
      if (!writes.includes(capability)) throw notCapable(name, capability)
      refuseWhenOut(request.signal)
      const answer = answerTo(remembered(), request, declines)
      if (answer.kind === 'applied' && !answer.repeated) {
        happen({ kind: 'carried-out', carriedOut: carriedOutOf(request, answer.reference) })
      }
      return answer
    },
    deliver: (envelope) => happen({ kind: 'delivered', envelope }),
    amend: (record) => happen({ kind: 'amended', record }),
    switchOff: () => {
      isOff = true
    },
    switchOn: () => {
      isOff = false
    },
    carriedOut: () => [...remembered().carriedOut.values()],
  }
}

const everyDocument: readonly TradeDocumentKind[] = [
  'purchase-order',
  'change-request',
  'acknowledgment',
  'ship-notice',
  'milestone',
  'receipt',
  'inspection',
  'invoice',
  'purchase-agreement',
]
const everyCapability: readonly WriteCapability[] = [
  'notify',
  'send-supplier-notice',
  'send-document/supplier',
  'send-document/erp',
  'send-document/wms',
  'write-back/erp',
  'write-back/wms',
  'write-back/finance',
  'write-back/planning',
]

/** Everything the stand-in knows: a function of its journal. */
type World = {
  readonly mailbox: Envelope[]
  /** By tenant and idempotency key. */
  readonly carriedOut: Map<string, CarriedOut>
  /** By tenant, system and record. */
  readonly versions: Map<string, number>
}

function emptyWorld(): World {
  return { mailbox: [], carriedOut: new Map(), versions: new Map() }
}

function addToWorld(world: World, entry: JournalEntry): void {
  switch (entry.kind) {
    case 'delivered':
      world.mailbox.push(entry.envelope)
      return
    case 'amended':
      world.versions.set(recordKey(entry.record), entry.record.version)
      return
    case 'carried-out': {
      const { tenant, idempotencyKey } = entry.carriedOut
      world.carriedOut.set(joinKey([tenant, idempotencyKey]), entry.carriedOut)
    }
  }
}

function recordKey({ tenant, system, record }: Omit<OwnedRecord, 'version'>): string {
  return joinKey([tenant, system, record])
}

function notCapable(name: string, capability: string): CounterfoilError {
  return new CounterfoilError(
    'CONNECTOR_NOT_CAPABLE',
    `connector \`${name}\` does not offer \`${capability}\`: look at its capabilities`,
  )
}

// The cursor is how many deliveries were given so far; the mailbox only ever grows.
function pageOf(name: string, { mailbox }: World, { cursor, limit }: ReadRequest): ReadPage {
  const from = cursor === null ? 0 : Number(cursor)
  const isKnown = cursor === null || (/^\d+$/.test(cursor) && from <= mailbox.length)
  if (!isKnown) {
    throw new CounterfoilError(
      'CONNECTOR_REPLY_INVALID',
      `connector \`${name}\` never gave the cursor \`${cursor}\`: begin again without a cursor`,
    )
  }
  const deliveries = mailbox.slice(from, from + limit)
  const next = from + deliveries.length
  return {
    deliveries,
    cursor: deliveries.length === 0 ? cursor : String(next),
    more: next < mailbox.length,
  }
}

function answerTo(
  world: World,
  { tenant, intent, idempotencyKey }: WriteRequest,
  declines: NonNullable<InMemoryConnectorSettings['declines']>,
): WriteAnswer {
  const before = world.carriedOut.get(joinKey([tenant, idempotencyKey]))
  if (before !== undefined) return { kind: 'applied', reference: before.reference, repeated: true }
  const declined = declines(intent)
  if (declined !== null) return { kind: 'refused', ...declined }
  if (intent.kind === 'write-back' && intent.expectedVersion !== null) {
    const { system, record, expectedVersion } = intent
    const version = world.versions.get(recordKey({ tenant, system, record }))
    if (version !== undefined && version !== expectedVersion) {
      const sentence = `\`${record}\` is at version ${version} and was expected at ${expectedVersion}: it was not changed`
      return { kind: 'conflict', currentVersion: version, sentence }
    }
  }
  const number = world.carriedOut.size + 1
  return { kind: 'applied', reference: `stand-in/${placeOf(intent)}/${number}`, repeated: false }
}

function placeOf(intent: OutwardIntent): string {
  switch (intent.kind) {
    case 'notify':
      return `people/${intent.role}`
    case 'send-supplier-notice':
      return `supplier/${intent.supplier}`
    case 'send-document':
      return intent.to
    case 'write-back':
      return intent.system
  }
}

function carriedOutOf(
  { tenant, aggregate, intent, idempotencyKey }: WriteRequest,
  reference: string | null,
): CarriedOut {
  return { tenant, aggregate, intent, idempotencyKey, reference }
}
