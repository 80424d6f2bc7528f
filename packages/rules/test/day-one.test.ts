import {
  Acknowledgment,
  addMilliseconds,
  addressDocument,
  calendarDate,
  checkInvariants,
  emptyWorld,
  instant,
  invoiceStatus,
  isOpenCase,
  type Policy,
  type TradeDocument,
  tellWorld,
  type World,
} from '@counterfoil/core'
import {
  anInvoice,
  anInvoiceLine,
  anOrderLine,
  anOrderSchedule,
  aPurchaseOrder,
  aReceipt,
  aReceiptLine,
  aShipNotice,
  aShipNoticeLine,
} from '@counterfoil/core/examples'
import { createPolicySource } from '@counterfoil/rules'
import { loadRuleSetFolder } from '@counterfoil/rules/node'
import { describe, expect, it } from 'vitest'
import { ruleSetsFolder } from '../scripts/rule-set-folders.ts'

const loaded = loadRuleSetFolder(ruleSetsFolder)
const checks = ['canonical-matching', 'canonical-tolerance', 'canonical-routing']
const dayOne = [
  ...checks,
  'receiving-tolerance',
  'acknowledgment-tolerance',
  'ship-notice-checks',
  'supplier-reminders',
  'canonical-approval',
  'price-approval',
]
const policyOf = (names: readonly string[]): Policy =>
  createPolicySource(loaded.filter(({ ruleSet }) => names.includes(ruleSet.id))).pick(
    { tenant: 'acme' },
    calendarDate('2026-12-05'),
  )
const plain = policyOf(checks)
const ready = policyOf(dayOne)

const start = instant('2026-11-20T08:00:00Z')

/** The world after documents that arrive one after the other, a minute apart. */
const told = (policy: Policy, documents: readonly TradeDocument[]): World =>
  documents.reduce((before: World, document, index) => {
    const now = addMilliseconds(start, index * 60_000)
    return addressDocument(document).reduce(
      (one, { aggregate, type, data }, ordinal) =>
        tellWorld(
          one,
          {
            id: `${document.documentNumber}/${index}/${ordinal}`,
            tenant: document.tenant,
            aggregate,
            type,
            schemaVersion: 1,
            occurredAt: document.issuedAt,
            receivedAt: now,
            actor: { kind: 'connector', id: 'edi', roles: [] },
            causedBy: null,
            data,
          },
          { policy, now },
        ).world,
      before,
    )
  }, emptyWorld)

const codesIn = ({ orders, shipments, invoices }: World): readonly string[] =>
  [
    ...Object.values(orders).flatMap(({ desk }) => desk.cases),
    ...Object.values(shipments).flatMap(({ facts }) => facts.cases),
    ...Object.values(invoices).flatMap(({ facts }) => facts.cases),
  ]
    .filter(isOpenCase)
    .map(({ code }) => code)

type OrderInput = Parameters<typeof aPurchaseOrder>[0]
type LineInput = Parameters<typeof anOrderLine>[0]

// Without a tolerance of its own the line leaves it to the rules how much may be over.
const free = { overPercent: null, underPercent: null, overUnlimited: false } as const
const ordered = (line: LineInput = {}, order: OrderInput = {}): TradeDocument =>
  aPurchaseOrder({
    lines: [anOrderLine({ quantityOrdered: '100', deliveryTolerance: free, ...line })],
    ...order,
  })

const confirmed = (response: object): TradeDocument =>
  Acknowledgment.parse({
    kind: 'acknowledgment',
    tenant: 'acme',
    buyerOrganisation: '0001',
    supplier: 'S100',
    documentNumber: 'AK-1',
    revision: 0,
    issuedAt: '2026-11-21T08:00:00Z',
    orderNumber: '4711',
    orderVersion: 1,
    decision: 'accepted-with-changes',
    unlistedLines: 'unanswered',
    lines: [
      {
        documentLineNumber: '1',
        orderLineNumber: '1',
        item: { buyerItem: 'SKU-1' },
        responses: [
          {
            action: 'accept',
            quantity: '100',
            unitOfMeasure: 'EA',
            promisedDate: '2026-11-27',
            dateMeaning: 'delivery',
            ...response,
          },
        ],
      },
    ],
  })

const counted = (quantity: string, receivedDate = '2026-11-27'): TradeDocument =>
  aReceipt({ receivedDate, lines: [aReceiptLine({ quantity })] })

const contract = {
  amount: '10.00',
  perQuantity: '1',
  perUnitOfMeasure: 'EA',
  priceType: 'contract',
} as const
const confirmedPrice = { ...contract, amount: '10.05' }
const announced = (estimatedDeliveryDate: string): TradeDocument =>
  aShipNotice({
    estimatedDeliveryDate,
    lines: [aShipNoticeLine({ quantityShipped: '100' })],
  })

