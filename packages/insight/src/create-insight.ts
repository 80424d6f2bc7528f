import {
  type AggregateReference,
  type AggregateState,
  compareInstants,
  type Decimal,
  type Instant,
  type InvoiceState,
  type OrderState,
  type ShipmentState,
} from '@counterfoil/core'
import { aggregateText } from '@counterfoil/runtime'
import { compareText } from './compare-text.ts'
import { hoursBetween } from './measure/hours.ts'
import { measureInvoice } from './measure/measure-invoice.ts'
import { measureOrder } from './measure/measure-order.ts'
import { measureShipment } from './measure/measure-shipment.ts'
import type { DimensionName, Dimensions, Measurement, MetricName } from './measurement.ts'
import { metricDefinitions } from './metrics.ts'
import { summarise } from './summarise/summarise.ts'

/** What somebody wants to know of a metric of one tenant. */
export type MetricRequest = {
  readonly tenant: string
  readonly metric: MetricName
  /** When somebody looks: what has not ended is as old as this. */
  readonly now: Instant
  /** Only what has these values. */
  readonly where?: Partial<Omit<Dimensions, 'tenant'>>
  /** One row for each value of these; what may not be added up is kept apart in any case. */
  readonly by?: readonly Exclude<DimensionName, 'tenant'>[]
}

/** The numbers of one group. */
export type MetricRow = {
  /** The values the group has in common. */
  readonly dimensions: Partial<Dimensions>
  readonly summaries: { readonly [name: string]: Decimal | null }
  /** The orders behind the numbers, in order. */
  readonly orderKeys: readonly string[]
}

/** Measurements of every order, shipment and invoice as it stands, and the metrics made of them. */
export type Insight = {
  /** An aggregate changed: what was measured of it before is replaced. Telling the same twice changes nothing. */
  readonly take: (
    tenant: string,
    reference: AggregateReference,
    state: AggregateState | null,
  ) => void
  readonly read: (request: MetricRequest) => readonly MetricRow[]
  /** Everything measured so far, to begin another insight with. */
  readonly kept: () => KeptMeasurements
  /** What is counted for a metric, one by one. */
  readonly measurements: (
    request: Pick<MetricRequest, 'tenant' | 'metric' | 'now' | 'where'>,
  ) => readonly Measurement[]
}

/** What an insight was told, as plain JSON: kept beside the books, it survives the process and what is purged of them. */
export type KeptMeasurements = {
  /** Measurements of one aggregate of one tenant, by both; in order. */
  readonly measured: readonly {
    readonly owner: string
    readonly measurements: readonly Measurement[]
  }[]
}

/**
 * An insight that nothing was told yet, or that goes on from what another one kept. It keeps its measurements in memory.
 */
export function createInsight(kept?: KeptMeasurements): Insight {
  const byMetric = new Map<MetricName, Map<string, readonly Measurement[]>>(
    metricDefinitions.map(({ name }) => [name, new Map()]),
  )
  for (const { owner, measurements: known } of kept?.measured ?? []) {
    for (const [metric, own] of Map.groupBy(known, (one) => one.metric)) {
      byMetric.get(metric)?.set(owner, own)
    }
  }

  const measurements: Insight['measurements'] = ({ tenant, metric, now, where = {} }) =>
    [...(byMetric.get(metric)?.values() ?? [])]
      .flat()
      .filter(
        ({ dimensions, countsFrom }) =>
          dimensions.tenant === tenant &&
          isOf(dimensions, where) &&
          (countsFrom === undefined || compareInstants(countsFrom, now) <= 0),
      )
      .map((one) => agedBy(one, now))

  return {
    kept: () => {
      const owners = new Set([...byMetric.values()].flatMap((all) => [...all.keys()]))
      return {
        measured: [...owners].toSorted(compareText).map((owner) => ({
          owner,
          measurements: [...byMetric.values()].flatMap((all) => all.get(owner) ?? []),
        })),
      }
    },
    take: (tenant, reference, state) => {
      const owner = `${tenant} ${aggregateText(reference)}`
      const found = Map.groupBy(
        state === null ? [] : measureState(reference.kind, state),
        ({ metric }) => metric,
      )
      for (const [metric, all] of byMetric) {
        const own = found.get(metric)
        if (own === undefined) all.delete(owner)
        else all.set(owner, own)
      }
    },
    measurements,
    read: (request) => {
      const definition = metricDefinitions.find(({ name }) => name === request.metric)
      if (definition === undefined) throw new TypeError(`there is no metric ${request.metric}`)
      const names = [...new Set<DimensionName>([...definition.apart, ...(request.by ?? [])])]
      const groups = Map.groupBy(measurements(request), ({ dimensions }) =>
        JSON.stringify(names.map((name) => dimensions[name])),
      )
      const sorted = [...groups].toSorted(([one], [other]) => compareText(one, other))
      return sorted.map(([, group]) => ({
        dimensions: Object.fromEntries(names.map((name) => [name, group[0]?.dimensions[name]])),
        summaries: Object.fromEntries(
          Object.entries(definition.summaries).map(([name, summary]) => [
            name,
            summarise(group, summary),
          ]),
        ),
        orderKeys: [...new Set(group.flatMap(({ orderKeys }) => orderKeys))].toSorted(),
      }))
    },
  }
}

/** The states of this release's lifecycles, by kind; hosts with lifecycles of their own measure themselves. */
function measureState(kind: string, state: AggregateState): readonly Measurement[] {
  switch (kind) {
    case 'order':
      return measureOrder(state as OrderState)
    case 'shipment':
      return measureShipment(state as ShipmentState)
    case 'invoice':
      return measureInvoice(state as InvoiceState)
    default:
      return []
  }
}

function isOf(dimensions: Dimensions, where: Partial<Dimensions>): boolean {
  return (Object.keys(where) as DimensionName[]).every((name) => dimensions[name] === where[name])
}

function agedBy(measurement: Measurement, now: Instant): Measurement {
  const { running, figures } = measurement
  if (running === undefined) return measurement
  const hours = hoursBetween(running.since, now, running.calendar)
  return { ...measurement, figures: { ...figures, hours } }
}
