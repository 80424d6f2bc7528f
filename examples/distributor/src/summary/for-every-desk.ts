import { businessHoursBetween, type ExceptionCase, instant, splitKey } from '@counterfoil/core'
import type { Runtime } from '@counterfoil/runtime'
import { headOffice, tenant } from '../distributor.ts'
import { allRows, heading, localTime, table } from './table.ts'

/** Orders by state, the open cases of every desk by due time, and what waits outside. */
export async function printForEveryDesk({ queries }: Runtime, evening: string): Promise<void> {
  console.log(heading('Orders by state'))
  const states = await queries.ordersByState({ tenant })
  console.log(table(states.map(({ state, count }) => [state, String(count)])))

  console.log(heading('Open exceptions by owner'))
  const cases = await allRows((cursor) => queries.exceptions({ tenant, ...page(cursor) }))
  for (const [owner, owned] of Map.groupBy(cases, (one) => one.owner.role)) {
    console.log(`${owner} (${owned.length})`)
    console.log(table(owned.map((one) => caseRow(one, evening))))
  }

  const parked = await allRows((cursor) => queries.parked({ tenant, ...page(cursor) }))
  const quarantined = await allRows((cursor) =>
    queries.quarantined({ tenant, state: 'quarantined', ...page(cursor) }),
  )
  console.log(`\nwaiting outside: ${parked.length} parked, ${quarantined.length} quarantined`)
}

function page(cursor: string | undefined): { readonly cursor?: string } {
  return cursor === undefined ? {} : { cursor }
}

function caseRow(one: ExceptionCase, evening: string): readonly string[] {
  const overdue = Date.parse(one.dueAt) < Date.parse(evening) ? 'OVERDUE' : ''
  const days = Math.floor((Date.parse(evening) - Date.parse(one.openedAt)) / 86_400_000)
  const working = Math.floor(businessHoursBetween(one.openedAt, instant(evening), headOffice))
  return [
    `  ${one.code}`,
    splitKey(one.subject.key)[one.subject.aggregate === 'order' ? 2 : 3] ?? '',
    `${days} d old (${working} working h)`,
    `due ${localTime(one.dueAt)}`,
    overdue,
    one.sentence,
  ]
}
