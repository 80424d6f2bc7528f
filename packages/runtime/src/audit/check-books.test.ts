import { describe, expect, it } from 'vitest'
import { live } from '../conformance/closed-orders.ts'
import { aWorld, signer } from '../retention/closed-orders.examples.ts'
import type { Store } from '../store/store.ts'
import { verifyEd25519 } from '../audit-keys.ts'
import { checkBooks } from './check-books.ts'
import { signHeads } from './sign-heads.ts'

const tenant = 'acme'
const order = { kind: 'order', key: 'acme/0001/1' } as const

/** An order with its shipment and an open invoice, under a signed head. */
async function someBooks() {
  const { store, world } = aWorld()
  await live(world, [{ tenant, number: '1', steps: 5 }])
  await signHeads({ heads: store.heads, clock: world.clock }, { signer, everySeconds: 0 })
  return { store, world }
}

const faultsOf = async (store: Store) =>
  (await checkBooks(store, { tenant, verify: verifyEd25519 })).faults

/** Stores an event that nobody decided behind the last of the order, as somebody with the database at hand could. */
async function forge(store: Store): Promise<void> {
  const [loaded] = await store.load([{ tenant, reference: order, messageIds: [] }])
  const { rows } = await store.events({ tenant, aggregates: [order], limit: 500 })
  const [state, last] = [loaded?.state ?? null, rows.at(-1)]
  if (state === null || last === undefined) expect.fail('there is an order')
  const sequence = last.sequence + 1
  const event = { ...last, id: 'forged#0', sequence, type: 'note.recorded', data: { text: 'x' } }
  await store.commit({
    events: [{ event, messageId: 'forged' }],
    aggregates: [
      {
        tenant,
        reference: order,
        versionBefore: state.sequence,
        state: { ...state, sequence },
      },
    ],
  })
}

describe('an event that no audit entry is about', () => {
  it('is found in the books, and no state is worked out from it (R-32)', async () => {
    const { store, world } = await someBooks()
    expect(await faultsOf(store)).toEqual([])
    await forge(store)
    const found = [
      expect.stringMatching(/event \d+ of `order:acme\/0001\/1`, `forged#0`, has no audit entry/),
      'the state of `order:acme/0001/1` does not stand at the end of its audit chain',
    ]
    expect(await faultsOf(store)).toEqual(found)
    const report = await world.runtime.rebuild()
    expect(report).toMatchObject({ rebuilt: 2, left: [{ aggregate: order, sentence: found[0] }] })
    expect(await faultsOf(store)).toEqual(found)
  })
})
