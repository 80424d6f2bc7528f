import { describe, expect, it } from 'vitest'
import type { ApprovalRequirement } from '../approval/approval-requirement.ts'
import { anInvoice } from '../invoice/invoice.examples.ts'
import type { Actor } from '../message/actor.ts'
import type { DomainEvent } from '../message/message.ts'
import { isOpenCase } from '../exception/open-case.ts'
import { money } from '../money/money.ts'
import { askInvoiceAuthority } from './ask-invoice-authority.ts'
import { invoiceAggregate } from './decide-invoice.ts'
import { aMatchResult, anInvoiceMessage, anOrderMatchView } from './invoice-lifecycle.examples.ts'
import { invoiceStatus } from './invoice-regions.ts'
import type { InvoiceState } from './invoice-state.ts'
import type { MatchInvoice } from './match-attempt.ts'
import {
  answersTo,
  needed,
  routedInvoice,
  routedKey,
  ruleChanged,
  routing,
  ruledBy,
  tellRouted,
} from './routed-invoice.examples.ts'

const person = (id: string, ...roles: readonly string[]): Actor => ({
  kind: 'user',
  id,
  roles: [...roles],
})
const heidi = person('heidi', 'head-of-purchasing')
const carl = person('carl', 'controller')
const fiona = person('fiona', 'finance-director')
const bert = person('bert', 'buyer')

/** Head of purchasing first, eight hours, then the finance director is called; then the controller. */
const matrix: ApprovalRequirement = {
  outcome: 'needed',
  fourEyes: true,
  steps: [
    {
      roles: ['head-of-purchasing'],
      mode: 'any',
      dueBusinessHours: 8,
      escalateToRole: 'finance-director',
    },
    { roles: ['controller'], mode: 'any', dueBusinessHours: 4, escalateToRole: null },
  ],
}
const policy = ruledBy(() => matrix)

/** The invoice, asked for on Tuesday 1 December at 09:00. */
const asked = (requirement: ApprovalRequirement = matrix) => {
  const first = tellRouted(ruledBy(() => requirement))
  return { ...first, approvalId: first.state.facts.approvals[0]?.approvalId ?? '' }
}

function say(
  from: InvoiceState,
  type: string,
  data: object,
  told: { readonly by?: Actor; readonly at?: string } = {},
  rules = policy,
) {
  const { at = '2026-12-01T10:00:00Z', by } = told
  const message = anInvoiceMessage(routedInvoice, type, data, {
    at,
    ...(by !== undefined && { by }),
    id: `${type}/${by?.id ?? ''}/${at}`,
  })
  const before = from.sequence
  const told_ = tellRouted(rules, { messages: [message], from })
  const refusal = told_.state.sequence === before ? refusalOf(from, message, rules) : null
  return { ...told_, refusal, types: told_.events.map((event: DomainEvent) => event.type) }
}

function refusalOf(
  from: InvoiceState,
  message: ReturnType<typeof anInvoiceMessage>,
  rules: typeof policy,
) {
  const { outcome } = invoiceAggregate.decide(from, message, {
    policy: rules,
    now: message.receivedAt,
  })
  return outcome.kind === 'refused' ? outcome.reason : outcome.kind
}

/** One line's quantity is held, another's price is routed for approval. */
const routedBesideHold: MatchInvoice = (request) => {
  const held = [
    { code: 'QTY_ORD', line: '1', exceptionCode: 'QTY_OVER_ORDERED' as const },
    { code: 'PRICE', line: '1', exceptionCode: 'PRICE_OVER' as const },
  ]
  const { checks, exceptions, holds, ...rest } = aMatchResult(request, { held })
  const isPrice = (one: { readonly code: string }) => one.code.startsWith('PRICE')
  return {
    ...rest,
    decision: 'hold',
    holds: holds.filter((one) => !isPrice(one)),
    checks: checks.map((one) =>
      one.exceptionCode === 'PRICE_OVER' ? { ...one, effect: 'route-approval' as const } : one,
    ),
    exceptions: exceptions.map((one) => (isPrice(one) ? { ...one, holdText: null } : one)),
  }
}

