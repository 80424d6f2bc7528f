import {
  type AddressedDocument,
  type AggregateState,
  type Instant,
  messageData,
  type Message,
  TradeDocument,
} from '@counterfoil/core'
import { checkAgainstMaster, withOwnSupplier } from '@counterfoil/core/masters'
import {
  contractReference,
  mayCreate,
  type OwnershipCheck,
  ourText,
  systemOf,
  type SystemOfRecordContract,
  takeOwned,
} from '@counterfoil/core/system-of-record'
import type { CalendarDirectory, MasterDirectory, SupplierDirectory } from '../runtime.ts'
import type { ContractInForce } from './contract-in-force.ts'

/** Where outside facts are looked up. */
export type Gathering = {
  readonly calendars: CalendarDirectory
  readonly suppliers: SupplierDirectory
  readonly masters: MasterDirectory
  readonly contracts: ContractInForce
}

/** A document under the number its supplier has in the master, and so the supplier a connection belongs to. */
export function underOwnNumbers(
  { masters }: Gathering,
  document: TradeDocument,
  owner: string | undefined,
): { readonly document: TradeDocument; readonly owner: string | undefined } {
  const master = masters(document)
  if (master === undefined) return { document, owner }
  return {
    document: withOwnSupplier(master, document),
    owner:
      owner === undefined
        ? undefined
        : withOwnSupplier(master, { ...document, supplier: owner as TradeDocument['supplier'] })
            .supplier,
  }
}

/** What is told of a document once everything about it was looked up, or why it is not to be told. */
export type Gathered =
  | { readonly told: { readonly type: string; readonly data: Message['data'] } }
  | { readonly refusal: { readonly reason: string; readonly sentence: string } }

/**
 * Looks up everything a decision about a document may look at, and records it with what is told: outside facts are
 * gathered before a decision, so that it can be taken again. What a system says of a field another one owns is put back to
 * what stands here, and told as a difference.
 */
export function gather(
  gathering: Gathering,
  {
    addressed,
    document,
    connection,
    state,
    receivedAt,
  }: {
    readonly addressed: AddressedDocument
    readonly document: TradeDocument
    readonly connection: string
    /** What stands of the order, shipment or invoice it is told to. */
    readonly state: AggregateState | null
    readonly receivedAt: Instant
  },
): Gathered {
  const { type, data } = addressed
  const held = ownedOf(gathering, { data, document, connection, state, receivedAt })
  if ('refusal' in held) return held
  const { ownership, text, isNews } = held
  const owned = ownership === undefined ? {} : { ownership }
  if (ownership !== undefined && !isNews) {
    return { told: { type: 'ownership.compared', data: messageData(owned) } }
  }
  const taken = text === undefined ? data : messageData({ ...data, document: text })
  const found = startsClocks.has(type) ? gathering.calendars(document) : {}
  const supplier = type === 'invoice.received' ? gathering.suppliers(document) : undefined
  const masters = mastersOf(gathering, type, text ?? data['document'])
  const gathered = {
    ...(Object.keys(found).length > 0 && { calendars: found }),
    ...(supplier !== undefined && { supplier }),
    ...masters,
    ...owned,
  }
  const isAny = Object.keys(gathered).length > 0
  return { told: { type, data: isAny ? messageData({ ...taken, ...gathered }) : taken } }
}

/** The document of a message beside the master data, where its aggregate takes that. */
export function mastersOf(
  { masters }: Pick<Gathering, 'masters'>,
  type: string,
  given: unknown,
): { readonly masters?: NonNullable<ReturnType<typeof checkAgainstMaster>> } {
  if (!takesMasters.has(type)) return {}
  const { success, data: document } = TradeDocument.safeParse(given)
  const master = success ? masters(document) : undefined
  const check = master === undefined || !success ? null : checkAgainstMaster(master, document)
  return check === null ? {} : { masters: check }
}

type Held =
  | {
      readonly ownership?: OwnershipCheck
      /** The text that is taken; the document as it came where absent. */
      readonly text?: TradeDocument
      readonly isNews: boolean
    }
  | { readonly refusal: { readonly reason: string; readonly sentence: string } }

function ownedOf(
  { contracts }: Gathering,
  {
    data,
    document: whole,
    connection,
    state,
    receivedAt,
  }: {
    readonly data: Message['data']
    readonly document: TradeDocument
    readonly connection: string
    readonly state: AggregateState | null
    readonly receivedAt: Instant
  },
): Held {
  const contract = contracts({ ...whole, at: receivedAt })
  // A text that was moved to another order says nothing of its own.
  const { success, data: document } = TradeDocument.safeParse(data['document'])
  if (contract === undefined || !success) return { isNews: true }
  const system = systemOf(contract, connection)
  const { kind: record } = document
  const ours = ourText(state, document)
  if (ours === null) {
    if (mayCreate(contract, record, system)) return { isNews: true }
    return { refusal: notOwner(contract, document, system ?? `connection \`${connection}\``) }
  }
  const taken = takeOwned({
    contract,
    record,
    system,
    ours: ours.document,
    theirs: document,
    isLater: ours.isLater,
  })
  const { drift } = taken
  // Where nothing differs and nothing did, there is nothing to say.
  if (drift.length === 0 && !hasDrift(state)) return { isNews: true }
  return {
    isNews: taken.isNews,
    text: taken.document,
    ownership: {
      contract: contractReference(contract),
      system,
      record,
      recordNumber: document.documentNumber,
      asOf: document.issuedAt,
      drift: [...drift],
    },
  }
}

function hasDrift(state: AggregateState | null): boolean {
  const { facts } = (state ?? {}) as { readonly facts?: { readonly drift?: unknown } }
  return facts?.drift !== undefined
}

function notOwner(
  { records }: SystemOfRecordContract,
  { kind, documentNumber }: TradeDocument,
  said: string,
): { readonly reason: string; readonly sentence: string } {
  const owner = records.find(({ record }) => record === kind)?.owner ?? ''
  const sentence = `${kind} \`${documentNumber}\` came from ${said}, and ${owner} owns it: nothing of it was taken`
  return { reason: 'NOT_OWNER', sentence }
}

const startsClocks: ReadonlySet<string> = new Set([
  'order.issued',
  'ship-notice.received',
  'invoice.received',
  'agreement.issued',
])

const takesMasters: ReadonlySet<string> = new Set([
  'order.drafted',
  'order.issued',
  'acknowledgment.received',
  'ship-notice.received',
  'receipt.recorded',
  'unordered-goods.received',
  'invoice.received',
])
