import { describe, expect, it } from 'vitest'
import { anInvoice } from '../invoice/invoice.examples.ts'
import type { Actor } from '../message/actor.ts'
import type { Message } from '../message/message.ts'
import { aPolicy } from '../policy/policy.examples.ts'
import type { SupplierStanding } from '../trading-partner/trading-partner.ts'
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

const invoice = anInvoice()
const key = 'acme/0001/S100/INV-1/standard'
const blocked: SupplierStanding = { status: 'blocked', holds: [] }
const paymentHeld: SupplierStanding = { status: 'on-hold', holds: ['payment'] }
const postingHeld: SupplierStanding = { status: 'on-hold', holds: ['posting'] }
const orderHeld: SupplierStanding = { status: 'on-hold', holds: ['order'] }
const active: SupplierStanding = { status: 'active', holds: [] }
const treasurer: Actor = { kind: 'user', id: 'tom', roles: ['treasury'] }

function received(supplier?: SupplierStanding, by = aConnector, document = invoice): Message {
  return anInvoiceMessage(document, 'invoice.received', { document, supplier }, { by })
}

function changed(supplier: SupplierStanding, day: number, by = aConnector): Message {
  const at = `2026-12-0${day}T09:00:00Z`
  return anInvoiceMessage(invoice, 'supplier.changed', { supplier }, { at, by })
}

const matched = [
  anInvoiceMessage(invoice, 'register.looked-up', { lookUpId: `${key}/1`, entries: [] }),
  anInvoiceMessage(invoice, 'allocation.answered', {
    invoiceKey: key,
    attempt: 1,
    orderNumber: '4711',
    view: anOrderMatchView(),
  }),
]

function tell(messages: readonly Message[], before: InvoiceState | null = null) {
  const aggregate = invoiceAggregateWith(aMatcher({}))
  let state = before
  let outcome = null
  for (const message of messages) {
    const context = { policy: aPolicy(), now: message.receivedAt }
    const decision = aggregate.decide(state, message, context)
    state = decision.state
    outcome = decision.outcome
  }
  if (state === null) throw new Error('no invoice came of it')
  return { state, facts: state.facts, outcome }
}

function released(state: InvoiceState, by: Actor, day = 2) {
  const [hold] = state.facts.holds.toReversed()
  const data = { holdId: hold?.holdId, code: 'ACCEPTED', reason: 'paid to a lawyer' }
  const at = `2026-12-0${day}T10:00:00Z`
  return tell([anInvoiceMessage(invoice, 'hold.released', data, { by, at })], state)
}

describe('an invoice of a blocked supplier', () => {
  it.each([
    ['is blocked', blocked, 'payment'],
    ['is on hold for payment', paymentHeld, 'payment'],
    ['is on hold for posting', postingHeld, 'posting'],
  ] as const)('that %s is held with a case, however well it agrees', (what, standing, blocks) => {
    const { facts } = tell([received(standing), ...matched])
    const sentence = `supplier \`S100\` ${what} in the master of suppliers`
    expect(facts.holds).toMatchObject([
      {
        code: 'BLOCKED_SUPPLIER',
        blocks,
        reason: sentence,
        exceptionId: facts.cases[0]?.exceptionId,
      },
    ])
    expect(facts.cases).toMatchObject([{ code: 'BLOCKED_SUPPLIER', sentence, state: 'detected' }])
    expect(facts.cases[0]?.dueAt).not.toBe('')
    expect(facts.released).toBeNull()
    expect(invoiceStatus(facts)).toBe('on-hold')
  })

  it.each([
    ['nothing is known of its supplier', undefined],
    ['its supplier is in good standing', active],
    ['only new orders are stopped', orderHeld],
  ] as const)('is none, and is paid, where %s', (_, standing) => {
    const { facts } = tell([received(standing), ...matched])
    expect(facts.holds).toEqual([])
    expect(invoiceStatus(facts)).toBe('released')
  })

  it('that gives money back is not held', () => {
    const credit = anInvoice({ invoiceType: 'credit' })
    expect(tell([received(blocked, aConnector, credit)]).facts.holds).toEqual([])
  })

  it('is paid once the master lets the supplier go', () => {
    const { facts } = tell([received(blocked), ...matched, changed(active, 2)])
    expect(facts.holds).toMatchObject([{ state: 'released', released: { by: 'counterfoil' } }])
    expect(facts.cases).toMatchObject([{ state: 'auto-resolved' }])
    expect(invoiceStatus(facts)).toBe('released')
  })

  it('takes its release back when the supplier is blocked before it is paid', () => {
    const { facts } = tell([received(active), ...matched, changed(paymentHeld, 2)])
    expect(facts.released).toBeNull()
    expect(invoiceStatus(facts)).toBe('on-hold')
  })

  it('is held no more once it is paid', () => {
    const cleared = { paymentReference: 'P1', paidOn: '2026-12-02', amount: '124.00' }
    const paid = anInvoiceMessage(invoice, 'payment.cleared', cleared)
    const { facts } = tell([received(active), ...matched, paid, changed(blocked, 3)])
    expect(facts.holds).toEqual([])
  })

  it('goes by what was looked up last, in whichever order the news come', () => {
    const news = [changed(blocked, 3), changed(active, 4)]
    const inTurn = tell([received(active), ...matched, ...news])
    const otherwise = tell([received(active), ...matched, ...news.toReversed()])
    expect(inTurn.facts.supplier?.standing).toEqual(otherwise.facts.supplier?.standing)
    expect(invoiceStatus(otherwise.facts)).toBe('released')
  })
})

