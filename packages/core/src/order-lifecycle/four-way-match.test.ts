import { describe, expect, it } from 'vitest'
import { instant } from '../calendar/instant.ts'
import { isOpenCase } from '../exception/open-case.ts'
import { isOpenHold } from '../hold/change-hold.ts'
import { checkInvariants } from '../invariants/check-invariants.ts'
import { anInvoice, anInvoiceLine } from '../invoice/invoice.examples.ts'
import { invoiceStatus } from '../invoice-lifecycle/invoice-regions.ts'
import { aPolicy, aRoute, aTolerance } from '../policy/policy.examples.ts'
import { Timing, type PlannedCheck, type Policy } from '../policy/policy.ts'
import {
  anOrderLine,
  anOrderSchedule,
  aPurchaseOrder,
} from '../purchase-order/purchase-order.examples.ts'
import { anInspection, aReceipt, aReceiptLine } from '../receipt/receipt.examples.ts'
import { passTime } from '../world/pass-time.ts'
import { aWorldTold } from '../world/world.examples.ts'
import { emptyWorld, type World } from '../world/world.ts'
import { anOrderKey } from './order-lifecycle.examples.ts'
import { receiptLinesOf } from './stand-receipts.ts'
import { replayOrder } from './replay-order.ts'

const check = (name: string, of: string, parameters: object = {}): PlannedCheck =>
  ({ name, check: of, holdCode: name.toUpperCase(), onExceed: 'hold', parameters }) as PlannedCheck

/** Price, what quality accepted, and that it has decided; nothing may differ. Quality decides within 16 working hours. */
function aQualityPolicy(): Policy {
  const base = aPolicy({
    matching: ({ line, invoice }) => {
      if (line === null) return { checks: [] }
      if (Reflect.get(invoice as object, 'type') === 'credit') return { checks: [] }
      return {
        checks: [
          check('price', 'price-amount'),
          check('quality', 'quality-pending'),
          check('quantity', 'quantity-cumulative-accepted'),
        ],
      }
    },
    tolerance: () => aTolerance({ upper: { abs: null, pct: '0' } }),
    routing: ({ exception }) => {
      const code = String((exception as { readonly code: string }).code)
      const isQuality = code.startsWith('QUALITY_') || code === 'RCV_QUALITY'
      return aRoute({ ownerRole: isQuality ? 'quality' : 'buyer' })
    },
  })
  return {
    ...base,
    timing: (facts) => {
      const answer = base.timing(facts)
      const isInspection = Reflect.get(Object(facts['waiting']), 'for') === 'inspection'
      if (!isInspection) return answer
      const value = Timing.parse({
        remindAfterBusinessHours: [],
        escalateAfterBusinessHours: null,
        overdueAfterBusinessHours: 16,
      })
      return { value, decision: { ...answer.decision, firedRules: ['inspected-in-two-days'] } }
    },
  }
}

const policy = aQualityPolicy()
const key = 'acme/0001/S100/INV-1/standard'

// A hundred pumps at 12.40 are 1,240.00.
const order = aPurchaseOrder({
  matchLevel: 'four-way',
  lines: [
    anOrderLine({
      quantityOrdered: '100',
      schedules: [anOrderSchedule({ quantityOrdered: '100' })],
    }),
  ],
})
const toInspection = aReceipt({
  lines: [aReceiptLine({ quantity: '100', disposition: 'inspection' })],
})
const billed = (quantity: string, amount: string, documentNumber = 'INV-1') =>
  anInvoice({
    documentNumber,
    lines: [anInvoiceLine({ quantity, amount })],
  })
const inspected = (
  documentNumber: string,
  quantityAccepted: string,
  quantityRejected: string,
  more: Partial<Parameters<typeof anInspection>[0]> = {},
) =>
  anInspection({
    documentNumber,
    quantityAccepted,
    quantityRejected,
    disposition: 'return',
    ...more,
  })

function told(documents: Parameters<typeof aWorldTold>[0], world: World = emptyWorld, day = '01') {
  return aWorldTold(documents, { world, policy, from: `2026-12-${day}T08:00:00Z` })
}

function holdsOf(world: World, invoiceKey = key) {
  return (world.invoices[invoiceKey]?.facts.holds ?? []).filter(isOpenHold).map(({ code }) => code)
}

function statusOf(world: World, invoiceKey = key) {
  const invoice = world.invoices[invoiceKey]
  return invoice === undefined ? null : invoiceStatus(invoice.facts)
}

function casesOf(world: World, invoiceKey = key) {
  const facts = world.invoices[invoiceKey]?.facts
  return (facts?.cases ?? []).filter(isOpenCase).map(({ code, owner }) => [code, owner.role])
}

function ofOrder(world: World) {
  const state = world.orders[anOrderKey]
  if (state === undefined) throw new Error('no order')
  return state
}

