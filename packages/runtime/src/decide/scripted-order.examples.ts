import {
  type AddressedDocument,
  type AggregateKind,
  type AggregateState,
  CalendarDate,
  chainAudit,
  type Decision,
  type DecisionContext,
  type DomainEvent,
  hashOf,
  Intent,
  type MachineStamp,
  type Message,
  type MessageData,
  type Policy,
  PolicyReference,
  type PolicySource,
  Route,
  splitKey,
  systemActor,
  type TradeDocument,
  type TradeDocumentInput,
} from '@counterfoil/core'
import * as z from 'zod'
import type { ConductedAggregate } from '../runtime.ts'

/**
 * What a scripted aggregate is told to do. It says a word; `needs` a word said before, else it is parked; `refuse` (or
 * `refuseUnless` a word was said) and `fail` refuse the message and break the decision; `intents` are what it asks for.
 */
export const Script = z.strictObject({
  word: z.string(),
  needs: z.string().optional(),
  refuse: z.boolean().optional(),
  refuseUnless: z.string().optional(),
  fail: z.boolean().optional(),
  /** Derived events after the message itself. */
  derived: z.int().nonnegative().optional(),
  intents: z.array(Intent).optional(),
})
export type Script = z.input<typeof Script>

/** The words an aggregate was told, in the order in which it took them. */
export type ScriptedState = AggregateState & {
  readonly words: readonly string[]
}

/** Data of a message that scripts what happens. */
export function script(given: Script): MessageData {
  return z.record(z.string(), z.json()).parse(JSON.parse(JSON.stringify(given)))
}

/**
 * An aggregate that does what its messages say, for tests of the runtime around it. `credulous` takes a word again that
 * it knows, so that what the runtime lets through twice shows.
 */
export function scriptedAggregate(
  kind: AggregateKind,
  { credulous = false }: { readonly credulous?: boolean } = {},
): ConductedAggregate {
  return {
    kind,
    machine: scriptedMachine,
    replay: replayScripted,
    decide: (state, message, context) =>
      decide(asScripted(state, message), message, { ...context, credulous }),
    scopeOf: (_state, message) => ({
      scope: { tenant: message.tenant, businessUnit: splitKey(message.aggregate.key)[1] ?? '' },
      businessDate: CalendarDate.parse(message.occurredAt.slice(0, 10)),
    }),
    rowsOf: (state) => [
      {
        view: kind,
        id: state.key,
        buyerOrganisation: splitKey(state.key)[1] ?? '',
        supplier: null,
        state: `said-${state.sequence}`,
        open: true,
        ownerRole: null,
        openedAt: null,
        dueAt: null,
        body: { words: asWords(state) },
      },
    ],
    answerOf: (intent, answer) =>
      intent.kind === 'write-back'
        ? { type: 'test.said', data: script({ word: `${intent.record} ${answer.kind}` }) }
        : null,
  }
}

/** What scripted states are made with. */
export const scriptedMachine: MachineStamp = { name: 'scripted', version: 1, shape: 'words' }

function replayScripted(key: string, events: readonly DomainEvent[]): ScriptedState {
  const words = events.flatMap(({ id, data }) =>
    id.endsWith('#0') ? [Script.parse(data).word] : [],
  )
  return { key, sequence: events.length, auditHead: null, machine: scriptedMachine, words }
}

/** Scripted aggregates of every kind. */
export const scriptedAggregates: readonly ConductedAggregate[] = [
  scriptedAggregate('order'),
  scriptedAggregate('shipment'),
  scriptedAggregate('invoice'),
  scriptedAggregate('agreement'),
]

/** The words of a stored scripted state. */
export function asWords(state: AggregateState | null): readonly string[] {
  return z.object({ words: z.array(z.string()) }).parse(state ?? { words: [] }).words
}

function asScripted(state: AggregateState | null, message: Message): ScriptedState {
  return state === null
    ? {
        key: message.aggregate.key,
        sequence: 0,
        auditHead: null,
        machine: scriptedMachine,
        words: [],
      }
    : { ...state, words: asWords(state) }
}

