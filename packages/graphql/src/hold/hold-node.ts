import type { HoldSummary } from '@counterfoil/runtime'
import type { Desk } from '../request/desk.ts'

/** A hold as the schema shows it. */
export type HoldNode = HoldSummary & { readonly __typename: 'Hold' }

/** A hold of a list as the schema shows it. */
export function asHold(hold: HoldSummary): HoldNode {
  return { __typename: 'Hold', ...hold }
}

/** The hold with an id; null where there is none. */
export async function findHold(
  { tenant, queries }: Desk,
  holdId: string,
): Promise<HoldNode | null> {
  const found = await queries.hold({ tenant, holdId })
  return found === null ? null : asHold(found)
}
