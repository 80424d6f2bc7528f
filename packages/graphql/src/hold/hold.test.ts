import { describe, expect, it } from 'vitest'
import {
  aReceipt,
  aShipNotice,
  anInvoice,
  anOrder,
  maria,
  openBooks,
  paul,
  textAt,
} from '../books.examples.ts'
import type { CounterfoilContext } from '../request/context.ts'

async function booksWithAHold() {
  const books = openBooks()
  await books.receive(anOrder(), aShipNotice(), aReceipt(), anInvoice())
  const answer = await books.ask(maria, '{ holds { nodes { id version } } }')
  return {
    ...books,
    id: textAt(answer, 'holds.nodes.0.id'),
    version: Object(answer).holds.nodes[0].version,
  }
}
const release = `mutation ($input: ReleaseHoldInput!) {
  releaseHold(input: $input) {
    __typename
    ... on Hold { state open released { by code reason } invoice { state payableAmount } version }
    ... on Refusal { code sentence }
    ... on AlreadyReleased { hold { released { by } } }
    ... on VersionConflict { currentVersion }
  }
}`
const why = { code: 'VARIANCE_ACCEPTED', reason: 'the rest is on the next truck' }

describe('a hold', () => {
  it('is listed by owner and age, with what would clear it, and counted', async () => {
    const { ask, id } = await booksWithAHold()
    const list = `query ($filter: HoldFilter) {
      holds(filter: $filter) { nodes { id code clearedBy ownerRole invoice { invoiceNumber } } }
    }`
    const found = async (filter: object) =>
      Object(await ask(maria, list, { filter })).holds.nodes.length
    const { ownerRole, ...rest } = Object(await ask(maria, list)).holds.nodes[0]
    expect(rest).toMatchObject({
      id,
      code: 'QTY_RECEIVED',
      clearedBy: expect.stringContaining('a receipt of the missing goods'),
      invoice: { invoiceNumber: 'INV-77' },
    })
    expect(await found({ ownerRole })).toBe(1)
    expect(await found({ ownerRole: 'nobody' })).toBe(0)
    expect(await found({ placedBefore: '2026-11-01T00:00:00Z' })).toBe(0)
    expect(await found({ open: false })).toBe(0)
    expect(await found({ includeClosed: true, supplier: 'S100', buyerOrganisation: '0001' })).toBe(
      1,
    )
    expect(await ask(maria, '{ holdCounts { ownerRole state count } }')).toEqual({
      holdCounts: [{ ownerRole, state: 'placed', count: 1 }],
    })
    const invoices = await ask(maria, '{ invoices { nodes { id } } }')
    expect(await found({ invoice: textAt(invoices, 'invoices.nodes.0.id') })).toBe(1)
  })

  it('is released by a person, and its invoice with it', async () => {
    const { ask, id, version } = await booksWithAHold()
    const input = { id, ...why, idempotencyKey: '1', expectedVersion: version }
    expect(await ask(paul, release, { input })).toMatchObject({
      releaseHold: {
        __typename: 'Hold',
        state: 'RELEASED',
        open: false,
        released: { by: 'paul', ...why },
        invoice: { state: 'RELEASED', payableAmount: '325.00' },
      },
    })
  })

  it('is released once: a repeat gets the same answer, somebody else hears who did it', async () => {
    const { ask, id } = await booksWithAHold()
    const input = { id, ...why, idempotencyKey: '1' }
    const first = await ask(paul, release, { input })
    expect(await ask(paul, release, { input })).toEqual(first)
    expect(await ask(maria, release, { input: { ...input, idempotencyKey: '2' } })).toMatchObject({
      releaseHold: {
        __typename: 'AlreadyReleased',
        code: 'ALREADY_RELEASED',
        hold: { released: { by: 'paul' } },
      },
    })
  })

  it('is not released on an older version, by a program, or where there is none', async () => {
    const { ask, id, version } = await booksWithAHold()
    const input = { id, ...why, idempotencyKey: '1' }
    expect(await ask(paul, release, { input: { ...input, expectedVersion: 1 } })).toMatchObject({
      releaseHold: { __typename: 'VersionConflict', currentVersion: version },
    })
    const robot: CounterfoilContext = { ...paul, actor: { kind: 'ai', id: 'model-1', roles: [] } }
    expect(await ask(robot, release, { input: { ...input, idempotencyKey: '2' } })).toMatchObject({
      releaseHold: { __typename: 'NotAllowed', code: 'NOT_A_PERSON' },
    })
    const other = openBooks()
    expect(await other.ask(paul, release, { input })).toMatchObject({
      releaseHold: { __typename: 'NotFound', code: 'NOT_FOUND' },
    })
  })

  it('is released once by two clicks at the same time', async () => {
    const { ask, id, runtime } = await booksWithAHold()
    const input = { id, ...why, idempotencyKey: '1' }
    const [first, second] = await Promise.all([
      ask(paul, release, { input }),
      ask(paul, release, { input }),
    ])
    expect(second).toEqual(first)
    expect(first).toMatchObject({ releaseHold: { __typename: 'Hold', state: 'RELEASED' } })
    const { rows } = await runtime.queries.events({ tenant: 'acme', limit: 500 })
    expect(rows.filter(({ type }) => type === 'hold.released')).toHaveLength(1)
  })

  it('is found by its id', async () => {
    const { ask, id } = await booksWithAHold()
    const query = `query ($id: ID!) { hold(id: $id) { code } node(id: $id) { __typename id } }`
    expect(await ask(maria, query, { id })).toEqual({
      hold: { code: 'QTY_RECEIVED' },
      node: { __typename: 'Hold', id },
    })
  })
})
