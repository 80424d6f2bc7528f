import { describe, expect, it } from 'vitest'
import { aReceipt, aShipNotice, anInvoice, anOrder, maria, openBooks } from '../books.examples.ts'

const query = `{
  orders(first: 50) {
    nodes {
      version states { issuing } versions { version } notes { text }
      lines { nodes { schedules { nodes { quantities { ordered } } } } }
      changes { nodes { changeId } }
      exceptions { nodes { code version } }
      shipments { nodes { carrier version exceptions { nodes { code } } } }
      invoices { nodes { version lines { nodes { amount } } match { decision } holds { nodes { version } } } }
    }
  }
}`

describe('reading', () => {
  it('takes as many reads for thirty orders as for one', async () => {
    const readsFor = async (count: number) => {
      const books = openBooks()
      await books.receive(
        ...Array.from({ length: count }, (_, index) => anOrder(`${4711 + index}`)),
      )
      await books.receive(aShipNotice(), aReceipt(), anInvoice())
      books.readsSince()
      const answer = await books.ask(maria, query)
      expect(Object(answer).orders.nodes).toHaveLength(count)
      return books.readsSince()
    }
    const one = await readsFor(1)
    expect(await readsFor(30)).toEqual(one)
    expect(one['rows']).toBe(1)
    expect(one['load']).toBeLessThanOrEqual(4)
  })

  it('reads the audit entries of a page of steps together', async () => {
    const books = openBooks()
    await books.receive(anOrder(), aShipNotice(), aReceipt(), anInvoice())
    books.readsSince()
    const answer = await books.ask(
      maria,
      `{ orders { nodes { timeline(first: 100) { nodes { audit { hash } } } } } }`,
    )
    expect(Object(answer).orders.nodes[0].timeline.nodes.length).toBeGreaterThan(10)
    expect(books.readsSince()).toMatchObject({ events: 1, audit: 3 })
  })
})
