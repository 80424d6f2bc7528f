import {
  addMilliseconds,
  addressDocument,
  checkInvariants,
  emptyWorld,
  type Instant,
  instant,
  invoiceStatus,
  isOpenCase,
  isOpenHold,
  type Message,
  type TradeDocument,
  tellWorld,
  type World,
} from '@counterfoil/core'
import {
  anInvoice,
  anInvoiceLine,
  anOrderLine,
  aPurchaseOrder,
  aReceipt,
  aReceiptLine,
} from '@counterfoil/core/examples'
import { createPolicy } from '@counterfoil/rules'
import { loadRuleSetFolder } from '@counterfoil/rules/node'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newestOf, ruleSetsFolder } from '../scripts/rule-set-folders.ts'

const loaded = newestOf(loadRuleSetFolder(ruleSetsFolder).map((one) => ({ loaded: one }))).map(
  ({ loaded: one }) => one,
)
const policyOf = (profile: string) =>
  createPolicy({
    ruleSets: loaded.filter(({ ruleSet }) =>
      [`${profile}-matching`, `${profile}-tolerance`, `${profile}-routing`].includes(ruleSet.id),
    ),
  })
const canonical = policyOf('canonical')

const start = instant('2026-12-07T08:00:00Z')

/** The world after documents that arrive one after the other, a minute apart. */
function told(
  documents: readonly TradeDocument[],
  { policy = canonical, world = emptyWorld, from = start } = {},
): World {
  return documents.reduce((before: World, document, index) => {
    const now = addMilliseconds(from, index * 60_000)
    return messagesOf(document, now).reduce(
      (one, message) => tellWorld(one, message, { policy, now }).world,
      before,
    )
  }, world)
}

function messagesOf(document: TradeDocument, receivedAt: Instant): readonly Message[] {
  return addressDocument(document).map(({ aggregate, type, data }, index) => ({
    id: `${document.kind}/${document.documentNumber}/${document.revision}/${receivedAt}/${index}`,
    tenant: document.tenant,
    aggregate,
    type,
    schemaVersion: 1,
    occurredAt: document.issuedAt,
    receivedAt,
    actor: { kind: 'connector', id: 'edi', roles: [] },
    causedBy: null,
    data,
  }))
}

type InvoiceInput = Parameters<typeof anInvoice>[0]

/** A bill, credit or cancellation of so many pieces for so much. */
function bill(
  documentNumber: string,
  [quantity, amount]: readonly [quantity: string, amount: string],
  more: InvoiceInput = {},
) {
  return anInvoice({
    documentNumber,
    lines: [anInvoiceLine({ quantity, amount })],
    totalAmount: amount,
    ...more,
  })
}

const credit = (
  documentNumber: string,
  billed: readonly [quantity: string, amount: string],
  more: InvoiceInput = {},
) =>
  bill(documentNumber, billed, {
    invoiceType: 'credit',
    invoiceDate: '2026-12-03',
    correctsInvoiceNumber: 'INV-1',
    ...more,
  })

// Order 4711 of 10 pieces at 12.40, all received; INV-1 bills all of it, 124.00.
const order = aPurchaseOrder()
const receipt = aReceipt()
const invoice = bill('INV-1', ['10', '124.00'])
const papers = [order, receipt, invoice]

function factsOf(world: World, documentNumber: string) {
  const found = Object.values(world.invoices).find(({ facts }) =>
    facts.versions.some(({ document }) => document.documentNumber === documentNumber),
  )
  if (found === undefined) throw new Error(`no ${documentNumber}`)
  return found.facts
}

/** Where a document ended: its status, its open holds, and its open cases with their owners. */
function standingOf(world: World, documentNumber: string) {
  const facts = factsOf(world, documentNumber)
  return {
    status: invoiceStatus(facts),
    holds: facts.holds.filter(isOpenHold).map(({ code }) => code),
    cases: facts.cases.filter(isOpenCase).map(({ code, owner }) => `${code} ${owner.role}`),
  }
}

