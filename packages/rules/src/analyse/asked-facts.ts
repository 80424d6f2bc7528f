import type { RuleSetKind } from '../rule-set/rule-set-kind.ts'
import { type Box, settle } from './box.ts'
import type { Space } from './space.ts'

/**
 * Whether rules of a kind are ever asked about facts of a box. How far values may differ is asked about a
 * planned check or about a difference between two documents, never about both at once.
 */
export const isAsked = (box: Box, space: Space, kind: RuleSetKind): boolean => {
  const settled = settle(box, space)
  if (settled === null || kind !== 'tolerance') return settled !== null
  return !['check', 'discrepancy'].every((fact) => {
    const cells = settled[space.axisOf.get(fact) ?? -1] ?? null
    return cells !== null && (cells[0] ?? 0) > 0
  })
}