function checked(world: World, name: string, invoiceKey = key) {
  const match = world.invoices[invoiceKey]?.facts.match
  return match?.result.checks.find((one) => one.name === name)
}

const waiting = told([order, toInspection, billed('100', '1240.00')])

describe('goods that are paid for when quality control took them (R-18, R-97)', () => {
  it('keep their invoice waiting with quality while they are inspected, all 100 of them', () => {
    expect(holdsOf(waiting)).toEqual(['QUALITY', 'QUANTITY'])
    expect(casesOf(waiting)).toEqual([['QUALITY_PENDING', 'quality']])
    expect(receiptLinesOf(ofOrder(waiting))).toMatchObject([
      { state: 'in-inspection', facts: { quantityPending: '100' } },
    ])
    expect(checkInvariants(waiting)).toEqual([])
  })
})

describe('goods of which quality control took a part', () => {
  const partly = told([inspected('QC-1', '80', '20')], waiting, '02')

  it('are paid as far as they were accepted: 20 of 100 refused are 20 x 12.40 = 248.00 too much', () => {
    expect(holdsOf(partly)).toEqual(['QUANTITY'])
    expect(casesOf(partly)).toEqual([['QUALITY_REJECTED', 'quality']])
    expect(checked(partly, 'quantity')).toMatchObject({
      expected: '80',
      actual: '100',
      variance: '20',
      varianceAmount: '248.00',
    })
    expect(receiptLinesOf(ofOrder(partly))).toMatchObject([
      { state: 'partially-accepted', facts: { quantityAccepted: '80', quantityRejected: '20' } },
    ])
  })

  it('are settled by a credit of what was refused, whether it goes back before or after', () => {
    const credit = anInvoice({
      documentNumber: 'CN-1',
      invoiceType: 'credit',
      correctsInvoiceNumber: 'INV-1',
      lines: [anInvoiceLine({ quantity: '20', amount: '248.00' })],
    })
    const back = aReceipt({
      documentNumber: 'RT-1',
      receiptType: 'return',
      issuedAt: '2026-12-02T12:00:00Z',
      receivedDate: '2026-12-02',
      lines: [aReceiptLine({ quantity: '20', reversesReceiptNumber: 'GR-1', noReplacement: true })],
    })
    for (const papers of [
      [credit, back],
      [back, credit],
    ]) {
      const settled = told(papers, partly, '03')
      expect(holdsOf(settled)).toEqual([])
      expect(statusOf(settled)).toBe('released')
      expect(checkInvariants(settled)).toEqual([])
    }
  })

  it('are nothing where all was refused and scrapped: all of 1,240.00 stays unpaid', () => {
    const scrapped = told([inspected('QC-1', '0', '100', { disposition: 'scrap' })], waiting, '02')
    expect(holdsOf(scrapped)).toEqual(['QUANTITY'])
    expect(checked(scrapped, 'quantity')).toMatchObject({
      expected: '0',
      variance: '100',
      varianceAmount: '1240.00',
    })
    expect(receiptLinesOf(ofOrder(scrapped))).toMatchObject([{ state: 'rejected' }])
  })
})

describe('goods that are reworked', () => {
  const sent = inspected('QC-1', '80', '20', { disposition: 'rework' })

  it('are neither accepted nor refused until they are inspected again: 20 are pending', () => {
    const reworked = told([sent], waiting, '02')
    expect(holdsOf(reworked)).toEqual(['QUALITY', 'QUANTITY'])
    expect(receiptLinesOf(ofOrder(reworked))).toMatchObject([
      {
        state: 'in-inspection',
        facts: { quantityAccepted: '80', quantityRejected: '0', quantityPending: '20' },
      },
    ])
    expect(ofOrder(reworked).desk.cases.filter(isOpenCase)).toMatchObject([{ code: 'RCV_QUALITY' }])
  })

  it('are paid as the second inspection says: 80 + 18 of 100, so 2 x 12.40 = 24.80 too much', () => {
    const again = inspected('QC-2', '18', '2', { issuedAt: '2026-12-03T09:00:00Z' })
    for (const papers of [
      [sent, again],
      [again, sent],
    ]) {
      const decided = told(papers, waiting, '03')
      expect(holdsOf(decided)).toEqual(['QUANTITY'])
      expect(checked(decided, 'quantity')).toMatchObject({
        expected: '98',
        variance: '2',
        varianceAmount: '24.80',
      })
      // The first refusal is over; what the second refused is a case of its own.
      const open = ofOrder(decided).desk.cases.filter(isOpenCase)
      expect(open.map(({ sentence }) => sentence)).toEqual([expect.stringMatching(/\b2\b/)])
    }
  })

  it('are paid whole when the second inspection took them all', () => {
    const fine = inspected('QC-2', '20', '0', {
      issuedAt: '2026-12-03T09:00:00Z',
      disposition: 'stock',
    })
    const decided = told([sent, fine], waiting, '03')
    expect(holdsOf(decided)).toEqual([])
    expect(statusOf(decided)).toBe('released')
    expect(ofOrder(decided).desk.cases.filter(isOpenCase)).toEqual([])
    const { log } = decided
    const own = log.filter(({ aggregate }) => aggregate.kind === 'order')
    const { auditHead: _, ...folded } = ofOrder(decided)
    expect(replayOrder(anOrderKey, own)).toMatchObject(folded)
  })
})