/** What the order counts of the line: billed, and given back. */
function countedOf(world: World) {
  const [schedule] = Object.values(world.orders)[0]?.standing.lines[0]?.schedules ?? []
  const { invoiced, credited } = schedule?.quantities ?? {}
  return [invoiced, credited]
}

describe('a credit under the canonical rules', () => {
  it('of 4 pieces at the price they were billed at is released, and counts', () => {
    const world = told([...papers, credit('CR-1', ['4', '49.60'])])
    expect(standingOf(world, 'CR-1')).toEqual({ status: 'released', holds: [], cases: [] })
    expect(countedOf(world)).toEqual(['10', '4'])
    expect(factsOf(world, 'INV-1').credits).toMatchObject([
      { documentNumber: 'CR-1', amount: { amount: '49.60', currency: 'EUR' } },
    ])
    expect(standingOf(world, 'INV-1').status).toBe('released')
  })

  it('of 4.00 for 4 pieces that were billed for 49.60 is held, and counts nothing', () => {
    const world = told([...papers, credit('CR-1', ['4', '4.00'])])
    expect(standingOf(world, 'CR-1')).toEqual({
      status: 'on-hold',
      holds: ['PRICE'],
      cases: ['PRICE_UNDER buyer'],
    })
    expect(countedOf(world)).toEqual(['10', '0'])
    expect(factsOf(world, 'INV-1').credits).toEqual([])
  })

  it('of 500.00 for an invoice of 124.00 is held for a person, and does not end the invoice (INV-07)', () => {
    const world = told([...papers, credit('CR-1', ['10', '500.00'])])
    expect(standingOf(world, 'CR-1')).toEqual({
      status: 'on-hold',
      holds: ['CREDIT', 'PRICE'],
      cases: ['CREDIT_EXCEEDS_INVOICED ap', 'PRICE_OVER buyer'],
    })
    // Sixteen business hours by the routing rules, from 8:03 on a Monday: two working days.
    const [exceeds] = factsOf(world, 'CR-1').cases
    expect(exceeds?.dueAt).toBe('2026-12-08T15:03:00Z')
    expect(standingOf(world, 'INV-1').status).toBe('released')
  })

  it('of 11 pieces where 10 were billed is held, and counts nothing (INV-07)', () => {
    const world = told([...papers, credit('CR-1', ['11', '136.40'])])
    expect(standingOf(world, 'CR-1')).toMatchObject({
      holds: ['CREDIT'],
      cases: ['CREDIT_EXCEEDS_INVOICED ap'],
    })
    expect(countedOf(world)).toEqual(['10', '0'])
  })

  it('whose freight was never billed is held, though its lines are right', () => {
    const world = told([
      ...papers,
      credit('CR-1', ['10', '124.00'], {
        charges: [{ code: 'FREIGHT', amount: '376.00' }],
        totalAmount: '500.00',
      }),
    ])
    expect(standingOf(world, 'CR-1')).toMatchObject({
      holds: ['CREDIT'],
      cases: ['CREDIT_EXCEEDS_INVOICED ap'],
    })
  })

  it('is held against the invoice it names: 5 of the 4 it billed are too many, 4 of the 6 of the other are not', () => {
    const two = [order, receipt, bill('INV-1', ['4', '49.60']), bill('INV-2', ['6', '74.40'])]
    const wrong = told([...two, credit('CR-1', ['5', '62.00'])])
    expect(standingOf(wrong, 'CR-1').cases).toEqual(['CREDIT_EXCEEDS_INVOICED ap'])
    const right = told([...two, credit('CR-1', ['4', '49.60'], { correctsInvoiceNumber: 'INV-2' })])
    expect(standingOf(right, 'CR-1')).toEqual({ status: 'released', holds: [], cases: [] })
  })

  it('that names no invoice is held against the whole order line', () => {
    const two = [order, receipt, bill('INV-1', ['4', '49.60']), bill('INV-2', ['6', '74.40'])]
    const none = { correctsInvoiceNumber: undefined }
    const right = told([...two, credit('CR-1', ['5', '62.00'], none)])
    expect(standingOf(right, 'CR-1')).toEqual({
      status: 'released',
      holds: [],
      cases: ['CREDIT_INCOMPLETE ap'],
    })
    const wrong = told([...two, credit('CR-1', ['11', '136.40'], none)])
    expect(standingOf(wrong, 'CR-1').holds).toEqual(['CREDIT'])
  })

  it('of what an earlier credit gave back is held', () => {
    const world = told([
      ...papers,
      credit('CR-1', ['8', '99.20']),
      credit('CR-2', ['3', '37.20'], { invoiceDate: '2026-12-04' }),
    ])
    expect(standingOf(world, 'CR-1').status).toBe('released')
    expect(standingOf(world, 'CR-2').cases).toEqual(['CREDIT_EXCEEDS_INVOICED ap'])
    expect(countedOf(world)).toEqual(['10', '8'])
  })

  it('of the price alone keeps working, and lowers the price goods are given back at', () => {
    // 124.00 less 4.00 are 120.00 for 10 pieces, 12.00 each.
    const lower = credit('SC-1', ['10', '4.00'], { invoiceType: 'subsequent-credit' })
    const back = (amount: string) => credit('CR-1', ['4', amount], { invoiceDate: '2026-12-04' })
    const right = told([...papers, lower, back('48.00')])
    expect(standingOf(right, 'SC-1').status).toBe('released')
    expect(standingOf(right, 'CR-1').status).toBe('released')
    expect(standingOf(told([...papers, lower, back('49.60')]), 'CR-1').holds).toEqual(['PRICE'])
  })
})

