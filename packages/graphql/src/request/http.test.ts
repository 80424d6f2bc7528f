import { createServer, type Server } from 'node:http'
import { createYoga } from 'graphql-yoga'
import { afterEach, describe, expect, it } from 'vitest'
import { anOrder, type Books, maria, openBooks, stranger } from '../books.examples.ts'
import { createCounterfoilSchema } from '../create-schema.ts'
import type { CounterfoilContext } from './context.ts'

const people: { readonly [name: string]: Partial<CounterfoilContext> } = { maria, stranger }
const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections()
})

/** Serves books as a host would: GraphQL Yoga on a real port; a header stands in for its sign-in. */
async function serve({ runtime }: Pick<Books, 'runtime'>) {
  const yoga = createYoga({
    schema: createCounterfoilSchema({ runtime }),
    context: ({ request }) => ({ ...people[request.headers.get('x-person') ?? ''] }),
    logging: false,
  })
  const server = createServer((request, response) => void yoga(request, response))
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  return async (person: string, query: string, variables: object = {}): Promise<unknown> => {
    const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-person': person },
      body: JSON.stringify({ query, variables }),
    })
    return response.json()
  }
}

describe('mounted in GraphQL Yoga', () => {
  it('answers over HTTP (R-130)', async () => {
    const books = openBooks()
    await books.receive(anOrder())
    const ask = await serve(books)
    const query = `query ($first: Int!) { orders(first: $first) { nodes { orderNumber } } }`
    expect(await ask('maria', query, { first: 5 })).toEqual({
      data: { orders: { nodes: [{ orderNumber: '4711' }] } },
    })
  })

  it('tells a request without a tenant so, whatever it asks', async () => {
    const ask = await serve(openBooks())
    for (const query of ['{ orders { nodes { id } } }', '{ exceptionCounts { count } }']) {
      expect(await ask('nobody', query)).toMatchObject({
        errors: [
          {
            message: expect.stringContaining('the request belongs to no tenant'),
            extensions: { code: 'TENANT_MISSING', retryable: false },
          },
        ],
      })
    }
  })

  it('tells the caller what the caller did wrong', async () => {
    const ask = await serve(openBooks())
    expect(await ask('maria', '{ orders(first: 1000) { nodes { id } } }')).toMatchObject({
      errors: [
        {
          message: expect.stringContaining('ask for 1 to 250'),
          extensions: { code: 'PAGE_INVALID' },
        },
      ],
    })
    expect(
      await ask('maria', '{ invoices(filter: { dueBefore: "tomorrow" }) { nodes { id } } }'),
    ).toMatchObject({ errors: [{ message: expect.stringContaining('cannot read CalendarDate') }] })
  })

  it('says of a runtime that is closed that it is, and hides what is nobody’s business', async () => {
    const books = openBooks()
    const ask = await serve(books)
    await books.runtime.close()
    expect(await ask('maria', '{ orders { nodes { id } } }')).toMatchObject({
      errors: [{ extensions: { code: 'RUNTIME_CLOSED' } }],
    })
    const broken = await serve({
      runtime: {
        ...books.runtime,
        queries: {
          ...books.runtime.queries,
          ordersByState: async () => {
            throw new Error('password of the database')
          },
        },
      },
    })
    const answer = JSON.stringify(await broken('maria', '{ orderCounts { count } }'))
    expect(answer).toContain('Unexpected error')
    expect(answer).not.toContain('password')
  })

  it('can be looked at whole, as GraphiQL does', async () => {
    const ask = await serve(openBooks())
    const query = '{ __schema { mutationType { fields { name description } } } }'
    expect(JSON.stringify(await ask('nobody', query))).toContain('releaseHold')
  })
})
