import { describe, expect, it } from 'vitest'
import { isOpenHold } from '../hold/change-hold.ts'
import { checkInvariants } from '../invariants/check-invariants.ts'
import { anInvoice, anInvoiceLine } from '../invoice/invoice.examples.ts'
import type { Invoice } from '../invoice/invoice.ts'
import { invoiceStatus } from '../invoice-lifecycle/invoice-regions.ts'
import { aClerk, anInvoiceMessage } from '../invoice-lifecycle/invoice-lifecycle.examples.ts'
import type { Actor } from '../message/actor.ts'
import type { Policy } from '../policy/policy.ts'
import { anOrderLine, aPurchaseOrder } from '../purchase-order/purchase-order.examples.ts'
import { aReceipt, aReceiptLine } from '../receipt/receipt.examples.ts'
import { instant } from '../calendar/instant.ts'
import { invoiceAggregate } from '../invoice-lifecycle/decide-invoice.ts'
import { passTime } from '../world/pass-time.ts'
import { tellWorld } from '../world/tell-world.ts'
import { aTradingPolicy, aWorldTold, messagesOf } from '../world/world.examples.ts'
import type { World } from '../world/world.ts'

const key = 'acme/0001/S100/INV-1/standard'
const orderKey = 'acme/0001/4711'
const ines: Actor = { kind: 'user', id: 'ines', roles: ['buyer'] }
const heidi: Actor = { kind: 'user', id: 'heidi', roles: ['head-of-purchasing'] }
const policy = aTradingPolicy()
const eur = (amount: string) => ({ amount, currency: 'EUR' })

/** Ten pieces, ordered at 100.00 each and billed at 125.00: 1,250.00 where 1,000.00 was agreed. */
const order = aPurchaseOrder({
  lines: [
    anOrderLine({
      price: { amount: '100', perQuantity: '1', perUnitOfMeasure: 'EA', priceType: 'firm' },
    }),
  ],
})
const billed = (lines: Invoice['lines'], totalAmount: string) =>
  anInvoice({ lines: [...lines], totalAmount, paymentTerms: undefined })
const dear = billed(
  [
    anInvoiceLine({
      amount: '1250.00',
      price: { amount: '125', perQuantity: '1', perUnitOfMeasure: 'EA', priceType: 'firm' },
    }),
  ],
  '1250.00',
)

function heldForPrice(): World {
  return aWorldTold([order, aReceipt(), dear])
}

let moment = 0
function say(
  world: World,
  type: string,
  data: object,
  { by = ines, under = policy }: { readonly by?: Actor; readonly under?: Policy } = {},
) {
  moment += 1
  const at = new Date(Date.UTC(2026, 11, 2, 8, moment)).toISOString().replace('.000Z', 'Z')
  const message = anInvoiceMessage(dear, type, data, { at, by, id: `${type}@${moment}` })
  return tellWorld(world, message, { policy: under, now: message.receivedAt })
}
const said = (...of: Parameters<typeof say>): World => {
  const { world, outcome } = say(...of)
  if (outcome.kind !== 'applied') throw new Error(JSON.stringify(outcome))
  return world
}

function factsOf(world: World, of = key) {
  const facts = world.invoices[of]?.facts
  if (facts === undefined) throw new Error(`there is no invoice ${of}`)
  return facts
}
const statusOf = (world: World, of = key) => invoiceStatus(factsOf(world, of))
const holdsOf = (world: World) =>
  factsOf(world)
    .holds.filter(isOpenHold)
    .map(({ code }) => code)
const caseOf = (world: World) => {
  const [first] = factsOf(world).cases
  if (first === undefined) throw new Error('there is no case')
  return first
}
const remedyOf = (world: World, index = 0) => {
  const remedy = factsOf(world).remedies?.[index]
  if (remedy === undefined) throw new Error('nothing was set going')
  return remedy
}
const resolve = (world: World, code: string, more: object = {}, by = ines) =>
  say(world, 'case.resolved', { exceptionId: caseOf(world).exceptionId, code, ...more }, { by })
