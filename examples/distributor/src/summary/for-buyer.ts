import { orderKey } from '@counterfoil/core'
import type { Runtime } from '@counterfoil/runtime'
import { buyerOrganisation, tenant } from '../distributor.ts'
import { heading, localTime, table } from './table.ts'

/** How a silent supplier was reminded, who was called, and the confirmation that was taken by telephone. */
export async function printForBuyer({ queries }: Runtime): Promise<void> {
  console.log(heading(`Buyer: order ${phonedOrder}, confirmed by telephone`))
  const key = orderKey({ tenant, buyerOrganisation, orderNumber: phonedOrder })
  const { rows } = await queries.timeline({ tenant, orderKey: key, limit: 500 })
  const told = rows.flatMap(({ type, occurredAt, explanation }) => {
    const words = wordsFor[type]
    return words === undefined ? [] : [[localTime(occurredAt), [words, ...explanation].join(': ')]]
  })
  console.log(table(told))
}

/** The order whose supplier never answered until it was rung up. */
const phonedOrder = '4500019'

const wordsFor: Readonly<Record<string, string>> = {
  'order.issued': 'issued',
  'acknowledgment.reminder-due': 'no answer, the supplier is reminded',
  'acknowledgment.escalation-due': 'no answer, the procurement manager is told',
  'acknowledgment.overdue': 'no answer, a case is opened',
  'note.recorded': 'note',
  'acknowledgment.received': 'confirmed',
}
