import { type Instant, localDateOf } from '@counterfoil/core'
import type { SystemOfRecordContract } from '@counterfoil/core/system-of-record'
import type { CalendarDirectory, ContractDirectory } from '../runtime.ts'

/** The contract in force for a buyer at an instant. Undefined where there is none. */
export type ContractInForce = (asked: {
  readonly tenant: string
  readonly buyerOrganisation: string
  /** Whose document it is about. Absent: what is asked about is no supplier's. */
  readonly supplier?: string
  readonly at: Instant
}) => SystemOfRecordContract | undefined

/** Asks for the contract of the day it is where the buyer is; without a calendar of the buyer's, of the day in UTC. */
export function contractsInForce(
  contracts: ContractDirectory,
  calendars: CalendarDirectory,
): ContractInForce {
  return ({ tenant, buyerOrganisation, supplier = '', at }) => {
    const { buyer } = calendars({ tenant, buyerOrganisation, supplier })
    const on = localDateOf(at, buyer?.timeZone ?? 'UTC')
    return contracts({ tenant, buyerOrganisation, on })
  }
}
