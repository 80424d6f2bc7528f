import {
  addressMoved,
  type AddressedDocument,
  type DocumentText,
  type EnvelopeHeader,
  type Finding,
  hashOf,
  type Instant,
  instant,
  type Message,
  type MovedDocument,
  sha256Hex,
  type TradeDocument,
} from '@counterfoil/core'
import type { Conductor } from '../decide/conduct.ts'
import {
  absorbFork,
  deliveryInDraft,
  documentsInDraft,
  type Draft,
  forkDraft,
  loadInDraft,
} from '../decide/draft.ts'
import { failureSentence } from '../decide/failure-sentence.ts'
import { type Told, tellAggregate } from '../decide/tell-aggregate.ts'
import { letMessageDie } from '../decide/tell-queued.ts'
import { isNotTaken } from '../machines/machines.ts'
import type { NamesApart, SealedText } from '../people/names-apart.ts'
import type { SenderDirectory } from '../runtime.ts'
import { aggregateText } from '../store/aggregate-text.ts'
import type { OriginalText } from '../store/people-ledger.ts'
import type { KnownDocument } from '../store/stored-records.ts'
import type { AnsweredDocument, DocumentAnswer } from './document-answer.ts'
import { gather, type Gathered, type Gathering, underOwnNumbers } from './gather.ts'
import { contentHashOf, knownDocumentKey } from './known-document-key.ts'
import { quarantinePiece, withCase } from './quarantine.ts'
import type { ReadAndChecked } from './read-delivery.ts'
import { findingOnWhole } from './runtime-finding.ts'

/** What taking documents in needs. */
export type Intake = Gathering & {
  readonly conductor: Conductor
  readonly address: (document: TradeDocument) => readonly AddressedDocument[]
  readonly senders: SenderDirectory
  readonly names: NamesApart
}

/** A document on its way in. */
export type Arrival = {
  readonly header: EnvelopeHeader
  readonly receivedAt: Instant
  readonly read: ReadAndChecked
}

/** A document with the keys it is known by. */
type Keyed = Arrival & {
  readonly contentHash: string
  readonly deliveryKey: string
  readonly sealed: SealedText | null
}

/**
 * Takes one document in and answers it: recognises a repeat by its delivery and by its content, tells the aggregates it
 * concerns, and quarantines what cannot be used. Everything is in the draft afterwards, the answer included.
 */
export async function takeIn(
  intake: Intake,
  draft: Draft,
  given: Arrival,
): Promise<DocumentAnswer> {
  const { tenant } = given.header
  const { read, sealed } = await intake.names.documentRead(tenant, given.read)
  const arrival = { ...given, read, sealed }
  const contentHash = sha256Hex(read.raw)
  const first = await deliveryInDraft(draft, { tenant, deliveryKey: arrival.read.deliveryKey })
  if (first === null) {
    const keyed = { ...arrival, contentHash, deliveryKey: arrival.read.deliveryKey }
    return remember(draft, keyed, await takeInNew(intake, draft, keyed))
  }
  if (first.contentHash === contentHash) return repeatOf(first.answer)
  // The number of another delivery on another text: control numbers start over, people mistype. It is a document of its own.
  const deliveryKey = `${arrival.read.deliveryKey}#${contentHash}`
  const again = await deliveryInDraft(draft, { tenant, deliveryKey })
  if (again !== null) return repeatOf(again.answer)
  const keyed = { ...withFinding(arrival, deliveryKeyReused(arrival)), contentHash, deliveryKey }
  return remember(draft, keyed, await takeInNew(intake, draft, keyed))
}

async function takeInNew(intake: Intake, draft: Draft, keyed: Keyed): Promise<DocumentAnswer> {
  const { document, findings, reason } = keyed.read
  if (document === null) {
    const sentence =
      findings.find(({ severity }) => severity === 'error')?.sentence ??
      'the document could not be read'
    return quarantine(intake, draft, keyed, { reason: reason ?? 'UNREADABLE', sentence })
  }
  const { tenant, buyerOrganisation } = keyed.header
  if (document.tenant !== tenant || document.buyerOrganisation !== buyerOrganisation) {
    const sentence = `the document is for \`${document.tenant}/${document.buyerOrganisation}\` and came in for \`${tenant}/${buyerOrganisation}\``
    return quarantine(intake, draft, keyed, { reason: 'WRONG_ADDRESSEE', sentence })
  }
  const mapped = ownNumbersOf(intake, keyed, document)
  if ('doubt' in mapped) return quarantine(intake, draft, keyed, { ...mapped.doubt, document })
  return takeInChecked(intake, draft, mapped.keyed, mapped.document)
}