describe('a credit that comes before its invoice', () => {
  it('waits with a case, counts nothing, and is released when the invoice comes', () => {
    const early = told([order, receipt, credit('CR-1', ['4', '49.60'])])
    expect(standingOf(early, 'CR-1')).toEqual({
      status: 'on-hold',
      holds: ['CREDIT_REFERENCE'],
      cases: ['CREDIT_INCOMPLETE ap'],
    })
    expect(countedOf(early)).toEqual(['0', '0'])
    const later = told([invoice], { world: early, from: addMilliseconds(start, 3_600_000) })
    expect(standingOf(later, 'CR-1')).toEqual({ status: 'released', holds: [], cases: [] })
    expect(countedOf(later)).toEqual(['10', '4'])
    expect(factsOf(later, 'INV-1').credits).toHaveLength(1)
    expect(checkInvariants(later)).toEqual([])
  })

  it('frees the goods of the invoice for a bill of all, also where every receipt counts', () => {
    const whole = aPurchaseOrder({ lines: [anOrderLine({ quantityOrdered: '20' })] })
    const rest = aReceipt({ documentNumber: 'GR-2', lines: [aReceiptLine({ quantity: '10' })] })
    const rebill = bill('INV-2', ['20', '248.00'], { invoiceDate: '2026-12-05' })
    const texts = [whole, receipt, rest, invoice, credit('CR-1', ['10', '124.00']), rebill]
    const world = told(texts, { policy: policyOf('peoplesoft') })
    expect(factsOf(world, 'INV-1').closing?.as).toBe('credited')
    expect(invoiceStatus(factsOf(world, 'INV-2'))).toBe('released')
    const [one] = Object.values(world.orders)
    const set = one?.facts.ledger[factsOf(world, 'INV-2').invoiceKey]?.allocations
    expect(set?.map(({ receiptNumber, quantity }) => `${quantity} of ${receiptNumber}`)).toEqual([
      '10 of GR-1',
      '10 of GR-2',
    ])
  })

  it('gives its goods back once, though an earlier one comes after it', () => {
    const late = credit('CR-2', ['10', '124.00'], { invoiceDate: '2026-12-04' })
    const ended = told([...papers, late])
    expect(standingOf(ended, 'INV-1').status).toBe('credited')
    const world = told([credit('CR-1', ['4', '49.60'])], {
      world: ended,
      from: addMilliseconds(start, 3_600_000),
    })
    expect(standingOf(world, 'CR-1').status).toBe('released')
    expect(standingOf(world, 'CR-2').cases).toEqual(['CREDIT_EXCEEDS_INVOICED ap'])
    expect(standingOf(world, 'INV-1')).toEqual({ status: 'released', holds: [], cases: [] })
    expect(factsOf(world, 'INV-1').credits).toMatchObject([{ documentNumber: 'CR-1' }])
  })
})

