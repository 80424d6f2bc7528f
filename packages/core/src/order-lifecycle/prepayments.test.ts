import { describe, expect, it } from 'vitest'
import { isOpenCase } from '../exception/open-case.ts'
import { isOpenHold } from '../hold/change-hold.ts'
import { checkInvariants } from '../invariants/check-invariants.ts'
import { anInvoice, anInvoiceLine } from '../invoice/invoice.examples.ts'
import { invoiceStatus } from '../invoice-lifecycle/invoice-regions.ts'
import { aPolicy, aRoute, aTolerance } from '../policy/policy.examples.ts'
import type { PlannedCheck } from '../policy/policy.ts'
import { aPurchaseOrder } from '../purchase-order/purchase-order.examples.ts'
import { aReceipt } from '../receipt/receipt.examples.ts'
import { tellWorld } from '../world/tell-world.ts'
import { aWorldTold } from '../world/world.examples.ts'
import { emptyWorld, type World } from '../world/world.ts'
import { anOrderKey, anOrderMessage } from './order-lifecycle.examples.ts'

const check = (name: string, of: string): PlannedCheck =>
  ({
    name,
    check: of,
    holdCode: name.toUpperCase(),
    onExceed: 'hold',
    parameters: {},
  }) as PlannedCheck

/** Prepayments are held against their order and against the bills that take them off, both ways; goods as received. */
const policy = aPolicy({
  matching: ({ line, invoice }) => {
    const type = String(Reflect.get(Object(invoice), 'type'))
    if (line === null) {
      return {
        checks: [check('agreed', 'prepayment-agreed'), check('clearing', 'prepayment-clearing')],
      }
    }
    if (type === 'prepayment') return { checks: [] }
    if (type === 'credit') return { checks: [check('credit', 'credit-max-reversal')] }
    return { checks: [check('price', 'price-amount'), check('quantity', 'quantity-open-received')] }
  },
  tolerance: ({ check: asked }) =>
    Reflect.get(Object(asked), 'name') === 'clearing'
      ? aTolerance({ lower: { abs: null, pct: '0' }, lowerEffect: 'hold' })
      : aTolerance({ upper: { abs: null, pct: '0' } }),
  routing: () => aRoute({ ownerRole: 'accounts-payable' }),
})

// Ten pieces at 12.40 are 124.00; 30 % of them are 37.20.
const order = aPurchaseOrder({ prepaymentTerms: { percent: '30' } })
const goods = aReceipt()

const advance = (amount: string, more: Parameters<typeof anInvoice>[0] = {}) =>
  anInvoice({
    documentNumber: 'PP-1',
    invoiceType: 'prepayment',
    invoiceDate: '2026-11-24',
    issuedAt: '2026-11-24T00:00:00Z',
    lines: [anInvoiceLine({ amount })],
    ...more,
  })

const bill = (
  documentNumber: string,
  {
    quantity = '10',
    amount = '124.00',
    takenOff,
  }: {
    quantity?: string
    amount?: string
    takenOff?: string
  } = {},
) =>
  anInvoice({
    documentNumber,
    lines: [anInvoiceLine({ quantity, amount })],
    ...(takenOff === undefined
      ? {}
      : { prepayments: [{ invoiceNumber: 'PP-1', amount: takenOff }] }),
  })

const refund = (amount: string) =>
  anInvoice({
    documentNumber: 'CN-1',
    invoiceType: 'credit',
    correctsInvoiceNumber: 'PP-1',
    lines: [anInvoiceLine({ amount })],
  })

function told(documents: Parameters<typeof aWorldTold>[0], world: World = emptyWorld, day = '01') {
  return aWorldTold(documents, { world, policy, from: `2026-12-${day}T08:00:00Z` })
}

const keyOf = (number: string, type = 'standard') => `acme/0001/S100/${number}/${type}`
const factsOf = (world: World, key: string) => {
  const facts = world.invoices[key]?.facts
  if (facts === undefined) throw new Error(`no invoice ${key}`)
  return facts
}
const outcomeOf = (world: World, key: string) => ({
  status: invoiceStatus(factsOf(world, key)),
  holds: factsOf(world, key)
    .holds.filter(isOpenHold)
    .map(({ code }) => code),
  codes: factsOf(world, key)
    .cases.filter(isOpenCase)
    .map(({ code }) => code),
  payable: factsOf(world, key).released?.payable.amount ?? null,
})
const checked = (world: World, key: string, name: string) =>
  factsOf(world, key).match?.result.checks.find((one) => one.name === name)

