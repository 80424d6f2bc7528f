import { describe, expect, it } from 'vitest'
import { isOpenHold } from '../hold/change-hold.ts'
import { checkInvariants } from '../invariants/check-invariants.ts'
import { anInvoice, anInvoiceLine } from '../invoice/invoice.examples.ts'
import { anInvoiceMessage } from '../invoice-lifecycle/invoice-lifecycle.examples.ts'
import { disputeBalance } from '../invoice-lifecycle/dispute-balance.ts'
import { instant } from '../calendar/instant.ts'
import type { Actor } from '../message/actor.ts'
import type { Policy, Timing } from '../policy/policy.ts'
import { anOrderLine, aPurchaseOrder } from '../purchase-order/purchase-order.examples.ts'
import { aReceipt } from '../receipt/receipt.examples.ts'
import { passTime } from '../world/pass-time.ts'
import { tellWorld } from '../world/tell-world.ts'
import { aTradingPolicy, aWorldTold } from '../world/world.examples.ts'
import type { World } from '../world/world.ts'

const key = 'acme/0001/S100/INV-1/standard'
const ines: Actor = { kind: 'user', id: 'ines', roles: ['buyer'] }
const heidi: Actor = { kind: 'user', id: 'heidi', roles: ['head-of-purchasing'] }
const sven: Actor = { kind: 'supplier-user', id: 'sven', roles: [] }
const finance: Actor = { kind: 'connector', id: 'finance', roles: [] }
const eur = (amount: string) => ({ amount, currency: 'EUR' })
const policy = aTradingPolicy()

const order = aPurchaseOrder({
  lines: [
    anOrderLine({
      price: { amount: '100', perQuantity: '1', perUnitOfMeasure: 'EA', priceType: 'firm' },
    }),
  ],
})
/** Ten pieces billed at 125.00 that were ordered at 100.00. */
const dear = anInvoice({
  lines: [anInvoiceLine({ amount: '1250.00', price: undefined })],
  totalAmount: '1250.00',
  paymentTerms: undefined,
})
const aCredit = (amount: string) =>
  anInvoice({
    documentNumber: 'CM-1',
    invoiceType: 'subsequent-credit',
    correctsInvoiceNumber: 'INV-1',
    lines: [anInvoiceLine({ amount, price: undefined })],
    totalAmount: amount,
    paymentTerms: undefined,
  })

function factsOf(world: World) {
  const facts = world.invoices[key]?.facts
  if (facts === undefined) throw new Error('there is no invoice')
  return facts
}
const disputeOf = (world: World) => {
  const [dispute] = factsOf(world).disputes
  if (dispute === undefined) throw new Error('there is no dispute')
  return dispute
}
const balanceOf = (world: World) => disputeBalance(factsOf(world), disputeOf(world))
const caseOf = (world: World) => factsOf(world).cases[0]
const holdsOf = (world: World) => factsOf(world).holds.filter(isOpenHold)
const lastOffer = (world: World) => disputeOf(world).offers?.at(-1)?.offerId ?? ''

let minute = 0
function say(world: World, type: string, data: object, by: Actor, under = policy) {
  minute += 1
  const at = new Date(Date.UTC(2026, 11, 2, 8, minute)).toISOString().replace('.000Z', 'Z')
  const message = anInvoiceMessage(dear, type, data, { at, by, id: `${type}@${minute}` })
  return tellWorld(world, message, { policy: under, now: message.receivedAt })
}
function said(world: World, type: string, data: object, by: Actor, under = policy): World {
  const { world: after, outcome } = say(world, type, data, by, under)
  if (outcome.kind !== 'applied') throw new Error(JSON.stringify(outcome))
  return after
}
const inDispute = (world: World, what: object = {}) => ({
  disputeId: disputeOf(world).disputeId,
  text: 'as we said',
  ...what,
})

function disputed(under = policy): World {
  const held = aWorldTold([order, aReceipt(), dear], { policy: under })
  const claim = {
    exceptionId: caseOf(held)?.exceptionId,
    claim: eur('250.00'),
    text: 'we agreed on 100.00 a piece',
    documents: ['archive/price-list-2026.pdf'],
  }
  const opened = said(held, 'invoice.disputed', claim, ines, under)
  return said(opened, 'dispute.sent', inDispute(opened), ines, under)
}

