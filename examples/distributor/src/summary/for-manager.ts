import { instant } from '@counterfoil/core'
import { createInsight, followBooks, metricDefinitions, type MetricRow } from '@counterfoil/insight'
import type { Store } from '@counterfoil/runtime'
import { supplierName, tenant } from '../distributor.ts'
import { heading, table } from './table.ts'

/** Suppliers shown below a metric that is asked for by supplier. */
const suppliersShown = 3

/** How the month went: each metric by its published definition, and the suppliers that kept fewest promises. */
export async function printForManager(store: Store, evening: string): Promise<void> {
  const insight = createInsight()
  await followBooks(insight, { store, tenant })
  const now = instant(evening)
  console.log(heading('Manager: how the month went'))
  for (const { name, title } of metricDefinitions) {
    console.log(title)
    for (const row of insight.read({ tenant, metric: name, now })) console.log(rowText(row))
  }
  const bySupplier = insight.read({
    tenant,
    metric: 'on-time-inbound',
    where: { variant: 'latest-promise' },
    by: ['supplier'],
    now,
  })
  const late = bySupplier
    .filter(({ summaries }) => Number(summaries['onTime']) < 1)
    .toSorted((a, b) => Number(a.summaries['onTime']) - Number(b.summaries['onTime']))
  console.log('Suppliers that kept fewest of their last promises')
  console.log(table(late.slice(0, suppliersShown).map((row) => supplierCells(row))))
}

function rowText({ dimensions, summaries }: MetricRow): string {
  const apart = [dimensions.variant, dimensions.currency].flatMap((one) => one ?? [])
  const numbers = Object.entries(summaries).flatMap(([name, value]) =>
    value === null || value === '0' ? [] : [`${name} ${value}`],
  )
  return `  ${[...(apart.length > 0 ? [apart.join(', ')] : []), numbers.join(', ') || 'nothing counted'].join(': ')}`
}

function supplierCells({ dimensions, summaries, orderKeys }: MetricRow): readonly string[] {
  const orders = orderKeys.map((key) => key.split('/').at(-1)).join(', ')
  return [
    `  ${supplierName(dimensions.supplier ?? '')}`,
    `on time ${summaries['onTime'] ?? '?'} of ${summaries['schedules'] ?? '?'}`,
    `orders ${orders}`,
  ]
}
