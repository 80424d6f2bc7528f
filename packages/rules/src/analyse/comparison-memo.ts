import type { CheckedComparison } from '../evaluate/checked-rule.ts'

/**
 * Something worked out once for all comparisons that read the same: in a table of thousands of rows most do.
 * Those under a decorator or with an amount are worked out each time, being few.
 */
export const rememberedFor = <Value>(
  workOut: (comparison: CheckedComparison) => Value,
): ((comparison: CheckedComparison) => Value) => {
  const places = new Map<string, Map<string, Known<Value>>>()
  return (comparison) => {
    const { left, operator, right, decorators, amount } = comparison
    if (right.kind === 'fact' || decorators.length > 0 || amount !== null)
      return workOut(comparison)
    let operators = places.get(left.text)
    if (operators === undefined) places.set(left.text, (operators = new Map()))
    let known = operators.get(operator)
    if (known === undefined) operators.set(operator, (known = { ofValue: new Map(), ofList: [] }))
    const { value } = right
    if (Array.isArray(value)) return ofList(value, known, () => workOut(comparison))
    const before = known.ofValue.get(value)
    if (before !== undefined) return before
    const found = workOut(comparison)
    known.ofValue.set(value, found)
    return found
  }
}

type List = readonly unknown[]

type Known<Value> = {
  readonly ofValue: Map<unknown, Value>
  readonly ofList: { readonly list: List; readonly value: Value }[]
}

/** The most lists that are compared with before one is taken for new. */
const listsMax = 32

const ofList = <Value>(
  list: List,
  { ofList: lists }: Known<Value>,
  workOut: () => Value,
): Value => {
  for (const known of lists) if (isSame(known.list, list)) return known.value
  const value = workOut()
  if (lists.length < listsMax) lists.push({ list, value })
  return value
}

const isSame = (a: List, b: List): boolean => {
  if (a.length !== b.length) return false
  for (let index = 0; index < a.length; index += 1) if (a[index] !== b[index]) return false
  return true
}
