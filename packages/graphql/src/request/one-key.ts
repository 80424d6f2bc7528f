import { requestError } from './request-error.ts'

/**
 * The one way an input names something. Servers that compile queries let an `@oneOf` input through with none or two of its
 * fields, so it is looked at again.
 */
export function oneKeyOf<Named>(
  name: string,
  {
    id,
    number,
  }: { readonly id?: string | null | undefined; readonly number?: Named | null | undefined },
):
  | { readonly kind: 'id'; readonly id: string }
  | { readonly kind: 'number'; readonly number: Named } {
  const hasId = id !== undefined && id !== null
  const hasNumber = number !== undefined && number !== null
  if (hasId && !hasNumber) return { kind: 'id', id }
  if (hasNumber && !hasId) return { kind: 'number', number }
  throw requestError(
    'REFERENCE_INVALID',
    `cannot tell which ${name}: give \`id\` or \`number\`, one of them`,
  )
}