function decide(
  state: ScriptedState,
  message: Message,
  { now, credulous }: DecisionContext & { readonly credulous: boolean },
): Decision<AggregateState | null> {
  const said = Script.parse(message.data)
  const stored = state.sequence === 0 ? null : state
  const unchanged = { state: stored, events: [], intents: [], audit: [] }
  if (said.fail === true) throw new Error(`cannot decide about ${said.word}`)
  const isRefused = said.refuseUnless !== undefined && !state.words.includes(said.refuseUnless)
  if (said.refuse === true || isRefused) {
    const outcome = { kind: 'refused', reason: 'no', sentence: `${said.word} is refused` } as const
    return { outcome, ...unchanged }
  }
  if (said.needs !== undefined && !state.words.includes(said.needs)) {
    const sentence = `${said.word} waits for ${said.needs}`
    return { outcome: { kind: 'parked', reason: 'too-early', sentence }, ...unchanged }
  }
  if (state.words.includes(said.word) && !credulous) {
    return { outcome: { kind: 'duplicate', sentence: `${said.word} was said` }, ...unchanged }
  }
  const count = 1 + (said.derived ?? 0)
  const events = Array.from({ length: count }, (_, index) => ({
    ...message,
    ...(index === 0 ? {} : { type: 'word.derived', actor: systemActor, causedBy: message.id }),
    id: `${message.id}#${index}`,
    sequence: state.sequence + index + 1,
  }))
  const audit = chainAudit(
    [
      {
        at: message.receivedAt,
        actor: message.actor,
        object: message.aggregate.key,
        event: message.type,
        eventId: `${message.id}#0`,
        from: state.words.at(-1) ?? null,
        to: said.word,
        reason: now,
        policy: [],
        inputHash: hashOf(message.data),
      },
    ],
    {
      aggregate: `${message.aggregate.kind}:${message.aggregate.key}`,
      sequence: state.words.length,
      previousHash: state.auditHead,
    },
  )
  const after: ScriptedState = {
    ...state,
    sequence: state.sequence + count,
    auditHead: audit.at(-1)?.hash ?? null,
    words: [...state.words, said.word],
  }
  return {
    outcome: { kind: 'applied' },
    state: after,
    events,
    intents: said.intents ?? [],
    audit,
  }
}

/** A milestone of a shipment that carries a script in its notes. */
export function scriptedMilestone({
  number,
  revision = 0,
  order = '4711',
  tenant = 'acme',
  ...said
}: Script & {
  readonly number: string
  readonly revision?: number
  readonly order?: string
  readonly tenant?: string
}): TradeDocumentInput {
  return {
    kind: 'milestone',
    tenant,
    buyerOrganisation: '0001',
    supplier: 'S100',
    documentNumber: number,
    revision,
    issuedAt: '2026-11-25T08:00:00Z',
    notes: [JSON.stringify(said), order],
    shipNoticeNumber: 'ASN-1',
    code: 'departed',
    timeMeaning: 'actual',
    at: '2026-11-25T08:00:00Z',
  }
}

/** Tells every order a scripted milestone names (separated by blanks) what is in its script. */
export function addressScripted(document: TradeDocument): readonly AddressedDocument[] {
  const [text = '{}', orders = ''] = document.notes ?? []
  return orders
    .split(' ')
    .filter((order) => order !== '')
    .map((order) => ({
      aggregate: anOrder(order, document.tenant),
      type: 'test.said',
      data: script(Script.parse(JSON.parse(text))),
    }))
}

/** The reference of an order of buyer 0001. */
export function anOrder(number: string, tenant = 'acme') {
  return { kind: 'order', key: `${tenant}/0001/${number}` } as const
}

/** A policy that routes every case to integration, due in four hours, and is asked nothing else here. */
export const scriptedPolicies: PolicySource = { pick: () => routingOnly }

const reference = PolicyReference.parse({ ruleSet: 'test', version: '1.0.0', hash: 'a'.repeat(64) })

const routingOnly: Policy = {
  references: [reference],
  matching: notAsked,
  tolerance: notAsked,
  timing: notAsked,
  approval: notAsked,
  conduct: notAsked,
  routing: () => ({
    value: Route.parse({
      ownerRole: 'integration-desk',
      alsoRoles: [],
      dueBusinessHours: 4,
      escalation: [],
      priority: 'high',
      blocksMatching: false,
      pausesForSupplier: false,
    }),
    decision: { reference, firedRules: ['technical'], because: ['technical'], facts: {} },
  }),
}

function notAsked(): never {
  throw new Error('scripted aggregates do not ask this')
}
