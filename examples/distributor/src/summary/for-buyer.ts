import type { Runtime } from '@counterfoil/runtime'
import { buyerOrganisation, tenant } from '../distributor.ts'
import { orderKey } from '@counterfoil/core'
import { heading } from './table.ts'

/** The confirmation that was taken by telephone, with its note. */
export async function printForBuyer({ queries }: Runtime): Promise<void> {
  console.log(heading('Buyer: a confirmation taken by telephone'))
  const key = orderKey({ tenant, buyerOrganisation, orderNumber: phonedOrder })
  const { rows } = await queries.timeline({ tenant, orderKey: key, limit: 500 })
  const told = new Set(['note.recorded', 'acknowledgment.received', 'acknowledgment.overdue'])
  for (const { type, occurredAt, actor, explanation } of rows) {
    if (told.has(type))
      console.log(`${occurredAt}  ${actor.id}  ${type}: ${explanation.join('; ')}`)
  }
}

/** The order whose supplier never answered until it was rung up. */
const phonedOrder = '4500019'
