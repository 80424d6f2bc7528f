import { describe, expect, it } from 'vitest'
import type { DutyDone } from '../authority/duty.ts'
import { money } from '../money/money.ts'
import { isOpenHold } from '../hold/change-hold.ts'
import type { Actor } from '../message/actor.ts'
import { aPolicy } from '../policy/policy.examples.ts'
import type { Policy } from '../policy/policy.ts'
import { invoiceAggregateWith } from './decide-invoice.ts'
import { askInvoiceAuthority } from './ask-invoice-authority.ts'
import { aMatcher, anInvoiceMessage, anOrderMatchView } from './invoice-lifecycle.examples.ts'
import { dutiesOfCase } from './invoice-duties.ts'
import { invoiceStatus } from './invoice-regions.ts'
import type { InvoiceState } from './invoice-state.ts'
import { routedInvoice, routedKey } from './routed-invoice.examples.ts'

const person = (id: string, also: Partial<Actor> = {}): Actor => ({
  kind: 'user',
  id,
  roles: [],
  ...also,
})
const paula = person('paula')
const aggregate = invoiceAggregateWith(aMatcher({ held: [{ code: 'PRICE', line: '1' }] }))
const matching = invoiceAggregateWith(aMatcher({}))

/** A policy whose conduct lets a second approver stand for these pairs. */
function softening(
  ...compensableDuties: NonNullable<ReturnType<Policy['conduct']>['value']['compensableDuties']>
): Policy {
  const policy = aPolicy()
  return {
    ...policy,
    conduct: (facts) => {
      const answer = policy.conduct(facts)
      return { ...answer, value: { ...answer.value, compensableDuties } }
    },
  }
}

type Told = readonly [type: string, data: object, by?: Actor, authority?: object | undefined]

function tell(
  told: readonly Told[],
  { policy = aPolicy(), by = aggregate, from = null as InvoiceState | null } = {},
) {
  let state = from
  let refusal: { readonly reason: string; readonly sentence: string } | null = null
  for (const [index, [type, data, actor, authority]] of told.entries()) {
    const message = anInvoiceMessage(routedInvoice, type, data, {
      id: `${type}/${from?.sequence ?? 0}/${index}`,
      ...(actor !== undefined && { by: actor }),
    })
    const said = authority === undefined ? message : { ...message, authority: authority as never }
    const decision = by.decide(state, said, { policy, now: message.receivedAt })
    state = decision.state
    refusal = decision.outcome.kind === 'refused' ? decision.outcome : null
  }
  if (state === null) throw new Error('no invoice came of it')
  return { state, refusal }
}

/** The invoice entered by somebody and matched, with what its order says of who did what. */
const entered = (by: Actor, duties: readonly DutyDone[] = [], attempt = 1): readonly Told[] => [
  ...(attempt === 1 ? [['invoice.received', { document: routedInvoice }, by] as const] : []),
  ['register.looked-up', { lookUpId: `${routedKey}/${attempt}`, entries: [] }],
  [
    'allocation.answered',
    {
      invoiceKey: routedKey,
      attempt,
      orderNumber: '4711',
      view: anOrderMatchView(duties.length > 0 ? { duties: [...duties] } : {}),
    },
  ],
]
const priceHold = (state: InvoiceState) =>
  state.facts.holds.find(({ code }) => code === 'PRICE')?.holdId ?? ''
const release = (state: InvoiceState, by: Actor, authority?: object): Told => [
  'hold.released',
  { holdId: priceHold(state), code: 'SETTLED', reason: 'agreed' },
  by,
  authority,
]

