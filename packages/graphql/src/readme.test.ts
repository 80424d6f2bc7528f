import { readFileSync } from 'node:fs'
import { type AddressInfo } from 'node:net'
import { isObjectType } from 'graphql'
import { describe, expect, it } from 'vitest'
import { aReceipt, aShipNotice, anInvoice, anOrder, openBooks } from './books.examples.ts'

// #region readme
import { createServer } from 'node:http'
import { createCounterfoilSchema, type CounterfoilContext } from '@counterfoil/graphql'
import type { Runtime } from '@counterfoil/runtime'
import { createYoga } from 'graphql-yoga'

const serve = (
  runtime: Runtime,
  signIn: (request: Request) => Promise<CounterfoilContext>,
): ReturnType<typeof createServer> => {
  const yoga = createYoga({
    schema: createCounterfoilSchema({ runtime }),
    // Tenant and actor come from your own sign-in, never from the query.
    context: ({ request }) => signIn(request),
  })
  return createServer((request, response) => void yoga(request, response))
}
// #endregion

const read = (name: string): string =>
  readFileSync(new URL(name, new URL('.', import.meta.url)), 'utf8')
const readme = read('../README.md')
const [, query = ''] = /```graphql\n(query[\s\S]*?)```/.exec(readme) ?? []
const [, answer = ''] = /```json\n([\s\S]*?)```/.exec(readme) ?? []

describe('the README', () => {
  it('shows the example that is run here', () => {
    const [, example = ''] = read('readme.test.ts').split(/^\/\/ #(?:end)?region.*\n/m)
    expect(example).not.toBe('')
    expect(readme).toContain(`\`\`\`ts\n${example}\`\`\``)
  })

  it('shows what its query is answered', async () => {
    const { runtime, receive } = openBooks()
    await receive(anOrder(), aShipNotice(), aReceipt(), anInvoice())
    const server = serve(runtime, async () => ({
      tenant: 'acme',
      actor: { kind: 'user', id: 'paul', roles: ['accounts-payable'] },
    }))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    })
    expect(await response.json()).toEqual(JSON.parse(answer))
    server.close().closeAllConnections()
  })

  it('names everything that can be asked and decided, and no other', () => {
    const schema = createCounterfoilSchema({ runtime: openBooks().runtime })
    const named = readme.match(/(?<=^\| )`[a-zA-Z]+`(?:, `[a-zA-Z]+`)*(?= +\|)/gm) ?? []
    const words = named.flatMap((cell) => cell.replaceAll('`', '').split(', '))
    const fields = [schema.getQueryType(), schema.getMutationType()].flatMap((root) =>
      isObjectType(root) ? Object.keys(root.getFields()) : [],
    )
    expect(words.toSorted()).toEqual(fields.toSorted())
  })
})