/** Claimed 250.00, offered 100.00, asked 250.00, offered 200.00, which the buyer takes. */
function agreedOn200(): World {
  const first = disputed()
  const low = said(first, 'dispute.offered', inDispute(first, { amount: eur('100.00') }), sven)
  const counter = said(low, 'dispute.offered', inDispute(low, { amount: eur('250.00') }), ines)
  const better = said(
    counter,
    'dispute.offered',
    inDispute(counter, { amount: eur('200.00') }),
    sven,
  )
  return said(better, 'dispute.accepted', inDispute(better, { offerId: lastOffer(better) }), ines)
}

describe('the talk about a claim', () => {
  it('keeps every offer of both sides, and agrees on one (R-37)', () => {
    const agreed = agreedOn200()
    const { offers, acceptedOfferId, state, messages } = disputeOf(agreed)
    expect(offers?.map(({ from, by, amount }) => [from, by, amount.amount])).toEqual([
      ['supplier', 'sven', '100.00'],
      ['buyer', 'ines', '250.00'],
      ['supplier', 'sven', '200.00'],
    ])
    expect(acceptedOfferId).toBe(offers?.[2]?.offerId)
    expect(state).toBe('agreed')
    expect(messages[0]?.documents).toEqual(['archive/price-list-2026.pdf'])
    // Claim, sending, three offers and the yes.
    expect(messages).toHaveLength(6)
    expect(balanceOf(agreed)).toMatchObject({ claimed: eur('250.00'), agreed: eur('200.00') })
  })

  it('takes the yes of the other side to the offer on the table, and to no other', () => {
    const first = disputed()
    const low = said(first, 'dispute.offered', inDispute(first, { amount: eur('100.00') }), sven)
    const lowId = lastOffer(low)
    const yes = (world: World, offerId: string, by: Actor) =>
      say(world, 'dispute.accepted', inDispute(world, { offerId }), by).outcome
    expect(yes(low, lowId, sven)).toMatchObject({ reason: 'own-offer' })
    expect(yes(low, 'no-such-offer', ines)).toMatchObject({ reason: 'offer-unknown' })
    const robot: Actor = { kind: 'ai', id: 'advice', roles: [] }
    expect(yes(low, lowId, robot)).toMatchObject({ reason: 'not-a-person' })
    const countered = said(low, 'dispute.offered', inDispute(low, { amount: eur('250.00') }), ines)
    expect(yes(countered, lowId, ines)).toMatchObject({ reason: 'offer-replaced' })
    const agreed = said(
      countered,
      'dispute.accepted',
      inDispute(countered, { offerId: lastOffer(countered) }),
      sven,
    )
    expect(yes(agreed, lowId, ines)).toMatchObject({ reason: 'offer-accepted' })
  })

  it('offers no more than is claimed, in its currency, and not nothing', () => {
    const world = disputed()
    const offer = (amount: object) =>
      say(world, 'dispute.offered', inDispute(world, { amount }), sven).outcome
    expect(offer(eur('250.01'))).toMatchObject({ reason: 'more-than-claimed' })
    expect(offer(eur('0'))).toMatchObject({ reason: 'nothing-offered' })
    expect(offer({ amount: '1', currency: 'USD' })).toMatchObject({ reason: 'wrong-currency' })
    expect(offer(eur('250.00'))).toMatchObject({ kind: 'applied' })
  })

  it('lets the supplier’s people answer, offer and accept, and neither settle nor close (R-86)', () => {
    const agreed = agreedOn200()
    for (const [type, data] of [
      ['dispute.settlement-chosen', { settlement: 'write-off' }],
      ['dispute.settled', { settlement: 'write-off' }],
      ['dispute.closed', {}],
      ['dispute.withdrawn', {}],
    ] as const) {
      expect(say(agreed, type, inDispute(agreed, data), sven).outcome).toMatchObject({
        reason: 'not-a-buyer',
      })
    }
    const asBuyer = inDispute(agreed, { amount: eur('1'), from: 'buyer' })
    expect(say(agreed, 'dispute.offered', asBuyer, sven).outcome).toMatchObject({
      reason: 'not-a-buyer',
    })
  })

  it('is settled by a person, where that lets its hold go (R-86)', () => {
    const agreed = agreedOn200()
    const settled = (by: Actor) =>
      say(agreed, 'dispute.settled', inDispute(agreed, { settlement: 'write-off' }), by).outcome
    expect(holdsOf(agreed)).not.toEqual([])
    expect(settled({ kind: 'ai', id: 'model', roles: [] })).toMatchObject({
      reason: 'not-a-person',
    })
    expect(settled(finance)).toMatchObject({ reason: 'not-a-person' })
    expect(settled(ines)).toMatchObject({ kind: 'applied' })
  })
})

