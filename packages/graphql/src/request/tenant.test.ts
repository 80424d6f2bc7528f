import { describe, expect, it } from 'vitest'
import {
  aReceipt,
  aShipNotice,
  anInvoice,
  anOrder,
  envelopeOf,
  maria,
  openBooks,
  stranger,
} from '../books.examples.ts'
import { nodeId } from '../node/node-id.ts'

const everything = `{
  orders { nodes { id orderKey } } orderCounts { count }
  shipments { nodes { id } } shipmentCounts { count }
  invoices { nodes { id } } invoiceCounts { count }
  exceptions(filter: { includeClosed: true }) { nodes { id } } exceptionCounts { count }
  holds(filter: { includeClosed: true }) { nodes { id } } holdCounts { count }
  parkedMessages { nodes { messageId } }
  quarantinedDocuments { nodes { quarantineId } }
  deadLetters { nodes { deadLetterId } }
  auditTrail { nodes { hash } }
}`

async function sharedBooks() {
  const books = openBooks()
  await books.receive(anOrder(), aShipNotice(), aReceipt(), anInvoice())
  await books.runtime.receive({ ...envelopeOf(anOrder()), document: { kind: 'invoice' } as never })
  return books
}

describe('tenants', () => {
  it('see nothing of each other in any list or count (R-78)', async () => {
    const { ask } = await sharedBooks()
    const own = JSON.stringify(await ask(maria, everything))
    expect(own).toContain('acme/0001/4711')
    const foreign: object = Object(await ask(stranger, everything))
    for (const [name, answer] of Object.entries(foreign)) {
      expect(Array.isArray(answer) ? answer : answer.nodes, name).toEqual([])
    }
  })

  it('get nothing of each other by id, by number or by a command', async () => {
    const { ask } = await sharedBooks()
    const ids = await ask(
      maria,
      `{ orders { nodes { id } } shipments { nodes { id } } invoices { nodes { id } }
         exceptions { nodes { id } } holds { nodes { id } } quarantinedDocuments { nodes { quarantineId } } }`,
    )
    const found: { [list: string]: { nodes: { [name: string]: string }[] } } = Object(ids)
    for (const [list, { nodes }] of Object.entries(found)) {
      const { id, quarantineId } = nodes[0] ?? {}
      expect(id ?? quarantineId, list).toBeDefined()
      if (id === undefined) continue
      expect(
        await ask(stranger, `query ($id: ID!) { node(id: $id) { id } }`, { id }),
        list,
      ).toEqual({ node: null })
    }
    const reference = { number: { buyerOrganisation: '0001', orderNumber: '4711' } }
    const byNumber = `query ($reference: OrderReference!) { order(reference: $reference) { id } }`
    expect(await ask(stranger, byNumber, { reference })).toEqual({ order: null })
    const hold = {
      id: found['holds']?.nodes[0]?.['id'],
      code: 'X',
      reason: 'x',
      idempotencyKey: '1',
    }
    const release = `mutation ($input: ReleaseHoldInput!) {
      releaseHold(input: $input) { __typename ... on Refusal { code } }
    }`
    const notFound = { __typename: 'NotFound', code: 'NOT_FOUND' }
    expect(await ask(stranger, release, { input: hold })).toEqual({ releaseHold: notFound })
    const discard = `mutation ($input: DiscardQuarantinedInput!) {
      discardQuarantined(input: $input) { __typename ... on Refusal { code } }
    }`
    const quarantineId = found['quarantinedDocuments']?.nodes[0]?.['quarantineId']
    const input = { quarantineId, note: 'not mine', idempotencyKey: '1' }
    expect(await ask(stranger, discard, { input })).toEqual({ discardQuarantined: notFound })
  })

  it('cannot be chosen in an id, however it is made', async () => {
    const { ask } = await sharedBooks()
    const query = `query ($id: ID!) { node(id: $id) { id } }`
    for (const key of ['acme/0001/4711', '../acme/0001/4711', 'globex/../acme/0001/4711']) {
      expect(await ask(stranger, query, { id: nodeId({ type: 'Order', key }) })).toEqual({
        node: null,
      })
    }
  })

  it('have to be named by the host', async () => {
    const { errorsOf } = openBooks()
    for (const person of [undefined, {}, { tenant: '' }, { tenant: ' ' }, { tenant: 7 }]) {
      expect(await errorsOf(person, '{ orders { nodes { id } } }')).toMatchObject([
        { code: 'TENANT_MISSING' },
      ])
    }
  })
})