const resolved = (...of: Parameters<typeof resolve>): World => {
  const { world, outcome } = resolve(...of)
  if (outcome.kind !== 'applied') throw new Error(JSON.stringify(outcome))
  return world
}
const newEffects = (before: World, after: World) =>
  after.effects.slice(before.effects.length).map(({ intent }) => intent)
const topicsOf = (before: World, after: World) =>
  newEffects(before, after).flatMap((intent) =>
    'topic' in intent ? [intent.topic] : intent.kind === 'write-back' ? [intent.record] : [],
  )
/** A credit memo over an amount and no goods, naming the invoice. */
const aCredit = (amount: string, documentNumber = 'CM-1') =>
  anInvoice({
    documentNumber,
    invoiceType: 'subsequent-credit',
    correctsInvoiceNumber: 'INV-1',
    lines: [anInvoiceLine({ amount, price: undefined })],
    totalAmount: amount,
    paymentTerms: undefined,
  })
const comes = (world: World, document: Invoice, from = '2026-12-03T08:00:00Z') =>
  aWorldTold([document], { world, from })

describe('a price 250.00 over', () => {
  it('is held, with the 250.00 at stake', () => {
    const world = heldForPrice()
    expect(holdsOf(world)).toEqual(['PRICE'])
    // 1,250.00 - 1,000.00
    expect(caseOf(world)).toMatchObject({ code: 'PRICE_OVER', exposure: eur('250.00') })
  })

  it('that is accepted lets its own hold go and the invoice be paid in full', () => {
    const world = resolved(heldForPrice(), 'accept-variance', { rootCause: 'contract' })
    expect(holdsOf(world)).toEqual([])
    expect(factsOf(world).released?.payable).toEqual(eur('1250.00'))
    expect(factsOf(world).accepted).toMatchObject({ PRICE: { variance: '250.00' } })
    expect(checkInvariants(world)).toEqual([])
  })

  it('is accepted by its code however that is written', () => {
    for (const code of ['ACCEPT_VARIANCE', 'accept_variance', ' accept-variance ']) {
      expect(holdsOf(resolved(heldForPrice(), code))).toEqual([])
    }
  })

  it('that is to be credited asks the supplier and waits for it; the credit memo settles the case', () => {
    const held = heldForPrice()
    const asked = resolved(held, 'credit-request', {
      note: 'list price 100.00',
      rootCause: 'supplier-error',
    })
    expect(topicsOf(held, asked)).toEqual(['credit-requested'])
    expect(caseOf(asked)).toMatchObject({ state: 'waiting-supplier', resolution: null })
    expect(remedyOf(asked)).toMatchObject({
      state: 'under-way',
      amount: eur('250.00'),
      received: eur('0'),
    })
    expect(holdsOf(asked)).toEqual(['PRICE'])
    const part = comes(asked, aCredit('100.00'))
    // 250.00 - 100.00 = 150.00 are still to come.
    expect(remedyOf(part)).toMatchObject({ state: 'under-way', received: eur('100.00') })
    expect(holdsOf(part)).toEqual(['PRICE'])
    const all = comes(part, aCredit('150.00', 'CM-2'), '2026-12-04T08:00:00Z')
    expect(remedyOf(all)).toMatchObject({ state: 'done', received: eur('250.00') })
    expect(caseOf(all)).toMatchObject({
      state: 'resolved',
      resolution: { code: 'credit-request', by: 'ines', rootCause: 'supplier-error' },
    })
    expect(holdsOf(all)).toEqual([])
    // 1,250.00 - 100.00 - 150.00 = 1,000.00 leaves the house.
    expect(factsOf(all).released?.payable).toEqual(eur('1250.00'))
    expect(checkInvariants(all)).toEqual([])
  })

  it('is held again when the credit memo that settled it is taken back', () => {
    const settled = comes(resolved(heldForPrice(), 'credit-request'), aCredit('250.00'))
    expect(factsOf(settled).released).not.toBeNull()
    const back = said(
      settled,
      'invoice.credit-withdrawn',
      {
        creditInvoiceKey: 'acme/0001/S100/CM-1/subsequent-credit',
        documentNumber: 'CM-1',
        reason: 'it was over another invoice',
      },
      { by: { kind: 'system', id: 'counterfoil', roles: [] } },
    )
    expect(remedyOf(back)).toMatchObject({ state: 'under-way', received: eur('0') })
    expect(caseOf(back).state).toBe('waiting-supplier')
    expect(holdsOf(back)).toEqual(['PRICE'])
    expect(factsOf(back).released).toBeNull()
    const again = comes(back, aCredit('250.00', 'CM-9'), '2026-12-08T08:00:00Z')
    expect(holdsOf(again)).toEqual([])
    expect(checkInvariants(again)).toEqual([])
  })

  it('that is debited is drafted for finance, counts when posted, and settles the case', () => {
    const held = heldForPrice()
    const drafted = resolved(held, 'debit-memo', { note: 'as agreed' })
    const [debit] = newEffects(held, drafted).filter(({ kind }) => kind === 'write-back')
    expect(debit).toMatchObject({
      system: 'finance',
      record: 'debit-memo',
      data: { amount: eur('250.00'), invoiceNumber: 'INV-1', orderLineNumber: '1' },
    })
    expect(holdsOf(drafted)).toEqual(['PRICE'])
    const posted = said(
      drafted,
      'debit-memo.posted',
      {
        remedyId: remedyOf(drafted).remedyId,
        debitNumber: 'DM-7',
        amount: eur('250.00'),
        postedOn: '2026-12-03',
      },
      { by: { kind: 'connector', id: 'finance', roles: [] } },
    )
    expect(remedyOf(posted)).toMatchObject({ state: 'done', received: eur('250.00') })
    expect(caseOf(posted).state).toBe('resolved')
    expect(holdsOf(posted)).toEqual([])
    const billings = posted.orders[orderKey]?.facts.billings ?? {}
    // 1,250.00 billed, 250.00 taken back.
    expect(
      Object.values(billings).map(({ invoiceType, lines }) => [invoiceType, lines[0]?.amount]),
    ).toEqual([
      ['standard', '1250.00'],
      ['subsequent-credit', '250.00'],
    ])
    expect(checkInvariants(posted)).toEqual([])
  })

  it('that is taken off the invoice is not paid, and the supplier is told why', () => {
    const held = heldForPrice()
    const reduced = resolved(held, 'reduce-invoice', { note: 'list price 100.00' })
    expect(topicsOf(held, reduced)).toContain('invoice-reduced')
    expect(holdsOf(reduced)).toEqual([])
    // 1,250.00 - 250.00
    expect(factsOf(reduced).released?.payable).toEqual(eur('1000.00'))
    const [billing] = Object.values(reduced.orders[orderKey]?.facts.billings ?? {})
    expect(billing?.lines[0]?.amount).toBe('1000.00')
    expect(checkInvariants(reduced)).toEqual([])
  })

  it('that the order takes over waits for approval, changes the order, and is matched anew', () => {
    const held = heldForPrice()
    const asked = resolved(held, 'price-update', { rootCause: 'buyer-error' })
    expect(caseOf(asked).state).toBe('waiting-approval')
    const [approval] = factsOf(asked).approvals
    expect(approval).toMatchObject({
      decisionType: 'change',
      requestedBy: 'ines',
      exposure: eur('250.00'),
      state: 'requested',
    })
    const approve = { approvalId: approval?.approvalId }
    expect(say(asked, 'invoice.approved', approve, { by: ines }).outcome).toMatchObject({
      reason: 'same-person',
    })
    const agreed = said(asked, 'invoice.approved', approve, { by: heidi })
    const after = agreed.orders[orderKey]?.standing.order
    expect(after).toMatchObject({ version: 2, lines: [{ price: { amount: '125' } }] })
    expect(topicsOf(asked, agreed)).toContain('order-version/2')
    expect(holdsOf(agreed)).toEqual([])
    expect(caseOf(agreed)).toMatchObject({
      state: 'resolved',
      resolution: { code: 'price-update', rootCause: 'buyer-error' },
    })
    // 10 x 125.00
    expect(factsOf(agreed).released?.payable).toEqual(eur('1250.00'))
    expect(checkInvariants(agreed)).toEqual([])
  })

  it('stays held when nobody agrees to change the order, and goes back to its owner', () => {
    const asked = resolved(heldForPrice(), 'price-update')
    const [approval] = factsOf(asked).approvals
    const refused = said(
      asked,
      'approval.rejected',
      { approvalId: approval?.approvalId, reason: 'the contract says 100.00' },
      { by: heidi },
    )
    expect(remedyOf(refused)).toMatchObject({ state: 'refused' })
    expect(caseOf(refused).state).toBe('in-progress')
    expect(holdsOf(refused)).toEqual(['PRICE'])
    expect(refused.orders[orderKey]?.standing.order?.version).toBe(1)
    expect(statusOf(refused)).toBe('on-hold')
  })

  it('that is billed anew asks the supplier; the correction settles the case', () => {
    const held = heldForPrice()
    const asked = resolved(held, 'rebill')
    expect(topicsOf(held, asked)).toEqual(['rebill-requested'])
    expect(caseOf(asked).state).toBe('waiting-supplier')
    const right = anInvoice({
      revision: 1,
      issuedAt: '2026-12-02T00:00:00Z',
      lines: [anInvoiceLine({ amount: '1000.00', price: undefined })],
      totalAmount: '1000.00',
      paymentTerms: undefined,
    })
    const corrected = comes(asked, right)
    expect(holdsOf(corrected)).toEqual([])
    expect(caseOf(corrected)).toMatchObject({ resolution: { code: 'rebill' } })
    expect(factsOf(corrected).released?.payable).toEqual(eur('1000.00'))
    expect(checkInvariants(corrected)).toEqual([])
  })

  it('is settled in two ways whose amounts add up, and in no more than is at stake', () => {
    const asked = resolved(heldForPrice(), 'credit-request', { amount: eur('200.00') })
    expect(resolve(asked, 'debit-memo', { amount: eur('60.00') }).outcome).toMatchObject({
      kind: 'refused',
      reason: 'more-than-at-stake',
      sentence: '60.00 EUR is more than the 50.00 that is left to settle',
    })
    expect(
      resolve(asked, 'debit-memo', { amount: { amount: '1', currency: 'USD' } }).outcome,
    ).toMatchObject({ reason: 'wrong-currency' })
    const both = resolved(asked, 'reduce-invoice')
    // 250.00 - 200.00
    expect(remedyOf(both, 1)).toMatchObject({ state: 'done', received: eur('50.00') })
    expect(holdsOf(both)).toEqual(['PRICE'])
    const all = comes(both, aCredit('200.00'))
    expect(holdsOf(all)).toEqual([])
    // 1,250.00 - 50.00 not paid; 200.00 come back: 1,000.00 in all.
    expect(factsOf(all).released?.payable).toEqual(eur('1200.00'))
    expect(checkInvariants(all)).toEqual([])
  })

  it('is nobody’s to settle who entered the invoice (INV-16)', () => {
    const entered = messagesOf(dear, '2026-12-01T10:00:00Z').map((message) => ({
      ...message,
      actor: aClerk,
    }))
    const own = entered.reduce(
      (world, message) => tellWorld(world, message, { policy, now: message.receivedAt }).world,
      aWorldTold([order, aReceipt()]),
    )
    for (const code of ['accept-variance', 'reduce-invoice', 'credit-request', 'write-off']) {
      expect(resolve(own, code, {}, aClerk).outcome).toMatchObject({ reason: 'same-person' })
    }
  })
})

