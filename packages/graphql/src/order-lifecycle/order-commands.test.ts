import { describe, expect, it } from 'vitest'
import { anAcknowledgment, anOrder, maria, openBooks } from '../books.examples.ts'

const order = { number: { buyerOrganisation: '0001', orderNumber: '4711' } }
const record = `mutation ($input: RecordNoteInput!) {
  recordNote(input: $input) {
    __typename ... on Order { version notes { by text } } ... on Refusal { code }
  }
}`
const decide = `mutation ($input: DecideChangeInput!) {
  decideChange(input: $input) {
    __typename
    ... on Order { orderVersion changes { nodes { changeId state } } lines { nodes { schedules { nodes { promisedDate quantities { confirmed } } } } } }
    ... on Refusal { code sentence }
  }
}`

describe('commands about an order', () => {
  it('write down what was said on the telephone', async () => {
    const { ask, receive } = openBooks()
    await receive(anOrder())
    const input = { order, text: 'Jim says Friday', idempotencyKey: '1' }
    expect(await ask(maria, record, { input })).toMatchObject({
      recordNote: { __typename: 'Order', notes: [{ by: 'maria', text: 'Jim says Friday' }] },
    })
    const unknown = { number: { buyerOrganisation: '0001', orderNumber: '9' } }
    expect(await ask(maria, record, { input: { ...input, order: unknown } })).toMatchObject({
      recordNote: { __typename: 'NotFound' },
    })
  })

  it('decide what a supplier proposes (R-95)', async () => {
    const { ask, receive } = openBooks()
    await receive(anOrder(), anAcknowledgment({ date: '2026-12-11' }))
    const pending = await ask(
      maria,
      `{ orders { nodes { version changes(pendingDecision: true) { nodes {
        changeId initiator documentNumber orderLineNumber basedOnVersion state differences { path from to }
      } } exceptions { nodes { code } } } } }`,
    )
    const [{ version, changes }] = Object(pending).orders.nodes
    const [change] = changes.nodes
    expect(change).toMatchObject({
      initiator: 'SUPPLIER',
      documentNumber: 'ACK-1',
      basedOnVersion: 1,
    })
    expect(change.differences[0]).toMatchObject({ from: '2026-11-20', to: '2026-12-11' })
    const input = {
      order,
      changeId: change.changeId,
      decision: 'ACCEPT',
      reason: 'stock will do until then',
      idempotencyKey: '1',
      expectedVersion: version,
    }
    const answer = await ask(maria, decide, { input })
    expect(answer).toMatchObject({ decideChange: { __typename: 'Order', orderVersion: 2 } })
    expect(await ask(maria, decide, { input })).toEqual(answer)
    const unknown = { ...input, changeId: 'none', idempotencyKey: '2', expectedVersion: null }
    expect(Object(await ask(maria, decide, { input: unknown })).decideChange.__typename).not.toBe(
      'Order',
    )
  })
})
