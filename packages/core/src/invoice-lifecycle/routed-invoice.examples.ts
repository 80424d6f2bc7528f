import type { ApprovalRequirement } from '../approval/approval-requirement.ts'
import type { ExceptionCode } from '../exception/exception.ts'
import { anInvoice } from '../invoice/invoice.examples.ts'
import type { Intent } from '../message/intent.ts'
import type { DomainEvent, Message } from '../message/message.ts'
import { aPolicy, aPolicyReference } from '../policy/policy.examples.ts'
import type { Policy, PolicyFacts } from '../policy/policy.ts'
import { invoiceAggregateWith } from './decide-invoice.ts'
import {
  aConnector,
  aMatchResult,
  anInvoiceMessage,
  anOrderMatchView,
} from './invoice-lifecycle.examples.ts'
import type { InvoiceState } from './invoice-state.ts'
import type { MatchInvoice } from './match-attempt.ts'

/** An invoice over 124.00 EUR whose match is routed for approval. */
export const routedInvoice = anInvoice({ totalAmount: '124.00' })
/** Its key. */
export const routedKey = 'acme/0001/S100/INV-1/standard'
const received = anInvoiceMessage(
  routedInvoice,
  'invoice.received',
  { document: routedInvoice },
  { by: aConnector },
)
/** What the register and the order answer to an attempt. */
export const answersTo = (attempt: number): readonly Message[] => [
  anInvoiceMessage(
    routedInvoice,
    'register.looked-up',
    { lookUpId: `${routedKey}/${attempt}`, entries: [] },
    { id: `looked-up/${attempt}` },
  ),
  anInvoiceMessage(
    routedInvoice,
    'allocation.answered',
    { invoiceKey: routedKey, attempt, orderNumber: '4711', view: anOrderMatchView() },
    { id: `answered/${attempt}` },
  ),
]
/** Other rules are in force. */
export const ruleChanged = anInvoiceMessage(routedInvoice, 'policy.changed', { references: [] })

/** A match that routes a difference of each of these codes for approval. */
export const routing =
  (...codes: readonly ExceptionCode[]): MatchInvoice =>
  (request) => {
    const held = codes.map((exceptionCode) => ({ code: 'PRICE', line: '1', exceptionCode }))
    const { checks, exceptions, ...rest } = aMatchResult(request, { held })
    return {
      ...rest,
      decision: 'route-approval',
      holds: [],
      checks: checks.map((check) => ({ ...check, effect: 'route-approval' as const })),
      exceptions: exceptions.map((one) => ({ ...one, holdText: null })),
    }
  }

/** A policy whose approval rules answer; null where no rule was written for the code. */
export function ruledBy(
  rule: (code: unknown, facts: PolicyFacts) => ApprovalRequirement | null,
): Policy {
  const policy = aPolicy()
  return {
    ...policy,
    approval: (facts) => {
      const { exceptionCode } = facts['approval'] as { readonly exceptionCode: unknown }
      const value = rule(exceptionCode, facts)
      if (value === null) return policy.approval(facts)
      const name = `approval-${value.outcome}`
      const because = [`the matrix says ${value.outcome}`]
      return {
        value,
        decision: { reference: aPolicyReference, firedRules: [name], because, facts: {} },
      }
    },
  }
}

/** An approval in steps, one role each, in eight hours; of two persons where there are two. */
export const needed = (...roles: readonly string[]): ApprovalRequirement => ({
  outcome: 'needed',
  fourEyes: roles.length > 1,
  steps: roles.map((role) => ({
    roles: [role],
    mode: 'any',
    dueBusinessHours: 8,
    escalateToRole: null,
  })),
})

/** Tells the invoice, its answers and what else is given; or only that, from a state. */
export function tellRouted(
  policy: Policy,
  {
    match = routing('PRICE_OVER'),
    messages = [] as readonly Message[],
    from = null as InvoiceState | null,
  } = {},
): {
  readonly state: InvoiceState
  readonly intents: readonly Intent[]
  readonly events: readonly DomainEvent[]
} {
  const aggregate = invoiceAggregateWith(match)
  const intents: Intent[] = []
  const events: DomainEvent[] = []
  let state = from
  for (const message of from === null ? [received, ...answersTo(1), ...messages] : messages) {
    const decision = aggregate.decide(state, message, { policy, now: message.receivedAt })
    intents.push(...decision.intents)
    events.push(...decision.events)
    state = decision.state
  }
  if (state === null) throw new Error('no invoice came of it')
  return { state, intents, events }
}