describe('ten billed and eight received', () => {
  const eight = aReceipt({ lines: [aReceiptLine({ quantity: '8' })] })
  const whole = billed([anInvoiceLine({ amount: '1000.00', price: undefined })], '1000.00')
  const short = () => aWorldTold([order, eight, whole])

  it('are counted again: receiving gets the task, and the count that comes settles the case', () => {
    const held = short()
    expect(caseOf(held).code).toBe('QTY_OVER_RECEIVED')
    const asked = resolved(held, 'receipt-correction')
    expect(caseOf(asked).state).toBe('waiting-internal')
    expect(factsOf(asked).tasks).toMatchObject([
      {
        owner: { role: 'receiving', person: null },
        state: 'open',
        exceptionId: caseOf(asked).exceptionId,
      },
    ])
    const rest = aReceipt({ documentNumber: 'GR-2', lines: [aReceiptLine({ quantity: '2' })] })
    const counted = aWorldTold([rest], { world: asked, from: '2026-12-03T08:00:00Z' })
    expect(caseOf(counted)).toMatchObject({ resolution: { code: 'receipt-correction' } })
    expect(factsOf(counted).tasks).toMatchObject([{ state: 'cancelled' }])
    expect(factsOf(counted).released?.payable).toEqual(eur('1000.00'))
    expect(checkInvariants(counted)).toEqual([])
  })

  it('have the balance given up at the order', () => {
    const closed = resolved(short(), 'short-close', { note: 'two are not needed' })
    const [schedule] = closed.orders[orderKey]?.standing.lines[0]?.schedules ?? []
    expect(schedule?.states.closure).toBe('closed')
    expect(checkInvariants(closed)).toEqual([])
  })

  it('go back: the warehouse gets a return order, and the rest is given up where no replacement is wanted', () => {
    const held = short()
    const sent = resolved(held, 'return-to-vendor', { noReplacement: true, note: 'wrong colour' })
    const [back] = newEffects(held, sent).filter(
      (intent) => intent.kind === 'write-back' && intent.system === 'wms',
    )
    // 10 billed - 8 received
    expect(back).toMatchObject({
      record: 'return-order',
      data: { quantity: '2', unitOfMeasure: 'EA', replacement: false, because: 'wrong colour' },
    })
    expect(topicsOf(held, sent)).toContain('goods-returned')
    const [schedule] = sent.orders[orderKey]?.standing.lines[0]?.schedules ?? []
    expect(schedule?.states.closure).toBe('closed')
    const again = short()
    const replaced = resolved(again, 'return-to-vendor')
    const [line] = replaced.orders[orderKey]?.standing.lines ?? []
    expect(line?.schedules[0]?.states.closure).toBe('open')
    // Two of ten are still to come.
    expect(line?.schedules[0]?.quantities.open).toBe('2')
    expect(checkInvariants(sent)).toEqual([])
  })
})

