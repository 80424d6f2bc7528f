import { orderKey } from '@counterfoil/core'
import type { Runtime } from '@counterfoil/runtime'
import { buyerOrganisation, tenant } from '../distributor.ts'
import { heading } from './table.ts'

/** Why nothing was opened for an order that ran as agreed: everything that was compared, and under which rules. */
export async function printForAuditor({ queries }: Runtime): Promise<void> {
  console.log(heading(`Auditor: why nothing was opened for order ${quietOrder}`))
  const key = orderKey({ tenant, buyerOrganisation, orderNumber: quietOrder })
  const { rows } = await queries.comparisons({ tenant, orderKey: key, limit: 500 })
  for (const { subject, sentence, ruleSets, withinTolerance } of rows) {
    console.log(
      `${withinTolerance ? 'ok  ' : 'OUT '} ${subject}: ${sentence} (${ruleSets.join(', ')})`,
    )
  }
}

/** An order nobody had to look at. */
const quietOrder = '4500001'
