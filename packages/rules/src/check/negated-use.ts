import { pointerTo } from '../rule-set/rule-set-finding.ts'
import { isObject } from './condition-check.ts'

/** The conditions of a rule as they are written, and where. */
export type ConditionsAsWritten = { readonly json: unknown; readonly pointer: string }

/** Where a rule uses, below a `not`, the named condition that a pointer leads into; the pointer itself where it does not. */
export const negatedUse = (pointer: string, { json, pointer: root }: ConditionsAsWritten): string =>
  negatedUses(json, root, false).find(({ name }) =>
    pointer.startsWith(`${pointerTo('/conditions', name)}/`),
  )?.at ?? pointer

type Use = { readonly name: string; readonly at: string }

const negatedUses = (json: unknown, at: string, isNegated: boolean): readonly Use[] => {
  if (Array.isArray(json)) {
    return json.flatMap((one, index) => negatedUses(one, pointerTo(at, index), isNegated))
  }
  if (!isObject(json)) return []
  const { condition: name } = json
  if (typeof name === 'string') return isNegated ? [{ name, at }] : []
  return (['all', 'any', 'not'] as const).flatMap((key) =>
    negatedUses(json[key], pointerTo(at, key), isNegated !== (key === 'not')),
  )
}