/** The document under the numbers of the master, and the connection's doubts about it. */
function ownNumbersOf(
  intake: Intake,
  keyed: Keyed,
  given: TradeDocument,
):
  | { readonly document: TradeDocument; readonly keyed: Keyed }
  | { readonly doubt: { readonly reason: string; readonly sentence: string } } {
  try {
    const { document, owner } = underOwnNumbers(intake, given, keyed.header.supplier)
    const doubt = doubtOfSender(intake, { ...keyed.header, supplier: owner }, document)
    if (doubt !== null) return { doubt }
    const isSame = document.supplier === given.supplier
    return {
      document,
      keyed: isSame ? keyed : withFinding(keyed, supplierMapped(keyed, given, document)),
    }
  } catch (error) {
    return { doubt: undecidable(error) }
  }
}

async function takeInChecked(
  intake: Intake,
  draft: Draft,
  keyed: Keyed,
  document: TradeDocument,
): Promise<DocumentAnswer> {
  const known = knownDocumentOf(document, keyed)
  const texts = await documentsInDraft(draft, known)
  const others = texts.filter(({ revision }) => revision === known.revision)
  if (others.some((other) => other.contentHash === known.contentHash)) {
    return repeated(keyed, document, 'the same document came in before by another delivery')
  }
  const checked =
    others.length === 0 ? keyed : withFinding(keyed, contentConflicts(keyed, document))
  return tellOrQuarantine(intake, draft, checked, {
    document,
    known,
    others: await textsOf(draft, texts),
  })
}

/** A document on its way to its aggregates, with the other texts that came under its number. */
type NewDocument = {
  readonly document: TradeDocument
  readonly known: KnownDocument
  readonly others: readonly DocumentText[]
}

/** The texts that came in before, with the aggregates that were told of them as their deliveries were answered. */
async function textsOf(
  draft: Draft,
  texts: readonly KnownDocument[],
): Promise<readonly DocumentText[]> {
  return Promise.all(
    texts.map(async ({ tenant, deliveryKey, revision, contentHash, issuedAt, receivedAt }) => {
      const delivery = await deliveryInDraft(draft, { tenant, deliveryKey })
      const answer = delivery?.answer
      return {
        revision,
        contentHash,
        issuedAt: issuedAt ?? instant(receivedAt),
        aggregates: answer !== undefined && 'aggregates' in answer ? answer.aggregates : [],
      }
    }),
  )
}

/** Why a document may not come from whom it says; null when it may. */
function doubtOfSender(
  { senders }: Intake,
  {
    supplier: owner,
    connection,
  }: Pick<EnvelopeHeader, 'connection'> & {
    readonly supplier?: string | undefined
  },
  { tenant, buyerOrganisation, supplier, kind }: TradeDocument,
): { readonly reason: string; readonly sentence: string } | null {
  const reason = 'UNVERIFIED_SENDER'
  if (owner !== undefined && owner !== supplier) {
    const sentence = `the document is of supplier \`${supplier}\`, and connection \`${connection}\` belongs to \`${owner}\``
    return { reason, sentence }
  }
  try {
    if (senders({ tenant, buyerOrganisation, supplier, connection, kind })) return null
  } catch (error) {
    return undecidable(error)
  }
  return {
    reason,
    sentence: `connection \`${connection}\` is not known to speak for supplier \`${supplier}\``,
  }
}

function undecidable(error: unknown) {
  return {
    reason: 'UNDECIDABLE',
    sentence: `no decision could be taken: ${failureSentence(error)}`,
  }
}

async function tellOrQuarantine(
  intake: Intake,
  draft: Draft,
  keyed: Keyed,
  { document, known, others }: NewDocument,
): Promise<DocumentAnswer> {
  const addressed = intake.address(document)
  if (addressed.length === 0) {
    const sentence = 'the document names nothing it could belong to'
    return quarantine(intake, draft, keyed, { reason: 'NOT_ADDRESSABLE', sentence, document })
  }
  // A document goes to all the aggregates it concerns or to none; what was purged is none, unless there is no other.
  const fork = forkDraft(draft)
  try {
    const told: ToldOf[] = []
    const aggregates = addressed.map(({ aggregate }) => aggregate)
    // First what the other texts say, so that a text that was overtaken before it came never counts for a moment.
    const moved = addressMoved(document, aggregates, others)
    for (const one of [...moved, ...addressed]) {
      const message = await messageOf(intake, fork, one, keyed, { document, known })
      if ('refusal' in message) {
        return quarantine(intake, draft, keyed, { ...message.refusal, document })
      }
      told.push({ ...(await tellOrLeave(intake, fork, message)), message })
    }
    const own = told.slice(moved.length)
    const sentence = refusalOf(told, own)
    if (sentence !== null) {
      return quarantine(intake, draft, keyed, { reason: 'REFUSED', sentence, document })
    }
    let answered = keyed
    for (const { outcome, message } of told) {
      if (outcome.kind !== 'refused') continue
      await letMessageDie(intake.conductor, fork, message, outcome.sentence)
      answered = withFinding(answered, partPurged(keyed, outcome.sentence))
    }
    // Only now: a quarantined document that is sent again unchanged, after a rule was mended, is no repeat.
    fork.pieces.push({ documents: [known], originals: originalOf(keyed) })
    absorbFork(draft, fork)
    return answerOf(answered, document, { told: told.filter(isThere), own: own.filter(isThere) })
  } catch (error) {
    return quarantine(intake, draft, keyed, { ...undecidable(error), document })
  }
}

