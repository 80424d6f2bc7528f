import { describe, expect, it } from 'vitest'
import {
  aReceipt,
  aShipNotice,
  anAcknowledgment,
  anInvoice,
  anOrder,
  maria,
  openBooks,
  stranger,
  textAt,
} from '../books.examples.ts'

async function booksOfAnOrder() {
  const books = openBooks()
  await books.receive(anOrder(), anAcknowledgment(), aShipNotice(), aReceipt(), anInvoice())
  return books
}
const reference = { number: { buyerOrganisation: '0001', orderNumber: '4711' } }

describe('an order', () => {
  it('is found by its number and by its id', async () => {
    const { ask } = await booksOfAnOrder()
    const query = `query ($reference: OrderReference!) { order(reference: $reference) { id orderKey } }`
    const byNumber = await ask(maria, query, { reference })
    expect(byNumber).toMatchObject({ order: { orderKey: 'acme/0001/4711' } })
    const id = textAt(byNumber, 'order.id')
    expect(await ask(maria, query, { reference: { id } })).toEqual(byNumber)
    const node = await ask(maria, `query ($id: ID!) { node(id: $id) { __typename id } }`, { id })
    expect(node).toEqual({ node: { __typename: 'Order', id } })
  })

  it('is null when there is none', async () => {
    const { ask } = openBooks()
    const query = `query ($reference: OrderReference!) { order(reference: $reference) { id } }`
    expect(await ask(maria, query, { reference })).toEqual({ order: null })
  })

  it('has to be named in one way, even where a server lets two through', async () => {
    const { ask } = openBooks()
    const { createOrderResolvers } = await import('./order.resolvers.ts')
    const { createDeskOf } = await import('../request/desk.ts')
    const { runtime } = openBooks()
    const order = createOrderResolvers(createDeskOf(() => runtime))['Query']?.['order']
    for (const bad of [{}, { id: 'x', ...reference }, { id: null, number: null }]) {
      await expect(order?.(null, { reference: bad }, maria)).rejects.toThrow(
        'give `id` or `number`, one of them',
      )
    }
    await expect(ask(maria, `{ order(reference: {}) { id } }`)).rejects.toThrow()
  })

  it('shows its lines, schedules, quantities, regions and promises', async () => {
    const { ask } = await booksOfAnOrder()
    const answer = await ask(
      maria,
      `query ($reference: OrderReference!) {
        order(reference: $reference) {
          state open orderVersion version currency orderType supplier openExceptions
          paymentTerms { netDays discountPercent discountDays }
          states { issuing acknowledgment fulfilment billing control cancellation completion }
          versions { version source }
          receiptLines { nodes { orderLineNumber receiptNumber quantity state } }
          lines {
            totalCount
            nodes {
              orderLineNumber lineType description item { buyerItem } quantityOrdered unitOfMeasure
              price { amount perQuantity perUnitOfMeasure priceType }
              deliveryTolerance { overPercent underPercent overUnlimited }
              schedules {
                nodes {
                  scheduleNumber requestedDate promisedDate answeredBy
                  quantities { ordered confirmed awaiting shipped received accepted invoiced open }
                  states { acknowledgment shipping delivery billing closure control resolution }
                  promises { nodes { documentNumber orderVersion deliveries { date quantity } } }
                }
              }
            }
          }
        }
      }`,
      { reference },
    )
    expect(answer).toMatchObject({
      order: {
        open: true,
        orderVersion: 1,
        currency: 'USD',
        orderType: 'STANDARD',
        supplier: 'S100',
        paymentTerms: { netDays: 30, discountPercent: '2', discountDays: 10 },
        versions: [{ version: 1, source: 'ISSUED' }],
        receiptLines: {
          nodes: [
            { receiptNumber: 'GR-1', quantity: '2000', state: 'ACCEPTED_TO_STOCK' },
            { receiptNumber: null, quantity: '500', state: 'EXPECTED' },
          ],
        },
        lines: {
          totalCount: 1,
          nodes: [
            {
              orderLineNumber: '10',
              price: { amount: '12.40', perQuantity: '100' },
              schedules: {
                nodes: [
                  {
                    scheduleNumber: '1',
                    requestedDate: '2026-11-20',
                    promisedDate: '2026-11-20',
                    answeredBy: 'ACK-1',
                    quantities: {
                      ordered: '2500',
                      confirmed: '2500',
                      awaiting: '0',
                      shipped: '2500',
                      received: '2000',
                      open: '500',
                    },
                    states: {
                      acknowledgment: 'CONFIRMED',
                      shipping: 'SHIPPED',
                      delivery: 'PART_RECEIVED',
                    },
                    promises: {
                      nodes: [
                        {
                          documentNumber: 'ACK-1',
                          orderVersion: 1,
                          deliveries: [{ date: '2026-11-20', quantity: '2500' }],
                        },
                      ],
                    },
                  },
                ],
              },
            },
          ],
        },
      },
    })
  })

  it('leads to its shipments and invoices, and they lead back (R-113)', async () => {
    const { ask } = await booksOfAnOrder()
    const answer = await ask(
      maria,
      `query ($reference: OrderReference!) {
        order(reference: $reference) {
          shipments { nodes { shipNoticeNumber orders { nodes { orderNumber } } } }
          invoices { nodes { invoiceNumber orders { nodes { orderNumber } } } }
        }
      }`,
      { reference },
    )
    const orders = { nodes: [{ orderNumber: '4711' }] }
    expect(answer).toEqual({
      order: {
        shipments: { nodes: [{ shipNoticeNumber: 'ASN-1', orders }] },
        invoices: { nodes: [{ invoiceNumber: 'INV-77', orders }] },
      },
    })
  })

  it('tells its story over all that is linked with it, each step with why (R-14, R-60)', async () => {
    const { ask } = await booksOfAnOrder()
    const seen: { [name: string]: unknown }[] = []
    let after: string | null = null
    for (;;) {
      const page: unknown = await ask(
        maria,
        `query ($reference: OrderReference!, $after: String) {
          order(reference: $reference) {
            timeline(first: 7, after: $after) {
              nodes {
                aggregate { kind key } sequence eventId type headline explanation ruleSets
                actor { kind id } causedBy audit { event eventId hash previousHash }
              }
              pageInfo { hasNextPage endCursor }
            }
          }
        }`,
        { reference, after },
      )
      const { nodes, pageInfo } = Object(page).order.timeline
      seen.push(...nodes)
      after = pageInfo.endCursor
      if (pageInfo.hasNextPage === false) break
    }
    const ids = seen.map(({ aggregate, sequence }) => JSON.stringify([aggregate, sequence]))
    expect(new Set(ids).size).toBe(ids.length)
    const kinds = new Set(seen.map(({ aggregate }) => Object(aggregate).kind))
    expect(kinds).toEqual(new Set(['ORDER', 'SHIPMENT', 'INVOICE']))
    expect(seen[0]).toMatchObject({
      type: 'order.issued',
      headline: 'order issued: 4711',
      actor: { kind: 'CONNECTOR', id: 'portal' },
      audit: [{ event: 'order.issued', previousHash: null }],
    })
    const matched = seen.find(({ type }) => type === 'invoice.matched')
    expect(matched?.['headline']).toBe('invoice matched: hold')
    expect(Object(matched?.['explanation'])[0]).toContain('billed 2500 EA')
    expect(matched?.['ruleSets']).toContain('canonical-matching@1.0.0')
    for (const { eventId, audit } of seen) {
      expect(audit).toEqual([expect.objectContaining({ eventId })])
    }
  })

  it('says what was compared and found good: why nothing was opened (R-60)', async () => {
    const { ask } = await booksOfAnOrder()
    const query = `query ($reference: OrderReference!, $within: Boolean, $after: String) {
      order(reference: $reference) {
        comparisons(withinTolerance: $within, first: 3, after: $after) {
          nodes { subject withinTolerance sentence ruleSets }
          pageInfo { hasNextPage endCursor }
        }
      }
    }`
    const good: { [name: string]: unknown }[] = []
    let after: string | null = null
    for (;;) {
      const page: unknown = await ask(maria, query, { reference, within: true, after })
      const { nodes, pageInfo } = Object(page).order.comparisons
      expect(nodes.length).toBeLessThanOrEqual(3)
      good.push(...nodes)
      after = pageInfo.endCursor
      if (pageInfo.hasNextPage === false) break
    }
    expect(good.every(({ withinTolerance }) => withinTolerance === true)).toBe(true)
    const sentences = good.map(({ sentence }) => sentence)
    expect(new Set(sentences).size).toBe(sentences.length)
    expect(sentences).toContain('the invoice is in USD, as ordered')
    const notice = good.find(({ subject }) => subject === 'ship-notice')
    expect(notice?.['sentence']).toContain('agrees with what was ordered and promised: line ')
    expect(notice?.['ruleSets']).not.toEqual([])
    const bad = await ask(maria, query, { reference, within: false })
    expect(JSON.stringify(bad)).toContain('500 EA (25 %) over')
  })

  it('shows its audit trail as a chain', async () => {
    const { ask } = await booksOfAnOrder()
    const answer = await ask(
      maria,
      `query ($reference: OrderReference!) {
        order(reference: $reference) {
          auditTrail(first: 100) { nodes { sequence hash previousHash actor { id } policy { ruleSet } } }
        }
      }`,
      { reference },
    )
    const { nodes } = Object(answer).order.auditTrail
    expect(nodes.length).toBeGreaterThan(3)
    for (const [index, { sequence, previousHash }] of nodes.entries()) {
      expect(sequence).toBe(index + 1)
      expect(previousHash).toBe(index === 0 ? null : nodes[index - 1].hash)
    }
  })

  it('is listed by state, supplier and organisation, in pages, and counted', async () => {
    const books = openBooks()
    await books.receive(anOrder('1'), anOrder('2'), anOrder('3'))
    const list = `query ($filter: OrderFilter, $after: String) {
      orders(filter: $filter, first: 2, after: $after) {
        nodes { orderNumber } pageInfo { hasNextPage endCursor }
      }
    }`
    const first = await books.ask(maria, list, { filter: { open: true, supplier: 'S100' } })
    expect(first).toMatchObject({
      orders: {
        nodes: [{ orderNumber: '1' }, { orderNumber: '2' }],
        pageInfo: { hasNextPage: true },
      },
    })
    const after = textAt(first, 'orders.pageInfo.endCursor')
    expect(await books.ask(maria, list, { after })).toMatchObject({
      orders: { nodes: [{ orderNumber: '3' }], pageInfo: { hasNextPage: false } },
    })
    const none = { orders: { nodes: [] } }
    for (const filter of [{ open: false }, { supplier: 'S2' }, { buyerOrganisation: '2' }]) {
      expect(await books.ask(maria, list, { filter })).toMatchObject(none)
    }
    const state = textAt(
      await books.ask(maria, '{ orders { nodes { state } } }'),
      'orders.nodes.0.state',
    )
    expect(await books.ask(maria, list, { filter: { state } })).toMatchObject(first as object)
    expect(await books.ask(maria, '{ orderCounts { open count } }')).toEqual({
      orderCounts: [{ open: true, count: 3 }],
    })
    expect(await books.ask(stranger, list)).toMatchObject(none)
  })
})
