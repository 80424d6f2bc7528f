import type { TradeDocumentInput } from '@counterfoil/core'
import { createPolicySource } from '@counterfoil/rules'
import { loadRuleSetFolder } from '@counterfoil/rules/node'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createVirtualClock } from './clock/virtual-clock.ts'
import { countedFor, receivedOf, recountedFor, twoOrders } from './conformance/recount-stories.ts'
import {
  aCount,
  theAcknowledgment,
  theInvoice,
  theOrder,
  theShipNotice,
} from './conformance/story-documents.ts'
import { openWorld, recorded, standing } from './conformance/story-world.ts'
import { createMemoryStore } from './memory-store/memory-store.ts'
import type { Runtime } from './runtime.ts'

const ruleSets = loadRuleSetFolder(new URL('../../rules/rulesets', import.meta.url).pathname)
const policies = createPolicySource(
  ruleSets.filter(({ ruleSet }) => ruleSet.id.startsWith('canonical-')),
)

/** An order that comes in two parts, the first with a mistake in the count that a reversal takes back. */
const documents = [
  theOrder(),
  theAcknowledgment(),
  theShipNotice(),
  aCount('6'),
  aCount('3', { documentNumber: 'GR-2', issuedAt: '2026-11-28T10:00:00Z' }),
  aCount('4', { documentNumber: 'GR-3', issuedAt: '2026-11-30T10:00:00Z' }),
  aReversal(),
  theInvoice(),
  aCredit(),
]

/** Four of the ten pieces are given back, at the price they were billed at. */
function aCredit() {
  const invoice = theInvoice()
  return {
    ...invoice,
    documentNumber: 'CR-1',
    invoiceType: 'credit' as const,
    correctsInvoiceNumber: invoice.documentNumber,
    lines: invoice.lines.map((line) => ({ ...line, quantity: '4', amount: '49.60' })),
    taxes: [],
    totalAmount: '49.60',
  }
}

function aReversal() {
  const wrong = aCount('3')
  return {
    ...wrong,
    documentNumber: 'GR-2R',
    receiptType: 'reversal' as const,
    issuedAt: '2026-11-28T11:00:00Z',
    lines: wrong.lines.map((line) => ({ ...line, reversesReceiptNumber: 'GR-2' })),
  }
}

/** Tells the documents in this order, at a time when no clock has run out, and looks at what is left. */
async function livedAs(
  order: readonly number[],
  told: readonly TradeDocumentInput[] = documents,
  look: (runtime: Runtime) => Promise<object> = standing,
) {
  const clock = createVirtualClock('2026-11-24T09:00:00Z')
  const world = openWorld({ store: createMemoryStore(), policies, clock })
  for (const index of order) {
    const document = told[index]
    if (document !== undefined) await world.tell(document)
  }
  const { parked, quarantined, deadLetters } = await recorded(world.runtime)
  const left = { ...(await look(world.runtime)), parked, quarantined, deadLetters }
  await world.runtime.close()
  return left
}

/** Indexes of all documents in some order, two of them twice. */
function aShuffleOf(told: readonly unknown[]) {
  const indexes = told.map((_, index) => index)
  return fc
    .array(fc.constantFrom(...indexes), { minLength: 2, maxLength: 2 })
    .chain((twice) =>
      fc.shuffledSubarray([...indexes, ...twice], { minLength: indexes.length + twice.length }),
    )
}

describe('the documents of an order', () => {
  it('in any order, a fifth of them twice, end in what they end in when all comes in time', async () => {
    const inTime = await livedAs(documents.map((_, index) => index))
    expect(inTime).toMatchObject({
      // Six of ten pieces stay billed.
      orders: ['4711 fulfilled'],
      invoices: ['CR-1 released 49.60', 'INV-1 released 124.00'],
      holds: [],
      parked: [],
      quarantined: [],
      deadLetters: [],
    })
    await fc.assert(
      fc.asyncProperty(aShuffleOf(documents), async (order) => {
        expect(await livedAs(order)).toEqual(inTime)
      }),
      { numRuns: 60 },
    )
  })

  it('whichever count comes first, the last stands at every order any of them names', async () => {
    const counts = [
      ...twoOrders,
      theShipNotice(),
      countedFor('4711'),
      recountedFor('4712'),
      countedFor(null, { documentNumber: 'GR-2' }),
      recountedFor('4711', { documentNumber: 'GR-2' }),
      recountedFor(null, { documentNumber: 'GR-3' }),
      countedFor('4712', { documentNumber: 'GR-3' }),
      theInvoice(),
    ]
    const look = async (runtime: Runtime) => ({
      ...(await standing(runtime)),
      received: await receivedOf(runtime),
    })
    const inTime = await livedAs(
      counts.map((_, index) => index),
      counts,
      look,
    )
    expect(inTime).toMatchObject({
      received: { 4711: '10', 4712: '10' },
      cases: ['RCV_UNORDERED detected'],
      parked: [],
    })
    await fc.assert(
      fc.asyncProperty(aShuffleOf(counts), async (order) => {
        expect(await livedAs(order, counts, look)).toEqual(inTime)
      }),
      { numRuns: 60 },
    )
  })
})
