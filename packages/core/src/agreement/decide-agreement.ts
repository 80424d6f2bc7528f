import { beginLifecycle, moveLifecycle } from '../lifecycle/move-lifecycle.ts'
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
import type { AgreementFact } from './agreement-events.ts'
import { askAgreementAuthority } from './ask-agreement-authority.ts'
import { agreementIntents } from './agreement-intents.ts'
import { agreementLifecycle } from './agreement-lifecycle.machine.ts'
import { type AgreementMessage, agreementMessages } from './agreement-messages.ts'
import { agreementStatus } from './agreement-standing.ts'
import { type AgreementFacts, type AgreementState, unknownAgreement } from './agreement-state.ts'
import { checkAgreementMessage } from './check-agreement-message.ts'
import { deriveAgreementDecision } from './derive-agreement-decision.ts'

/** The lifecycles that new states are made with: of the agreement and its cases. */
export const agreementMachine: MachineStamp = {
  name: 'agreement',
  version: 2,
  shape: '49ddfc4c521f5412dc4df02e418101da08e1b3b7cc505dfb6389cc43e1b9c365',
}

/** What an agreement is told, and its state: its new state, events, intents and audit entries. Pure. */
export function decideAgreement(
  state: AgreementState | null,
  message: Message,
  context: DecisionContext,
): Decision<AgreementState | null> {
  const read = readMessage<AgreementMessage>(message, {
    aggregate: 'an agreement',
    schemas: agreementMessages,
  })
  if (read.kind !== 'read') return unchanged(state, read)
  const waiting = beforeTheAgreement(state, read.message)
  if (waiting !== null) return unchanged(state, waiting)
  const current = state ?? newAgreementState(message.aggregate.key)
  const answer = checkAgreementMessage(current, message, read.message)
  if (answer !== null) return unchanged(state, answer)
  const decision = conductDecision(conducting, current, message, context)
  const messageIds = [...current.messageIds, message.id]
  return { ...decision, state: { ...decision.state, messageIds } }
}

/** The agreement aggregate: what an agreement is told in, its new state, events, intents and audit entries out. */
export const agreementAggregate: Aggregate<AgreementState> = {
  kind: 'agreement',
  machine: agreementMachine,
  decide: decideAgreement,
  replay: replayAgreement,
  askAuthority: askAgreementAuthority,
  outstanding: (state, tenant, context) => outstandingDecisions(conducting, state, tenant, context),
}

/** Adds one stored event to the state of an agreement; a fold over all its events gives its state again. */
export function recordAgreementEvent(state: AgreementState, event: DomainEvent): AgreementState {
  const position = { value: state.regions, context: state.facts }
  const moved = moveLifecycle<typeof agreementLifecycle, AgreementFacts>(
    agreementLifecycle,
    position,
    agreementFactOf(event),
  )
  return { ...state, sequence: event.sequence, regions: moved.value, facts: moved.context }
}

/** The state of an agreement from its stored events alone. */
function replayAgreement(key: string, events: readonly DomainEvent[]): AgreementState {
  const state = events.reduce(recordAgreementEvent, newAgreementState(key))
  return { ...state, messageIds: messageIdsIn(events) }
}

/** The state of an agreement nothing is known of. */
export function newAgreementState(key: string): AgreementState {
  const { value, context } = beginLifecycle(agreementLifecycle, unknownAgreement(key))
  return {
    key,
    sequence: 0,
    auditHead: null,
    machine: agreementMachine,
    regions: value,
    facts: context,
    messageIds: [],
  }
}

const conducting: Conducting<AgreementState> = {
  kind: 'agreement',
  record: recordAgreementEvent,
  derive: ({ facts }, context, { recordId }) => {
    const decision = deriveAgreementDecision({ facts, context, recordId })
    return decision === null ? null : { ...decision, data: messageData(decision.data) }
  },
  intentsOf: ({ before, after, event }) =>
    agreementIntents({ before, after, fact: agreementFactOf(event) }),
  statusOf: (state) => (state.sequence === 0 ? null : agreementStatus(state.facts)),
}

/** The agreement and its releases may come in any order; everything else answers something the agreement said. */
function beforeTheAgreement(state: AgreementState | null, { type }: AgreementMessage) {
  if (state !== null || firstTypes.has(type)) return null
  return {
    kind: 'parked',
    reason: 'agreement-not-received',
    sentence: `\`${type}\` waits for the agreement`,
  } as const
}

const firstTypes: ReadonlySet<AgreementMessage['type']> = new Set<AgreementMessage['type']>([
  'agreement.issued',
  'release.counted',
])

/** A stored event as the fact it adds. Events are stored after they were checked, so they are not checked again. */
function agreementFactOf(event: DomainEvent): AgreementFact {
  const { id, type, data, receivedAt, actor, authority } = event
  const said = { type, data, id, at: receivedAt, by: actor }
  return (authority === undefined ? said : { ...said, authority }) as unknown as AgreementFact
}