describe('the duties of a case', () => {
  it('are those of the invoice and of the orders it bills (INV-16)', () => {
    const { state } = tell(
      entered(paula, [
        { duty: 'receive', by: 'rita' },
        { duty: 'approve-order', by: 'carl' },
      ]),
    )
    const after = tell(
      [
        release(state, person('bert', { onBehalfOf: 'heidi' })),
        [
          'payment.cleared',
          { paymentReference: 'B-1', paidOn: '2026-12-20', amount: '124.00' },
          person('tom'),
        ],
      ],
      { from: state },
    )
    expect(dutiesOfCase(after.state.facts)).toEqual([
      { duty: 'approve-order', by: 'carl' },
      { duty: 'enter-invoice', by: 'paula' },
      { duty: 'pay', by: 'tom' },
      { duty: 'receive', by: 'rita' },
      { duty: 'release-hold', by: 'bert' },
      { duty: 'release-hold', by: 'bert', onBehalfOf: 'heidi' },
    ])
  })

  it('keep who entered an invoice, and who acts for them, from letting its holds go (INV-16)', () => {
    const { state } = tell(entered(paula))
    expect(tell([release(state, paula)], { from: state }).refusal?.reason).toBe('same-person')
    const forPaula = person('bert', { onBehalfOf: 'paula' })
    expect(tell([release(state, forPaula)], { from: state }).refusal?.reason).toBe('same-person')
    const delegated = {
      asRole: 'buyer',
      onBehalfOf: 'heidi',
      delegatedBy: ['heidi', 'paula'],
      limit: null,
      because: '',
    }
    expect(tell([release(state, person('bert'), delegated)], { from: state }).refusal?.reason).toBe(
      'same-person',
    )
    expect(tell([release(state, person('bert'))], { from: state }).refusal).toBeNull()
  })

  it('stop the payment of what one person counted and entered, until somebody else stands for it (INV-16)', () => {
    const counted = [{ duty: 'receive', by: 'paula' }] as const
    const { state } = tell(entered(paula, counted), { by: matching })
    expect(invoiceStatus(state.facts)).toBe('on-hold')
    const [hold] = state.facts.holds.filter(isOpenHold)
    expect(hold).toMatchObject({
      code: 'DUTIES',
      blocks: 'payment',
      reason:
        '`paula` did both `receive` and `enter-invoice`: nobody counts goods and enters what is asked for them',
    })
    expect(state.facts.cases).toMatchObject([
      { exceptionId: hold?.exceptionId, code: 'ITEM_AMOUNT_REVIEW' },
    ])
    const letGo: Told = [
      'hold.released',
      { holdId: hold?.holdId, code: 'OK', reason: 'trusted' },
      person('bert'),
    ]
    expect(tell([letGo], { from: state, by: matching }).refusal?.reason).toBe('duty-conflict')
    const accept: Told = [
      'case.resolved',
      { exceptionId: hold?.exceptionId, code: 'accept-variance' },
      person('bert'),
    ]
    expect(tell([accept], { from: state, by: matching }).refusal).not.toBeNull()
    expect(tell(entered(person('pia'), counted), { by: matching }).state.facts.holds).toEqual([])
  })

  it('are softened by a rule to a second approver with a reason, who stands in a list (R-41)', () => {
    const policy = softening(['receive', 'enter-invoice'])
    const counted = [{ duty: 'receive', by: 'paula' }] as const
    const { state } = tell(entered(paula, counted), { by: matching, policy })
    const stand = (by: Actor, duties: readonly string[] = ['enter-invoice', 'receive']): Told => [
      'duties.compensated',
      { person: 'paula', duties, reason: 'a branch of two people' },
      by,
    ]
    const refusal = (told: Told, given = policy) =>
      tell([told], { from: state, by: matching, policy: given }).refusal?.reason
    expect(refusal(stand(person('carl')), aPolicy())).toBe('duty-conflict')
    expect(refusal(stand(person('carl'), ['pay', 'change-bank-data']))).toBe('duty-conflict')
    expect(refusal(stand(paula))).toBe('same-person')
    expect(refusal(stand(person('bert', { onBehalfOf: 'paula' })))).toBe('same-person')
    expect(refusal(stand({ kind: 'ai', id: 'm1', roles: [] }))).toBe('not-a-person')
    const stood = tell([stand(person('carl'))], { from: state, by: matching, policy })
    expect(stood.state.facts.compensations).toEqual([
      {
        duties: ['enter-invoice', 'receive'],
        person: 'paula',
        approvedBy: 'carl',
        at: '2026-12-01T09:00:00Z',
        reason: 'a branch of two people',
      },
    ])
    expect(stood.state.facts.holds.some(isOpenHold)).toBe(false)
    expect(stood.state.facts.released).not.toBeNull()
  })

  it('are not for one with a hand in them to stand for', () => {
    const policy = softening(['enter-invoice', 'release-hold'])
    const { state } = tell(entered(paula), { policy })
    const stand = (by: Actor): Told => [
      'duties.compensated',
      { person: 'paula', duties: ['enter-invoice', 'release-hold'], reason: 'year end' },
      by,
    ]
    expect(
      tell([stand(person('carl')), release(state, paula)], { from: state, policy }).refusal,
    ).toBeNull()
    // Bert let another hold of it go, so he has a hand in the matter.
    const manual = tell(
      [
        [
          'hold.placed',
          { code: 'MANUAL', blocks: 'payment', reason: 'asked by phone' },
          person('heidi'),
        ],
      ],
      { from: state, policy },
    ).state
    const holdId = manual.facts.holds.find(({ code }) => code === 'MANUAL')?.holdId
    const letGo = tell(
      [
        ['hold.released', { holdId, code: 'OK', reason: 'sorted' }, person('bert')],
        stand(person('bert')),
      ],
      { from: manual, policy },
    )
    expect(letGo.refusal?.reason).toBe('duty-conflict')
  })
})

