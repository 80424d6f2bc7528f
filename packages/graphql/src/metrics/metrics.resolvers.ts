import { instant } from '@counterfoil/core'
import { orderAt } from '../order-lifecycle/find-order.ts'
import type { CounterfoilContext } from '../request/context.ts'
import type { DeskOf } from '../request/desk.ts'
import { listMax } from '../request/list-max.ts'
import type { ObjectResolvers } from '../request/resolver.ts'
import type { MetricsDesk, MetricsDimension, MetricsRow } from './metrics-desk.ts'

type MetricArguments = {
  readonly names?: readonly string[] | null
  readonly by?: readonly MetricsDimension[] | null
  readonly where?: { readonly [Name in MetricsDimension]?: string | null } | null
}

type MetricNode = MetricsDesk['definitions'][number] & { readonly args: MetricArguments }

/** Gives metrics, of the desk that the host opened for them. */
export function createMetricsResolvers(deskOf: DeskOf): ObjectResolvers {
  return {
    Query: {
      metrics: (_: unknown, args: MetricArguments, context: CounterfoilContext) => {
        const { metrics } = deskOf(context)
        if (metrics === undefined) return null
        const { names } = args
        return metrics.definitions
          .filter(({ name }) => names?.includes(name) ?? true)
          .map((definition): MetricNode => ({ ...definition, args }))
      },
    },
    Metric: {
      rows: async ({ name, args }: MetricNode, _: object, context: CounterfoilContext) => {
        const { metrics, tenant, now } = deskOf(context)
        const rows = await metrics?.read({
          tenant,
          metric: name,
          now: instant(now()),
          by: args.by ?? [],
          where: whereOf(args),
        })
        return (rows ?? []).slice(0, listMax)
      },
    },
    MetricRow: {
      ...Object.fromEntries(
        dimensions.map((name) => [name, (row: MetricsRow) => row.dimensions[name] ?? null]),
      ),
      figures: ({ summaries }: MetricsRow) =>
        Object.entries(summaries).map(([name, value]) => ({ name, value })),
      orderCount: ({ orderKeys }: MetricsRow) => orderKeys.length,
      orderKeys: ({ orderKeys }: MetricsRow) => orderKeys.slice(0, listMax),
      orders: async ({ orderKeys }: MetricsRow, _: object, context: CounterfoilContext) => {
        const desk = deskOf(context)
        const found = await Promise.all(
          orderKeys.slice(0, listMax).map((key) => orderAt(desk, key)),
        )
        return found.filter((order) => order !== null)
      },
    },
  }
}

const dimensions: readonly MetricsDimension[] = [
  'supplier',
  'item',
  'site',
  'week',
  'variant',
  'currency',
]

function whereOf({ where }: MetricArguments): { readonly [Name in MetricsDimension]?: string } {
  return Object.fromEntries(
    Object.entries(where ?? {}).flatMap(([name, value]) =>
      value === null || value === undefined ? [] : [[name, value]],
    ),
  )
}
