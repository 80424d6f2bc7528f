import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { CounterfoilError } from '@counterfoil/core'
import type { ConductedAggregate } from '@counterfoil/runtime'
import {
  conductedAgreement,
  conductedInvoice,
  conductedOrder,
  conductedShipment,
} from '@counterfoil/runtime/migration'
import * as z from 'zod'

const Aggregate = z.looseObject({
  kind: z.enum(['order', 'shipment', 'invoice', 'agreement']),
  machine: z.looseObject({ name: z.string(), version: z.number() }),
  decide: z.function(),
  replay: z.function(),
})
const Module = z.looseObject({ aggregates: z.array(Aggregate).min(1) })

/** The aggregates of this release, or those that a module of the host exports as `aggregates`. */
export async function loadAggregates(
  file: string | undefined,
): Promise<readonly ConductedAggregate[]> {
  if (file === undefined) {
    return [conductedOrder, conductedShipment, conductedInvoice, conductedAgreement]
  }
  const found: unknown = await import(pathToFileURL(resolve(file)).href)
  if (isModule(found)) return found.aggregates
  throw new CounterfoilError(
    'SETTINGS_INVALID',
    `\`${file}\` exports no list of \`aggregates\`: export what the runtime is given`,
  )
}

function isModule(found: unknown): found is { readonly aggregates: readonly ConductedAggregate[] } {
  return Module.safeParse(found).success
}