/** What became of the part of a document that concerns one aggregate. */
type ToldOf = Told & { readonly message: Message }

const isThere = ({ outcome }: ToldOf): boolean => outcome.kind !== 'refused'

/**
 * Why a document cannot be used, of all that was told of it and of what was told of its own text; null where it can. What was
 * purged since is the dead letter of its own part, like a message of another aggregate, unless nothing else is addressed.
 */
function refusalOf(told: readonly ToldOf[], own: readonly ToldOf[]): string | null {
  const isPurged = ({ outcome }: ToldOf): boolean =>
    outcome.kind === 'refused' && outcome.reason === 'purged'
  const isAllPurged = own.every(isPurged)
  for (const one of told) {
    const { outcome } = one
    if (outcome.kind === 'refused' && (isAllPurged || !isPurged(one))) return outcome.sentence
  }
  return null
}

// Another process may know the lifecycle that made the state. It finds the message in the queue, and the document is
// taken in whoever it came to.
async function tellOrLeave(intake: Intake, draft: Draft, message: Message): Promise<Told> {
  try {
    return await tellAggregate(intake.conductor, draft, message)
  } catch (error) {
    if (!isNotTaken(error)) throw error
    draft.pieces.push({ queue: [message] })
    const outcome = {
      kind: 'parked',
      reason: 'lifecycle-not-known',
      sentence: error.message,
    } as const
    return { outcome, version: 0, eventIds: [] }
  }
}

async function messageOf(
  intake: Intake,
  draft: Draft,
  addressed: AddressedDocument | MovedDocument,
  keyed: Keyed,
  { document, known }: Pick<NewDocument, 'document' | 'known'>,
): Promise<Message | Extract<Gathered, { readonly refusal: unknown }>> {
  const { documentKey: key, contentHash } = known
  const text = 'text' in addressed ? addressed.text : { ...document, contentHash }
  const version = `${text.revision}:${text.contentHash.slice(0, 16)}`
  const id = `document:${key}:${version}@${aggregateText(addressed.aggregate)}`
  const { connection } = keyed.header
  const { tenant } = document
  const { receivedAt } = keyed
  const { aggregate: reference } = addressed
  // Only a contract compares what stands with what is said.
  const state =
    intake.contracts({ ...document, at: receivedAt }) === undefined
      ? null
      : (await loadInDraft(draft, { tenant, reference, messageId: id })).aggregate.state
  const gathering = { addressed, document, connection, state, receivedAt }
  const gathered = gather(intake, gathering)
  if ('refusal' in gathered) return gathered
  return {
    id,
    tenant,
    aggregate: reference,
    type: gathered.told.type,
    schemaVersion: 1,
    occurredAt: text.issuedAt,
    receivedAt,
    actor: { kind: 'connector', id: connection, roles: [] },
    causedBy: null,
    data: gathered.told.data,
  }
}

/** The text a document came as, where texts are kept. */
function originalOf({ header, receivedAt, deliveryKey, sealed }: Keyed): readonly OriginalText[] {
  if (sealed === null) return []
  const { seal, ...kept } = sealed
  const { tenant, connection } = header
  return [{ tenant, deliveryKey, connection, receivedAt, seal, kept }]
}