describe('twelve billed where ten were ordered', () => {
  const twelve = aReceipt({ lines: [aReceiptLine({ quantity: '12' })] })
  const more = billed(
    [anInvoiceLine({ quantity: '12', amount: '1200.00', price: undefined })],
    '1200.00',
  )
  const overOrdered = aTradingPolicy()
  const strict: Policy = {
    ...overOrdered,
    matching: (facts) => {
      const answer = overOrdered.matching(facts)
      const ordered = {
        name: 'ordered',
        check: 'quantity-cumulative-ordered',
        holdCode: 'ORDERED',
        onExceed: 'hold' as const,
        parameters: {},
      }
      return facts['line'] === null ? answer : { ...answer, value: { checks: [ordered] } }
    },
  }

  it('are ordered after the fact, once somebody with authority agreed', () => {
    const held = aWorldTold([order, twelve, more], { policy: strict })
    expect(caseOf(held).code).toBe('QTY_OVER_ORDERED')
    const data = { exceptionId: caseOf(held).exceptionId, code: 'po-increase' }
    const asked = said(held, 'case.resolved', data, { under: strict })
    expect(remedyOf(asked).orderChange?.differences).toEqual([
      { path: 'lines/1/quantityOrdered', from: '10', to: '12' },
    ])
    const [approval] = factsOf(asked).approvals
    const agreed = said(
      asked,
      'invoice.approved',
      { approvalId: approval?.approvalId },
      { by: heidi, under: strict },
    )
    const standing = agreed.orders[orderKey]?.standing
    expect(standing?.order?.lines[0]?.quantityOrdered).toBe('12')
    expect(holdsOf(agreed)).toEqual([])
    expect(caseOf(agreed)).toMatchObject({ resolution: { code: 'po-increase' } })
    // 12 x 100.00
    expect(factsOf(agreed).released?.payable).toEqual(eur('1200.00'))
    expect(checkInvariants(agreed)).toEqual([])
  })
})

