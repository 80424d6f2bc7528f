import { parseArgs } from 'node:util'
import { CounterfoilError, instant, splitKey } from '@counterfoil/core'
import { createRuntime } from '@counterfoil/runtime'
import { describeMoment } from '../books/describe-moment.ts'
import { loadAggregates } from '../books/load-aggregates.ts'
import { noPolicies } from '../books/no-policies.ts'
import { placeOptions, openBooks } from '../books/open-books.ts'

/**
 * `counterfoil order-at`: prints an order with its shipments, invoices, cases and holds as they were at an instant, and the
 * steps that led there, from stored events alone. Ends with 1 where nothing was known of the order then, or where its events
 * do not lead to what is stored.
 */
export async function orderAtCommand(
  args: readonly string[],
  out: (line: string) => void,
): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      ...placeOptions,
      aggregates: { type: 'string' },
      at: { type: 'string', default: new Date().toISOString() },
      json: { type: 'boolean', default: false },
    },
  })
  const [orderKey] = positionals
  if (values.store === undefined || orderKey === undefined || positionals.length > 1) {
    throw new CounterfoilError(
      'SETTINGS_INVALID',
      'write order-at --store FILE --at 2026-11-28T09:00:00Z tenant/buyer/order',
    )
  }
  const store = await openBooks(values.store, { schema: values.schema, readOnly: true })
  const runtime = createRuntime({
    store,
    aggregates: await loadAggregates(values.aggregates),
    policies: noPolicies,
    connectors: [],
  })
  try {
    const tenant = splitKey(orderKey)[0] ?? ''
    const at = instant(values.at)
    const moment = await runtime.queries.orderAt({ tenant, orderKey, at })
    if (moment === null) {
      out(`nothing was known of \`${orderKey}\` at ${at}`)
      return 1
    }
    const lines = values.json ? [JSON.stringify(moment, null, 2)] : describeMoment(moment)
    for (const line of lines) out(line)
    const all = [moment.order, ...moment.shipments, ...moment.invoices]
    return all.some(({ verified }) => verified === false) ? 1 : 0
  } finally {
    await runtime.close()
  }
}