describe('an order whose supplier is paid 30 % in advance', () => {
  const paid = told([order, advance('37.20')])

  it('pays the 37.20 before any goods came, and counts nothing as billed', () => {
    expect(outcomeOf(paid, keyOf('PP-1', 'prepayment'))).toEqual({
      status: 'released',
      holds: [],
      codes: [],
      payable: '37.20',
    })
    expect(paid.orders[anOrderKey]?.standing.states.billing).toBe('not-invoiced')
  })

  it('holds an advance of 40.00 for the 2.80 that nobody agreed to', () => {
    const world = told([order, advance('40.00')])
    expect(outcomeOf(world, keyOf('PP-1', 'prepayment'))).toMatchObject({
      holds: ['AGREED'],
      codes: ['PREPAYMENT_OVER'],
      payable: null,
    })
    expect(checked(world, keyOf('PP-1', 'prepayment'), 'agreed')).toMatchObject({
      expected: '37.20',
      variance: '2.80',
    })
  })

  it('holds a second advance: of 37.20 nothing is left', () => {
    const world = told([advance('10.00', { documentNumber: 'PP-2' })], paid, '02')
    expect(checked(world, keyOf('PP-2', 'prepayment'), 'agreed')).toMatchObject({
      expected: '0.00',
      actual: '10.00',
    })
  })

  it('takes it off the bill for the goods: 124.00 - 37.20 = 86.80 are paid', () => {
    const world = told([goods, bill('INV-1', { takenOff: '37.20' })], paid, '02')
    expect(outcomeOf(world, keyOf('INV-1'))).toEqual({
      status: 'released',
      holds: [],
      codes: [],
      payable: '86.80',
    })
    expect(checkInvariants(world)).toEqual([])
  })

  it('holds a bill that forgets it, until it is taken off', () => {
    const world = told([goods, bill('INV-1')], paid, '02')
    expect(outcomeOf(world, keyOf('INV-1'))).toMatchObject({
      holds: ['CLEARING'],
      codes: ['PREPAYMENT_OPEN'],
    })
    expect(checked(world, keyOf('INV-1'), 'clearing')).toMatchObject({
      expected: '37.20',
      actual: '0.00',
      variance: '-37.20',
    })
  })

  it('refuses to take it off twice: of the second bill’s 37.20 nothing is open', () => {
    const world = told(
      [
        goods,
        bill('INV-1', { quantity: '5', amount: '62.00', takenOff: '37.20' }),
        bill('INV-2', { quantity: '5', amount: '62.00', takenOff: '37.20' }),
      ],
      paid,
      '02',
    )
    // 62.00 - 37.20
    expect(outcomeOf(world, keyOf('INV-1'))).toMatchObject({ holds: [], payable: '24.80' })
    expect(outcomeOf(world, keyOf('INV-2'))).toMatchObject({
      holds: ['CLEARING'],
      codes: ['PREPAYMENT_OVER'],
      payable: null,
    })
    expect(checked(world, keyOf('INV-2'), 'clearing')).toMatchObject({
      expected: '0.00',
      actual: '37.20',
    })
  })

  it('asks no second bill to take off what the first one took: 62.00 are paid whole', () => {
    const parts = told(
      [
        goods,
        bill('INV-1', { quantity: '5', amount: '62.00', takenOff: '37.20' }),
        bill('INV-2', { quantity: '5', amount: '62.00' }),
      ],
      paid,
      '02',
    )
    expect(outcomeOf(parts, keyOf('INV-2'))).toMatchObject({ holds: [], payable: '62.00' })
  })

  it('counts taxes in: 44.27 of 147.56 leave 103.29', () => {
    // 37.20 and 19 % are 44.268; 124.00 and 19 % are 147.56.
    const taxed = advance('37.20', { taxes: [{ code: 'S', amount: '7.07' }] })
    const whole = {
      ...bill('INV-1', { takenOff: '44.27' }),
      taxes: [{ code: 'S', amount: '23.56' }],
    } as ReturnType<typeof anInvoice>
    expect(outcomeOf(told([order, taxed, goods, whole]), keyOf('INV-1'))).toMatchObject({
      holds: [],
      payable: '103.29',
    })
  })

  it('takes off nothing of an advance that is held, as it was not paid', () => {
    const world = told([order, advance('40.00'), goods, bill('INV-1', { takenOff: '40.00' })])
    expect(outcomeOf(world, keyOf('INV-1'))).toMatchObject({ codes: ['PREPAYMENT_OVER'] })
  })

  it('matches a bill again when the advance is known only after it', () => {
    const early = told([order, goods, bill('INV-1', { takenOff: '37.20' })])
    expect(outcomeOf(early, keyOf('INV-1'))).toMatchObject({ codes: ['PREPAYMENT_OVER'] })
    const late = told([advance('37.20')], early, '02')
    expect(outcomeOf(late, keyOf('INV-1'))).toMatchObject({ holds: [], payable: '86.80' })
  })
})

describe('an order that is cancelled after it was paid in advance', () => {
  const asked = anOrderMessage('order.cancel-requested', { reason: 'the customer left' })
  const answered = anOrderMessage('order.cancel-answered', { accepted: true })
  const cancelled = [asked, answered].reduce(
    (world, message) => tellWorld(world, message, { policy, now: '2026-12-02T08:00:00Z' }).world,
    told([order, advance('37.20')]),
  )
  const openOn = (world: World) =>
    (world.orders[anOrderKey]?.desk.cases ?? [])
      .filter(isOpenCase)
      .map(({ code, sentence }) => [code, sentence])

  it('has a case with payables until it is given back, and none after', () => {
    expect(openOn(cancelled)).toEqual([
      [
        'PREPAYMENT_OPEN',
        'the order is cancelled, and 37.20 EUR paid in advance by PP-1 are to be given back',
      ],
    ])
    const back = told([refund('37.20')], cancelled, '03')
    expect(outcomeOf(back, keyOf('CN-1', 'credit'))).toMatchObject({ holds: [], codes: [] })
    expect(openOn(back)).toEqual([])
    expect(checkInvariants(back)).toEqual([])
  })

  it('keeps the case for what was not given back: 37.20 - 30.00 = 7.20', () => {
    const part = told([refund('30.00')], cancelled, '03')
    // Too little is a matter of the limits: here it is held, and so counts for nothing yet.
    expect(checked(part, keyOf('CN-1', 'credit'), 'clearing')).toMatchObject({
      expected: '37.20',
      variance: '-7.20',
    })
    expect(openOn(part)).toHaveLength(1)
  })

  it('holds a refund of more than was paid: 2.80 of 40.00', () => {
    const more = told([refund('40.00')], cancelled, '03')
    expect(outcomeOf(more, keyOf('CN-1', 'credit'))).toMatchObject({ codes: ['PREPAYMENT_OVER'] })
    expect(checked(more, keyOf('CN-1', 'credit'), 'clearing')).toMatchObject({ variance: '2.80' })
  })
})
