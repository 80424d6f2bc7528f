import { describe, expect, it } from 'vitest'
import { decimal } from '../decimal/decimal.ts'
import { anInvoice } from '../invoice/invoice.examples.ts'
import type { Decision } from '../message/decision.ts'
import type { Message } from '../message/message.ts'
import { aPolicy } from '../policy/policy.examples.ts'
import { invoiceAggregateWith } from './decide-invoice.ts'
import {
  aClerk,
  aConnector,
  aMatcher,
  anInvoiceMessage,
  anOrderMatchView,
} from './invoice-lifecycle.examples.ts'
import { invoiceStatus } from './invoice-regions.ts'
import type { InvoiceState } from './invoice-state.ts'
import type { MatchInvoice } from './match-attempt.ts'

const invoice = anInvoice()
const key = 'acme/0001/S100/INV-1/standard'
const context = { policy: aPolicy(), now: '2026-12-01T09:00:00Z' }

function tell(
  matcher: MatchInvoice,
  messages: readonly Message[],
): { state: InvoiceState; decisions: Decision<InvoiceState | null>[] } {
  const aggregate = invoiceAggregateWith(matcher)
  const decisions: Decision<InvoiceState | null>[] = []
  let state: InvoiceState | null = null
  for (const message of messages) {
    const decision = aggregate.decide(state, message, { ...context, now: message.receivedAt })
    decisions.push(decision)
    state = decision.state
  }
  if (state === null) throw new Error('no invoice came of it')
  return { state, decisions }
}

const received = anInvoiceMessage(
  invoice,
  'invoice.received',
  { document: invoice },
  { by: aConnector },
)
const lookedUp = anInvoiceMessage(invoice, 'register.looked-up', {
  lookUpId: `${key}/1`,
  entries: [],
})
const answered = anInvoiceMessage(invoice, 'allocation.answered', {
  invoiceKey: key,
  attempt: 1,
  orderNumber: '4711',
  view: anOrderMatchView(),
})

describe('invoice', () => {
  it('is received, asks its order and the register, and is released when everything agrees', () => {
    const { state, decisions } = tell(aMatcher({}), [received, lookedUp, answered])
    expect(decisions[0]?.intents.map((intent) => intent.kind)).toEqual([
      'register-invoice',
      'look-up-register',
      'tell',
      'arm-timer',
      'arm-timer',
      'arm-timer',
    ])
    expect(decisions[2]?.events.map((event) => event.type)).toEqual([
      'allocation.answered',
      'invoice.matched',
      'invoice.released',
      'wait.ended',
      'wait.started',
    ])
    expect(invoiceStatus(state.facts)).toBe('released')
    expect(state.regions).toMatchObject({ matching: 'matched', payment: 'released' })
  })

  it('names its tenant in its match, its holds, its approvals and its disputes', () => {
    const held = aMatcher({ held: [{ code: 'PRICE', line: '1' }] })
    const { state } = tell(held, [received, lookedUp, answered])
    expect(state.facts.holds).toMatchObject([{ tenant: 'acme', code: 'PRICE' }])
    const exceptionId = state.facts.cases[0]?.exceptionId
    const said = { exceptionId, claim: null, text: 'the price is wrong' }
    const disputed = anInvoiceMessage(invoice, 'invoice.disputed', said, { by: aClerk })
    const talk = tell(held, [received, lookedUp, answered, disputed])
    expect(talk.state.facts.disputes).toMatchObject([{ tenant: 'acme', exceptionId }])
    const routed = aMatcher({ decision: 'route-approval' })
    const asked = tell(routed, [received, lookedUp, answered])
    expect(asked.state.facts.approvals).toMatchObject([{ tenant: 'acme', state: 'requested' }])
  })

  it('that bills more than is owed is reduced, and paid as far as it is owed', () => {
    const less = { decision: 'reduce', payableAmount: decimal('95.00') } as const
    const { state } = tell(aMatcher(less), [received, lookedUp, answered])
    expect(state.regions).toMatchObject({ reduction: 'reduced', payment: 'released' })
    expect(state.facts.released).toMatchObject({ payable: { amount: '95.00' } })
    const whole = tell(aMatcher({}), [received, lookedUp, answered])
    expect(whole.state.regions).toMatchObject({ reduction: 'whole' })
  })

  it('goes on from a state that was stored before reductions were a region of their own', () => {
    const less = { decision: 'reduce', payableAmount: decimal('95.00') } as const
    const { state } = tell(aMatcher(less), [received, lookedUp])
    const { reduction: _, ...regions } = state.regions as Record<string, string>
    const aggregate = invoiceAggregateWith(aMatcher(less))
    const decision = aggregate.decide({ ...state, regions }, answered, context)
    expect(decision.state?.regions).toMatchObject({ reduction: 'reduced' })
  })

  it('that was withdrawn asks a person about a text that comes under its number afterwards', () => {
    const said = { by: aClerk, at: '2026-12-02T09:00:00Z' }
    const withdrawn = anInvoiceMessage(
      invoice,
      'invoice.cancelled',
      { reason: 'wrong price' },
      said,
    )
    const lateText = (revision: number, at: string) => {
      const document = anInvoice({ revision, notes: [`text ${revision}`] })
      return anInvoiceMessage(document, 'invoice.received', { document }, { by: aConnector, at })
    }
    const before = [received, lookedUp, answered]
    const { state } = tell(aMatcher({}), [
      ...before,
      withdrawn,
      lateText(1, '2026-12-03T09:00:00Z'),
    ])
    expect(invoiceStatus(state.facts)).toBe('cancelled')
    expect(state.facts.cases).toMatchObject([{ code: 'CONFLICTING_DOCUMENT', state: 'detected' }])
    const known = tell(aMatcher({}), [received, lateText(1, '2026-12-01T10:00:00Z'), withdrawn])
    expect(known.state.facts.cases).toEqual([])
  })
})
