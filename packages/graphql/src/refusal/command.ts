import { type AggregateReference, messageData } from '@counterfoil/core'
import type { CommandAnswer } from '@counterfoil/runtime'
import type { Desk } from '../request/desk.ts'

/** What every command about an order, shipment or invoice carries. */
export type CommandInput = {
  readonly idempotencyKey: string
  readonly expectedVersion?: number | null
}

/** Has somebody's decision about an order, shipment or invoice carried out, in the name of whoever asks. */
export function carryOut(
  desk: Desk,
  { idempotencyKey, expectedVersion }: CommandInput,
  said: {
    readonly aggregate: AggregateReference
    readonly type: string
    readonly data: { readonly [name: string]: unknown }
  },
): Promise<CommandAnswer> {
  return desk.act({
    tenant: desk.tenant,
    actor: desk.actor(),
    idempotencyKey,
    expectedVersion: expectedVersion ?? null,
    aggregate: said.aggregate,
    type: said.type,
    data: messageData(withoutUndefined(said.data)),
  })
}

function withoutUndefined(data: { readonly [name: string]: unknown }): object {
  return Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined))
}