describe('a disputed invoice', () => {
  it('billed 250.00 over is paid 1,050.00: 200.00 credited and 50.00 written off (R-37, R-117)', () => {
    const agreed = agreedOn200()
    const asked = said(
      agreed,
      'dispute.settlement-chosen',
      inDispute(agreed, { settlement: 'credit-memo' }),
      ines,
    )
    expect(disputeOf(asked)).toMatchObject({ state: 'settling', settlement: 'credit-memo' })
    // 200.00 settled, nothing has come; 250.00 - 200.00 in no settlement yet.
    expect(balanceOf(asked)).toMatchObject({
      settled: eur('200.00'),
      received: eur('0'),
      remaining: eur('200.00'),
      unsettled: eur('50.00'),
    })
    expect(caseOf(asked)?.state).toBe('waiting-supplier')
    const credited = aWorldTold([aCredit('200.00')], { world: asked, from: '2026-12-03T08:00:00Z' })
    expect(balanceOf(credited)).toMatchObject({ received: eur('200.00'), remaining: eur('0.00') })
    // 50.00 are still at stake, so the invoice stays held.
    expect(holdsOf(credited)).toHaveLength(1)
    expect(caseOf(credited)?.state).toBe('in-progress')
    const rest = inDispute(credited, { settlement: 'write-off', amount: eur('50.00') })
    expect(
      say(credited, 'dispute.settlement-chosen', { ...rest, amount: eur('50.01') }, ines).outcome,
    ).toMatchObject({ reason: 'more-than-at-stake' })
    const wanted = said(credited, 'dispute.settlement-chosen', rest, ines)
    const [approval] = factsOf(wanted).approvals
    expect(approval).toMatchObject({ decisionType: 'write-off', exposure: eur('50.00') })
    const approve = { approvalId: approval?.approvalId, reason: 'a good supplier' }
    expect(say(wanted, 'invoice.approved', approve, ines).outcome).toMatchObject({
      reason: 'same-person',
    })
    const written = said(wanted, 'invoice.approved', approve, heidi)
    expect(holdsOf(written)).toEqual([])
    expect(disputeOf(written).state).toBe('settled')
    expect(
      disputeOf(written).settlements?.map(({ settlement, amount }) => [settlement, amount?.amount]),
    ).toEqual([
      ['credit-memo', '200.00'],
      ['write-off', '50.00'],
    ])
    expect(balanceOf(written)).toMatchObject({ settled: eur('250.00'), unsettled: eur('0.00') })
    // 1,250.00 for the invoice, 200.00 back for the credit memo: 1,050.00.
    const credit = written.invoices['acme/0001/S100/CM-1/subsequent-credit']?.facts
    expect(factsOf(written).released?.payable).toEqual(eur('1250.00'))
    expect(credit?.released?.payable).toEqual(eur('200.00'))
    const paid = said(
      said(written, 'invoice.posted', { postingNumber: 'P-1', postedOn: '2026-12-04' }, finance),
      'payment.cleared',
      { paymentReference: 'RUN-1', paidOn: '2026-12-05', amount: '1250.00' },
      finance,
    )
    const closed = said(paid, 'dispute.closed', inDispute(paid), ines)
    expect(disputeOf(closed).state).toBe('closed')
    expect(checkInvariants(closed)).toEqual([])
  })

  it('takes the agreed amount once: of 200.00 a first settlement over 120.00 leaves 80.00, and a third nothing', () => {
    const agreed = agreedOn200()
    const choose = (world: World, more: object) =>
      said(world, 'dispute.settlement-chosen', inDispute(world, more), ines)
    const part = choose(agreed, { settlement: 'credit-memo', amount: eur('120.00') })
    // 200.00 - 120.00 = 80.00
    const rest = choose(part, { settlement: 'debit-memo' })
    expect(factsOf(rest).remedies?.map(({ code, amount }) => [code, amount?.amount])).toEqual([
      ['credit-request', '120.00'],
      ['debit-memo', '80.00'],
    ])
    expect(disputeOf(rest).settlements?.map(({ amount }) => amount?.amount)).toEqual([
      '120.00',
      '80.00',
    ])
    expect(balanceOf(rest)).toMatchObject({ settled: eur('200.00'), unsettled: eur('50.00') })
    const more = inDispute(rest, { settlement: 'write-off' })
    expect(say(rest, 'dispute.settlement-chosen', more, ines).outcome).toMatchObject({
      reason: 'nothing-left',
    })
  })

  it('is settled in each other way, and settled when what was promised is there', () => {
    const agreed = agreedOn200()
    const choose = (settlement: string, more: object = {}) =>
      said(agreed, 'dispute.settlement-chosen', inDispute(agreed, { settlement, ...more }), ines)
    const debited = choose('debit-memo', { amount: eur('250.00') })
    const [remedy] = factsOf(debited).remedies ?? []
    const posted = said(
      debited,
      'debit-memo.posted',
      {
        remedyId: remedy?.remedyId,
        debitNumber: 'DM-1',
        amount: eur('250.00'),
        postedOn: '2026-12-03',
      },
      finance,
    )
    expect(disputeOf(posted).state).toBe('settled')
    expect(holdsOf(posted)).toEqual([])
    const updated = choose('price-update')
    expect(disputeOf(updated).state).toBe('settling')
    const [approval] = factsOf(updated).approvals
    const changed = said(updated, 'invoice.approved', { approvalId: approval?.approvalId }, heidi)
    expect(disputeOf(changed).state).toBe('settled')
    expect(holdsOf(changed)).toEqual([])
    const rebilled = choose('re-bill')
    expect(caseOf(rebilled)?.state).toBe('waiting-supplier')
    const withdrawn = said(rebilled, 'dispute.withdrawn', inDispute(rebilled), ines)
    expect(factsOf(withdrawn).remedies?.[0]).toMatchObject({ state: 'cancelled' })
    expect(caseOf(withdrawn)?.state).toBe('in-progress')
    expect(holdsOf(withdrawn)).toHaveLength(1)
  })
})