function answerOf(
  keyed: Keyed,
  document: TradeDocument,
  { told, own }: { readonly told: readonly ToldOf[]; readonly own: readonly ToldOf[] },
): DocumentAnswer {
  const outcomes = told.map(({ outcome }) => outcome)
  if (outcomes.length > 0 && outcomes.every(({ kind }) => kind === 'duplicate')) {
    const [first] = outcomes
    const sentence = first?.kind === 'duplicate' ? first.sentence : 'the document is known'
    return repeated(keyed, document, sentence)
  }
  const common = {
    deliveryKey: keyed.deliveryKey,
    document: answeredDocument(document),
    aggregates: own.map(({ message }) => message.aggregate),
    findings: keyed.read.findings,
  }
  // What waits where an earlier text was wrong is no news about this one.
  const parked = own.map(({ outcome }) => outcome).find(({ kind }) => kind === 'parked')
  if (parked?.kind !== 'parked') return { outcome: 'accepted', ...common }
  return { outcome: 'parked', ...common, reason: parked.reason, sentence: parked.sentence }
}

function quarantine(
  { conductor, address }: Intake,
  draft: Draft,
  keyed: Keyed,
  why: {
    readonly reason: string
    readonly sentence: string
    readonly document?: TradeDocument
  },
): DocumentAnswer {
  const { header, receivedAt, contentHash, deliveryKey, read } = keyed
  const { document } = why
  const quarantineId = `q-${hashOf([header.tenant, deliveryKey, contentHash]).slice(0, 32)}`
  const record = {
    tenant: header.tenant,
    quarantineId,
    envelope: header,
    deliveryKey,
    contentHash,
    raw: read.raw,
    findings: read.findings,
    reason: why.reason,
    sentence: why.sentence,
    receivedAt,
    ...(document !== undefined && {
      aggregates: address(document).map(({ aggregate }) => aggregate),
    }),
    state: 'quarantined' as const,
    settled: null,
  }
  draft.pieces.push(quarantinePiece(withCase(conductor, record)))
  return {
    outcome: 'quarantined',
    deliveryKey,
    document: document === undefined ? null : answeredDocument(document),
    quarantineId,
    reason: why.reason,
    sentence: why.sentence,
    findings: read.findings,
  }
}

function remember(draft: Draft, keyed: Keyed, answer: DocumentAnswer): DocumentAnswer {
  const { header, receivedAt, contentHash, deliveryKey } = keyed
  draft.pieces.push({
    deliveries: [{ tenant: header.tenant, deliveryKey, contentHash, receivedAt, answer }],
  })
  return answer
}

function repeatOf(first: DocumentAnswer): DocumentAnswer {
  return {
    outcome: 'duplicate',
    deliveryKey: first.deliveryKey,
    document: first.document,
    first: first.outcome === 'duplicate' ? first.first : first.outcome,
    quarantineId: 'quarantineId' in first ? first.quarantineId : null,
    sentence: 'the same delivery came in before',
  }
}

function repeated(keyed: Keyed, document: TradeDocument, sentence: string): DocumentAnswer {
  return {
    outcome: 'duplicate',
    deliveryKey: keyed.deliveryKey,
    document: answeredDocument(document),
    first: 'accepted',
    quarantineId: null,
    sentence,
  }
}

function answeredDocument(document: TradeDocument): AnsweredDocument {
  const { kind, documentNumber, revision, supplier } = document
  return { kind, documentNumber, revision, supplier }
}

function knownDocumentOf(document: TradeDocument, keyed: Keyed): KnownDocument {
  return {
    tenant: document.tenant,
    documentKey: knownDocumentKey(document),
    revision: document.revision,
    contentHash: contentHashOf(document),
    deliveryKey: keyed.deliveryKey,
    receivedAt: keyed.receivedAt,
    issuedAt: document.issuedAt,
  }
}

function withFinding<One extends Arrival>(arrival: One, finding: Finding): One {
  const read = { ...arrival.read, findings: [...arrival.read.findings, finding] }
  return { ...arrival, read }
}

function deliveryKeyReused({ read }: Arrival): Finding {
  const sentence = `delivery \`${read.deliveryKey}\` came in before with another content: both are kept`
  return findingOnWhole('delivery-key-reused', 'warning', sentence, read.raw)
}

function supplierMapped(
  { read }: Arrival,
  { supplier: given }: TradeDocument,
  { supplier }: TradeDocument,
): Finding {
  const sentence = `supplier \`${given}\` is \`${supplier}\` in the master: the document is taken as its own`
  return findingOnWhole('supplier-number-mapped', 'info', sentence, read.raw)
}

function partPurged({ read }: Arrival, why: string): Finding {
  return findingOnWhole(
    'document-part-purged',
    'warning',
    `${why}; that part waits as a dead letter`,
    read.raw,
  )
}

function contentConflicts({ read }: Arrival, document: TradeDocument): Finding {
  const sentence = `\`${document.kind}\` \`${document.documentNumber}\` came in before under the same revision with another content`
  return findingOnWhole('document-content-conflicts', 'warning', sentence, read.raw)
}
