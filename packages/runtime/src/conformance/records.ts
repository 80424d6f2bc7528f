import {
  type AggregateReference,
  type AggregateState,
  type AuditEntry,
  CalendarDate,
  chainAudit,
  decimal,
  type DomainEvent,
  hashOf,
  instant,
  type Message,
  openCase,
  BusinessCalendar,
  PolicyReference,
  Route,
  systemActor,
  TenantId,
} from '@counterfoil/core'
import type { DeadLetter } from '../dispatch/dead-letter.ts'
import type { QuarantinedDocument } from '../receive/quarantine.ts'
import type { AggregateChange } from '../store/commit.ts'
import type {
  AnsweredCommand,
  AnsweredDelivery,
  ChainOwner,
  Effect,
  KnownDocument,
  NewEvent,
  ParkedMessage,
  RegisterEntry,
  SettledMessage,
  StoredAuditEntry,
  Timer,
  ViewRow,
} from '../store/stored-records.ts'

/** The tenant of every record that names none. */
export const tenant = 'acme'
/** When everything happens that says no other time. */
export const noon = instant('2026-11-25T12:00:00Z')

/** An order of that number. */
export function order(number: string, owner = tenant): AggregateReference {
  return { kind: 'order', key: `${owner}/0001/${number}` }
}

/** The stored state of an aggregate at a version. */
export function stateOf(reference: AggregateReference, version: number): AggregateState {
  const machine = { name: 'conformance', version: 1 }
  return { key: reference.key, sequence: version, auditHead: null, machine }
}

/** A change of an aggregate from one version to another. */
export function change(
  reference: AggregateReference,
  [versionBefore, version]: readonly [number, number],
  owner = tenant,
): AggregateChange {
  return { tenant: owner, reference, versionBefore, state: stateOf(reference, version) }
}

/** A message to an order. */
export function message(
  id: string,
  { to = order('1'), owner = tenant, text = '' }: MessageDetails = {},
): Message {
  return {
    id,
    tenant: TenantId.parse(owner),
    aggregate: to,
    type: 'test.said',
    schemaVersion: 1,
    occurredAt: noon,
    receivedAt: noon,
    actor: systemActor,
    causedBy: null,
    data: { text },
  }
}
type MessageDetails = {
  readonly to?: AggregateReference
  readonly owner?: string
  readonly text?: string
}

/** The event a message became. */
export function event(sequence: number, of: Message): NewEvent {
  return { event: { ...of, id: `${of.id}#0`, sequence }, messageId: of.id }
}

/** The stored events of new ones. */
export function eventsOf(added: readonly NewEvent[]): readonly DomainEvent[] {
  return added.map((one) => one.event)
}

/** A message parked since noon. */
export function parked(of: Message, reason = 'too-early'): SettledMessage {
  return { message: of, outcome: { kind: 'parked', reason, sentence: 'waits' }, at: noon }
}

/** What a store gives back of a message parked since noon. */
export function parkedMessage(of: Message, reason = 'too-early'): ParkedMessage {
  return { message: of, reason, sentence: 'waits', parkedAt: noon }
}

/** A message with another outcome. */
export function settled(of: Message, kind: 'applied' | 'duplicate' | 'dead'): SettledMessage {
  return { message: of, outcome: { kind }, at: noon }
}

/** Audit entries of an aggregate's chain, one for each event id. */
export function chain(
  reference: ChainOwner,
  eventIds: readonly string[],
  owner = tenant,
): readonly StoredAuditEntry[] {
  const records = eventIds.map((eventId) => ({
    at: noon,
    actor: systemActor,
    object: reference.key,
    event: 'test.said',
    eventId,
    from: null,
    to: 'said',
    reason: null,
    policy: [],
    inputHash: hashOf(eventId),
  }))
  const aggregate = `${reference.kind}:${reference.key}`
  return chainAudit(records, { aggregate, sequence: 0, previousHash: null }).map((entry) => ({
    tenant: owner,
    reference,
    entry,
  }))
}

/** The entries of stored ones. */
export function entriesOf(stored: readonly StoredAuditEntry[]): readonly AuditEntry[] {
  return stored.map(({ entry }) => entry)
}

/** Something for people, to be carried out. */
export function effect(
  key: string,
  given: Partial<Pick<Effect, 'aggregate' | 'destination' | 'tenant' | 'decidedAt'>> = {},
): Effect {
  return {
    tenant,
    key,
    aggregate: order('1'),
    destination: 'people',
    intent: { kind: 'notify', role: 'buyer', topic: 'test', subject: key, sentence: 'look' },
    decidedAt: noon,
    ...given,
  }
}

