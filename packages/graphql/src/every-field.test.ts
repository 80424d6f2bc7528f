import {
  type GraphQLField,
  getNamedType,
  type GraphQLOutputType,
  graphql,
  isAbstractType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
} from 'graphql'
import { describe, expect, it } from 'vitest'
import {
  aReceipt,
  aShipNotice,
  anAcknowledgment,
  anInvoice,
  anOrder,
  backOffice,
  envelopeOf,
  maria,
  openBooks,
  paul,
} from './books.examples.ts'
import { createCounterfoilSchema } from './create-schema.ts'

type Field = GraphQLField<unknown, unknown>

/** A query for every field below a field that needs no arguments; of long lists the first two, and no type inside itself. */
function queryFor({ name, type, args }: Field, above: readonly string[]): string {
  const first = args.some((arg) => arg.name === 'first') ? '(first: 2)' : ''
  const named = getNamedType(type)
  if (isLeafType(named)) return name
  if (above.includes(named.name)) return ''
  if (isAbstractType(named)) return `${name} { __typename }`
  const selections = fieldsOf(named)
    .map((field) => queryFor(field, [...above, named.name]))
    .filter((selection) => selection !== '')
  return `${name}${first} { __typename ${selections.join(' ')} }`
}

/** The rows of a connection are asked for once, as its nodes. */
function fieldsOf(type: GraphQLOutputType): readonly Field[] {
  const fields = isObjectType(type) ? Object.values(type.getFields()) : []
  return fields.filter(({ name, args }) => name !== 'edges' && !args.some(isRequiredArgument))
}

/** Books in which something of everything has happened. */
async function fullBooks() {
  const mailbox = backOffice(() => ({
    kind: 'refused',
    reason: 'full',
    sentence: 'the mailbox is full',
  }))
  const books = openBooks({ connectors: [mailbox] })
  const { runtime, receive, clock, ask } = books
  await receive(anOrder(), anOrder('4712'))
  clock.advanceHours(24 * 14)
  await runtime.tick()
  await receive(
    anAcknowledgment({ date: '2026-12-11' }),
    aShipNotice('2400'),
    aReceipt(),
    anInvoice(),
  )
  await runtime.receive({ ...envelopeOf(anOrder()), document: { kind: 'invoice' } as never })
  const act = (aggregate: { kind: 'order' | 'invoice'; key: string }, type: string, data: object) =>
    runtime.act({
      tenant: 'acme',
      actor: { kind: 'user', id: 'maria', roles: ['buyer'], onBehalfOf: 'bert' },
      idempotencyKey: type,
      expectedVersion: null,
      aggregate,
      type,
      data: JSON.parse(JSON.stringify(data)),
    })
  await act({ kind: 'order', key: 'acme/0001/4711' }, 'note.recorded', { text: 'Jim says Friday' })
  const unknown = { kind: 'invoice', key: 'acme/0001/S100/INV-9/standard' } as const
  await act(unknown, 'invoice.rejected', { reason: 'it is not ours' })
  const cases = await ask(maria, '{ invoices { nodes { exceptions { nodes { id } } } } }')
  const id = Object(cases).invoices.nodes[0].exceptions.nodes[0].id
  const dispute = `mutation ($input: DisputeExceptionInput!) { disputeException(input: $input) { __typename } }`
  const input = { id, text: 'we counted 2,000', idempotencyKey: 'd' }
  const disputed = await ask(paul, dispute, { input })
  expect(disputed).toEqual({ disputeException: { __typename: 'Invoice' } })
  return books
}

describe('every field', () => {
  it('can be asked for, of books in which something of everything has happened', async () => {
    const { runtime } = await fullBooks()
    const schema = createCounterfoilSchema({ runtime })
    const seen = new Set<string>()
    const roots = Object.values(schema.getQueryType()?.getFields() ?? {})
    const open = roots.filter((field) => !field.args.some(isRequiredArgument))
    expect(open.length).toBeGreaterThan(12)
    for (const field of open) {
      const source = `{ ${queryFor(field, [])} }`
      const { data, errors = [] } = await graphql({ schema, source, contextValue: { ...maria } })
      expect(errors.map(({ message, path }) => `${path?.join('.')}: ${message}`)).toEqual([])
      const text = JSON.stringify(data)
      for (const [, typename] of text.matchAll(/"__typename":"(\w+)"/g)) seen.add(typename ?? '')
    }
    for (const type of [
      'Order',
      'Schedule',
      'Promise',
      'Change',
      'OrderDifference',
      'Note',
      'Shipment',
      'ShipNoticeLine',
      'Invoice',
      'CheckResult',
      'Discrepancy',
      'ReceiptAllocation',
      'AllocationRemainder',
      'ProposedResolution',
      'ExceptionCase',
      'Hold',
      'Dispute',
      'QuarantinedDocument',
      'Finding',
      'ParkedMessage',
      'DeadLetter',
      'TimelineEntry',
      'Comparison',
      'AuditEntry',
      'StateCount',
      'OwnerCount',
    ]) {
      expect(seen, type).toContain(type)
    }
  })
})