describe('a dispute nobody answers', () => {
  const lapsing = (onOverdue: Timing['onOverdue']): Policy => ({
    ...policy,
    timing: (facts) => {
      const { value, decision } = policy.timing(facts)
      return { value: { ...value, ...(onOverdue === undefined ? {} : { onOverdue }) }, decision }
    },
  })
  // Sent on Wednesday 2 December after eight; two working days of nine hours later is Friday.
  const later = (under: Policy) =>
    passTime(disputed(under), { until: instant('2026-12-04T17:00:00Z'), policy: under })

  it('is brought to mind after a working day, and goes to a superior where the rules say no more', () => {
    const under = lapsing(undefined)
    const world = later(under)
    const topics = world.effects.flatMap(({ intent }) => ('topic' in intent ? [intent.topic] : []))
    expect(topics).toContain('dispute-reminder')
    expect(topics).toContain('dispute-escalated')
    expect(disputeOf(world)).toMatchObject({ state: 'escalated', lapse: { action: 'escalate' } })
    const answered = say(world, 'dispute.answered', inDispute(world), sven, under)
    expect(answered.outcome.kind).toBe('applied')
    expect(checkInvariants(world)).toEqual([])
  })

  it('drops the claim, writes it off or debits it, as the rules say', () => {
    const accepted = later(lapsing('accept'))
    expect(disputeOf(accepted)).toMatchObject({ state: 'expired', lapse: { action: 'accept' } })
    expect(holdsOf(accepted)).toEqual([])
    const debited = later(lapsing('debit-memo'))
    expect(factsOf(debited).remedies).toMatchObject([
      { code: 'debit-memo', state: 'under-way', amount: eur('250.00') },
    ])
    expect(holdsOf(debited)).toHaveLength(1)
    const written = later(lapsing('write-off'))
    expect(factsOf(written).remedies).toMatchObject([
      { code: 'write-off', state: 'awaiting-approval', amount: eur('250.00') },
    ])
    for (const world of [accepted, debited, written]) expect(checkInvariants(world)).toEqual([])
  })
})
