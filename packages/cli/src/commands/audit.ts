import { parseArgs } from 'node:util'
import { CounterfoilError } from '@counterfoil/core'
import { createSystemClock, streamAudit } from '@counterfoil/runtime'
import { readSigner } from '../audit/read-signer.ts'
import { createLineFile } from '../books/line-file.ts'
import { booksOptions, openBooks } from '../books/open-books.ts'

const chainsShown = 1000

/**
 * `counterfoil audit export`: writes the audit log of a tenant into a new file, as far as signed heads speak of it, with a
 * signed seal. Reads the books page by page and changes nothing in them.
 */
export async function auditCommand(
  args: readonly string[],
  out: (line: string) => void,
): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      ...booksOptions,
      to: { type: 'string' },
      sign: { type: 'string' },
      'key-id': { type: 'string' },
    },
  })
  const { store: place, tenant, to, sign } = values
  const [what, ...others] = positionals
  if (what !== 'export' || others.length > 0 || !place || !tenant || !to || !sign) {
    throw new CounterfoilError(
      'SETTINGS_INVALID',
      'write audit export --store FILE --tenant acme --to EXPORT.jsonl --sign KEY.pem --key-id ID',
    )
  }
  const signer = readSigner(sign, values['key-id'])
  const file = createLineFile(to)
  const store = await openBooks(place, { schema: values.schema, readOnly: true })
  try {
    let lines = 0
    for await (const line of streamAudit(
      { store, clock: createSystemClock() },
      { tenant, signer },
    )) {
      await file.write(line)
      lines += 1
    }
    await file.sync()
    out(`${to}: ${lines} lines`)
    const grown = await store.heads.grown({ tenant, limit: chainsShown })
    if (grown.length > 0) {
      const count = grown.length === chainsShown ? `${chainsShown} or more` : grown.length
      out(
        `${count} chains go on with entries that no head speaks of yet: they are in the next export`,
      )
    }
    return 0
  } finally {
    await file.close()
    await store.close()
  }
}