describe('the rule sets of day one', () => {
  it.each<[string, readonly TradeDocument[], readonly string[], readonly string[]]>([
    [
      'take eight per cent over of what is poured',
      [ordered({}, { attributes: { goods: 'bulk' } }), counted('108')],
      ['RCV_OVER'],
      [],
    ],
    [
      'ask about one piece over of what was made for one job',
      [ordered({}, { attributes: { goods: 'made-to-order' } }), counted('101')],
      [],
      ['RCV_OVER'],
    ],
    [
      'take three per cent over of what is paid by weight',
      [
        ordered({ price: { ...contract, perUnitOfMeasure: 'KG' }, pricingQuantityOrdered: '250' }),
        counted('103'),
      ],
      ['RCV_OVER'],
      [],
    ],
    [
      'trouble nobody when goods come a day late',
      [ordered(), counted('100', '2026-11-28')],
      ['RCV_LATE'],
      [],
    ],
    [
      'ask about goods that come a week before their day',
      [
        ordered({
          schedules: [anOrderSchedule({ quantityOrdered: '100', deliverNotBefore: '2026-11-26' })],
        }),
        counted('100', '2026-11-19'),
      ],
      [],
      ['RCV_EARLY'],
    ],
    [
      'take a promise of a day later',
      [ordered(), confirmed({ promisedDate: '2026-11-28' })],
      ['DATE_CHANGE'],
      [],
    ],
    [
      'ask about a promise of a day later for a rush order',
      [ordered({}, { attributes: { urgency: 'rush' } }), confirmed({ promisedDate: '2026-11-28' })],
      ['DATE_CHANGE'],
      ['DATE_CHANGE'],
    ],
    [
      'ask about a contract price confirmed half a per cent higher',
      [ordered({ price: contract }), confirmed({ price: confirmedPrice })],
      [],
      ['PRICE_CHANGE'],
    ],
    [
      'let goods be announced for a day later',
      [ordered(), announced('2026-11-28')],
      ['ASN_DATE'],
      [],
    ],
    [
      'ask about goods announced for two days later',
      [ordered(), announced('2026-11-29')],
      ['ASN_DATE'],
      ['ASN_DATE'],
    ],
  ])('%s', (_, documents, without, with_) => {
    expect(codesIn(told(plain, documents))).toEqual(without)
    expect(codesIn(told(ready, documents))).toEqual(with_)
  })

  it.each<[string, OrderInput, LineInput, number, string]>([
    ['anybody', {}, {}, 2, '2026-11-24T14:00:00Z'],
    [
      'a strategic supplier',
      { attributes: { supplierClass: 'strategic' } },
      {},
      1,
      '2026-11-23T15:00:00Z',
    ],
    ['a small supplier', { attributes: { supplierClass: 'small' } }, {}, 3, '2026-11-26T12:00:00Z'],
    [
      'whoever gets a rush order',
      { attributes: { urgency: 'rush' } },
      {},
      2,
      '2026-11-20T16:00:00Z',
    ],
    [
      'whoever gets an order of 50,000',
      {},
      { quantityOrdered: '5000', price: contract },
      3,
      '2026-11-23T15:00:00Z',
    ],
  ])('remind %s of an order in their own time (R-21)', (_, order, line, reminders, overdue) => {
    const clocks = told(ready, [ordered(line, order)]).timers
    const acknowledgment = clocks.filter(({ timerId }) => timerId.startsWith('acknowledgment/'))
    const due = acknowledgment.find(({ type }) => type === 'acknowledgment.overdue')?.dueAt
    expect(acknowledgment.map(({ type }) => type)).toEqual([
      ...Array.from({ length: reminders }, () => 'acknowledgment.reminder-due'),
      'acknowledgment.escalation-due',
      'acknowledgment.overdue',
    ])
    expect(due).toBe(overdue)
  })

  it.each<[string, OrderInput, readonly string[]]>([
    ['nobody for a small order', {}, []],
    ['who brings a container', { attributes: { goods: 'import' } }, ['reconfirmation.due']],
  ])('ask %s to say again that the goods come', (_, order, expected) => {
    const { timers } = told(ready, [ordered({}, order), confirmed({})])
    const asked = timers.map(({ type }) => type).filter((type) => type === 'reconfirmation.due')
    expect(asked).toEqual(expected)
  })

  it('wait for a ship notice of everybody but small suppliers', () => {
    const waits = (supplierClass: string) =>
      told(ready, [ordered({}, { attributes: { supplierClass } })])
        .timers.map(({ type }) => type)
        .filter((type) => type === 'ship-notice.overdue')
    expect(waits('small')).toEqual([])
    expect(waits('strategic')).toEqual(['ship-notice.overdue'])
  })

  it.each<[string, string, string, object]>([
    ['nobody', '8', '96.00', { status: 'released', asked: [] }],
    [
      'the manager',
      '100',
      '1200.00',
      {
        status: 'awaiting-approval',
        asked: ['ap-manager, 1 by accept-variance-up-to-5000 of canonical-approval'],
      },
    ],
    [
      'two roles, and then two more,',
      '3000',
      '36000.00',
      {
        status: 'awaiting-approval',
        asked: ['ap-manager, 2 by accept-variance-above of canonical-approval'],
      },
    ],
  ])('ask %s to accept a price of a fifth too much (R-30)', (_, quantity, amount, expected) => {
    const world = told(ready, [
      ordered({ quantityOrdered: quantity, price: contract }),
      counted(quantity),
      anInvoice({ lines: [anInvoiceLine({ quantity, amount })], totalAmount: amount }),
    ])
    const [invoice] = Object.values(world.invoices)
    const asked = invoice?.facts.approvals.map(({ approverRole, requirement, policy }) => {
      const steps = requirement?.outcome === 'needed' ? requirement.steps.length : 0
      return `${approverRole}, ${steps} by ${policy?.firedRules.join()} of ${policy?.reference.ruleSet}`
    })
    expect({ status: invoice && invoiceStatus(invoice.facts), asked }).toEqual(expected)
    expect(checkInvariants(world)).toEqual([])
  })
})