describe('who agrees to a proposal that lets money go, or carries it out', () => {
  const { state } = tell(entered(paula))
  const exceptionId = state.facts.cases.find(({ holdIds }) =>
    holdIds.includes(priceHold(state)),
  )?.exceptionId
  const proposed = (code: string) =>
    tell([['case.proposed', { exceptionId, code }, person('nils')]], { from: state }).state
  const accepting = proposed('accept-variance')
  const agreed: Told = ['case.approved', { exceptionId }, person('bert')]
  const done: Told = ['case.executing', { exceptionId }, person('dora')]
  const releasers = (from: InvoiceState) =>
    dutiesOfCase(from.facts)
      .filter(({ duty }) => duty === 'release-hold')
      .map(({ by }) => by)

  it('lets its hold go, and stands as who did (INV-16)', () => {
    const approved = tell([agreed], { from: accepting })
    expect(releasers(approved.state)).toEqual(['bert'])
    expect(releasers(tell([done], { from: approved.state }).state)).toEqual(['bert', 'dora'])
    // What only puts something right elsewhere lets nothing go.
    expect(releasers(tell([agreed], { from: proposed('fix-master') }).state)).toEqual([])
  })

  it.each(['case.approved', 'case.executing'])(
    'is nobody who entered the invoice, or whose limit is below what is held: `%s` (INV-15, INV-16)',
    (type) => {
      const from = type === 'case.approved' ? accepting : tell([agreed], { from: accepting }).state
      const refusal = (by: Actor, authority?: object) =>
        tell([[type, { exceptionId }, by, authority]], { from }).refusal?.reason ?? null
      expect(refusal(paula)).toBe('same-person')
      expect(refusal(person('dora', { onBehalfOf: 'paula' }))).toBe('same-person')
      // Ten pieces at 12.40 are 124.00.
      const upTo = (amount: string) => ({
        asRole: 'buyer',
        limit: { amount, currency: 'EUR' },
        because: '',
      })
      expect(refusal(person('dora'), upTo('123.99'))).toBe('limit-exceeded')
      expect(refusal(person('dora'), upTo('124.00'))).toBeNull()
      const message = anInvoiceMessage(routedInvoice, type, { exceptionId }, { by: person('dora') })
      expect(askInvoiceAuthority(from, message)).toMatchObject({
        duty: 'release-hold',
        decisionType: 'accept-variance',
        exposure: money('124.00', 'EUR'),
      })
    },
  )
})

describe('what a host is asked before something is said to an invoice', () => {
  it('names what is decided, the amount that is held, and who did what', () => {
    const { state } = tell(entered(paula))
    const message = anInvoiceMessage(
      routedInvoice,
      'hold.released',
      { holdId: priceHold(state), code: 'OK', reason: 'ok' },
      { by: person('bert') },
    )
    // Line 1 of the invoice is ten pieces at 12.40.
    expect(askInvoiceAuthority(state, message)).toEqual({
      tenant: 'acme',
      actor: person('bert'),
      action: 'hold.released',
      decisionType: 'release-hold',
      exposure: money('124.00', 'EUR'),
      asRoles: null,
      scope: { buyerOrganisation: '0001', supplier: 'S100' },
      at: '2026-12-01T09:00:00Z',
      businessDate: '2026-12-01',
      duty: 'release-hold',
      duties: [{ duty: 'enter-invoice', by: 'paula' }],
    })
  })

  it('holds its answer against what is at stake when it is decided (INV-15)', () => {
    const { state } = tell(entered(paula))
    const upTo = (amount: string) => ({
      asRole: 'buyer',
      limit: { amount, currency: 'EUR' },
      because: '',
    })
    expect(
      tell([release(state, person('bert'), upTo('123.99'))], { from: state }).refusal?.reason,
    ).toBe('limit-exceeded')
    expect(
      tell([release(state, person('bert'), upTo('124.00'))], { from: state }).refusal,
    ).toBeNull()
  })
})