describe('other ways to deal with a case', () => {
  it('write the difference off, once somebody with authority agreed', () => {
    const held = heldForPrice()
    const asked = resolved(held, 'write-off', { note: 'too small to argue' })
    expect(newEffects(held, asked).filter(({ kind }) => kind === 'write-back')).toEqual([])
    const [approval] = factsOf(asked).approvals
    expect(approval).toMatchObject({ decisionType: 'write-off', exposure: eur('250.00') })
    const agreed = said(
      asked,
      'invoice.approved',
      { approvalId: approval?.approvalId },
      { by: heidi },
    )
    expect(topicsOf(asked, agreed)).toContain('write-off')
    expect(remedyOf(agreed)).toMatchObject({ state: 'done', received: eur('250.00') })
    expect(holdsOf(agreed)).toEqual([])
    expect(factsOf(agreed).released?.payable).toEqual(eur('1250.00'))
    expect(checkInvariants(agreed)).toEqual([])
  })

  it('are asked for afresh when they were sent back, as they were chosen (R-30)', () => {
    const asked = resolved(heldForPrice(), 'write-off', { amount: eur('200.00'), note: 'small' })
    const [approval] = factsOf(asked).approvals
    const { approvalId } = approval ?? {}
    const nora: Actor = { kind: 'user', id: 'nora', roles: ['buyer'] }
    const sentBack = said(
      asked,
      'approval.returned',
      { approvalId, reason: 'who agreed to it?' },
      { by: heidi },
    )
    expect(remedyOf(sentBack)).toMatchObject({ state: 'refused' })
    expect(caseOf(sentBack).state).toBe('in-progress')
    const again = said(
      sentBack,
      'approval.renewed',
      { approvalId, reason: 'see note' },
      { by: nora },
    )
    expect(remedyOf(again, 1)).toMatchObject({
      code: 'write-off',
      state: 'awaiting-approval',
      startedBy: 'nora',
      amount: eur('200.00'),
      note: 'small',
    })
    expect(caseOf(again).state).toBe('waiting-approval')
    const [before, now] = factsOf(again).approvals
    expect(before?.state).toBe('superseded')
    expect(now).toMatchObject({
      state: 'requested',
      requestedBy: 'nora',
      exposure: eur('200.00'),
      subject: remedyOf(again, 1).remedyId,
    })
    // Neither who asks now nor who chose it first agrees to it.
    const yes = { approvalId: now?.approvalId }
    for (const by of [nora, ines]) {
      expect(say(again, 'invoice.approved', yes, { by }).outcome).toMatchObject({
        reason: 'same-person',
      })
    }
    const agreed = said(again, 'invoice.approved', yes, { by: heidi })
    expect(remedyOf(agreed, 1)).toMatchObject({ state: 'done', received: eur('200.00') })
    expect(checkInvariants(agreed)).toEqual([])
    // Settled another way meanwhile, there is nothing to ask for.
    const accepted = resolved(sentBack, 'accept-variance', { rootCause: 'contract' })
    expect(
      say(accepted, 'approval.renewed', { approvalId, reason: 'x' }, { by: nora }).outcome,
    ).toMatchObject({ reason: 'case-settled' })
  })

  it('need nobody’s consent only where a rule says so, and go nowhere where it lets nobody consent', () => {
    const ruled = (outcome: 'not-needed' | 'refused'): Policy => ({
      ...policy,
      approval: (facts) => {
        const { decision } = policy.approval(facts)
        return { value: { outcome }, decision: { ...decision, firedRules: ['small-amounts'] } }
      },
    })
    const held = heldForPrice()
    const data = { exceptionId: caseOf(held).exceptionId, code: 'write-off' }
    const free = said(held, 'case.resolved', data, { under: ruled('not-needed') })
    expect(holdsOf(free)).toEqual([])
    const barred = said(held, 'case.resolved', data, { under: ruled('refused') })
    expect(remedyOf(barred).state).toBe('refused')
    expect(caseOf(barred).state).toBe('in-progress')
    expect(holdsOf(barred)).toEqual(['PRICE'])
  })

  it('cancel what was under way when the case is settled another way', () => {
    const asked = resolved(heldForPrice(), 'credit-request')
    const accepted = resolved(asked, 'accept-variance')
    expect(remedyOf(accepted)).toMatchObject({
      state: 'cancelled',
      ended: { because: 'the case was settled as accept-variance' },
    })
    expect(holdsOf(accepted)).toEqual([])
    expect(checkInvariants(accepted)).toEqual([])
  })

  it('set it aside only where the rules allow it, and match the invoice again', () => {
    const held = heldForPrice()
    const bypass = { exceptionId: caseOf(held).exceptionId, reason: 'a known fault of the scale' }
    expect(say(held, 'case.bypassed', bypass).outcome).toMatchObject({
      reason: 'bypass-not-allowed',
    })
    const lenient: Policy = {
      ...policy,
      routing: (facts) => {
        const { value, decision } = policy.routing(facts)
        return { value: { ...value, bypassAllowed: true }, decision }
      },
    }
    const open = aWorldTold([order, aReceipt(), dear], { policy: lenient })
    const attempt = factsOf(open).match?.result.attempt ?? 0
    const data = { ...bypass, exceptionId: caseOf(open).exceptionId }
    const set = said(open, 'case.bypassed', data, { under: lenient })
    expect(factsOf(set).match?.result.attempt).toBe(attempt + 1)
    expect(factsOf(set).attempt?.because).toBe(
      'case PRICE_OVER was set aside by `ines`: a known fault of the scale',
    )
    expect(holdsOf(set)).toEqual([])
    expect(factsOf(set).released?.payable).toEqual(eur('1250.00'))
    expect(checkInvariants(set)).toEqual([])
  })

  it('are refused when the case does not know them, and closed only with a root cause', () => {
    const held = heldForPrice()
    expect(resolve(held, 'short-close').outcome).toMatchObject({
      kind: 'refused',
      reason: 'resolution-unknown',
      sentence: expect.stringContaining('use accept-variance, price-update'),
    })
    const { exceptionId } = caseOf(held)
    const verified = said(resolved(held, 'accept-variance'), 'case.verified', { exceptionId })
    expect(say(verified, 'case.closed', { exceptionId }).outcome).toMatchObject({
      reason: 'root-cause-missing',
    })
    const closed = said(verified, 'case.closed', { exceptionId, rootCause: 'contract' })
    expect(caseOf(closed)).toMatchObject({
      state: 'closed',
      resolution: { code: 'accept-variance', rootCause: 'contract' },
    })
    const machine: Actor = { kind: 'system', id: 'robot', roles: [] }
    const reopen = { exceptionId, reason: 'the supplier asks again' }
    expect(say(closed, 'case.reopened', reopen, { by: machine }).outcome).toMatchObject({
      reason: 'not-a-person',
    })
    const open = said(closed, 'case.reopened', reopen)
    expect(caseOf(open).state).toBe('in-progress')
    // What was let pass with it is held again.
    expect(holdsOf(open)).toEqual(['PRICE'])
    expect(factsOf(open).released).toBeNull()
    expect(checkInvariants(open)).toEqual([])
  })
})