describe('the release of an invoice of a blocked supplier', () => {
  it('is for a person who did not enter it, and no supplier and no machine', () => {
    const { state } = tell([received(blocked, aClerk), ...matched])
    const refusal = (by: Actor) => {
      const { outcome } = released(state, by)
      return outcome?.kind === 'refused' ? outcome.reason : outcome?.kind
    }
    expect(refusal({ kind: 'supplier-user', id: 'sue', roles: [] })).toBe('not-a-buyer')
    expect(refusal({ kind: 'ai', id: 'model', roles: [] })).toBe('not-a-person')
    expect(refusal(aConnector)).toBe('not-a-person')
    expect(refusal(aClerk)).toBe('same-person')
    expect(refusal(treasurer)).toBe('applied')
  })

  it('holds for this blocking, and not for the next', () => {
    const { state } = tell([received(blocked), ...matched])
    const let1 = released(state, treasurer)
    expect(invoiceStatus(let1.facts)).toBe('released')
    const again = tell([changed(blocked, 3)], let1.state)
    expect(invoiceStatus(again.facts)).toBe('released')
    const noted = { ...blocked, holds: ['order' as const], bankAccounts: ['DE02'] }
    const otherwise = tell([changed(noted, 4)], again.state)
    expect(invoiceStatus(otherwise.facts)).toBe('released')
    const next = tell([changed(active, 4), changed(blocked, 5)], again.state)
    expect(next.facts.holds.map(({ state: held }) => held)).toEqual(['released', 'placed'])
    expect(next.facts.cases.map(({ state: open }) => open)).toEqual(['auto-resolved', 'detected'])
    const let2 = released(next.state, treasurer, 6)
    expect(invoiceStatus(let2.facts)).toBe('released')
  })

  it('comes with the case that is settled by accepting it', () => {
    const { state } = tell([received(blocked), ...matched])
    const [opened] = state.facts.cases
    const data = { exceptionId: opened?.exceptionId, code: 'accept' }
    const said = anInvoiceMessage(invoice, 'case.resolved', data, { by: treasurer })
    expect(invoiceStatus(tell([said], state).facts)).toBe('released')
  })
})

describe('an invoice to be paid to another account', () => {
  const known: SupplierStanding = { ...active, bankAccounts: ['DE02 1203 0000 0000 2020 51'] }
  const asking = (account: string, revision = 0) =>
    anInvoice({ remitToAccounts: [account], revision })
  const other = asking('DE02 5001 0517 0137 0750 30')

  it('is held with a case for treasury to ask by a way known before', () => {
    const { facts } = tell([received(known, aConnector, other), ...matched])
    expect(facts.holds).toMatchObject([
      { code: 'BANK_CHANGE', scope: 'invoice', blocks: 'payment' },
    ])
    expect(facts.cases).toMatchObject([
      {
        code: 'BANK_CHANGE',
        sentence:
          'the invoice asks to be paid to account `…5030`, which the master does not have for supplier `S100`: ask the supplier by a number known before',
      },
    ])
    expect(facts.released).toBeNull()
  })

  it.each([
    ['it is written with other blanks', known, asking('de02120300000000202051')],
    ['the invoice names none', known, invoice],
    ['the master keeps none', active, other],
  ])('is none where %s', (_, standing, document) => {
    const { facts } = tell([received(standing, aConnector, document), ...matched])
    expect(facts.holds).toEqual([])
  })

  it('is held for each account the master does not have, beside one it has', () => {
    const several = anInvoice({
      remitToAccounts: [...(known.bankAccounts ?? []), 'GB1', 'GB2', 'gb 1'],
    })
    const { facts } = tell([received(known, aConnector, several)])
    expect(facts.holds.map(({ code }) => code)).toEqual(['BANK_CHANGE', 'BANK_CHANGE'])
  })

  it('is any account where the master has none of the supplier', () => {
    const { facts } = tell([received({ ...active, bankAccounts: [] }, aConnector, other)])
    expect(facts.holds).toMatchObject([{ code: 'BANK_CHANGE' }])
  })

  it('is paid once the master has the account, or a person lets this one pass and no other', () => {
    const { state } = tell([received(known, aConnector, other), ...matched])
    const entered = { ...active, bankAccounts: other.remitToAccounts }
    const mended = tell([changed(entered, 2)], state)
    expect(mended.facts.holds).toMatchObject([{ state: 'released' }])
    expect(invoiceStatus(mended.facts)).toBe('released')
    const passed = released(state, treasurer)
    expect(invoiceStatus(passed.facts)).toBe('released')
    const third = anInvoiceMessage(
      invoice,
      'invoice.received',
      { document: asking('GB33 BUKB 2020 1555 5555 55', 1) },
      { by: aConnector, at: '2026-12-03T09:00:00Z' },
    )
    const corrected = tell([third], passed.state)
    expect(corrected.facts.holds.map(({ state: held }) => held)).toEqual(['released', 'placed'])
  })
})

describe('news of how a supplier stands', () => {
  it('come from the buyer, and not from who entered the invoice', () => {
    const { state } = tell([received(blocked, aClerk), ...matched])
    const supplier: Actor = { kind: 'supplier-user', id: 'sue', roles: [] }
    for (const [by, reason] of [
      [supplier, 'not-a-buyer'],
      [{ ...supplier, kind: 'ai' }, 'not-a-buyer'],
      [aClerk, 'same-person'],
    ] as const) {
      const { outcome, facts } = tell([changed(active, 2, by)], state)
      expect(outcome).toMatchObject({ kind: 'refused', reason })
      expect(invoiceStatus(facts)).toBe('on-hold')
    }
  })

  it('wait for the invoice they are about', () => {
    const decision = invoiceAggregateWith(aMatcher({})).decide(null, changed(blocked, 2), {
      policy: aPolicy(),
      now: '2026-12-02T09:00:00Z',
    })
    expect(decision.outcome).toMatchObject({ kind: 'parked', reason: 'invoice-not-received' })
  })
})
