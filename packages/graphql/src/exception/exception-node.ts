import { type ExceptionCase, isOpenCase } from '@counterfoil/core'
import type { PageArguments } from '../paging/paging.ts'
import type { Desk } from '../request/desk.ts'

/** A case as the schema shows it. */
export type ExceptionNode = ExceptionCase & { readonly __typename: 'ExceptionCase' }

/** A case of a list as the schema shows it. */
export function asException(exception: ExceptionCase): ExceptionNode {
  return { __typename: 'ExceptionCase', ...exception }
}

/** The case with an id; null where there is none. */
export async function findException(
  { tenant, queries }: Desk,
  exceptionId: string,
): Promise<ExceptionNode | null> {
  const found = await queries.exception({ tenant, exceptionId })
  return found === null ? null : asException(found)
}

/** The arguments of the cases of an order, a shipment or an invoice. */
export type CaseArguments = PageArguments & { readonly open?: boolean | null }

/** Cases that are open, settled, or both. */
export function selectCases(
  cases: readonly ExceptionCase[],
  { open }: CaseArguments,
): readonly ExceptionCase[] {
  return open === undefined || open === null
    ? cases
    : cases.filter((one) => isOpenCase(one) === open)
}