describe('goods that are taken at a lower price', () => {
  const good = inspected('QC-1', '80', '0', { disposition: 'stock' })
  const scratched = inspected('QC-2', '20', '0', {
    disposition: 'use-as-is',
    priceReductionPercent: '15',
    issuedAt: '2026-12-02T09:30:00Z',
  })

  it('cost less: 20 at 15 % less are 3 x 12.40 = 37.20 off, so 1,240.00 is held for 37.20', () => {
    const decided = told([good, scratched], waiting, '02')
    expect(holdsOf(decided)).toEqual(['PRICE'])
    expect(checked(decided, 'price')).toMatchObject({
      expected: '1202.80',
      actual: '1240.00',
      variance: '37.20',
    })
  })

  it('are paid by an invoice that grants the reduction: 1,202.80', () => {
    const decided = told([order, toInspection, good, scratched, billed('100', '1202.80')])
    expect(holdsOf(decided)).toEqual([])
    expect(statusOf(decided)).toBe('released')
  })

  it('are shared by two invoices as they bill the goods: half is 620.00 - 18.60 = 601.40', () => {
    const decided = told([
      order,
      toInspection,
      good,
      scratched,
      billed('50', '601.40', 'INV-1'),
      billed('50', '601.40', 'INV-2'),
    ])
    for (const invoiceKey of [key, key.replace('INV-1', 'INV-2')]) {
      expect(checked(decided, 'price', invoiceKey)).toMatchObject({
        expected: '601.40',
        variance: '0.00',
      })
      expect(statusOf(decided, invoiceKey)).toBe('released')
    }
  })

  it('are refused as a reduction of more than the whole price', () => {
    expect(() => inspected('QC-3', '1', '0', { priceReductionPercent: '100.01' })).toThrow(
      /no more than the whole price/,
    )
  })
})

describe('an inspection that takes too long', () => {
  // Tuesday 9:00 and 16 office hours of 8 to 17 are Wednesday 16:00.
  const tuesday = {
    ...toInspection,
    issuedAt: instant('2026-12-01T09:00:00Z'),
    receivedDate: '2026-12-01' as typeof toInspection.receivedDate,
  }
  const wantedTuesday = anOrderLine({
    ...order.lines[0],
    schedules: [anOrderSchedule({ quantityOrdered: '100', requestedDate: '2026-12-01' })],
  })
  const begun = told([{ ...order, lines: [wantedTuesday] }, tuesday])
  const late = passTime(begun, { until: instant('2026-12-02T16:00:00Z'), policy })
  const openOf = (world: World) => ofOrder(world).desk.cases.filter(isOpenCase)

  it('is a case with quality from the hour it was due, and not before', () => {
    const early = passTime(begun, { until: instant('2026-12-02T15:59:59Z'), policy })
    expect(openOf(early)).toEqual([])
    expect(openOf(late)).toMatchObject([
      {
        code: 'QUALITY_PENDING',
        owner: { role: 'quality' },
        subject: { line: '1' },
        sentence: 'line 1: quality control has not decided on 100 EA of receipt GR-1',
      },
    ])
  })

  it('is over when quality control decided, and anew after a rework', () => {
    const done = told([inspected('QC-1', '100', '0', { disposition: 'stock' })], late, '03')
    expect(openOf(done)).toEqual([])
    const rework = inspected('QC-1', '90', '10', {
      disposition: 'rework',
      issuedAt: '2026-12-03T09:00:00Z',
    })
    const again = told([rework], late, '03')
    expect(openOf(again).map(({ code }) => code)).toEqual(['RCV_QUALITY'])
    // Thursday 9:00 and 16 office hours are Friday 16:00.
    const tooLate = passTime(again, { until: instant('2026-12-04T16:00:00Z'), policy })
    expect(openOf(tooLate).map(({ code }) => code)).toEqual(['RCV_QUALITY', 'QUALITY_PENDING'])
  })

  it('is nobody’s case where no rule says how long it may take', () => {
    const world = aWorldTold([order, tuesday], { from: '2026-12-01T08:00:00Z' })
    const years = passTime(world, { until: instant('2027-03-01T00:00:00Z'), policy: aPolicy() })
    expect(openOf(years).filter(({ code }) => code === 'QUALITY_PENDING')).toEqual([])
  })
})