/** A timer of order 1, armed at version 1. */
export function timer(timerId: string, dueAt: string, given: Partial<Timer> = {}): Timer {
  return {
    tenant,
    aggregate: order('1'),
    timerId,
    armedVersion: 1,
    dueAt: instant(dueAt),
    type: 'test.said',
    data: { text: timerId },
    causedBy: 'e1',
    ...given,
  }
}

/** A row of the exceptions queue. */
export function row(id: string, given: Partial<ViewRow> = {}): ViewRow {
  return {
    view: 'exception',
    id,
    buyerOrganisation: '0001',
    supplier: 'S100',
    state: 'detected',
    open: true,
    ownerRole: 'buyer',
    openedAt: null,
    dueAt: null,
    body: { id },
    ...given,
  }
}

/** A delivery that was accepted. */
export function delivery(deliveryKey: string, owner = tenant): AnsweredDelivery {
  return {
    tenant: owner,
    deliveryKey,
    contentHash: hashOf(deliveryKey),
    receivedAt: noon,
    answer: {
      outcome: 'accepted',
      deliveryKey,
      document: { kind: 'receipt', documentNumber: 'R1', revision: 0, supplier: 'S100' },
      aggregates: [order('1')],
      findings: [],
    },
  }
}

/** A document that was taken in. */
export function document(
  documentKey: string,
  { revision = 0, content = 'one', owner = tenant } = {},
): KnownDocument {
  return {
    tenant: owner,
    documentKey,
    revision,
    contentHash: hashOf(content),
    deliveryKey: content,
    receivedAt: noon,
  }
}

/** A command that was answered. */
export function command(idempotencyKey: string, owner = tenant): AnsweredCommand {
  return {
    tenant: owner,
    idempotencyKey,
    contentHash: hashOf(idempotencyKey),
    at: noon,
    answer: { outcome: 'applied', version: 1, eventIds: ['e1'], documents: [] },
  }
}

/** An invoice in the register. */
export function registered(
  invoiceNumber: string,
  given: {
    readonly date?: string
    readonly total?: string | null
    readonly key?: string
  } & Partial<Pick<RegisterEntry, 'tenant' | 'buyerOrganisation'>> = {},
): RegisterEntry {
  const { date = '2026-11-20', total = '100.00', key = invoiceNumber, ...owner } = given
  return {
    tenant,
    buyerOrganisation: '0001',
    invoiceKey: key,
    ...owner,
    invoice: {
      supplier: 'S100',
      supplierName: null,
      invoiceNumber,
      invoiceType: 'standard',
      invoiceDate: CalendarDate.parse(date),
      totalAmount: total === null ? null : decimal(total),
      currency: 'EUR',
      cancelled: false,
    },
  }
}

/** A document that could not be read. */
export function quarantined(
  quarantineId: string,
  given: Partial<QuarantinedDocument> = {},
): QuarantinedDocument {
  return {
    tenant,
    quarantineId,
    envelope: { tenant, buyerOrganisation: '0001', connection: 'mail', timeZone: 'UTC' },
    deliveryKey: quarantineId,
    contentHash: hashOf(quarantineId),
    raw: quarantineId,
    findings: [],
    reason: 'UNREADABLE',
    sentence: 'cannot be read',
    receivedAt: noon,
    state: 'quarantined',
    settled: null,
    ...given,
  }
}

/** An effect nobody took. */
export function deadLetter(deadLetterId: string, given: Partial<DeadLetter> = {}): DeadLetter {
  return {
    tenant,
    deadLetterId,
    content: { kind: 'effect', effect: effect(deadLetterId) },
    at: noon,
    attempts: 3,
    sentence: 'no answer',
    state: 'waiting',
    exception: deadLetterCase(deadLetterId),
    settled: null,
    ...given,
  }
}

function deadLetterCase(exceptionId: string) {
  const reference = PolicyReference.parse({ ruleSet: 'test', version: '1.0.0', hash: hashOf('') })
  return openCase({
    exceptionId,
    code: 'DEAD_LETTER',
    subject: { aggregate: 'order', key: order('1').key },
    openedAt: noon,
    calendar: BusinessCalendar.parse({
      id: 'always',
      timeZone: 'UTC',
      workingDays: [1, 2, 3, 4, 5],
      opens: '08:00',
      closes: '17:00',
      holidays: [],
    }),
    discrepancy: null,
    sentence: 'no answer',
    route: {
      value: Route.parse({
        ownerRole: 'integration',
        alsoRoles: [],
        dueBusinessHours: 4,
        escalation: [],
        priority: 'high',
        blocksMatching: false,
        pausesForSupplier: false,
      }),
      decision: { reference, firedRules: [], because: [], facts: {} },
    },
    exposure: null,
  })
}