/** The quantity alone is held. */
const onlyHeld: MatchInvoice = (request) =>
  aMatchResult(request, {
    held: [{ code: 'QTY_ORD', line: '1', exceptionCode: 'QTY_OVER_ORDERED' }],
  })

describe('the approval of an invoice', () => {
  it('asks a host about whoever hands it to another role, and keeps them from giving it (R-30, INV-15)', () => {
    const { state, approvalId } = asked()
    const rerouted = { approvalId, toRole: 'finance-director', reason: 'heidi is away' }
    const message = anInvoiceMessage(routedInvoice, 'approval.rerouted', rerouted, { by: fiona })
    expect(askInvoiceAuthority(state, message)).toMatchObject({
      action: 'approval.rerouted',
      decisionType: 'accept-variance',
      exposure: { amount: '124.00', currency: 'EUR' },
      asRoles: null,
    })
    const upTo = { asRole: 'finance-director', limit: money('123.99', 'EUR'), because: '' }
    const { outcome } = invoiceAggregate.decide(
      state,
      { ...message, authority: upTo },
      { policy, now: message.receivedAt },
    )
    expect(outcome).toMatchObject({ kind: 'refused', reason: 'limit-exceeded' })
    const moved = say(state, 'approval.rerouted', rerouted, { by: fiona })
    expect(say(moved.state, 'invoice.approved', { approvalId }, { by: fiona }).refusal).toBe(
      'same-person',
    )
    const frank = person('frank', 'finance-director')
    const given = say(moved.state, 'invoice.approved', { approvalId }, { by: frank })
    expect(given.types).toContain('approval.asked')
    const events = [...asked().events, ...moved.events, ...given.events]
    expect(invoiceAggregate.replay(routedKey, events)).toEqual({ ...given.state, auditHead: null })
  })

  it('runs its steps in turn; the last yes releases the invoice, and replay gives the same (R-30)', () => {
    const { state, approvalId, intents } = asked()
    expect(intents.filter(({ kind }) => kind === 'notify')).toContainEqual(
      expect.objectContaining({ role: 'head-of-purchasing', topic: 'approval-requested' }),
    )
    const first = say(state, 'invoice.approved', { approvalId, reason: 'agreed' }, { by: heidi })
    expect(first.types).toEqual(['invoice.approved', 'approval.asked', 'wait.started'])
    // Tuesday 10:00 and four working hours.
    expect(first.state.facts.approvals).toMatchObject([
      {
        state: 'requested',
        approverRole: 'controller',
        progress: { step: 2, dueAt: '2026-12-01T14:00:00Z' },
      },
    ])
    expect(first.intents).toContainEqual(
      expect.objectContaining({ role: 'controller', topic: 'approval-requested' }),
    )
    expect(invoiceStatus(first.state.facts)).toBe('awaiting-approval')
    const second = say(first.state, 'invoice.approved', { approvalId }, { by: carl })
    expect(second.state.facts.approvals).toMatchObject([{ state: 'approved', decidedBy: 'carl' }])
    expect(second.types).toContain('invoice.released')
    const events = [...asked().events, ...first.events, ...second.events]
    expect(invoiceAggregate.replay(routedKey, events)).toEqual({ ...second.state, auditHead: null })
  })

  it('settles the case of the difference it was asked for (R-31, INV-14)', () => {
    const { state, approvalId } = asked()
    expect(state.facts.cases.filter(isOpenCase)).toMatchObject([{ code: 'PRICE_OVER' }])
    const first = say(state, 'invoice.approved', { approvalId }, { by: heidi })
    expect(first.state.facts.cases.filter(isOpenCase)).toHaveLength(1)
    const second = say(first.state, 'invoice.approved', { approvalId }, { by: carl })
    expect(second.types).toContain('case.cured')
    expect(second.state.facts.cases).toMatchObject([{ code: 'PRICE_OVER', state: 'auto-resolved' }])
  })

  it('is asked for beside a hold, and letting the hold go does not stand for it (R-30, R-41)', () => {
    const { state, events } = tellRouted(
      ruledBy(() => needed('controller')),
      { match: routedBesideHold },
    )
    const [approval] = state.facts.approvals
    const [hold] = state.facts.holds
    expect(approval).toMatchObject({ state: 'requested', approverRole: 'controller' })
    expect(invoiceStatus(state.facts)).toBe('on-hold')
    const released = {
      holdId: hold?.holdId ?? '',
      code: 'accept-variance',
      reason: 'counted again',
    }
    const letGo = tellRouted(
      ruledBy(() => needed('controller')),
      {
        match: routedBesideHold,
        messages: [anInvoiceMessage(routedInvoice, 'hold.released', released, { by: bert })],
        from: state,
      },
    )
    expect(letGo.state.facts.holds).toMatchObject([{ state: 'released' }])
    expect(invoiceStatus(letGo.state.facts)).toBe('awaiting-approval')
    expect(letGo.intents).not.toContainEqual(expect.objectContaining({ type: 'invoice-release' }))
    const given = say(
      letGo.state,
      'invoice.approved',
      { approvalId: approval?.approvalId ?? '' },
      { by: carl },
    )
    expect(given.types).toContain('invoice.released')
    const told = [...events, ...letGo.events, ...given.events]
    expect(invoiceAggregate.replay(routedKey, told)).toEqual({ ...given.state, auditHead: null })
  })

  describe('beside a hold', () => {
    const released = (state: InvoiceState) =>
      anInvoiceMessage(
        routedInvoice,
        'hold.released',
        {
          holdId: state.facts.holds.find(({ state: is }) => is === 'placed')?.holdId ?? '',
          code: 'accept-variance',
          reason: 'counted again',
        },
        { by: bert, id: `released/${state.sequence}` },
      )
    const held = (requirement: ApprovalRequirement = needed('controller')) => {
      const rules = ruledBy(() => requirement)
      const { state } = tellRouted(rules, { match: routedBesideHold })
      return tellRouted(rules, {
        match: routedBesideHold,
        messages: [released(state)],
        from: state,
      })
    }

    it('is not paid where nobody may approve it (R-30)', () => {
      const { state, events } = held({ outcome: 'refused' })
      expect(events.map(({ type }) => type)).toContain('hold.released')
      expect(invoiceStatus(state.facts)).toBe('awaiting-approval')
      expect(state.facts.match?.asksBesideHolds).toBe(true)
    })

    it('is not paid by asking again for what was given back (R-30)', () => {
      const { state } = held()
      const approvalId = state.facts.approvals[0]?.approvalId ?? ''
      const back = say(
        state,
        'approval.returned',
        { approvalId, reason: 'which price list?' },
        { by: carl },
      )
      expect(back.refusal).toBeNull()
      const anew = say(
        back.state,
        'approval.renewed',
        { approvalId, reason: 'that of October' },
        { by: bert, at: '2026-12-01T11:00:00Z' },
      )
      expect(anew.refusal).toBeNull()
      expect(anew.types).not.toContain('invoice.released')
      expect(invoiceStatus(anew.state.facts)).toBe('awaiting-approval')
    })

    it('is asked for when a later match routes a difference, though all that was held was let go (R-30)', () => {
      const rules = ruledBy(() => needed('controller'))
      const first = tellRouted(rules, { match: onlyHeld })
      const letGo = tellRouted(rules, {
        match: onlyHeld,
        messages: [released(first.state)],
        from: first.state,
      })
      expect(letGo.events.map(({ type }) => type)).toContain('invoice.released')
      const again = tellRouted(rules, {
        match: routedBesideHold,
        messages: [ruleChanged, ...answersTo(2)],
        from: letGo.state,
      })
      expect(again.state.facts.approvals).toMatchObject([{ state: 'requested' }])
      expect(invoiceStatus(again.state.facts)).toBe('awaiting-approval')
    })
  })

  it('settles no case of a difference that was not routed, though it is of the same code (R-31)', () => {
    const match: MatchInvoice = (request) => {
      const held = ['1', '2'].map((line) => ({ code: 'PRICE', line }))
      const { checks, exceptions, ...rest } = aMatchResult(request, { held })
      return {
        ...rest,
        decision: 'route-approval',
        holds: [],
        checks: checks.map((check) => ({
          ...check,
          effect: check.invoiceLineNumber === '1' ? ('route-approval' as const) : ('warn' as const),
        })),
        exceptions: exceptions.map((one) => ({ ...one, holdText: null })),
      }
    }
    const rules = ruledBy(() => needed('controller'))
    const { state } = tellRouted(rules, { match })
    const approvalId = state.facts.approvals[0]?.approvalId ?? ''
    const given = say(state, 'invoice.approved', { approvalId }, { by: carl }, rules)
    expect(given.types).toContain('invoice.released')
    expect(given.state.facts.cases.filter(isOpenCase)).toMatchObject([
      { code: 'PRICE_OVER', subject: { line: '2' } },
    ])
  })

  it('leaves a case open whose money was asked back (R-117)', () => {
    const rules = ruledBy(() => needed('controller'))
    const { state } = tellRouted(rules)
    const approvalId = state.facts.approvals[0]?.approvalId ?? ''
    const exceptionId = state.facts.cases[0]?.exceptionId ?? ''
    const back = say(
      state,
      'case.resolved',
      { exceptionId, code: 'credit-request', amount: money('4.00', 'EUR'), note: 'ask it back' },
      { by: bert },
      rules,
    )
    expect(back.refusal).toBeNull()
    const given = say(back.state, 'invoice.approved', { approvalId }, { by: carl }, rules)
    expect(given.types).toContain('invoice.released')
    expect(given.types).not.toContain('remedy.ended')
    expect(given.types).not.toContain('case.cured')
    expect(given.state.facts.cases.filter(isOpenCase)).toHaveLength(1)
  })

  it('falls when a later match routes a difference it was not asked for (R-30, INV-15)', () => {
    const rules = ruledBy(() => needed('controller'))
    const first = tellRouted(rules)
    const approvalId = first.state.facts.approvals[0]?.approvalId ?? ''
    const given = say(first.state, 'invoice.approved', { approvalId }, { by: carl }, rules)
    expect(given.types).toContain('invoice.released')
    const again = tellRouted(rules, {
      match: routing('PRICE_OVER', 'QTY_OVER_ORDERED'),
      messages: [ruleChanged, ...answersTo(2)],
      from: given.state,
    })
    expect(again.state.facts.approvals).toMatchObject([
      { approvalId, state: 'superseded' },
      { state: 'requested' },
    ])
    expect(invoiceStatus(again.state.facts)).toBe('awaiting-approval')
  })

  it('is due on the hours of the buyer, calls who comes next, and opens a case when they do not come either (R-31)', () => {
    const { state, approvalId } = asked()
    const timerId = `${routedKey}/approval/${approvalId}`
    // Tuesday 9:00 to 17:00 are the eight hours.
    expect(state.facts.waits[timerId]).toEqual({
      type: 'approval.overdue',
      dueAt: '2026-12-01T17:00:00Z',
      over: false,
    })
    const rang = say(state, 'approval.overdue', { timerId }, { at: '2026-12-01T17:00:00Z' })
    expect(rang.types).toEqual(['approval.overdue', 'approval.escalated', 'wait.started'])
    expect(rang.state.facts.approvals).toMatchObject([
      {
        state: 'escalated',
        progress: { step: 1, escalatedTo: ['finance-director'], dueAt: '2026-12-02T16:00:00Z' },
      },
    ])
    expect(rang.intents).toContainEqual(
      expect.objectContaining({
        role: 'finance-director',
        topic: 'approval-escalated',
        sentence:
          'an invoice of 124.00 EUR: head-of-purchasing did not decide by 2026-12-01T17:00:00Z, so finance-director may',
      }),
    )
    expect(say(state, 'invoice.approved', { approvalId }, { by: fiona }).refusal).toBe(
      'role-not-asked',
    )
    const decided = say(rang.state, 'invoice.approved', { approvalId }, { by: fiona })
    expect(decided.state.facts.approvals).toMatchObject([
      { progress: { step: 2, escalatedTo: [] } },
    ])
    const again = say(rang.state, 'approval.overdue', { timerId }, { at: '2026-12-02T16:00:00Z' })
    expect(again.state.facts.approvals).toMatchObject([{ state: 'escalated' }])
    expect(again.state.facts.cases.filter(isOpenCase).map(({ sentence }) => sentence)).toContain(
      'it waits for an approval that nobody gave',
    )
  })

  it('keeps the rules it was asked under, whatever they say later (R-41)', () => {
    const { state, approvalId } = asked()
    const laxer = ruledBy(() => ({ outcome: 'not-needed' }))
    const first = say(state, 'invoice.approved', { approvalId }, { by: heidi }, laxer)
    expect(first.state.facts.approvals).toMatchObject([
      { state: 'requested', requirement: matrix, progress: { step: 2 } },
    ])
    expect(first.state.facts.approvals[0]?.policy).toEqual(state.facts.approvals[0]?.policy)
  })

  it('goes back to whoever asked, with the reason, and is asked for again by a person, who then may not decide', () => {
    const { state, approvalId } = asked()
    const returned = say(
      state,
      'approval.returned',
      { approvalId, reason: 'which contract?' },
      { by: heidi },
    )
    expect(returned.state.facts.approvals).toMatchObject([
      { state: 'returned', reason: 'which contract?' },
    ])
    const openCases = returned.state.facts.cases.filter(isOpenCase).map(({ sentence }) => sentence)
    expect(openCases).toContain(
      '`heidi` gave its approval back: which contract?; ask for approval again, or send the invoice back',
    )
    expect(say(state, 'approval.renewed', { approvalId, reason: 'x' }, { by: bert }).refusal).toBe(
      'not-to-ask-again',
    )
    const again = say(
      returned.state,
      'approval.renewed',
      { approvalId, reason: 'contract 7 of 2026' },
      { by: bert, at: '2026-12-01T11:00:00Z' },
    )
    expect(again.state.facts.approvals).toMatchObject([
      { state: 'superseded' },
      {
        state: 'requested',
        requestedBy: 'bert',
        progress: { step: 1, dueAt: '2026-12-02T10:00:00Z' },
      },
    ])
    expect(again.types).toContain('case.cured')
    const renewed = again.state.facts.approvals[1]?.approvalId
    const asHead = person('bert', 'head-of-purchasing')
    expect(
      say(again.state, 'invoice.approved', { approvalId: renewed }, { by: asHead }).refusal,
    ).toBe('same-person')
    expect(
      say(again.state, 'approval.recalled', { approvalId: renewed, reason: 'x' }, { by: heidi })
        .refusal,
    ).toBe('not-requester')
    const recalled = say(
      again.state,
      'approval.recalled',
      { approvalId: renewed, reason: 'a credit comes' },
      { by: bert },
    )
    expect(recalled.state.facts.approvals[1]).toMatchObject({
      state: 'recalled',
      decidedBy: 'bert',
    })
    expect(invoiceStatus(recalled.state.facts)).toBe('awaiting-approval')
  })

  it('falls when its time is over', () => {
    // 16 working hours from Tuesday 9:00: eight that day, eight on Wednesday.
    const { state, approvalId } = asked({
      ...matrix,
      outcome: 'needed',
      expiresAfterBusinessHours: 16,
    })
    const timerId = `${routedKey}/approval/${approvalId}/limit`
    expect(state.facts.waits[timerId]?.dueAt).toBe('2026-12-02T16:00:00Z')
    const fell = say(state, 'approval.expired', { timerId }, { at: '2026-12-02T16:00:00Z' })
    expect(fell.state.facts.approvals).toMatchObject([{ state: 'expired' }])
    expect(fell.intents).toContainEqual(
      expect.objectContaining({ topic: 'approval-expired', role: 'accounts-payable' }),
    )
    expect(say(fell.state, 'invoice.approved', { approvalId }, { by: heidi }).refusal).toBe(
      'already-decided',
    )
    expect(
      say(fell.state, 'approval.renewed', { approvalId, reason: 'still wanted' }, { by: bert })
        .state.facts.approvals,
    ).toMatchObject([{ state: 'superseded' }, { state: 'requested' }])
  })

  it('is handed over by an approver for this once', () => {
    const { state, approvalId } = asked()
    const handed = say(
      state,
      'approval.delegated',
      { approvalId, to: 'dora', reason: 'she made the contract' },
      { by: heidi },
    )
    expect(handed.state.facts.approvals).toMatchObject([{ state: 'delegated' }])
    const dora = person('dora', 'buyer')
    const first = say(handed.state, 'invoice.approved', { approvalId }, { by: dora })
    expect(first.state.facts.approvals[0]?.progress?.answers).toMatchObject([
      { by: 'dora', onBehalfOf: 'heidi', asRole: 'head-of-purchasing' },
    ])
  })

  it('falls when the invoice is corrected, and when an order it bills is changed', () => {
    const { state, approvalId } = asked(needed('controller'))
    const rules = ruledBy(() => needed('controller'))
    const corrected = anInvoice({ totalAmount: '124.00', revision: 1 })
    const again = say(state, 'invoice.received', { document: corrected }, {}, rules)
    expect(again.state.facts.approvals).toMatchObject([
      { state: 'superseded', reason: 'the invoice was corrected' },
    ])
    const approved = say(state, 'invoice.approved', { approvalId }, { by: carl }, rules)
    expect(approved.types).toContain('invoice.released')
    const reopened = say(
      approved.state,
      'match.reopened',
      { invoiceKey: routedKey, orderNumber: '4711', because: 'version 2' },
      {},
      rules,
    )
    const lookedUp = say(
      reopened.state,
      'register.looked-up',
      { lookUpId: `${routedKey}/2`, entries: [] },
      {},
      rules,
    )
    const matchedAgain = say(
      lookedUp.state,
      'allocation.answered',
      {
        invoiceKey: routedKey,
        attempt: 2,
        orderNumber: '4711',
        view: anOrderMatchView({ orderVersion: 2 }),
      },
      {},
      rules,
    )
    expect(matchedAgain.state.facts.approvals).toMatchObject([
      { state: 'superseded', reason: 'order 4711 was changed: it is at version 2' },
      { state: 'requested', orderVersions: { 4711: 2 } },
    ])
    expect(matchedAgain.types).toContain('invoice.withheld')
  })

  it('asks nobody any more once nothing is left to approve', () => {
    const rules = ruledBy(() => needed('controller'))
    const match = (request: Parameters<ReturnType<typeof routing>>[0]) => {
      const routed = routing('PRICE_OVER')(request)
      return request.attempt === 1
        ? routed
        : { ...routed, decision: 'match' as const, checks: [], exceptions: [] }
    }
    const first = tellRouted(rules, { match })
    const messages = [
      anInvoiceMessage(
        routedInvoice,
        'rematch.requested',
        { reason: 'the price was agreed' },
        { by: bert, at: '2026-12-01T10:00:00Z' },
      ),
      anInvoiceMessage(
        routedInvoice,
        'register.looked-up',
        { lookUpId: `${routedKey}/2`, entries: [] },
        { id: 'r2' },
      ),
      anInvoiceMessage(
        routedInvoice,
        'allocation.answered',
        { invoiceKey: routedKey, attempt: 2, orderNumber: '4711', view: anOrderMatchView() },
        { id: 'a2' },
      ),
    ]
    const second = tellRouted(rules, { match, messages, from: first.state })
    expect(second.state.facts.approvals).toMatchObject([
      { state: 'superseded', reason: 'matched again, and nothing is left to approve' },
    ])
    expect(Object.keys(second.state.facts.waits).filter((id) => id.includes('/approval/'))).toEqual(
      [],
    )
  })

  it('that was asked for before steps ran is decided by one answer, as it was (R-41)', () => {
    const { events, approvalId } = asked()
    const before = events.map((event) => {
      if (event.type !== 'approval.requested') return event
      const {
        progress: _progress,
        orderVersions: _versions,
        ...approval
      } = event.data['approval'] as Record<string, never>
      return { ...event, data: { approval } }
    })
    const old = invoiceAggregate.replay(routedKey, before)
    const decided = say(old, 'invoice.approved', { approvalId }, { by: person('otto') })
    expect(decided.state.facts.approvals).toMatchObject([{ state: 'approved', decidedBy: 'otto' }])
    expect(decided.types).toContain('invoice.released')
  })
})