describe('a cancellation under the canonical rules', () => {
  const cancellation = (billed: readonly [string, string], more: InvoiceInput = {}) =>
    credit('CN-1', billed, { invoiceType: 'cancellation', ...more })

  it('of the whole invoice takes effect', () => {
    const world = told([...papers, cancellation(['10', '124.00'])])
    expect(standingOf(world, 'CN-1').status).toBe('applied')
    expect(standingOf(world, 'INV-1').status).toBe('cancelled')
    expect(countedOf(world)).toEqual(['0', '0'])
    expect(checkInvariants(world)).toEqual([])
  })

  it.each([
    ['pieces', ['9', '111.60']],
    ['money', ['10', '123.00']],
  ] as const)('that leaves out %s is held, and the invoice stands', (_, billed) => {
    const world = told([...papers, cancellation(billed)])
    expect(standingOf(world, 'CN-1')).toMatchObject({ status: 'on-hold' })
    expect(standingOf(world, 'CN-1').cases).toContain('CREDIT_INCOMPLETE ap')
    expect(standingOf(world, 'INV-1').status).toBe('released')
  })

  it('of more than the invoice billed is held', () => {
    const world = told([...papers, cancellation(['11', '136.40'])])
    expect(standingOf(world, 'CN-1').cases).toEqual(['CREDIT_EXCEEDS_INVOICED ap'])
    expect(standingOf(world, 'INV-1').status).toBe('released')
  })

  it('that comes before its invoice waits for it', () => {
    const early = told([order, receipt, cancellation(['10', '124.00'])])
    expect(standingOf(early, 'CN-1').cases).toEqual(['CREDIT_INCOMPLETE ap'])
    const later = told([invoice], { world: early, from: addMilliseconds(start, 3_600_000) })
    expect(standingOf(later, 'CN-1').status).toBe('applied')
    expect(standingOf(later, 'INV-1').status).toBe('cancelled')
  })

  it('without lines takes effect on the invoice it names, as there is nothing to hold it against', () => {
    const world = told([
      ...papers,
      cancellation(['10', '124.00'], { lines: [], totalAmount: null }),
    ])
    expect(standingOf(world, 'INV-1').status).toBe('cancelled')
  })
})

describe('a credit that the rules of a profile turn down', () => {
  it('does not vanish: it keeps a case with an owner and a due time', () => {
    const world = told([...papers, credit('CR-1', ['11', '136.40'])], { policy: policyOf('sap') })
    expect(standingOf(world, 'CR-1')).toEqual({
      status: 'rejected',
      holds: [],
      cases: ['CREDIT_EXCEEDS_INVOICED ap'],
    })
    expect(factsOf(world, 'CR-1').cases[0]?.dueAt).toBeTruthy()
    expect(countedOf(world)).toEqual(['10', '0'])
  })
})

