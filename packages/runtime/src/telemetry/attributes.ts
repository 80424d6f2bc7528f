import { sha256Hex } from '@counterfoil/core'
import type { Attributes } from '@opentelemetry/api'
import type { WorkFacts } from '../watch/telemetry.ts'

/**
 * The names of all attributes there are. Those of messaging follow OpenTelemetry's conventions, which may still change:
 * here is the one place.
 */
export const attributeNames = {
  tenant: 'wf.tenant.id',
  connection: 'wf.connection',
  destination: 'messaging.destination.name',
  documentKind: 'wf.document.kind',
  messageType: 'wf.message.type',
  intentKind: 'wf.intent.kind',
  outcome: 'wf.outcome',
  reason: 'wf.reason',
  error: 'error.type',
  attempt: 'wf.attempt',
  question: 'wf.rules.question',
  ruleSet: 'wf.rules.version',
  from: 'wf.transition.from',
  to: 'wf.transition.to',
  auditEntries: 'wf.audit.entries',
  order: 'messaging.message.conversation_id',
  supplier: 'wf.supplier.id',
  messageId: 'messaging.message.id',
  decisionId: 'wf.decision.id',
} as const satisfies Record<keyof WorkFacts, string>

// What partners wrote, which may be anything: an order number, or somebody's name.
const disguised: ReadonlySet<string> = new Set<keyof WorkFacts>([
  'order',
  'supplier',
  'messageId',
  'decisionId',
])

/**
 * How an identifier of a partner appears in telemetry: the first 16 hex digits of its sha-256. Whoever knows an order's
 * key finds its spans by it, and nobody reads a name out of one.
 */
export function telemetryId(identifier: string): string {
  return sha256Hex(identifier).slice(0, 16)
}

const names: ReadonlyMap<string, string> = new Map(Object.entries(attributeNames))

/** Facts as attributes: those of the list, identifiers disguised, and texts that are no codes left out. */
export function attributesOf(facts: {
  readonly [Fact in keyof WorkFacts]: WorkFacts[Fact] | undefined
}): Attributes {
  const attributes: Attributes = {}
  for (const [fact, value] of Object.entries(facts)) {
    const name = names.get(fact)
    const told = toldOf(fact, value)
    if (name !== undefined && told !== undefined) attributes[name] = told
  }
  return attributes
}

function toldOf(fact: string, value: unknown): string | number | undefined {
  if (typeof value === 'number') return value
  if (typeof value !== 'string' || value === '') return undefined
  if (disguised.has(fact)) return telemetryId(value)
  // `price-variance`, `DEAD_LETTER`, `canonical-matching@1.2.0`: no blanks, no letters of names with accents, no essays.
  return /^[A-Za-z0-9][A-Za-z0-9._/@:-]{0,99}$/.test(value) ? value : undefined
}