describe('a case that waits', () => {
  const waiting = (whom: 'supplier' | 'internal' | 'approval') => {
    const held = heldForPrice()
    return said(held, 'case.waiting', { exceptionId: caseOf(held).exceptionId, for: whom })
  }
  // Said on Wednesday after eight; reminded after nine working hours, over after eighteen: on Friday.
  const until = (world: World, at: string) => passTime(world, { until: instant(at), policy })

  it.each([
    ['supplier', 'waiting-supplier'],
    ['internal', 'waiting-internal'],
    ['approval', 'waiting-approval'],
  ] as const)(
    'for the %s is brought to mind, and is its owner’s again when that does not help',
    (whom, state) => {
      const world = waiting(whom)
      const reminded = until(world, '2026-12-03T17:00:00Z')
      expect(caseOf(reminded).state).toBe(state)
      const reminder = newEffects(world, reminded).find(
        (intent) => 'topic' in intent && intent.topic === 'waiting-reminder',
      )
      expect(reminder?.kind).toBe(whom === 'supplier' ? 'send-supplier-notice' : 'notify')
      const over = until(reminded, '2026-12-04T17:00:00Z')
      expect(caseOf(over).state).toBe('in-progress')
      expect(caseOf(over).escalationLevel).toBeGreaterThan(0)
      expect(topicsOf(reminded, over)).toContain('waiting-over')
      expect(checkInvariants(over)).toEqual([])
    },
  )

  it('waits no longer than it was given, where no rule says how long and its own clock stands still', () => {
    const endless: Policy = {
      ...policy,
      routing: (facts) => {
        const { value, decision } = policy.routing(facts)
        return { value: { ...value, pausesForSupplier: true }, decision }
      },
      timing: (facts) => {
        const { decision } = policy.timing(facts)
        const value = {
          remindAfterBusinessHours: [],
          escalateAfterBusinessHours: null,
          overdueAfterBusinessHours: null,
        }
        return { value, decision }
      },
    }
    const held = aWorldTold([order, aReceipt(), dear], { policy: endless })
    const { exceptionId } = caseOf(held)
    const asked = said(held, 'case.waiting', { exceptionId, for: 'supplier' }, { under: endless })
    expect(caseOf(asked).pausedAt).toBeDefined()
    // Nine working hours from Wednesday morning end on Thursday morning.
    const over = passTime(asked, { until: instant('2026-12-03T17:00:00Z'), policy: endless })
    expect(caseOf(over).state).toBe('in-progress')
    expect(caseOf(over).pausedAt).toBeUndefined()
  })

  it('asks the timing rules by whom it waits for', () => {
    const asked: unknown[] = []
    const listening: Policy = {
      ...policy,
      timing: (facts) => {
        asked.push(facts['waiting'])
        return policy.timing(facts)
      },
    }
    const held = heldForPrice()
    const { exceptionId } = caseOf(held)
    said(held, 'case.waiting', { exceptionId, for: 'internal' }, { under: listening })
    expect(asked).toContainEqual({ for: 'internal' })
  })
})

