import type { Actor, AggregateReference } from '@counterfoil/core'
import type { AggregateStanding, Queries, Runtime } from '@counterfoil/runtime'
import type { MetricsDesk } from '../metrics/metrics-desk.ts'
import { createBatchLoader } from './batch-loader.ts'
import type { CounterfoilContext } from './context.ts'
import { requestError } from './request-error.ts'

/** Where one request asks: everything is of its tenant. */
export type Desk = {
  readonly tenant: string
  readonly queries: Queries
  readonly act: Runtime['act']
  /** Where metrics are asked for; absent where the host measures none. */
  readonly metrics: MetricsDesk | undefined
  /** Who decides. Throws `ACTOR_MISSING` where the host named nobody. */
  readonly actor: () => Actor
  /** The instant ages are counted to. */
  readonly now: () => string
  /** An aggregate as it stands now. Everything asked for at one level of a query is read from the store at once. */
  readonly standing: (reference: AggregateReference) => Promise<AggregateStanding | null>
}

/** Finds the desk of a request by its context. */
export type DeskOf = (context: CounterfoilContext) => Desk

/** Desks over the runtime that a context leads to. A request has one desk for all its fields. */
export function createDeskOf(
  runtimeOf: (context: CounterfoilContext) => Runtime,
  metrics?: MetricsDesk,
): DeskOf {
  const desks = new WeakMap<CounterfoilContext, Desk>()
  return (context) => {
    const tenant = tenantOf(context)
    const known = desks.get(context)
    if (known !== undefined && known.tenant === tenant) return known
    const desk = {
      ...openDesk(tenant, runtimeOf(context), context),
      metrics: context.metrics ?? metrics,
    }
    desks.set(context, desk)
    return desk
  }
}

function openDesk(
  tenant: string,
  runtime: Runtime,
  context: CounterfoilContext,
): Omit<Desk, 'metrics'> {
  const { queries, act } = runtime
  return {
    tenant,
    queries,
    act,
    actor: () => actorOf(context),
    now: () => context.now ?? new Date().toISOString(),
    standing: createBatchLoader({
      keyOf: ({ kind, key }: AggregateReference) => `${kind}:${key}`,
      batchMax: aggregatesPerBatch,
      load: (references) => queries.aggregates({ tenant, references }),
    }),
  }
}

/** Aggregates read from the store at once. */
const aggregatesPerBatch = 250

function tenantOf(context: CounterfoilContext | undefined): string {
  const tenant = context?.tenant
  if (typeof tenant === 'string' && tenant.trim() !== '') return tenant
  throw requestError(
    'TENANT_MISSING',
    'the request belongs to no tenant: give `tenant` in the context of the GraphQL server',
  )
}

function actorOf({ actor }: CounterfoilContext): Actor {
  if (actor !== undefined) return actor
  throw requestError(
    'ACTOR_MISSING',
    'nobody is named as deciding this: give `actor` in the context of the GraphQL server',
  )
}
