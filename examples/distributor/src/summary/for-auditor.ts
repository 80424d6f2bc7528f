import { orderKey } from '@counterfoil/core'
import type { Runtime } from '@counterfoil/runtime'
import { buyerOrganisation, tenant } from '../distributor.ts'
import { heading } from './table.ts'

/** Why nothing was opened for an order, or what was: everything that was compared, and under which rules. */
export async function printForAuditor({ queries }: Runtime, orderNumber: string): Promise<void> {
  const key = orderKey({ tenant, buyerOrganisation, orderNumber })
  const { rows } = await queries.comparisons({ tenant, orderKey: key, limit: 500 })
  const isQuiet = rows.every(({ withinTolerance }) => withinTolerance)
  const asked = isQuiet ? 'why nothing was opened' : 'what was compared'
  console.log(heading(`Auditor: ${asked} for order ${orderNumber}`))
  if (rows.length === 0) console.log('nothing was compared: no document answers such an order yet')
  for (const { subject, sentence, ruleSets, withinTolerance } of rows) {
    const rules = ruleSets.length === 0 ? '' : ` (${ruleSets.join(', ')})`
    console.log(`${withinTolerance ? 'ok  ' : 'OUT '} ${subject}: ${sentence}${rules}`)
  }
}
