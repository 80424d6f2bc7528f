import {
  type AggregateReference,
  addMilliseconds,
  instant,
  sha256Hex,
  type TradeDocumentInput,
} from '@counterfoil/core'
import { createPolicySource } from '@counterfoil/rules'
import { loadRuleSetFolder } from '@counterfoil/rules/node'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  aCount,
  theAcknowledgment,
  theInvoice,
  theOrder,
  theShipNotice,
} from '../conformance/story-documents.ts'
import { openWorld, type StoryWorld } from '../conformance/story-world.ts'
import { createMemoryStore } from '../memory-store/memory-store.ts'
import type { Store } from '../store/store.ts'
import type { ViewRow } from '../store/stored-records.ts'

const ruleSets = loadRuleSetFolder(new URL('../../../rules/rulesets', import.meta.url).pathname)
const policies = createPolicySource(
  ruleSets.filter(({ ruleSet }) => ruleSet.id.startsWith('canonical-')),
)
const tenant = 'acme'
const orderKey = 'acme/0001/4711'
const order: AggregateReference = { kind: 'order', key: orderKey }

/** An order with two counts, a bill over too much, another over the price, and a late correction. */
const documents: readonly TradeDocumentInput[] = [
  theOrder(),
  theAcknowledgment(),
  theShipNotice(),
  aCount('6'),
  aCount('4', { documentNumber: 'GR-2', issuedAt: '2026-11-30T10:00:00Z' }),
  theInvoice(),
  { ...theInvoice('150.00'), documentNumber: 'INV-2' },
  { ...theAcknowledgment(), documentNumber: 'AK-2' },
]

/** What somebody who looks now sees of the order and everything it is linked with. */
async function seenNow(store: Store) {
  const linked = await store.linked({ tenant, reference: order })
  const references = [order, ...linked.filter(({ kind }) => kind !== 'order')]
  const loaded = await store.load(
    references.map((reference) => ({ tenant, reference, messageIds: [] })),
  )
  return Promise.all(
    loaded
      .filter(({ state }) => state !== null)
      .map(async ({ reference, state }) => ({
        key: `${reference.kind}:${reference.key}`,
        state: bytesOf(state),
        rows: await rowsSeen(store, reference),
      })),
  )
}

async function rowsSeen(store: Store, aggregate: AggregateReference) {
  const views = ['order', 'shipment', 'invoice', 'exception', 'hold'] as const
  const pages = await Promise.all(
    views.map((view) => store.rows({ tenant, view, aggregate, limit: 500 })),
  )
  const rows = pages.flatMap((page) => page.rows)
  // The case of a document that waited in vain for its order is kept beside the order's state, which leads to none of it.
  return shown(rows.filter(({ id }) => !id.startsWith('message:')))
}

function shown(rows: readonly ViewRow[]) {
  return rows.map(({ view, id, body }) => `${view} ${id} ${bytesOf(body)}`).toSorted()
}

/** Field order and all, as a hash, so that a difference can be read. */
function bytesOf(value: unknown) {
  return sha256Hex(JSON.stringify(value))
}

async function seenThen({ runtime }: StoryWorld, at: string) {
  const found = await runtime.queries.orderAt({ tenant, orderKey, at })
  if (found === null) return []
  return [found.order, ...found.invoices, ...found.shipments].map((one) => ({
    key: `${one.reference.kind}:${one.reference.key}`,
    state: bytesOf(one.state),
    rows: shown(one.rows),
    verified: one.verified,
  }))
}

type Step = { readonly hours: number; readonly document: number | null }
const aStep: fc.Arbitrary<Step> = fc.record({
  hours: fc.integer({ min: 1, max: 100 }),
  document: fc.option(fc.integer({ min: 0, max: documents.length - 1 }), { nil: null }),
})

/** Lives a history, and looks after every step. */
async function liveAndLook(world: StoryWorld, store: Store, steps: readonly Step[]) {
  const seen: { readonly at: string; readonly what: Awaited<ReturnType<typeof seenNow>> }[] = []
  for (const { hours, document } of steps) {
    world.clock.advanceTo(addMilliseconds(instant(world.clock.now()), hours * 3_600_000))
    await world.runtime.tick()
    const told = document === null ? undefined : documents[document]
    if (told !== undefined) await world.tell(told)
    seen.push({ at: world.clock.now(), what: await seenNow(store) })
  }
  return seen
}

describe('an order at an instant', () => {
  it('is what was seen at that instant, whatever happened since (R-131)', async () => {
    let told = 0
    await fc.assert(
      fc.asyncProperty(fc.array(aStep, { minLength: 4, maxLength: 14 }), async (steps) => {
        const store = createMemoryStore()
        const world = openWorld({ store, policies })
        const seen = await liveAndLook(world, store, steps)
        for (const { at, what } of seen) {
          const then = await seenThen(world, at)
          expect(then.map(({ verified: _verified, ...one }) => one)).toEqual(
            // Somebody the order is linked with may have spoken to it only later.
            what.filter(({ key }) => then.some((one) => one.key === key)),
          )
          expect(then.every(({ verified }) => verified === true)).toBe(true)
          expect(then.length > 0).toBe(what.some(({ key }) => key === `order:${orderKey}`))
          told += then.length
        }
      }),
      { numRuns: 40 },
    )
    // Histories of which nothing is known would show nothing.
    expect(told).toBeGreaterThan(200)
  })
})
