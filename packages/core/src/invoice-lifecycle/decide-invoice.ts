import { beginLifecycle, moveLifecycle } from '../lifecycle/move-lifecycle.ts'
import { matchInvoice } from '../match/match-invoice.ts'
import {
  conductDecision,
  type Conducting,
  messageIdsIn,
  outstandingDecisions,
  unchanged,
} from '../message/conduct-decision.ts'
import type { Aggregate, Decision, DecisionContext, MachineStamp } from '../message/decision.ts'
import { type DomainEvent, type Message, messageData } from '../message/message.ts'
import { readMessage } from '../message/read-message.ts'
import { askInvoiceAuthority } from './ask-invoice-authority.ts'
import { checkInvoiceMessage } from './check-invoice-message.ts'
import { deriveInvoiceDecision } from './derive-invoice-decision.ts'
import type { InvoiceFact } from './invoice-fact.ts'
import { invoiceIntents } from './invoice-intents.ts'
import { invoiceLifecycle } from './invoice-lifecycle.machine.ts'
import { type InvoiceMessage, invoiceMessages } from './invoice-messages.ts'
import { invoiceStatus } from './invoice-regions.ts'
import { unknownInvoice, type InvoiceFacts, type InvoiceState } from './invoice-state.ts'
import type { MatchInvoice } from './match-attempt.ts'

/** The lifecycles that new states are made with: of the invoice, its holds, approvals, disputes and cases. */
export const invoiceMachine: MachineStamp = {
  name: 'invoice-lifecycle',
  version: 3,
  shape: '7c545c2dd0effafd8d1b8e26238acebd7f4ac7003c76df8cf2e7154be9a4e774',
}

/**
 * The invoice aggregate with another matcher: `decide` takes what an invoice is told and gives its new state, events,
 * intents and audit entries. For hosts that put a matcher of their own in place.
 */
export function invoiceAggregateWith(matcher: MatchInvoice): Aggregate<InvoiceState> {
  const conducting = conductingWith(matcher)
  return {
    kind: 'invoice',
    machine: invoiceMachine,
    replay: replayInvoice,
    askAuthority: askInvoiceAuthority,
    outstanding: (state, tenant, context) =>
      outstandingDecisions(conducting, state, tenant, context),
    decide: (state, message, context) => decideWith(conducting, state, message, context),
  }
}

/** The invoice aggregate: what an invoice is told in, its new state, events, intents and audit entries out. */
export const invoiceAggregate: Aggregate<InvoiceState> = invoiceAggregateWith(matchInvoice)

/** Adds one stored event to the state of an invoice; a fold over all its events gives its state again. */
export function recordInvoiceEvent(state: InvoiceState, event: DomainEvent): InvoiceState {
  const fact = invoiceFactOf(event)
  const position = { value: state.regions, context: state.facts }
  const moved = moveLifecycle<typeof invoiceLifecycle, InvoiceFacts>(
    invoiceLifecycle,
    position,
    fact,
  )
  return { ...state, sequence: event.sequence, regions: moved.value, facts: moved.context }
}

/** The state of an invoice from its stored events alone. */
function replayInvoice(key: string, events: readonly DomainEvent[]): InvoiceState {
  const state = events.reduce(recordInvoiceEvent, newInvoiceState(key))
  return { ...state, messageIds: messageIdsIn(events) }
}

/** The state of an invoice nothing is known of. */
export function newInvoiceState(key: string): InvoiceState {
  const { value, context } = beginLifecycle(invoiceLifecycle, unknownInvoice(key))
  return {
    key,
    sequence: 0,
    auditHead: null,
    machine: invoiceMachine,
    regions: value,
    facts: context,
    messageIds: [],
  }
}

function decideWith(
  conducting: Conducting<InvoiceState>,
  state: InvoiceState | null,
  message: Message,
  context: DecisionContext,
): Decision<InvoiceState | null> {
  const read = readMessage<InvoiceMessage>(message, {
    aggregate: 'an invoice',
    schemas: invoiceMessages,
  })
  if (read.kind !== 'read') return unchanged(state, read)
  if (state === null && read.message.type !== 'invoice.received') {
    return unchanged(state, {
      kind: 'parked',
      reason: 'invoice-not-received',
      sentence: `\`${message.type}\` waits for the invoice itself`,
    })
  }
  const current = state ?? newInvoiceState(message.aggregate.key)
  const answer = checkInvoiceMessage(current, message, read.message, context.policy)
  if (answer !== null) return unchanged(state, answer)
  const decision = conductDecision(conducting, current, message, context)
  const messageIds = [...current.messageIds, message.id]
  return { ...decision, state: { ...decision.state, messageIds } }
}

function conductingWith(matcher: MatchInvoice): Conducting<InvoiceState> {
  return {
    kind: 'invoice',
    record: recordInvoiceEvent,
    derive: (state, context, { recordId, told }) => {
      const { facts } = state
      const fact = told === null ? null : invoiceFactOf(told)
      const decision = deriveInvoiceDecision({
        facts,
        context,
        matchInvoice: matcher,
        recordId,
        told: fact,
      })
      return decision === null ? null : { ...decision, data: messageData(decision.data) }
    },
    intentsOf: ({ before, after, event }) =>
      invoiceIntents({ before: before.facts, after: after.facts, fact: invoiceFactOf(event) }),
    statusOf: (state) => (state.sequence === 0 ? null : invoiceStatus(state.facts)),
  }
}

/** A stored event as the fact it adds. Events are stored after they were checked, so they are not checked again. */
function invoiceFactOf(event: DomainEvent): InvoiceFact {
  const { id, type, data, occurredAt, receivedAt, actor, authority } = event
  const times = { at: receivedAt, occurredAt }
  const acting = authority === undefined ? { by: actor } : { by: actor, authority }
  return { type, data, id, ...times, ...acting } as unknown as InvoiceFact
}