describe('bills and what takes them back, in any order', () => {
  type Drawn = {
    readonly bills: readonly number[]
    readonly received: number
    readonly backs: readonly {
      readonly of: number
      readonly quantity: number
      readonly cents: number
      readonly type: 'credit' | 'subsequent-credit' | 'cancellation' | 'reversal'
      /** Of a second issue, where there is one; what took effect on its invoice is not issued again. */
      readonly corrected: number | null
    }[]
  }
  const pieces = fc.integer({ min: 1, max: 8 })
  const isEnd = ({ type }: Drawn['backs'][number]): boolean =>
    type === 'cancellation' || type === 'reversal'
  /** Of what ends an invoice there is one at most: the first that comes takes effect, and the next has nothing to end. */
  const withOneEnd = (backs: Drawn['backs']): Drawn['backs'] =>
    backs.map((back, index) =>
      isEnd(back) && backs.findIndex(isEnd) < index ? { ...back, type: 'credit' } : back,
    )
  const drawn: fc.Arbitrary<Drawn> = fc.record({
    bills: fc.array(pieces, { minLength: 1, maxLength: 2 }),
    received: fc.integer({ min: 1, max: 16 }),
    backs: fc.array(
      fc.record({
        of: fc.integer({ min: 0, max: 3 }),
        quantity: pieces,
        cents: fc.constantFrom(1240, 1240, 1240, 1300, 100),
        type: fc.constantFrom(
          'credit',
          'credit',
          'credit',
          'subsequent-credit',
          'cancellation',
          'reversal',
        ),
        corrected: fc.option(pieces, { nil: null, freq: 4 }),
      }),
      { maxLength: 3 },
    ),
  })
  const euros = (cents: number) => (cents / 100).toFixed(2)

  function documentsOf({ bills, backs, received }: Drawn): readonly TradeDocument[] {
    return [
      aPurchaseOrder({ lines: [anOrderLine({ quantityOrdered: '20' })] }),
      aReceipt({ lines: [aReceiptLine({ quantity: String(received) })] }),
      ...bills.map((quantity, index) =>
        bill(`INV-${index + 1}`, [String(quantity), euros(quantity * 1240)], {
          invoiceDate: `2026-12-0${index + 1}`,
        }),
      ),
      ...withOneEnd(backs).flatMap(({ of, quantity, cents, type, corrected }, index) =>
        [quantity, corrected].flatMap((pieces, revision) => {
          const isIssuedOnce = type === 'cancellation' || type === 'reversal'
          if (pieces === null || (isIssuedOnce && revision > 0)) return []
          const amount = euros(type === 'subsequent-credit' ? pieces * 10 : pieces * cents)
          const text = {
            invoiceType: type,
            invoiceDate: `2026-12-0${index + 3}`,
            revision,
            ...(of === 0 ? {} : { correctsInvoiceNumber: `INV-${of}` }),
          }
          return [bill(`BACK-${index + 1}`, [String(pieces), amount], text)]
        }),
      ),
    ]
  }

  /** What has to be the same however the papers came. What the last match of an ended invoice said is history. */
  function endOf(world: World) {
    return {
      counted: countedOf(world),
      states: Object.values(world.orders)[0]?.standing.states,
      parked: world.parked.map(({ message }) => [message.aggregate.key, message.type]),
      invoices: Object.fromEntries(
        Object.entries(world.invoices).map(([key, { facts }]) => {
          const number = facts.versions[0]?.document.documentNumber ?? ''
          const credits = facts.credits.map(({ documentNumber, amount }) => [
            documentNumber,
            amount,
          ])
          const { holds, cases, status } = standingOf(world, number)
          return [key, { status, credits, holds: holds.toSorted(), cases: cases.toSorted() }]
        }),
      ),
    }
  }

  it('end in the same ledger, totals, holds and cases, some of them sent twice', () => {
    fc.assert(
      fc.property(
        drawn.chain((one) => {
          const documents = documentsOf(one)
          return fc.tuple(
            fc.constant(documents),
            fc.subarray([...documents], { maxLength: 2 }).chain((twice) =>
              fc.shuffledSubarray([...documents, ...twice], {
                minLength: documents.length + twice.length,
              }),
            ),
          )
        }),
        ([inTurn, atRandom]) => {
          const world = told(atRandom)
          expect(endOf(world)).toEqual(endOf(told(inTurn)))
          expect(checkInvariants(world)).toEqual([])
        },
      ),
      { numRuns: 60 },
    )
  })
})
