import {
  type AggregateReference,
  type AggregateState,
  CounterfoilError,
  type Decision,
  type DomainEvent,
  type Instant,
  type Intent,
  type Message,
  type OutwardIntent,
  splitKey,
  systemActor,
} from '@counterfoil/core'
import { isSameAggregate } from '../store/aggregate-text.ts'
import type { Timer } from '../store/stored-records.ts'
import { intentKey } from './derived-id.ts'
import { type Draft, type DraftedAggregate, type DraftedPiece, putInDraft } from './draft.ts'
import { unpark } from './parked-message.ts'

/** Schema version of messages between aggregates of this release. */
const messageSchemaVersion = 1

/** An applied decision, with the state it led to. */
export type AppliedDecision = Omit<Decision<AggregateState | null>, 'state'> & {
  readonly state: AggregateState
}

/** Writes an applied decision into the draft: state, events, audit, and what its intents ask for. */
export function stageDecision(
  draft: Draft,
  {
    before,
    message,
    decision,
    now,
  }: {
    readonly before: DraftedAggregate
    readonly message: Message
    readonly decision: AppliedDecision
    readonly now: Instant
  },
): DraftedAggregate {
  const told = firstEvent(before, message, decision)
  const unparked = unpark(before, message.id)
  const after: DraftedAggregate = {
    ...unparked,
    state: decision.state,
    timers: timersAfter(unparked, told, decision),
    known: new Map(before.known).set(message.id, 'applied'),
  }
  putInDraft(draft, after)
  draft.pieces.push({
    events: decision.events.map((event, index) => ({
      event,
      messageId: index === 0 ? message.id : null,
    })),
    audit: decision.audit.map((entry) => ({
      tenant: before.tenant,
      reference: before.reference,
      entry,
    })),
    settled: [{ message, outcome: { kind: 'applied' }, at: now }],
  })
  for (const [ordinal, intent] of decision.intents.entries()) {
    draft.pieces.push(stageIntent(intent, { key: intentKey(told.id, ordinal), told, now }))
  }
  return after
}

/** The message as the event it became. A state stored against what a decision promises could not be replayed. */
function firstEvent(
  before: DraftedAggregate,
  message: Message,
  decision: AppliedDecision,
): DomainEvent {
  const first = decision.events[0]
  const versionBefore = before.state?.sequence ?? 0
  const isNumbered = decision.events.every(
    (event, index) => event.sequence === versionBefore + index + 1,
  )
  const isCounted = decision.state.sequence === versionBefore + decision.events.length
  if (first?.type === message.type && isNumbered && isCounted) return first
  throw new CounterfoilError(
    'INVARIANT_BROKEN',
    `the decision about \`${message.id}\` does not number its events on from \`${versionBefore}\`, or does not begin with the message`,
    { details: { messageId: message.id, versionBefore, version: decision.state.sequence } },
  )
}

function timersAfter(
  before: DraftedAggregate,
  told: DomainEvent,
  decision: AppliedDecision,
): ReadonlyMap<string, Timer> {
  const timers = new Map(before.timers)
  for (const intent of decision.intents) {
    if (intent.kind === 'cancel-timer') timers.delete(intent.timerId)
    if (intent.kind !== 'arm-timer') continue
    timers.set(intent.timerId, {
      tenant: before.tenant,
      aggregate: before.reference,
      timerId: intent.timerId,
      armedVersion: decision.state.sequence,
      dueAt: intent.dueAt,
      type: intent.type,
      data: intent.data,
      causedBy: told.id,
    })
  }
  return timers
}

/** What an intent is carried out with: its key, the event it follows from, and the time. */
type IntentOrigin = {
  readonly key: string
  readonly told: DomainEvent
  readonly now: Instant
}

function stageIntent(intent: Intent, origin: IntentOrigin): DraftedPiece {
  const { key, told, now } = origin
  switch (intent.kind) {
    case 'arm-timer':
    case 'cancel-timer':
      return {}
    case 'tell':
      return {
        queue: [tellMessage(intent, origin)],
        links: isSameAggregate(intent.to, told.aggregate)
          ? []
          : [{ tenant: told.tenant, from: told.aggregate, to: intent.to }],
      }
    case 'look-up-register':
      // The question waits in the queue and is answered when its turn comes: by then every invoice entered before it
      // is in the register, also one that another process took in at the same moment.
      return {
        queue: [
          tellMessage(
            { to: intent.replyTo, type: registerQuestion, data: questionData(intent) },
            origin,
          ),
        ],
      }
    case 'register-invoice':
      return {
        register: [
          {
            tenant: sameTenant(told, intent.tenant),
            buyerOrganisation: intent.buyerOrganisation,
            invoiceKey: intent.invoiceKey,
            invoice: intent.entry,
          },
        ],
      }
    case 'notify':
    case 'send-supplier-notice':
    case 'send-document':
    case 'write-back':
      return {
        effects: [
          {
            tenant: told.tenant,
            key,
            aggregate: told.aggregate,
            destination: destinationOf(intent),
            intent,
            decidedAt: now,
          },
        ],
      }
  }
}

/** Type of a queued message that is a question to the register. It becomes the answer before its aggregate sees it. */
export const registerQuestion = 'register.asked'

/** The data of a register question: the intent's own fields. */
function questionData({
  kind: _kind,
  replyTo: _replyTo,
  ...question
}: Extract<Intent, { readonly kind: 'look-up-register' }>): Message['data'] {
  return question
}

function tellMessage(
  intent: {
    readonly to: AggregateReference
    readonly type: string
    readonly data: Message['data']
  },
  { key, told, now }: IntentOrigin,
): Message {
  sameTenant(told, splitKey(intent.to.key)[0])
  return {
    id: key,
    tenant: told.tenant,
    aggregate: intent.to,
    type: intent.type,
    schemaVersion: messageSchemaVersion,
    occurredAt: told.occurredAt,
    receivedAt: now,
    actor: systemActor,
    causedBy: told.id,
    data: intent.data,
  }
}

// A decision of one tenant that reaches another would be the worst thing this program could do.
function sameTenant(told: DomainEvent, tenant: string | undefined): string {
  if (tenant === told.tenant) return tenant
  throw new CounterfoilError(
    'INVARIANT_BROKEN',
    `event \`${told.id}\` of tenant \`${told.tenant}\` would reach tenant \`${tenant ?? ''}\``,
  )
}

/** Where an intent goes: effects of one aggregate reach one destination in the order of their decisions. */
function destinationOf(intent: OutwardIntent): string {
  switch (intent.kind) {
    case 'notify':
      return 'people'
    case 'send-supplier-notice':
      return 'supplier'
    case 'send-document':
      return intent.to
    case 'write-back':
      return intent.system
  }
}