describe('books of an earlier release', () => {
  it('say of a case that was settled by a credit what they always said', () => {
    const asked = resolved(heldForPrice(), 'credit-request', { rootCause: 'contract' })
    const told = asked.log.filter(({ aggregate, type }) => {
      const isNew = type.startsWith('remedy.') || type.startsWith('wait.')
      return aggregate.kind === 'invoice' && !isNew
    })
    const events = told.map((event, index) => ({ ...event, sequence: index + 1 }))
    const again = invoiceAggregate.replay?.(key, events)
    expect(again?.facts.cases[0]).toMatchObject({
      state: 'resolved',
      resolution: { code: 'credit-request', by: 'ines', rootCause: 'contract' },
    })
    expect(again?.facts.remedies).toBeUndefined()
    const next =
      again === undefined
        ? null
        : invoiceAggregate.outstanding?.(again, dear.tenant, {
            policy,
            now: '2026-12-03T08:00:00Z',
          })
    expect(
      next?.events.map(({ type }) => type).filter((type) => type.startsWith('remedy.')),
    ).toEqual([])
  })
})

describe('two lines, of which one is disputed', () => {
  it('have the other paid where the rules release in part, and wait together where they do not', () => {
    const two = aPurchaseOrder({
      lines: [order.lines[0] ?? anOrderLine(), anOrderLine({ orderLineNumber: '2' })],
    })
    const counted = aReceipt({
      lines: [aReceiptLine(), aReceiptLine({ documentLineNumber: '2', orderLineNumber: '2' })],
    })
    const bill = billed(
      [
        anInvoiceLine({ amount: '1250.00', price: undefined }),
        anInvoiceLine({ documentLineNumber: '2', orderLineNumber: '2' }),
      ],
      '1374.00',
    )
    const partly: Policy = {
      ...policy,
      conduct: (facts) => {
        const { value, decision } = policy.conduct(facts)
        return { value: { ...value, partialRelease: true }, decision }
      },
    }
    const dispute = (under: Policy) => {
      const held = aWorldTold([two, counted, bill], { policy: under })
      const { exceptionId } = caseOf(held)
      return said(
        held,
        'invoice.disputed',
        { exceptionId, claim: eur('250.00'), text: 'we agreed on 100.00' },
        { under },
      )
    }
    // 1,374.00 less the 1,250.00 of line 1.
    expect(factsOf(dispute(partly)).partlyReleased).toEqual(eur('124.00'))
    expect(factsOf(dispute(policy)).partlyReleased).toBeNull()
    expect(factsOf(dispute(policy)).released).toBeNull()
  })
})
