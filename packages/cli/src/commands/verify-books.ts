import { parseArgs } from 'node:util'
import { CounterfoilError } from '@counterfoil/core'
import { checkBooks } from '@counterfoil/runtime'
import { verifyEd25519 } from '@counterfoil/runtime/audit-keys'
import { describeKeys, describePurged, readKeys } from '../audit/verify-export.ts'
import { booksOptions, openBooks } from '../books/open-books.ts'

/**
 * `counterfoil verify-books`: reads the books of a tenant and says whether every event and state is as the audit log says,
 * and the log as its signed heads say. Writes nothing. Ends with 1 where something is wrong or nothing is there.
 */
export async function verifyBooksCommand(
  args: readonly string[],
  out: (line: string) => void,
): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...booksOptions,
      keys: { type: 'string' },
      head: { type: 'string', multiple: true },
    },
  })
  const { store: place, tenant } = values
  if (place === undefined || tenant === undefined) {
    throw new CounterfoilError('SETTINGS_INVALID', 'write verify-books --store FILE --tenant acme')
  }
  const keys = values.keys === undefined ? undefined : await readKeys(values.keys)
  const store = await openBooks(place, { schema: values.schema, readOnly: true })
  try {
    const verdict = await checkBooks(store, {
      tenant,
      keys,
      knownHeads: values.head,
      verify: verifyEd25519,
    })
    for (const sentence of verdict.faults) out(sentence)
    for (const line of describeKeys(verdict.keys, keys !== undefined)) out(line)
    const { chains, entries, heads, unsigned, withoutEventHash, broken } = verdict
    out(`${entries} events in ${chains} chains under ${heads} heads, ${broken} broken`)
    for (const line of describePurged(verdict.purged, null)) out(line)
    if (unsigned > 0) out(`${unsigned} of them under no head yet`)
    if (withoutEventHash > 0) {
      out(`${withoutEventHash} of an earlier release, whose entries do not hold what was derived`)
    }
    return broken === 0 && entries > 0 ? 0 : 1
  } finally {
    await store.close()
  }
}
